//! The request id: what ties an answer, a log line and a user's call to support together.
//!
//! Always made here; one that comes in is ignored, so that nobody outside chooses what stands in our log.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use passerelle_wire::REQUEST_ID_HEADER;

tokio::task_local! {
    static CURRENT: RequestId;
}

/// 128 random bits in base32 (RFC 4648, lower case, no padding): 26 characters that can be read out on the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0_u8; 16];
        // Uniqueness is all that is asked of it: should the system's randomness fail, the clock and a counter do.
        if getrandom::fill(&mut bytes).is_err() {
            bytes = fallback();
        }
        Self(base32(u128::from_be_bytes(bytes)))
    }

    /// The id of the request this task answers; empty outside of any.
    #[must_use]
    pub fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or_else(|_outside| Self(String::new()))
    }

    /// As shown to users and written to the log.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn fallback() -> [u8; 16] {
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let nanos = std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_nanos());
    let mut bytes = nanos.to_be_bytes();
    for (byte, count) in bytes.iter_mut().zip(COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes()) {
        *byte ^= count;
    }
    bytes
}

/// 26 characters of five bits each, the last three of 130 bits being the number's low ones.
fn base32(number: u128) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    (0..26).rev().map(|place| char::from(ALPHABET[(number >> (5 * place)) as usize & 31])).collect()
}

/// Gives the request its id, and the answer the header that tells it.
pub async fn assign(mut request: Request, next: Next) -> Response {
    let id = RequestId::random();
    request.headers_mut().remove(REQUEST_ID_HEADER);
    request.extensions_mut().insert(id.clone());
    let mut response = CURRENT.scope(id.clone(), next.run(request)).await;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HeaderName::from_static(REQUEST_ID_HEADER), value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_128_bits_in_26_letters() {
        assert_eq!(base32(0), "a".repeat(26));
        assert_eq!(base32(u128::MAX), format!("h{}", "7".repeat(25)));
        assert_eq!(base32(33), format!("{}bb", "a".repeat(24)));
    }

    #[test]
    fn no_two_are_alike() {
        assert_ne!(RequestId::random(), RequestId::random());
        assert_ne!(fallback(), fallback());
    }
}
