//! Changes somebody left without a word, by Back for instance, which cannot be asked about: kept in memory until the form is
//! opened again, and nowhere else, as a token may be among them.

use std::cell::RefCell;

use passerelle_wire::TillSettings;

use crate::logic::draft::Draft;

/// A connection, what stood in its form, and what that was based on.
type Left = (String, Draft, TillSettings);

thread_local! {
    static LEFT: RefCell<Option<Left>> = const { RefCell::new(None) };
}

/// Keeps changes.
pub fn keep(connection: &str, draft: Draft, base: TillSettings) {
    LEFT.set(Some((connection.to_owned(), draft, base)));
}

/// Gives the changes of a connection back, once.
pub fn take(connection: &str) -> Option<(Draft, TillSettings)> {
    LEFT.with_borrow_mut(|left| {
        let (_, draft, base) = left.take_if(|(of, ..)| of == connection)?;
        Some((draft, base))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_once_and_only_to_the_same_connection() {
        let base = TillSettings {
            api_token_tail: None,
            choices: passerelle_wire::BridgeChoices::default(),
            version: 1,
            changed_by: String::new(),
            changed_at: None,
        };
        keep("a", Draft { token: "T".into(), ..Draft::default() }, base);
        assert_eq!(take("b"), None);
        assert_eq!(take("a").map(|(draft, base)| (draft.token, base.version)), Some(("T".into(), 1)));
        assert_eq!(take("a"), None);
    }
}
