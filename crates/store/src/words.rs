//! The words operations are found by, as they are stored. Owns their form; knows no database.
//!
//! A stored word is a letter that says what it is, then the word. An order's own id is not stored: the index of orders
//! has it.

use crate::text::shortened;
use crate::{Term, TermKind};

/// The longest word that is kept, in bytes.
const LONGEST: usize = 64;
/// The most an operation is found by.
const MOST: usize = 16;

const LETTERS: [(char, TermKind); 6] = [
    ('o', TermKind::OrderId),
    ('r', TermKind::Reference),
    ('c', TermKind::CollectionCode),
    ('p', TermKind::Phone),
    ('n', TermKind::Customer),
    ('u', TermKind::CustomerId),
];

/// How a word is stored, whole or the beginning of one.
pub(crate) fn stored(term: &Term) -> String {
    let letter = LETTERS.iter().find(|(_, kind)| *kind == term.kind).map_or('?', |(letter, _)| *letter);
    // A line's end parts them.
    let text = shortened(&term.text, LONGEST).replace(['\n', '\r'], " ");
    format!("{letter}{text}")
}

/// What a stored word is, and the word.
pub(crate) fn read(stored: &str) -> Option<(TermKind, &str)> {
    let letter = stored.chars().next()?;
    let (_, kind) = LETTERS.iter().find(|(known, _)| *known == letter)?;
    Some((*kind, stored.get(letter.len_utf8()..)?))
}

/// The words of an operation, each once, without those that are empty and without its order's own id.
pub(crate) fn of(terms: &[Term], order_id: Option<&str>) -> Vec<String> {
    let mut words: Vec<String> = terms
        .iter()
        .take(MOST)
        .filter(|term| !term.text.is_empty())
        .filter(|term| !(term.kind == TermKind::OrderId && order_id == Some(term.text.as_str())))
        .map(stored)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// As they stand in an operation's row; none where there are none.
pub(crate) fn joined(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| words.join("\n"))
}

/// What [`joined`] joined.
pub(crate) fn split(joined: Option<&str>) -> impl Iterator<Item = &str> {
    joined.into_iter().flat_map(str::lines)
}

/// What follows every word that begins with this one. The empty beginning of a kind is followed by the next letter.
pub(crate) fn after(beginning: &str) -> String {
    // The last of all characters: whatever begins so comes before it, in bytes as in either database.
    format!("{beginning}\u{10ffff}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(kind: TermKind, text: &str) -> Term {
        Term { kind, text: text.to_owned() }
    }

    #[test]
    fn is_read_as_it_was_stored() {
        for (_, kind) in LETTERS {
            let stored = stored(&term(kind, "émile zola"));
            assert_eq!(read(&stored), Some((kind, "émile zola")));
        }
        assert_eq!((read(""), read("?x")), (None, None));
    }

    #[test]
    fn keeps_each_word_once_on_one_line_and_cut() {
        let terms = [
            term(TermKind::OrderId, "a1"),
            term(TermKind::OrderId, "A1"),
            term(TermKind::Reference, "b\nc"),
            term(TermKind::Reference, "b\nc"),
            term(TermKind::Phone, ""),
            term(TermKind::Customer, &"é".repeat(100)),
        ];
        let words = of(&terms, Some("A1"));
        assert_eq!(words, [format!("n{}", "é".repeat(32)), "oa1".to_owned(), "rb c".to_owned()]);
        let joined = joined(&words);
        assert_eq!(split(joined.as_deref()).collect::<Vec<_>>(), words);
        assert_eq!((super::joined(&[]), split(None).count()), (None, 0));
    }

    #[test]
    fn what_begins_so_comes_before_what_follows() {
        for word in ["pab", "pabc", "pab\u{10fffe}", "pab "] {
            assert!(word < after("pab").as_str() && word >= "pab", "{word}");
        }
        assert!("pac" > after("pab").as_str());
    }
}
