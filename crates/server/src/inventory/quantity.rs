//! Quantities: decimals as text, in their one written form. Plain functions; never floating point.

/// Digits before the point, at most.
const WHOLE: usize = 12;
/// Digits after the point, at most.
const PLACES: usize = 6;
/// Places HubRise takes.
const HUBRISE_PLACES: usize = 3;

/// A quantity as everybody writes it: no zeros that say nothing, and no `-0`. None when it is no decimal, has an exponent, or
/// has more than 12 digits before or 6 after the point.
pub(crate) fn canonical(text: &str) -> Option<String> {
    // Nothing longer can be one: not even looked at.
    if text.len() > WHOLE + PLACES + 2 {
        return None;
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, places) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > WHOLE || places.len() > PLACES || !all_digits(whole) || !all_digits(places) {
        return None;
    }
    let whole = Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
    let places = places.trim_end_matches('0');
    let sign = if negative && (whole != "0" || !places.is_empty()) { "-" } else { "" };
    let point = if places.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{places}"))
}

/// What HubRise takes of a quantity in its one written form: nothing below zero, three places, rounded down.
pub(crate) fn for_hubrise(quantity: &str) -> String {
    if quantity.starts_with('-') {
        return "0".to_owned();
    }
    match quantity.split_once('.') {
        Some((whole, places)) if places.len() > HUBRISE_PLACES => {
            let places = places.get(..HUBRISE_PLACES).unwrap_or_default().trim_end_matches('0');
            if places.is_empty() { whole.to_owned() } else { format!("{whole}.{places}") }
        }
        _ => quantity.to_owned(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_decimal_has_one_written_form() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.000", "0"),
            ("007", "7"),
            ("1.50", "1.5"),
            ("-3.140000", "-3.14"),
            ("999999999999.999999", "999999999999.999999"),
            ("-999999999999.999999", "-999999999999.999999"),
        ] {
            assert_eq!(canonical(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_decimal_is_none() {
        let digits = "9".repeat(1_000);
        for text in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "+1",
            "1e400",
            "1E2",
            "NaN",
            "Infinity",
            "-Infinity",
            "1,5",
            "1 000",
            " 1",
            "1 ",
            "0x10",
            "--1",
            "1.2.3",
            "١",
            "1234567890123",
            "0.1234567",
            "-.5",
            &digits,
        ] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }

    #[test]
    fn hubrise_takes_three_places_rounded_down_and_nothing_below_zero() {
        for (quantity, expected) in [
            ("5", "5"),
            ("0.125", "0.125"),
            ("2.9999", "2.999"),
            ("0.0009", "0"),
            ("1.0004", "1"),
            ("-0.5", "0"),
            ("-7", "0"),
        ] {
            assert_eq!(for_hubrise(quantity), expected, "{quantity}");
        }
    }

    /// In millionths.
    fn value(text: &str) -> i128 {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        let value: i128 = format!("{whole}{places:0<6}").parse().unwrap();
        if negative { -value } else { value }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_the_form_is_its_own(text in ".{0,30}") {
            if let Some(form) = canonical(&text) {
                prop_assert_eq!(canonical(&form), Some(form));
            }
        }

        #[test]
        fn the_form_says_what_was_said(text in "-?[0-9]{1,12}(\\.[0-9]{1,6})?") {
            prop_assert_eq!(value(&canonical(&text).unwrap()), value(&text));
        }

        #[test]
        fn never_more_than_there_is_is_offered(text in "-?[0-9]{1,12}(\\.[0-9]{1,6})?") {
            let quantity = canonical(&text).unwrap();
            let (there, offered) = (value(&quantity), value(&for_hubrise(&quantity)));
            prop_assert!(offered >= 0 && offered <= there.max(0) && there.max(0) - offered < 1_000);
            prop_assert_eq!(offered % 1_000, 0);
        }
    }
}
