//! Quantities: decimal texts, compared and drawn as whole thousandths, written as the reader's language does. Never floating
//! point: they are the till's, to the last digit.

/// A decimal text in thousandths, what is smaller cut off; none for anything else. What is beyond all sense stops at the
/// bounds: it is for comparing and drawing alone.
pub fn thousandths(text: &str) -> Option<i64> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(part) || digits.ends_with('.') {
        return None;
    }
    let whole: i64 = whole.parse().unwrap_or(i64::MAX);
    let mut after = 0;
    for at in 0..3 {
        after = after * 10 + part.as_bytes().get(at).map_or(0, |byte| i64::from(byte - b'0'));
    }
    // What is below a thousandth is below zero all the same.
    let size = whole.saturating_mul(1_000).saturating_add(after);
    let size = if size == 0 && part.bytes().any(|byte| byte != b'0') { 1 } else { size };
    Some(if negative { -size } else { size })
}

/// A quantity as the reader's language writes it: French puts a comma.
pub fn written(text: &str, language: &str) -> String {
    // A sign that is as wide as a digit, and that no line breaks after.
    let text = text.replace('-', "\u{2212}");
    if language == "fr" { text.replace('.', ",") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_decimals_and_nothing_else() {
        for (text, expected) in [
            ("12", Some(12_000)),
            ("-19", Some(-19_000)),
            ("0.5", Some(500)),
            ("2.1259", Some(2_125)),
            ("0.0001", Some(1)),
            ("-0.0001", Some(-1)),
            ("0.000", Some(0)),
            ("-0", Some(0)),
            ("999999999999.999999", Some(999_999_999_999_999)),
            ("99999999999999999999", Some(i64::MAX)),
            ("", None),
            (".5", None),
            ("1.", None),
            ("1e4", None),
            ("NaN", None),
            ("+1", None),
        ] {
            assert_eq!(thousandths(text), expected, "{text}");
        }
    }

    #[test]
    fn is_written_as_the_language_does() {
        assert_eq!((written("-1.5", "fr"), written("-1.5", "en")), ("\u{2212}1,5".into(), "\u{2212}1.5".into()));
    }
}
