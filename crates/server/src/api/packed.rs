//! Answers that are long enough to be packed on the way: gzip, for whoever takes it.

use std::io::Write as _;

use axum::response::{IntoResponse as _, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderValue};
use serde::Serialize;

use crate::problem::ApiProblem;

/// Shorter ones are sent as they are.
const WORTH_IT: usize = 1_400;

/// The value as JSON, packed if the caller takes that.
pub(super) fn packed(headers: &HeaderMap, value: &impl Serialize) -> Result<Response, ApiProblem> {
    let plain = serde_json::to_vec(value).map_err(ApiProblem::internal)?;
    let packs = plain.len() >= WORTH_IT && takes_gzip(headers);
    let body = if packs {
        let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 6), Compression::new(5));
        encoder.write_all(&plain).and_then(|()| encoder.finish()).map_err(ApiProblem::internal)?
    } else {
        plain
    };
    let mut response = ([(CONTENT_TYPE, "application/json")], body).into_response();
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
    if packs {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

/// Whether gzip is named, and not refused (`q=0`).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let given = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|given| given.to_str().ok());
    given.flat_map(|given| given.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, "q=1"));
        let refused = weight.trim().trim_start_matches("q=").trim_end_matches(['0', '.']).is_empty();
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_for_whoever_takes_it() {
        let takes = |given: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_str(given).unwrap());
            takes_gzip(&headers)
        };
        assert!(takes("gzip") && takes("br, GZIP;q=0.5") && takes("gzip, deflate, br"));
        assert!(!takes("br") && !takes("gzip;q=0") && !takes("gzip; q=0.0") && !takes("identity"));
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn what_is_packed_is_the_same_unpacked() {
        let value = vec!["the same again and again"; 1_000];
        let mut headers = HeaderMap::new();
        let plain = packed(&headers, &value).unwrap();
        assert!(!plain.headers().contains_key(CONTENT_ENCODING));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        assert_eq!(packed(&headers, &value).unwrap().headers()[CONTENT_ENCODING], "gzip");
        assert!(!packed(&headers, &"short").unwrap().headers().contains_key(CONTENT_ENCODING));
    }
}
