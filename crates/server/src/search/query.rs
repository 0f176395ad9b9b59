//! What a person types into the search box.

use passerelle_store::{Term, TermKind};

use super::{digits_from_the_end, normal, visible};

/// Characters that are taken; nothing that is looked for is longer.
pub(crate) const LONGEST: usize = 200;
/// Digits of the shortest end of a phone number that is looked for.
const SHORTEST_PHONE: usize = 4;
/// Digits that say which phone it is: before them stands a country's code, or a zero in its place.
const PHONE_END: usize = 9;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    /// An order with a word that begins with one of these.
    pub(crate) terms: Vec<Term>,
    /// The words of a failure with this in them.
    pub(crate) detail: String,
}

impl Query {
    /// Reads it. None where nothing that can be seen was typed.
    pub(crate) fn read(typed: &str) -> Option<Self> {
        let detail = visible(typed);
        let word = normal(typed);
        if detail.is_empty() {
            return None;
        }
        let mut terms = Vec::new();
        let kinds = [TermKind::OrderId, TermKind::Reference, TermKind::CollectionCode, TermKind::Customer];
        if !word.is_empty() {
            terms.extend(kinds.map(|kind| Term { kind, text: word.clone() }));
            // `Dupont Marie` is found as `Marie Dupont` is.
            if let Some((last, first)) = word.split_once(' ') {
                terms.push(Term { kind: TermKind::Customer, text: format!("{first} {last}") });
            }
        }
        let phone = digits_from_the_end(&detail, PHONE_END);
        if phone.len() >= SHORTEST_PHONE && detail.chars().all(is_in_a_phone) {
            terms.push(Term { kind: TermKind::Phone, text: phone });
        }
        // `#42`, as tickets write it.
        if let Some(bare) = word.strip_prefix('#').map(str::trim_start).filter(|bare| !bare.is_empty()) {
            let kinds = [TermKind::Reference, TermKind::CollectionCode];
            terms.extend(kinds.map(|kind| Term { kind, text: bare.to_owned() }));
        }
        Some(Self { terms, detail })
    }
}

fn is_in_a_phone(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, ' ' | '.' | '-' | '/' | '(' | ')' | '+')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(typed: &str, kind: TermKind) -> Vec<String> {
        let query = Query::read(typed);
        let terms = query.map(|query| query.terms).unwrap_or_default();
        terms.into_iter().filter(|term| term.kind == kind).map(|term| term.text).collect()
    }

    #[test]
    fn a_phone_is_found_with_and_without_its_countrys_code() {
        for typed in ["+33612345678", "0033 6 12 34 56 78", "06.12.34.56.78", "(06) 12-34-56-78", "612345678"] {
            assert_eq!(words(typed, TermKind::Phone), ["876543216"], "{typed}");
        }
        assert_eq!(words("56 78", TermKind::Phone), ["8765"]);
        assert!(words("567", TermKind::Phone).is_empty() && words("5678 rue", TermKind::Phone).is_empty());
    }

    #[test]
    fn names_are_found_in_either_order() {
        assert_eq!(words(" Dupont  MARIE ", TermKind::Customer), ["dupont marie", "marie dupont"]);
    }

    #[test]
    fn a_tickets_number_is_found_with_its_sign() {
        assert_eq!(words("#42", TermKind::CollectionCode), ["#42", "42"]);
    }

    #[test]
    fn odd_texts_are_looked_for_as_they_are_seen() {
        for typed in ["", "  ", "\u{200b}\u{202e}\0"] {
            assert_eq!(Query::read(typed), None, "{typed:?}");
        }
        for typed in ["%", "_", "' OR 1=1 --", "(a+)+$", "\\", "\u{301}"] {
            let query = Query::read(typed);
            assert_eq!(query.map(|query| query.detail).as_deref(), Some(typed));
        }
        assert_eq!(words("x\u{202e}y\0", TermKind::OrderId), ["xy"]);
        assert_eq!(words(&"é".repeat(10_000), TermKind::OrderId), ["e".repeat(64)]);
    }
}
