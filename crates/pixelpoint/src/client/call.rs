//! One call over HTTP: what was sent, what came, and how it broke. Owns no meaning.

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, SET_COOKIE};
use url::{Position, Url};

use super::{LARGEST_ANSWER, tls};

/// What requests are, and answers should be.
const XML: &str = "application/xml";

/// How a call broke.
pub(super) enum Fault {
    /// Not one byte of the request left.
    Unsent(String),
    /// The request may have left, and no whole answer came.
    NoAnswer(String),
    /// An answer came that is none.
    Nonsense(String),
}

/// A call, as far as it went.
pub(super) struct Call {
    url: Url,
    pub(super) request_headers: String,
    pub(super) status: Option<u16>,
    pub(super) response_headers: String,
    pub(super) response_body: Vec<u8>,
}

impl Call {
    pub(super) fn new(url: &Url, length: usize) -> Self {
        let host = &url[Position::BeforeHost..Position::AfterPort];
        let agent = tls::user_agent();
        Self {
            url: url.clone(),
            request_headers: format!(
                "host: {host}\ncontent-type: {XML}\naccept: {XML}\nuser-agent: {agent}\ncontent-length: {length}\n"
            ),
            status: None,
            response_headers: String::new(),
            response_body: Vec::new(),
        }
    }

    /// Makes it, and keeps what came even when it breaks.
    pub(super) async fn make(&mut self, client: &reqwest::Client, body: String) -> Result<(), Fault> {
        let request = client.post(self.url.clone()).header(CONTENT_TYPE, XML).header(ACCEPT, XML).body(body);
        let request = request.build().map_err(|error| Fault::Unsent(chain(&error)))?;
        let mut response = client.execute(request).await.map_err(|error| broken(&error))?;
        self.status = Some(response.status().as_u16());
        self.response_headers = lines(response.headers());
        let too_large = || Fault::Nonsense(format!("the answer is larger than {LARGEST_ANSWER} bytes"));
        if response.content_length().is_some_and(|length| length > LARGEST_ANSWER as u64) {
            return Err(too_large());
        }
        while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
            let room = LARGEST_ANSWER - self.response_body.len();
            self.response_body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                return Err(too_large());
            }
        }
        Ok(())
    }
}

/// What a broken call leaves open: only one that never had a connection was certainly not sent.
fn broken(error: &reqwest::Error) -> Fault {
    if error.is_builder() || error.is_connect() {
        Fault::Unsent(chain(error))
    } else if error.is_timeout() {
        Fault::NoAnswer("no whole answer came in time".to_owned())
    } else {
        Fault::NoAnswer(chain(error))
    }
}

fn lines(headers: &HeaderMap) -> String {
    let value = |name: &HeaderName, bytes: &[u8]| {
        if *name == SET_COOKIE { "•••".to_owned() } else { String::from_utf8_lossy(bytes).into_owned() }
    };
    headers.iter().map(|(name, bytes)| format!("{name}: {}\n", value(name, bytes.as_bytes()))).collect()
}

/// The causes of an error in one line, without its own first line: that names the address.
pub(super) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut lines: Vec<String> = Vec::new();
    for cause in std::iter::successors(error.source(), |cause| cause.source()) {
        let line = cause.to_string();
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() { "no cause given".to_owned() } else { lines.join(": ") }
}
