//! Text from outside that is shown as text: what a reader would not see, or what would turn the line around, is written out
//! (`⟨202E⟩`). Owns which characters those are. Tags need nothing: the DOM never reads text as markup.

use std::borrow::Cow;

/// The same text with what is invisible made visible; most texts come back as they are.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut before = None;
    for character in text.chars() {
        match character {
            // Between two pictures it joins them into one: a family, a flag.
            '\u{200d}' if before.is_some_and(is_picture) => shown.push(character),
            // The control pictures: `␀`, `␛`.
            '\0'..='\u{1f}' if is_hidden(character) => shown.extend(char::from_u32(0x2400 + u32::from(character))),
            '\u{7f}' => shown.push('␡'),
            _ if is_hidden(character) => {
                shown.push('⟨');
                hex(&mut shown, u32::from(character));
                shown.push('⟩');
            }
            _ => shown.push(character),
        }
        before = Some(character);
    }
    Cow::Owned(shown)
}

/// Whether a reader would not see it, or see something else than what is written: controls but for the blank ones,
/// characters without width, and those that turn the direction of what follows.
fn is_hidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

/// Whether it is drawn rather than written.
fn is_picture(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// At least four digits, as Unicode writes its numbers.
fn hex(shown: &mut String, number: u32) {
    let digits = if number > 0xffff { 5 } else { 4 };
    for place in (0..digits).rev() {
        shown.extend(char::from_digit((number >> (4 * place)) & 15, 16).map(|digit| digit.to_ascii_uppercase()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(visible(text), expected);
    }

    #[test]
    fn what_would_not_be_seen_is_written_out() {
        check("Cal\u{202e}enoz", "Cal⟨202E⟩enoz");
        check("a\u{200b}b\u{feff}c", "a⟨200B⟩b⟨FEFF⟩c");
        check("null\0", "null␀");
        check("\u{1b}[31mred\u{1b}[0m", "␛[31mred␛[0m");
        check("del\u{7f}\u{85}", "del␡⟨0085⟩");
        check("tag\u{e0041}", "tag⟨E0041⟩");
    }

    #[test]
    fn what_can_be_seen_stays() {
        for text in ["Crème brûlée", "<script>alert(1)</script>", "قهوة", "two\nlines\tand a tab", ""] {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text}");
        }
        check("👩\u{200d}👧", "👩\u{200d}👧");
        check("x\u{200d}y", "x⟨200D⟩y");
    }
}
