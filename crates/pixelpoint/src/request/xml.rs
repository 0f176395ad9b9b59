//! Writing XML that is well-formed whatever it is given. Owns escaping, and leaving out what no XML 1.0 can hold.

use std::borrow::Cow;

use quick_xml::escape::partial_escape;

/// What every request begins with.
const PROLOG: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A document being written, indented by two spaces: people read it.
pub(super) struct Xml {
    out: String,
    depth: usize,
}

impl Xml {
    pub(super) fn begin() -> Self {
        let mut out = String::with_capacity(4096);
        out.push_str(PROLOG);
        Self { out, depth: 0 }
    }

    /// An element that holds elements.
    pub(super) fn element(&mut self, name: &'static str, inner: impl FnOnce(&mut Self)) {
        self.indent();
        self.tag("<", name);
        self.out.push('\n');
        self.depth += 1;
        inner(self);
        self.depth -= 1;
        self.indent();
        self.tag("</", name);
        self.out.push('\n');
    }

    /// An element that holds text.
    pub(super) fn leaf(&mut self, name: &'static str, text: &str) {
        self.indent();
        self.tag("<", name);
        self.out.push_str(&partial_escape(clean(text)));
        self.tag("</", name);
        self.out.push('\n');
    }

    pub(super) fn end(self) -> String {
        self.out
    }

    fn tag(&mut self, opening: &str, name: &str) {
        self.out.push_str(opening);
        self.out.push_str(name);
        self.out.push('>');
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }
}

/// The text without characters no XML 1.0 document can hold, escaped or not.
fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(allowed) { Cow::Borrowed(text) } else { text.chars().filter(|&c| allowed(c)).collect() }
}

/// <https://www.w3.org/TR/xml/#charsets>; Rust's `char` knows no surrogates.
const fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
