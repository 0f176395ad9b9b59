//! Text from outside as HTML: escaped, and with what cannot be seen made visible. Owns no meaning of it.

use std::fmt::{self, Write as _};

/// Writes text so that HTML shows it as it is, between tags and in quoted attributes. Controls become pictures, and
/// characters that take no room or turn others around become their numbers: nobody reads what is not there.
pub(super) struct Shown<'a>(pub(super) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '&' => f.write_str("&amp;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(character)?,
                '\r' => {}
                '\u{7f}' => f.write_char('\u{2421}')?,
                '\0'..='\u{1f}' => {
                    f.write_char(char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER))?;
                }
                odd if is_unseen(odd) => write!(f, "⟨U+{:04X}⟩", u32::from(odd))?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// Whether it takes no room or changes the direction of others.
const fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text_and_what_cannot_be_seen_is_seen() {
        let shown = |text: &str| Shown(text).to_string();
        assert_eq!(
            shown("<script>alert('x' & \"y\")</script>"),
            "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;"
        );
        assert_eq!(shown("a\u{0}b\u{1b}[31mc\r\n"), "a\u{2400}b\u{241b}[31mc\n");
        assert_eq!(shown("a\u{202e}b\u{200b}"), "a⟨U+202E⟩b⟨U+200B⟩");
        assert_eq!(shown("Hélène 寿司"), "Hélène 寿司");
    }
}
