//! What orders are found by: which words of an order are kept for that, and how what a person types is read. Both go
//! through the same normalising, so that they meet. Owns no SQL; how words are compared (from their beginning on) is the
//! store's promise.

pub(crate) mod letters;
mod query;
mod terms;

pub(crate) use letters::is_unseen;
pub(crate) use query::{LONGEST as LONGEST_QUERY, Query};
pub(crate) use terms::{of_id, of_order, of_update};

use letters::plain;

/// The longest word that is kept or looked for, in bytes.
const LONGEST: usize = 64;
/// Digits of a phone number that count, from its end.
const PHONE_DIGITS: usize = 12;

/// A text as it is compared: lower case, without accents, runs of blanks as one, nothing unseen; at most 64 bytes.
fn normal(text: &str) -> String {
    let mut normal = String::new();
    let blank = |character: &char| character.is_whitespace();
    for word in text.split(|character: char| blank(&character)) {
        let mut letters = word.chars().flat_map(plain).peekable();
        if letters.peek().is_none() {
            continue;
        }
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(letters);
        if normal.len() > LONGEST {
            break;
        }
    }
    normal.truncate(normal.floor_char_boundary(LONGEST));
    normal.truncate(normal.trim_end().len());
    normal
}

/// The digits of a phone number, the last one first.
fn digits_from_the_end(text: &str, most: usize) -> String {
    text.chars().rev().filter(char::is_ascii_digit).take(most).collect()
}

/// A text without what cannot be seen, runs of blanks as one: as a person believes to have typed it.
fn visible(text: &str) -> String {
    let seen: String = text.chars().filter(|character| !is_unseen(*character)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_alike_are_alike() {
        for text in [
            "Hélène  DUPONT",
            " helene\u{a0}dupont ",
            "He\u{301}le\u{300}ne\tDupont",
            "h\u{200b}elene \u{202e}dupont\0",
        ] {
            assert_eq!(normal(text), "helene dupont", "{text:?}");
        }
        assert_eq!(normal("\u{200b} \0"), "");
    }

    #[test]
    fn long_ones_are_cut_between_letters() {
        let long = normal(&"寿".repeat(1_000));
        assert_eq!((long.len(), long.chars().count()), (63, 21));
        assert_eq!(normal(&format!("{} b", "a".repeat(63))), "a".repeat(63), "no blank at the end");
    }

    #[test]
    fn phones_begin_with_their_end() {
        assert_eq!(digits_from_the_end("+33 (0)6 12-34", 12), "43216033");
        assert_eq!(digits_from_the_end("+33 (0)6 12-34", 4), "4321");
    }
}
