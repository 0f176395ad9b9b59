//! Which of the encodings at hand a browser gets (RFC 9110, section 12.5.3).

use axum::http::{HeaderMap, header};

/// How a file's bytes are stored and sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As it is.
    Identity,
    /// gzip.
    Gzip,
    /// Brotli; the smallest.
    Brotli,
}

impl Encoding {
    /// Its name in `Content-Encoding`; none for the file as it is.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// What follows the file's name where it lies beside it.
    pub(super) const SUFFIXES: [(Self, &'static str); 2] = [(Self::Brotli, ".br"), (Self::Gzip, ".gz")];
}

/// The most welcome encoding among those for which `has` says yes; the smaller of two that are equally welcome.
/// The file as it is always serves as the last resort.
pub(super) fn negotiate(headers: &HeaderMap, has: impl Fn(Encoding) -> bool) -> Encoding {
    let given: Vec<&str> =
        headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).collect();
    let given = given.join(",");
    let welcome = |name: &str, alias: &str| {
        let named =
            choices(&given).find(|(choice, _)| [name, alias].iter().any(|one| choice.eq_ignore_ascii_case(one)));
        named.or_else(|| choices(&given).find(|(choice, _)| *choice == "*")).map(|(_, weight)| weight)
    };
    // Compressed forms must be asked for; the plain one must be asked against (and is then the worst, not impossible).
    let candidates = [
        (Encoding::Brotli, welcome("br", "br").unwrap_or(0)),
        (Encoding::Gzip, welcome("gzip", "x-gzip").unwrap_or(0)),
        (Encoding::Identity, welcome("identity", "identity").unwrap_or(1)),
    ];
    let mut best = (Encoding::Identity, 0);
    for (encoding, weight) in candidates {
        if weight > best.1 && (encoding == Encoding::Identity || has(encoding)) {
            best = (encoding, weight);
        }
    }
    best.0
}

/// Each encoding with its weight in thousandths; a weight that cannot be read is none.
fn choices(given: &str) -> impl Iterator<Item = (&str, u16)> {
    given.split(',').map(|choice| {
        let mut parts = choice.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        (name, weight.map_or(1000, thousandths))
    })
}

fn thousandths(text: &str) -> u16 {
    let weight = text.parse::<f32>().unwrap_or(0.0).clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1000")]
    let thousandths = (weight * 1000.0) as u16;
    thousandths
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[track_caller]
    fn check(given: &'static str, expected: Encoding) {
        check_among(given, |_| true, expected);
    }

    #[track_caller]
    fn check_among(given: &'static str, has: impl Fn(Encoding) -> bool, expected: Encoding) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(given));
        assert_eq!(negotiate(&headers, has), expected, "{given}");
    }

    #[test]
    fn prefers_the_smallest_of_equals() {
        check("gzip, deflate, br, zstd", Encoding::Brotli);
        check("*", Encoding::Brotli);
        check("X-GZIP", Encoding::Gzip);
        assert_eq!(negotiate(&HeaderMap::new(), |_| true), Encoding::Identity);
    }

    #[test]
    fn heeds_weights() {
        check("br;q=0.5, gzip;q=0.8", Encoding::Gzip);
        check("gzip;q=0.2, identity;q=0.9", Encoding::Identity);
        check("br ; q=0.001", Encoding::Brotli);
    }

    #[test]
    fn never_sends_what_is_refused() {
        check("br;q=0, gzip", Encoding::Gzip);
        check("br;q=0, gzip;q=0.000", Encoding::Identity);
        check("*;q=0", Encoding::Identity);
        check("br;q=0, *", Encoding::Gzip);
        check("br;q=nonsense", Encoding::Identity);
    }

    #[test]
    fn sends_only_what_there_is() {
        check_among("br, gzip", |encoding| encoding == Encoding::Gzip, Encoding::Gzip);
        check_among("br, gzip", |_| false, Encoding::Identity);
    }
}
