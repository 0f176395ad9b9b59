//! Money as HubRise writes it, taken apart for the browser's `Intl`; no number is made of it here.

/// An amount and its currency: `9.80 EUR`. What is not written so is nothing.
pub fn parts(text: &str) -> Option<(&str, &str)> {
    let (amount, currency) = text.split_once(' ')?;
    let digits = amount.strip_prefix('-').unwrap_or(amount);
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits =
        |part: &str| !part.is_empty() && part.len() <= 15 && part.bytes().all(|byte| byte.is_ascii_digit());
    let known = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    (known && all_digits(whole) && all_digits(cents)).then_some((amount, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_apart_what_hubrise_writes_and_nothing_else() {
        let check = |text: &str, expected| assert_eq!(parts(text), expected, "{text}");
        check("9.80 EUR", Some(("9.80", "EUR")));
        check("-9 JPY", Some(("-9", "JPY")));
        check("0.00 GBP", Some(("0.00", "GBP")));
        for odd in
            ["", "EUR", "9.80", "9,80 EUR", "9.80 eur", "9.80 EURO", "1e3 EUR", ". EUR", "9. EUR", " 9 EUR", "--9 EUR"]
        {
            check(odd, None);
        }
    }
}
