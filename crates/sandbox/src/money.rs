//! HubRise's "Monetary Values" and "Decimal Values": strings in, whole numbers inside, strings out. Never floats.

/// An amount in hundredths with its ISO 4217 currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Money {
    /// Hundredths of the currency, negative for a refund.
    pub(crate) cents: i128,
    /// Three capital letters.
    pub(crate) currency: String,
}

impl Money {
    /// Reads `"9.80 EUR"` or `"-0.05 GBP"`; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (number, currency) = text.split_once(' ')?;
        let (negative, digits) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
        let (whole, part) = digits.split_once('.')?;
        let plain = |text: &str| !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || part.len() != 2 || !plain(part) {
            return None;
        }
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let cents = whole.parse::<i128>().ok()? * 100 + part.parse::<i128>().ok()?;
        Some(Self { cents: if negative { -cents } else { cents }, currency: currency.to_owned() })
    }

    /// Writes the amount as HubRise does.
    pub(crate) fn format(cents: i128, currency: &str) -> String {
        let sign = if cents < 0 { "-" } else { "" };
        let cents = cents.unsigned_abs();
        format!("{sign}{}.{:02} {currency}", cents / 100, cents % 100)
    }
}

/// Reads a decimal of up to three places as thousandths; `None` for anything else.
pub(crate) fn parse_thousandths(text: &str) -> Option<i128> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(part) || whole.len() > 15 || part.len() > 3 {
        return None;
    }
    let thousandths = whole.parse::<i128>().ok()? * 1_000 + format!("{part:0<3}").parse::<i128>().ok()?;
    Some(if negative { -thousandths } else { thousandths })
}

/// Writes thousandths with as few places as they need: `"5"`, `"0.5"`.
pub(crate) fn format_thousandths(value: i128) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    let part = format!("{:03}", value % 1_000);
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{sign}{}", value / 1_000) } else { format!("{sign}{}.{part}", value / 1_000) }
}

/// `cents × thousandths ÷ 1000`, rounded half away from zero.
pub(crate) fn times(cents: i128, thousandths: i128) -> i128 {
    let product = cents * thousandths;
    (product.abs() + 500) / 1_000 * product.signum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_money_as_documented() {
        for text in ["9.80 EUR", "-0.05 GBP", "0.00 EUR", "1234567.00 USD"] {
            let money = Money::parse(text);
            assert_eq!(money.map(|money| Money::format(money.cents, &money.currency)).as_deref(), Some(text));
        }
        for text in ["9.8 EUR", "9,80 EUR", "9.80", "9.80 eur", ".80 EUR", "--1.00 EUR", "1e3.00 EUR", "+1.00 EUR", ""]
        {
            assert_eq!(Money::parse(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_keep_three_places_and_no_more() {
        let cases = [("5", "5"), ("5.000", "5"), ("0.50", "0.5"), ("-2.5", "-2.5"), ("1.125", "1.125")];
        for (text, written) in cases {
            assert_eq!(parse_thousandths(text).map(format_thousandths).as_deref(), Some(written));
        }
        for text in ["", "1.", ".5", "1.2345", "1,5", "NaN", "1e3", " 1"] {
            assert_eq!(parse_thousandths(text), None, "{text}");
        }
    }

    #[test]
    fn a_quantity_and_a_half_rounds_half_up() {
        assert_eq!(times(333, 1_500), 500);
        assert_eq!(times(-333, 1_500), -500);
        assert_eq!(times(1_290, 2_000), 2_580);
    }
}
