//! Finding a text in bytes, whatever the case of its ASCII letters, and showing some of what is around it.

use memchr::memmem::Finder;

/// Characters shown on either side.
const AROUND: usize = 40;
/// The longest character, in bytes.
const WIDEST: usize = 4;

/// A text to be found.
#[derive(Clone)]
pub(super) struct Needle(Finder<'static>, usize);

impl Needle {
    /// None of nothing.
    pub(super) fn new(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        (!lower.is_empty()).then(|| Self(Finder::new(lower.as_bytes()).into_owned(), lower.len()))
    }

    /// Where it stands first. `lower` is room to work in.
    pub(super) fn find(&self, bytes: &[u8], lower: &mut Vec<u8>) -> Option<usize> {
        if bytes.len() < self.1 {
            return None;
        }
        lower.clear();
        lower.extend_from_slice(bytes);
        lower.make_ascii_lowercase();
        self.0.find(lower)
    }

    /// What was found there, with what is around it, on one line. A long text is shown in part.
    pub(super) fn excerpt(&self, bytes: &[u8], at: usize) -> String {
        let end = (at + self.1.min(AROUND * WIDEST)).min(bytes.len());
        let before = text(bytes.get(at.saturating_sub(AROUND * WIDEST)..at).unwrap_or_default());
        let skipped = before.chars().count().saturating_sub(AROUND);
        let before: String = before.chars().skip(skipped).collect();
        let within = text(bytes.get(at..end).unwrap_or_default());
        let after = text(bytes.get(end..(end + AROUND * WIDEST).min(bytes.len())).unwrap_or_default());
        let after: String = after.chars().take(AROUND).collect();
        one_line(&format!("{before}{within}{after}"))
    }
}

/// Bytes as text; a character cut in two at either end is left out.
fn text(bytes: &[u8]) -> String {
    let whole = bytes.iter().take(WIDEST - 1).take_while(|byte| **byte & 0xc0 == 0x80).count();
    let mut text = String::from_utf8_lossy(bytes.get(whole..).unwrap_or_default()).into_owned();
    while text.ends_with('\u{fffd}') {
        text.pop();
    }
    text
}

/// Runs of spaces and of control characters become one space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(character);
        }
    }
    line.trim().to_owned()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn shown(needle: &str, hay: &[u8]) -> Option<String> {
        let needle = Needle::new(needle).unwrap();
        needle.find(hay, &mut Vec::new()).map(|at| needle.excerpt(hay, at))
    }

    #[test]
    fn finds_whatever_the_case_of_ascii_letters() {
        assert_eq!(shown("proDNum>7340", b"<ProdNum>734003598</ProdNum>").unwrap(), "<ProdNum>734003598</ProdNum>");
        assert_eq!(shown("CAFÉ", "un cafÉ".as_bytes()).unwrap(), "un cafÉ");
        assert_eq!(shown("CAFÉ", "un café".as_bytes()), None);
        assert_eq!(shown("%", b"100%_"), Some("100%_".into()));
        assert_eq!(shown(&"x".repeat(10_000), b"x"), None);
        assert!(Needle::new("").is_none());
    }

    #[test]
    fn shows_some_of_what_is_around_on_one_line() {
        let hay = format!("{}\n\t \u{1b}[31mhere\0{}", "é".repeat(100), "ü".repeat(100));
        let line = shown("HERE", hay.as_bytes()).unwrap();
        assert_eq!(line, format!("{} [31mhere {}", "é".repeat(32), "ü".repeat(39)));
        assert_eq!(shown("b", &[0xff, b'a', b'b', 0xc3]).unwrap(), "\u{fffd}ab");
        let long = format!("a{}z", "m".repeat(5_000));
        assert!(shown(&long, long.as_bytes()).unwrap().len() < 300);
    }
}
