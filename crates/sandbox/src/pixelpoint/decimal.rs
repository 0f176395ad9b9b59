//! The EOI's decimals: up to four places, a sign in front, nothing else. Whole ten-thousandths inside, never floats.

/// Reads `12`, `12.5` or `-0.2500` as ten-thousandths; `None` for anything else.
pub(super) fn read(text: &str) -> Option<i128> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !plain(whole, 12) || !plain(part, 4) {
        return None;
    }
    let value = whole.parse::<i128>().ok()? * 10_000 + format!("{part:0<4}").parse::<i128>().ok()?;
    Some(if negative { -value } else { value })
}

/// The product of two, rounded half away from zero.
pub(super) fn times(left: i128, right: i128) -> i128 {
    let product = left * right;
    (product.abs() + 5_000) / 10_000 * product.signum()
}

/// With two places, as a receipt shows an amount; more where they are needed.
pub(super) fn shown(value: i128) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    let part = format!("{:04}", value % 10_000);
    let kept = part.trim_end_matches('0').len().max(2);
    format!("{sign}{}.{}", value / 10_000, &part[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_till_can_count_with_and_nothing_else() {
        for (text, value) in [("12", "12.00"), ("12.5", "12.50"), ("-0.2500", "-0.25"), ("0.0001", "0.0001")] {
            assert_eq!(read(text).map(shown).as_deref(), Some(value), "{text}");
        }
        for text in ["", "1.", ".5", "1,5", "1e3", "+1", " 1", "1 ", "--1", "1.23456", "9.80 EUR", "NaN", "0x1"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(shown(times(33_333, 15_000)), "5.00");
        assert_eq!(times(-33_333, 15_000), -50_000);
    }
}
