//! Makes exchanges of what was said, for the store to keep.
//!
//! Owns their form, their ids and the masking of calls that came to us. What goes out is masked by the clients
//! (`passerelle_hubrise::Tape`, `passerelle_pixelpoint::Tape`), which know the secrets a call carries. Owns no store:
//! whoever had the call made keeps its exchange with what came of it.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::{HeaderMap, Method};
use jiff::Timestamp;
use passerelle_store::{Ended, ExchangeId, NewExchange, OperationId, Way};

use crate::crypto::random_token;

/// The most of a body that is kept, in bytes: what the store takes.
const LONGEST_BODY: usize = 1024 * 1024;

/// What stands in the place of a secret.
const MASK: &str = "•••";

/// Headers whose values are secrets, whoever sends them. HubRise's HMAC is none: it opens nothing but its own body.
const SECRET_HEADERS: [&str; 5] = ["x-access-token", "authorization", "proxy-authorization", "cookie", "set-cookie"];

/// A call that came to us, and our answer.
#[derive(Debug)]
pub struct Heard<'a> {
    /// The HTTP method.
    pub method: &'a Method,
    /// The address called, as the world knows it.
    pub url: String,
    /// The call's headers.
    pub headers: &'a HeaderMap,
    /// The call's body, as it came.
    pub body: Vec<u8>,
    /// Our answer's status.
    pub status: u16,
    /// Our answer's headers.
    pub answer_headers: String,
    /// Our answer's body.
    pub answer: Vec<u8>,
    /// When the call came.
    pub started_at: Timestamp,
    /// From then to the answer, as far as it is known when the exchange is kept.
    pub duration: Duration,
}

/// A call that came to us, to be kept.
#[must_use]
pub fn of_callback(heard: Heard<'_>) -> NewExchange {
    NewExchange {
        id: exchange_id(),
        way: Way::HubriseToBridge,
        method: heard.method.to_string(),
        url: heard.url,
        status: Some(heard.status),
        ended: Ended::Answered,
        started_at: heard.started_at,
        duration_us: micros(heard.duration),
        error: None,
        request_headers: header_lines(heard.headers),
        request_body: bounded(heard.body),
        response_headers: heard.answer_headers,
        response_body: bounded(heard.answer),
    }
}

/// A call to HubRise, to be kept.
#[must_use]
pub fn of_hubrise(tape: passerelle_hubrise::Tape) -> NewExchange {
    let ended = match (tape.sent, tape.status) {
        (false, _) => Ended::Unsent,
        // A status whose body did not come whole: that it was answered is known all the same.
        (true, Some(_)) => Ended::Answered,
        (true, None) => Ended::Unanswered,
    };
    NewExchange {
        id: exchange_id(),
        way: Way::BridgeToHubrise,
        method: tape.method,
        url: tape.url,
        status: tape.status,
        ended,
        started_at: tape.started_at,
        duration_us: micros(tape.duration),
        error: tape.error,
        request_headers: tape.request_headers,
        request_body: bounded(tape.request_body),
        response_headers: tape.response_headers,
        response_body: bounded(tape.response_body),
    }
}

/// A call to a till, to be kept: what came of it, its tape does not tell.
#[must_use]
pub fn of_till(tape: passerelle_pixelpoint::Tape, ended: Ended) -> NewExchange {
    NewExchange {
        id: exchange_id(),
        way: Way::BridgeToTill,
        method: tape.method,
        url: tape.url,
        status: tape.status,
        ended,
        started_at: tape.started_at,
        duration_us: micros(tape.duration),
        error: tape.error,
        request_headers: tape.request_headers,
        request_body: bounded(tape.request_body),
        response_headers: tape.response_headers,
        response_body: bounded(tape.response_body),
    }
}

/// Headers as lines (`name: value`, LF), with what is secret masked.
#[must_use]
pub fn header_lines(headers: &HeaderMap) -> String {
    let mut lines = String::new();
    for (name, value) in headers {
        let secret = value.is_sensitive() || SECRET_HEADERS.contains(&name.as_str());
        let shown = if secret { MASK.into() } else { String::from_utf8_lossy(value.as_bytes()) };
        // Writing to a `String` cannot fail.
        let _written = writeln!(lines, "{name}: {shown}");
    }
    lines
}

/// A new exchange's id.
#[must_use]
pub fn exchange_id() -> ExchangeId {
    ExchangeId::new(unique())
}

/// A new operation's id.
#[must_use]
pub fn operation_id() -> OperationId {
    OperationId::new(unique())
}

/// Unlike any other. Nobody need be unable to guess it, as whoever asks for a record is asked for a right to it: so that
/// the system's random source fails is no reason to lose an order.
fn unique() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    random_token().unwrap_or_else(|_no_randomness| {
        let (now, count) = (Timestamp::now().as_nanosecond(), COUNT.fetch_add(1, Ordering::Relaxed));
        format!("{now:x}-{:x}-{count:x}", std::process::id())
    })
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

fn bounded(mut body: Vec<u8>) -> Vec<u8> {
    body.truncate(LONGEST_BODY);
    body
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn tape(sent: bool, status: Option<u16>) -> passerelle_hubrise::Tape {
        passerelle_hubrise::Tape {
            method: "PATCH".into(),
            url: "https://api.hubrise.com/v1/location/orders/x".into(),
            status,
            sent,
            started_at: Timestamp::UNIX_EPOCH,
            duration: Duration::from_micros(1_234),
            request_headers: "x-access-token: •••\n".into(),
            request_body: b"{}".to_vec(),
            response_headers: String::new(),
            response_body: vec![b'x'; LONGEST_BODY + 1],
            error: None,
        }
    }

    #[test]
    fn tells_unsent_from_unanswered() {
        for (sent, status, ended) in [
            (false, None, Ended::Unsent),
            (true, None, Ended::Unanswered),
            (true, Some(200), Ended::Answered),
            (true, Some(502), Ended::Answered),
        ] {
            assert_eq!(of_hubrise(tape(sent, status)).ended, ended);
        }
    }

    #[test]
    fn keeps_times_in_microseconds_and_bodies_within_what_the_store_takes() {
        let kept = of_hubrise(tape(true, Some(200)));
        assert_eq!((kept.duration_us, kept.response_body.len()), (1_234, LONGEST_BODY));
        assert_eq!(kept.way, Way::BridgeToHubrise);
    }

    #[test]
    fn masks_what_is_secret_in_a_call_that_came_and_keeps_its_signature() {
        let mut headers = HeaderMap::new();
        headers.insert("x-hubrise-hmac-sha256", HeaderValue::from_static("abc"));
        headers.insert("cookie", HeaderValue::from_static("secret"));
        headers.insert("x-odd", HeaderValue::from_bytes(b"\xe9").unwrap());
        assert_eq!(header_lines(&headers), "x-hubrise-hmac-sha256: abc\ncookie: •••\nx-odd: \u{fffd}\n");
    }

    #[test]
    fn no_two_ids_are_alike() {
        assert_ne!(exchange_id(), exchange_id());
        assert_ne!(operation_id(), operation_id());
    }
}
