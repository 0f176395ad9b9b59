//! Money (`"9.80 EUR"`) and quantities (`"1.5"`) as HubRise writes them: exact decimals, never floats.

use std::fmt;

use rust_decimal::Decimal;
use serde_json::Value;

use super::reading::Readable;

/// The most digits before and after the point that are taken for an amount; beyond them sums could overflow.
const MONEY_DIGITS: (usize, usize) = (9, 4);
/// The same for a quantity.
const QUANTITY_DIGITS: (usize, usize) = (6, 4);

/// An ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads three capital letters.
    pub fn parse(text: &str) -> Option<Currency> {
        let code: [u8; 3] = text.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Currency(code))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An amount of money; its decimals are those it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// At most nine digits before the point and four after it.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// Reads `9.80 EUR`, with an optional leading `-`.
    pub fn parse(text: &str) -> Option<Money> {
        let (amount, currency) = text.trim().split_once(' ')?;
        Some(Money { amount: decimal(amount, MONEY_DIGITS)?, currency: Currency::parse(currency.trim_start())? })
    }
}

impl fmt::Display for Money {
    /// As HubRise writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

impl Readable for Money {
    fn from_json(value: &Value) -> Option<Money> {
        Money::parse(value.as_str()?)
    }
}

/// How many; never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(pub Decimal);

impl Quantity {
    /// One of it.
    pub const ONE: Quantity = Quantity(Decimal::ONE);

    /// Reads `2`, `1.5`; at most six digits before the point and four after it.
    pub fn parse(text: &str) -> Option<Quantity> {
        let quantity = decimal(text.trim(), QUANTITY_DIGITS)?;
        (!quantity.is_sign_negative()).then_some(Quantity(quantity))
    }
}

impl Readable for Quantity {
    /// A text for items, a number for options; each is taken for the other.
    fn from_json(value: &Value) -> Option<Quantity> {
        match value {
            Value::String(text) => Quantity::parse(text),
            Value::Number(number) => Quantity::parse(&number.to_string()),
            _ => None,
        }
    }
}

/// `-12.50` and nothing else: no `+`, no exponent, no grouping, digits on both sides of a point.
fn decimal(text: &str, (before, after): (usize, usize)) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = |text: &str, most: usize| all_digits(text) && text.len() <= most;
    if !fits(whole, before) || !part.is_none_or(|part| fits(part, after)) {
        return None;
    }
    let decimal = Decimal::from_str_exact(text).ok()?;
    // `-0.00` is nothing, and written without a sign.
    Some(if decimal.is_zero() { decimal.abs() } else { decimal })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn money_keeps_its_decimals() {
        for text in ["9.80 EUR", "0.00 EUR", "-3.50 USD", "1200 JPY", "1.250 BHD", "999999999.9999 EUR"] {
            assert_eq!(Money::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Money::parse(" 1.00  EUR ").unwrap().to_string(), "1.00 EUR");
        assert_eq!(Money::parse("-0.00 EUR").unwrap().to_string(), "0.00 EUR");
    }

    #[test]
    fn what_is_not_money_is_not_guessed() {
        for text in [
            "",
            "EUR",
            "9.80",
            "9,80 EUR",
            "9.80EUR",
            "9.80 eur",
            "9.80 EURO",
            "1e3 EUR",
            "+1.00 EUR",
            ".50 EUR",
            "1. EUR",
            "1 000.00 EUR",
            "NaN EUR",
            "--1.00 EUR",
            "9.80 €",
            "1000000000.00 EUR",
            "1.00001 EUR",
            "١.٠٠ EUR",
        ] {
            assert_eq!(Money::parse(text), None, "{text}");
        }
        assert_eq!(Money::from_json(&serde_json::json!(9.8)), None);
    }

    #[test]
    fn a_quantity_is_a_text_or_a_number() {
        let read = |value: serde_json::Value| Quantity::from_json(&value).map(|quantity| quantity.0.to_string());
        assert_eq!(read(serde_json::json!("1.0")).as_deref(), Some("1.0"));
        assert_eq!(read(serde_json::json!(3)).as_deref(), Some("3"));
        assert_eq!(read(serde_json::json!(0.5)).as_deref(), Some("0.5"));
        for odd in [serde_json::json!(-1), serde_json::json!("-0.5"), serde_json::json!(1e30), serde_json::json!("two")]
        {
            assert_eq!(read(odd.clone()), None, "{odd}");
        }
    }
}
