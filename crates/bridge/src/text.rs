//! What of a text can stand in a request: no character that XML 1.0 cannot hold, one line, no blanks around it.

use std::borrow::Cow;

/// A text fit for a request, and whether characters had to be taken out for it.
///
/// Line ends and tabs become blanks, which is no loss on a receipt and is not told.
pub(crate) fn clean(text: &str) -> (Cow<'_, str>, bool) {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return (Cow::Borrowed(text.trim_matches(' ')), false);
    }
    let trimmed = text.trim_matches(|character: char| character.is_whitespace() && !forbidden(character));
    if !trimmed.chars().any(|character| forbidden(character) || matches!(character, '\t' | '\n' | '\r')) {
        return (Cow::Borrowed(trimmed), false);
    }
    let mut kept = String::with_capacity(trimmed.len());
    let mut removed = false;
    for character in trimmed.chars() {
        if matches!(character, '\t' | '\n' | '\r') {
            if !kept.ends_with(' ') {
                kept.push(' ');
            }
        } else if forbidden(character) {
            removed = true;
        } else {
            kept.push(character);
        }
    }
    (Cow::Owned(kept.trim().to_owned()), removed)
}

/// What XML 1.0 cannot hold, or only against its own advice: control characters, old and new, and U+FFFE and U+FFFF.
fn forbidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    }
}

/// Whether the till can take a ref for one of its codes, which are numbers.
pub(crate) fn is_number(reference: &str) -> bool {
    !reference.is_empty() && reference.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str, removed: bool) {
        assert_eq!(clean(text), (Cow::Borrowed(expect), removed), "{text:?}");
    }

    #[test]
    fn what_xml_holds_stays() {
        for text in ["Crème brûlée", "🍕 pizza", "]]>", "<b>&amp;</b>", "\u{2028}x", "مرحبا", "a\u{10ffff}b"]
        {
            check(text, text.trim(), false);
        }
    }

    #[test]
    fn what_xml_cannot_hold_goes() {
        check("a\u{0}b\u{1b}[31mc\u{7f}\u{85}d\u{fffe}\u{ffff}", "ab[31mcd", true);
        check("\u{8}", "", true);
        check("\u{85}a", "a", true);
    }

    #[test]
    fn lines_become_one() {
        check(" ring twice\r\nthen\twait\n", "ring twice then wait", false);
        check("a \n b", "a  b", false);
    }

    #[test]
    fn a_number_is_digits() {
        for (reference, expect) in
            [("401", true), ("0", true), ("", false), ("-1", false), ("4 1", false), ("A1", false), ("٤", false)]
        {
            assert_eq!(is_number(reference), expect, "{reference}");
        }
    }
}
