//! A call as it went over the wire, fit to be kept.
//!
//! Owns what is masked and cut before anybody sees it. Does not own where it is kept, nor whether it is wanted:
//! [`Observer::wants_tape`](crate::Observer::wants_tape) says that. Calls of the OAuth server are never taped: their bodies
//! are secrets from end to end.

use std::fmt::Write as _;
use std::time::Duration;

use ::http::HeaderMap;
use jiff::Timestamp;

/// The most of a body that is kept, in bytes: what the store takes.
pub const LONGEST_BODY: usize = 1024 * 1024;

/// What stands in the place of a secret.
const MASK: &str = "•••";

/// Headers whose values are secrets, whoever sends them.
const SECRET_HEADERS: [&str; 4] = ["x-access-token", "authorization", "set-cookie", "cookie"];

/// One call of the API, over: what was said, and what was answered. No secret the call carried is in it, not even where
/// HubRise repeats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tape {
    /// The HTTP method.
    pub method: String,
    /// The address, with its query.
    pub url: String,
    /// The status of the answer, when there was one.
    pub status: Option<u16>,
    /// False when nothing can have left: no address, a refused connection, no TLS.
    pub sent: bool,
    /// When the first byte was tried.
    pub started_at: Timestamp,
    /// From then to the last byte read.
    pub duration: Duration,
    /// `name: value` lines, LF, secrets masked; as far as they are known before the network adds its own.
    pub request_headers: String,
    /// The body as sent.
    pub request_body: Vec<u8>,
    /// `name: value` lines, LF, secrets masked; empty without an answer.
    pub response_headers: String,
    /// The body as it came, or as far; at most [`LONGEST_BODY`].
    pub response_body: Vec<u8>,
    /// Why there is no usable answer; none when there is one.
    pub error: Option<String>,
}

/// Headers as lines, with what is secret masked.
pub(crate) fn lines(headers: &HeaderMap, secrets: &[&str]) -> String {
    let mut lines = String::new();
    for (name, value) in headers {
        let secret = value.is_sensitive() || SECRET_HEADERS.contains(&name.as_str());
        let shown = if secret { MASK.into() } else { String::from_utf8_lossy(value.as_bytes()) };
        // Writing to a `String` cannot fail.
        let _ = writeln!(lines, "{name}: {shown}");
    }
    masked_text(lines, secrets)
}

/// A body, cut, with every secret the call carried masked.
pub(crate) fn body(bytes: &[u8], secrets: &[&str]) -> Vec<u8> {
    let mut masked = bytes.to_vec();
    for secret in secrets.iter().map(|secret| secret.as_bytes()).filter(|secret| !secret.is_empty()) {
        if masked.windows(secret.len()).any(|window| window == secret) {
            masked = replaced(&masked, secret);
        }
    }
    // Masked before it is cut: half a secret left by the cut would be masked no more.
    masked.truncate(LONGEST_BODY);
    masked
}

/// A text, with every secret the call carried masked.
pub(crate) fn masked_text(text: String, secrets: &[&str]) -> String {
    let sent = secrets.iter().filter(|secret| !secret.is_empty());
    sent.fold(text, |text, secret| if text.contains(secret) { text.replace(secret, MASK) } else { text })
}

fn replaced(bytes: &[u8], secret: &[u8]) -> Vec<u8> {
    let mut rest = bytes;
    let mut out = Vec::with_capacity(bytes.len());
    while let Some(at) = rest.windows(secret.len()).position(|window| window == secret) {
        let (before, found) = rest.split_at(at);
        out.extend_from_slice(before);
        out.extend_from_slice(MASK.as_bytes());
        rest = &found[secret.len()..];
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use ::http::HeaderValue;

    use super::*;

    #[test]
    fn masks_secret_headers_by_name_and_by_mark_and_secrets_wherever_they_stand() {
        let mut headers = HeaderMap::new();
        headers.insert("accept", HeaderValue::from_static("application/json"));
        headers.insert("x-access-token", HeaderValue::from_static("b9922a78"));
        let mut marked = HeaderValue::from_static("other");
        marked.set_sensitive(true);
        headers.insert("x-marked", marked);
        headers.insert("x-echo", HeaderValue::from_static("you sent b9922a78"));
        assert_eq!(
            lines(&headers, &["b9922a78", ""]),
            "accept: application/json\nx-access-token: •••\nx-marked: •••\nx-echo: you sent •••\n"
        );
    }

    #[test]
    fn masks_a_body_before_it_is_cut() {
        assert_eq!(body(b"a b9922a78 and b9922a78", &["b9922a78"]), "a ••• and •••".as_bytes());
        assert_eq!(body(b"\xff\xfe", &["b9922a78", ""]), b"\xff\xfe");
        let mut long = vec![b'x'; LONGEST_BODY - 4];
        long.extend_from_slice(b"b9922a78");
        let kept = body(&long, &["b9922a78"]);
        assert_eq!(kept.len(), LONGEST_BODY);
        assert!(!kept.windows(4).any(|window| window == b"b992"));
    }
}
