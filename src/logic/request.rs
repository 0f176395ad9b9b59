//! A request to support, as the merchant types it: what is wrong with it, and what is sent.

use passerelle_wire::RequestSend;

/// The longest HubRise identifier the server takes.
pub const LONGEST_ID: usize = 64;

/// The longest name of a location the server takes.
pub const LONGEST_NAME: usize = 160;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing stands there.
    Empty,
    /// More than so many characters stand there.
    Long(usize),
}

/// What is wrong with a line of at most `longest` characters, if anything is.
pub fn wrong(text: &str, longest: usize) -> Option<Wrong> {
    match text.trim().chars().count() {
        0 => Some(Wrong::Empty),
        count if count > longest => Some(Wrong::Long(longest)),
        _ => None,
    }
}

/// What to send, or nothing while a line is wrong.
pub fn request(till: &str, hubrise_id: &str, location_name: &str, language: &str) -> Option<RequestSend> {
    let fine = wrong(hubrise_id, LONGEST_ID).is_none() && wrong(location_name, LONGEST_NAME).is_none();
    fine.then(|| RequestSend {
        till: till.to_owned(),
        hubrise_id: hubrise_id.trim().to_owned(),
        location_name: location_name.trim().to_owned(),
        language: language.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sends_what_was_typed_without_the_space_around_it() {
        let expected = RequestSend {
            till: "caisse".into(),
            hubrise_id: "3r4s3-1".into(),
            location_name: "Paris".into(),
            language: "fr".into(),
        };
        assert_eq!(request("caisse", " 3r4s3-1 ", "Paris\n", "fr"), Some(expected));
    }

    #[test]
    fn sends_nothing_while_a_line_is_wrong() {
        assert_eq!(request("caisse", "  ", "Paris", "fr"), None);
        assert_eq!(request("caisse", "3r4s3", "", "fr"), None);
        assert_eq!(request("caisse", &"x".repeat(65), "Paris", "fr"), None);
    }

    #[test]
    fn counts_characters_not_bytes() {
        assert_eq!(wrong(&"é".repeat(160), LONGEST_NAME), None);
        assert_eq!(wrong(&"é".repeat(161), LONGEST_NAME), Some(Wrong::Long(160)));
    }
}
