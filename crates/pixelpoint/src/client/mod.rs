//! The one way PixelPoint is called. Owns the address, the limits, TLS, and the line between what was not sent and what
//! may have been: a call whose bytes may have left is never [`Outcome::Unsent`].

mod call;
mod tls;

use std::fmt;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use url::Url;

use crate::{ApiToken, Ask, Dialect, Outcome, Refusal, Sent, Tape, answer, diagnosis, request};
use call::{Call, Fault};

/// Bytes of an answer that are read.
pub const LARGEST_ANSWER: usize = 1024 * 1024;
/// Characters kept of a till's words.
const LONGEST_MESSAGE: usize = 2000;

/// Where PixelPoint is, and how it is called.
#[derive(Clone, Debug)]
pub struct EoiOptions {
    /// The one address that is ever called: `http` or `https`, with no name, password or fragment in it.
    pub url: Url,
    /// For a connection to be made: name, TCP, TLS.
    pub connect: Duration,
    /// For the answer, to its last byte. A call takes no longer than both together.
    pub answer: Duration,
    /// What is assumed of the interface.
    pub dialect: Dialect,
}

/// The client cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum EoiError {
    /// The address is none that can be called.
    #[error("`{0}` is no address of an eoi: http or https, a host, no user, no fragment")]
    Address(String),
    /// The machine has no trust roots, or its resolver cannot be set up.
    #[error("the http client cannot be built: {0}")]
    Client(String),
}

/// PixelPoint's External Order Interface. Cloning shares nothing but settings: every call makes its own connection, so
/// that none is ever written to a connection that the other side has given up.
#[derive(Clone)]
pub struct Eoi {
    client: reqwest::Client,
    options: EoiOptions,
}

impl fmt::Debug for Eoi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Eoi").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Eoi {
    /// A client for the interface at one address.
    ///
    /// # Errors
    /// [`EoiError`] when the address cannot be called, or the machine offers no TLS.
    pub fn new(options: EoiOptions) -> Result<Self, EoiError> {
        let url = &options.url;
        let callable = matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.username().is_empty()
            && url.password().is_none()
            && url.fragment().is_none();
        if !callable {
            let mut shown = url.clone();
            // What is wrong may be a password: it is not repeated. An address that can hold none refuses, and is shown whole.
            let _none_to_hide = shown.set_password(None);
            return Err(EoiError::Address(shown.to_string()));
        }
        let client = tls::client(options.connect, options.answer).map_err(EoiError::Client)?;
        Ok(Self { client, options })
    }

    /// What is assumed of the interface.
    pub fn dialect(&self) -> &Dialect {
        &self.options.dialect
    }

    /// Makes one call, once, and says what came of it.
    pub async fn send(&self, token: &ApiToken, debug: bool, ask: &Ask) -> Sent {
        let dialect = self.dialect();
        let body = request::whole(ask, token.expose(), debug, dialect);
        let shown = request::whole(ask, &token.masked(), debug, dialect).unwrap_or_default();
        self.call(token, body, shown, ask.is_listing()).await
    }

    /// The same of an order's request that a person wrote: it goes as it is, with the token where its mask stands.
    pub async fn send_written(&self, token: &ApiToken, written: &str) -> Sent {
        let body = request::with_token(written, token.expose());
        // Whatever else it may hold, the token is not shown.
        let shown = token.mask_text(&request::with_token(written, &token.masked()));
        self.call(token, Some(body), shown, false).await
    }

    async fn call(&self, token: &ApiToken, body: Option<String>, shown: String, listing: bool) -> Sent {
        let url = &self.options.url;
        let started_at = Timestamp::now();
        let begun = Instant::now();
        let mut call = Call::new(url, body.as_ref().map_or(0, String::len));
        let outcome = match body {
            Some(body) => match call.make(&self.client, body).await {
                Ok(()) => meaning(&call, listing),
                Err(Fault::Unsent(why)) => Outcome::Unsent { why },
                Err(Fault::NoAnswer(why)) => Outcome::NoAnswer { why },
                Err(Fault::Nonsense(why)) => Outcome::Nonsense { why },
            },
            None => Outcome::Unsent { why: "no `RequestType` is set that lists discounts".to_owned() },
        };
        let outcome = masked(outcome, token);
        let duration = begun.elapsed();
        let error = match &outcome {
            Outcome::Accepted(_) | Outcome::Refused(_) => None,
            Outcome::Unsent { why } | Outcome::NoAnswer { why } | Outcome::Nonsense { why } => Some(why.clone()),
        };
        tell(&call, duration, &outcome);
        let tape = Tape {
            method: "POST".to_owned(),
            url: url.to_string(),
            status: call.status,
            started_at,
            duration,
            request_headers: call.request_headers,
            request_body: shown.into_bytes(),
            response_headers: token.mask_text(&call.response_headers),
            response_body: token.mask_bytes(call.response_body),
            error,
        };
        Sent { outcome, tape }
    }
}

/// What a whole answer means: the XML in it decides, whatever the status is.
fn meaning(call: &Call, listing: bool) -> Outcome {
    match answer::read(&call.response_body) {
        Ok(answer) => diagnosis::of(answer, listing),
        Err(why) => {
            let why = match call.status {
                Some(status @ 300..=399) => format!("a redirect, which is not followed (status {status})"),
                Some(status) => format!("{why} (status {status})"),
                None => why,
            };
            Outcome::Nonsense { why }
        }
    }
}

/// The same with no token in the till's words, and only then cut: half a token would not be recognised.
fn masked(outcome: Outcome, token: &ApiToken) -> Outcome {
    let words = |text: &str| token.mask_text(text).chars().take(LONGEST_MESSAGE).collect::<String>();
    match outcome {
        Outcome::Accepted(mut accepted) => {
            accepted.order_number = accepted.order_number.as_deref().map(words);
            Outcome::Accepted(accepted)
        }
        Outcome::Refused(Refusal { kind, message }) => Outcome::Refused(Refusal { kind, message: words(&message) }),
        Outcome::Unsent { why } => Outcome::Unsent { why: words(&why) },
        Outcome::NoAnswer { why } => Outcome::NoAnswer { why: words(&why) },
        Outcome::Nonsense { why } => Outcome::Nonsense { why: words(&why) },
    }
}

fn tell(call: &Call, duration: Duration, outcome: &Outcome) {
    let (status, duration_ms) = (call.status, u64::try_from(duration.as_millis()).unwrap_or(u64::MAX));
    match outcome {
        Outcome::Accepted(_) => tracing::debug!(status, duration_ms, "pixelpoint accepted"),
        Outcome::Refused(refusal) => tracing::info!(status, duration_ms, kind = ?refusal.kind, "pixelpoint refused"),
        Outcome::Unsent { why } => tracing::warn!(duration_ms, why, "pixelpoint not reached"),
        Outcome::NoAnswer { why } => tracing::warn!(status, duration_ms, why, "pixelpoint did not answer"),
        Outcome::Nonsense { why } => tracing::warn!(status, duration_ms, why, "pixelpoint answered nonsense"),
    }
}
