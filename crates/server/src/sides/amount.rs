//! Decimals of orders and requests, added and multiplied without ever becoming floating numbers.

/// Digits kept behind the point.
const PLACES: usize = 6;
/// One, in the smallest part that is kept.
const ONE: i64 = 1_000_000;

/// A decimal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Amount(i64);

impl Amount {
    /// One of something.
    pub(super) const UNIT: Self = Self(ONE);

    /// Reads `8.50`, `-2`, or the number of `8.50 EUR`. What is not written so, or is too large, is nothing.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let number = text.split_once(' ').map_or(text, |(number, _currency)| number);
        let (negative, digits) = match number.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, number),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 12 || part.len() > PLACES || !all_digits(whole) || !all_digits(part) {
            return None;
        }
        let mut value: i64 = 0;
        for digit in whole.bytes().chain(part.bytes()) {
            value = value * 10 + i64::from(digit - b'0');
        }
        for _ in part.len()..PLACES {
            value *= 10;
        }
        Some(Self(if negative { -value } else { value }))
    }

    /// Both together; nothing where that is too much.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// What is left; nothing where that is too much.
    pub(super) fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// So many times; nothing where that is too much.
    pub(super) fn times(self, count: Self) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(count.0);
        let half = if product < 0 { -i128::from(ONE / 2) } else { i128::from(ONE / 2) };
        i64::try_from((product + half) / i128::from(ONE)).ok().map(Self)
    }

    /// How often `other` goes into it, where it does without a rest.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        let scaled = i128::from(self.0) * i128::from(ONE);
        if other.0 == 0 || scaled % i128::from(other.0) != 0 {
            return None;
        }
        i64::try_from(scaled / i128::from(other.0)).ok().map(Self)
    }

    /// Without its sign.
    pub(super) fn size(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// Whether it is nothing.
    pub(super) fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// As money, with at least two places: `8.50`.
    pub(super) fn money(self) -> String {
        self.write(2)
    }

    /// As a count, without places it has no use for: `2`, `0.5`.
    pub(super) fn count(self) -> String {
        self.write(0)
    }

    fn write(self, least: usize) -> String {
        let digits = self.0.unsigned_abs().to_string();
        let padded = "0".repeat((PLACES + 1).saturating_sub(digits.len())) + &digits;
        let (whole, part) = padded.split_at(padded.len() - PLACES);
        let kept = part.trim_end_matches('0').len().max(least);
        let sign = if self.0 < 0 { "-" } else { "" };
        match part.get(..kept) {
            Some(part) if kept > 0 => [sign, whole, ".", part].concat(),
            _ => [sign, whole].concat(),
        }
    }
}

/// The currency of `9.80 EUR`, as HubRise writes amounts; none of what is not written so.
pub(super) fn currency(text: &str) -> Option<&str> {
    let (amount, currency) = text.split_once(' ')?;
    let digits = amount.strip_prefix('-').unwrap_or(amount);
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits =
        |part: &str| !part.is_empty() && part.len() <= 15 && part.bytes().all(|byte| byte.is_ascii_digit());
    let known = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    (known && all_digits(whole) && all_digits(cents)).then_some(currency)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::read(text).unwrap()
    }

    #[test]
    fn reads_what_orders_and_requests_hold_and_writes_it_back() {
        let check = |text: &str, money: &str| assert_eq!(amount(text).money(), money, "{text}");
        check("8.50 EUR", "8.50");
        check("-2", "-2.00");
        check("0.354", "0.354");
        check("999999999.99", "999999999.99");
        check(" 1.0 ", "1.00");
        assert_eq!(amount("1.0").count(), "1");
        assert_eq!(amount("-0.50").count(), "-0.5");
        for odd in ["", "EUR", "1,5", "1e3", ".5", "--1", "1.1234567", "1234567890123", "٣"] {
            assert_eq!(Amount::read(odd), None, "{odd}");
        }
    }

    #[test]
    fn two_times_eight_fifty_is_seventeen_and_halves_meet_again() {
        assert_eq!(amount("8.50").times(amount("2")), Some(amount("17")));
        assert_eq!(amount("3.00").times(amount("0.5")), Some(amount("1.5")));
        assert_eq!(amount("16.00").times(amount("1.125")), Some(amount("18")));
        assert_eq!(amount("0.5").over(amount("0.5")), Some(Amount::UNIT));
        assert_eq!(amount("6").over(amount("2")), Some(amount("3")));
        assert_eq!(amount("1").over(amount("3")), None);
        assert_eq!(amount("1").over(amount("0")), None);
        assert_eq!(amount("8.50").minus(amount("10")).map(Amount::money).as_deref(), Some("-1.50"));
    }

    #[test]
    fn what_is_too_large_is_nothing_rather_than_wrong() {
        let large = amount("999999999999.999999");
        assert_eq!(large.times(large), None);
        assert_eq!((0..20).try_fold(large, |sum, _| sum.plus(large)), None);
    }

    #[test]
    fn a_currency_is_read_of_what_hubrise_writes_and_of_nothing_else() {
        for (text, expected) in [("9.80 EUR", "EUR"), ("-9 JPY", "JPY"), ("0.00 GBP", "GBP")] {
            assert_eq!(currency(text), Some(expected));
        }
        for odd in ["", "EUR", "9.80", "9,80 EUR", "9.80 eur", "9.80 EURO", "1e3 EUR", ". EUR", "9. EUR", " 9 EUR"] {
            assert_eq!(currency(odd), None, "{odd}");
        }
    }
}
