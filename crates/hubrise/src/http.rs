//! The one HTTP client, and the one way a call is made.
//!
//! Owns the limits of a call (time, size, no redirect, no retry), TLS, and telling the [`Observer`]. Does not own
//! what is asked, nor what a status means.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ::http::header::ACCEPT;
use ::http::{HeaderMap, HeaderValue};
use reqwest::{Method, RequestBuilder, Response};
use url::Url;

mod watch;

use crate::observer::{Observer, TracingObserver};
use crate::verdict::{self, Asked};
use crate::{Error, Outcome};
use watch::Watch;

/// Sent with every call.
const USER_AGENT: &str = concat!("Passerelle/", env!("CARGO_PKG_VERSION"));

/// How long a call may take and how much it may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For a connection to be made, TLS included. 5 s by default.
    pub connect: Duration,
    /// For a whole call, from the connection to the last byte. 10 s by default: a person is waiting.
    pub whole: Duration,
    /// Bytes of an answer's body. 1 MiB by default; the largest page of 100 locations is under a tenth of it.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), whole: Duration::from_secs(10), body: 1024 * 1024 }
    }
}

/// The HTTP client could not be built: no trust roots on this machine, as a rule.
#[derive(Debug, thiserror::Error)]
#[error("the http client cannot be built: {0}")]
pub struct BuildError(String);

/// The one HTTP client. Cloning shares its connections.
#[derive(Clone)]
pub struct Http {
    client: reqwest::Client,
    limits: Limits,
    observer: Arc<dyn Observer>,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Http {
    /// Builds the client. Its TLS is rustls with ring, installed as this process's default provider unless there
    /// is one already, and it trusts whom the operating system trusts. Calls are told to a [`TracingObserver`].
    ///
    /// # Errors
    /// [`BuildError`] when the operating system has no trust roots to offer, or its resolver cannot be set up.
    pub fn new(limits: Limits) -> Result<Self, BuildError> {
        // An error means that a provider is installed already, which is all we want.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .tls_backend_rustls()
            .user_agent(USER_AGENT)
            .default_headers(HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]))
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .build()
            .map_err(|error| BuildError(chain(&error)))?;
        Ok(Self { client, limits, observer: Arc::new(TracingObserver) })
    }

    /// The same client, telling its calls to another observer.
    #[must_use]
    pub fn observed_by(self, observer: Arc<dyn Observer>) -> Self {
        Self { observer, ..self }
    }

    /// The same client, taking answers of another size.
    pub(crate) fn limited_to(self, body: usize) -> Self {
        Self { limits: Limits { body, ..self.limits }, ..self }
    }

    /// A request to be handed to [`Http::call`].
    pub(crate) fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Makes one call, reads its answer with `read`, and tells the observer, even when the caller goes away.
    ///
    /// `secrets` are what the request carries: should HubRise repeat one in an error message, it is masked. Calls of the
    /// OAuth server are not taped: what they carry and bring is secret.
    pub(crate) async fn call<T>(
        &self,
        operation: &'static str,
        asked: Asked,
        request: RequestBuilder,
        secrets: &[&str],
        read: impl FnOnce(&HeaderMap, &[u8]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let request = request
            .build()
            .map_err(|_| Error::Nonsense { what: "the request holds what no request can carry".to_owned() })?;
        let mut watch = Watch::begin(&*self.observer, operation, &request);
        if asked == Asked::Api && self.observer.wants_tape() {
            watch.tape(&request, secrets);
        }
        let result = self.answer(&mut watch, asked, request, secrets, read).await;
        watch.end(match &result {
            Ok(_) => Outcome::Answered,
            Err(error) => Outcome::Failed(error),
        });
        result
    }

    async fn answer<T>(
        &self,
        watch: &mut Watch<'_>,
        asked: Asked,
        request: reqwest::Request,
        secrets: &[&str],
        read: impl FnOnce(&HeaderMap, &[u8]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut response = match self.client.execute(request).await {
            Ok(response) => response,
            Err(error) => {
                if error.is_connect() {
                    watch.never_left();
                }
                return Err(unsent(&error));
            }
        };
        let status = response.status().as_u16();
        watch.answered(status, response.headers());
        let mut body = Vec::new();
        let whole = bounded(&mut response, self.limits.body, &mut body).await;
        watch.brought(&body);
        match whole {
            // The status of a failure says what matters, even when its body does not arrive whole.
            Err(_) if !response.status().is_success() => body.clear(),
            whole => whole?,
        }
        verdict::of(asked, status, response.headers(), &body, secrets)?;
        read(response.headers(), &body)
    }
}

/// Reads a body, and gives up as soon as it is over the limit; what came until then is in `body`.
async fn bounded(response: &mut Response, limit: usize, body: &mut Vec<u8>) -> Result<(), Error> {
    let too_large = || Error::Nonsense { what: format!("the answer is larger than {limit} bytes") };
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(())
}

/// A call that brought no status.
fn unsent(error: &reqwest::Error) -> Error {
    if error.is_connect() {
        Error::Unreachable { what: chain(error) }
    } else if error.is_timeout() {
        Error::Timeout
    } else if parse_failed(error) {
        Error::Nonsense { what: "the answer is not http".to_owned() }
    } else {
        Error::Unreachable { what: chain(error) }
    }
}

/// A call whose answer broke off.
fn broken(error: &reqwest::Error) -> Error {
    if error.is_timeout() { Error::Timeout } else { Error::Nonsense { what: "the answer broke off".to_owned() } }
}

fn parse_failed(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse))
}

fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |cause| cause.source())
}

/// The causes of an error in one line, without its own first line: that names the address.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut lines: Vec<String> = Vec::new();
    for cause in causes(error) {
        let line = cause.to_string();
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() { "no cause given".to_owned() } else { lines.join(": ") }
}
