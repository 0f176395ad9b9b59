//! What HubRise is told of an order that the till refuses for good, where a till's settings want it rejected.
//!
//! HubRise shows the cause to whoever looks at the order, as Markdown (`custom_fields.epos.rejection.cause`).

use passerelle_wire::Cause;
use serde_json::{Value, json};

use super::cause::from_stored;

/// Characters of the till's own words that are passed on.
const LONGEST: usize = 500;

/// The change to the order.
pub(super) fn change(cause: Option<&str>, detail: Option<&str>) -> Value {
    let cause = sentence(cause.and_then(from_stored), detail);
    json!({"status": "rejected", "custom_fields": {"epos": {"rejection": {"cause": cause}}}})
}

/// English, as what the till says is.
fn sentence(cause: Option<Cause>, detail: Option<&str>) -> String {
    let what = match cause {
        Some(Cause::WrongToken) => "The till refused the connection's API token",
        Some(Cause::TillFault) => "The till failed to take the order",
        Some(Cause::UnknownProduct) => "The till does not know a code in the order",
        _ => "The till refused the order",
    };
    match detail.map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) => format!("{what}: {}", plain(words)),
        None => format!("{what}."),
    }
}

/// Text from outside, with nothing in it that Markdown or HTML would take for its own.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars().take(LONGEST) {
        match character {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '#' | '!' | '|' | '~' | '&' => {
                out.extend(['\\', character]);
            }
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cause: Option<&str>, detail: Option<&str>, expect: &str) {
        let change = change(cause, detail);
        assert_eq!(change["status"], "rejected");
        assert_eq!(change["custom_fields"]["epos"]["rejection"]["cause"], expect);
    }

    #[test]
    fn says_what_the_till_said() {
        let unknown = Some("Unknown product 1234");
        check(Some("unknown_product"), unknown, "The till does not know a code in the order: Unknown product 1234");
        check(Some("till_refused"), None, "The till refused the order.");
        check(None, Some("  "), "The till refused the order.");
    }

    #[test]
    fn the_tills_words_are_no_markup() {
        check(
            Some("till_fault"),
            Some("<b>*x*</b>\n[a](b)"),
            r"The till failed to take the order: \<b\>\*x\*\</b\> \[a\]\(b\)",
        );
    }
}
