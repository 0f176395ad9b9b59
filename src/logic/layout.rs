//! A body as lines that can be coloured, folded and asked about. Owns how a text becomes lines and what is known of each;
//! `xml_lines` and `json_lines` decide what stands on which line, `rows` which of them are in the document.

use super::visible::visible;

/// Spaces by which each level goes to the right.
const STEP: usize = 2;

/// Levels that still go further to the right: the indentation of what is nested deeper stays, or a hostile body of 64 kB would
/// become hundreds of megabytes.
const DEEPEST: usize = 24;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Brackets and commas.
    Mark,
    /// The name of an element or a field.
    Name,
    /// The name of an attribute.
    Attribute,
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Word,
    /// A comment or an instruction.
    Aside,
    /// Anything, uncoloured.
    Plain,
}

impl Kind {
    /// The class of its colour.
    pub fn class(self) -> &'static str {
        match self {
            Self::Mark => "m",
            Self::Name => "n",
            Self::Attribute => "a",
            Self::Text => "t",
            Self::Number => "d",
            Self::Word => "w",
            Self::Aside => "c",
            Self::Plain => "",
        }
    }
}

/// A range of the laid out text, in bytes. No body is longer than 4 GiB.
pub type Span = (u32, u32);

/// A coloured piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// A line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Where it stands, without its end.
    pub span: Span,
    /// The line that opens what it is in; itself on the outermost level.
    pub parent: u32,
    /// The line that closes what it opens; itself when it opens nothing.
    pub last: u32,
    /// The name of its element or field; empty where it has none.
    pub name: Span,
    /// The value of its element or field; empty where it has none.
    pub value: Span,
    /// How deep it is.
    pub depth: u32,
}

/// A body laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// All lines, each ended by a line feed.
    pub text: String,
    /// The coloured pieces, in the text's order.
    pub tokens: Vec<Token>,
    /// The lines; at least one.
    pub lines: Vec<Line>,
}

impl Layout {
    /// What stands in a range.
    pub fn at(&self, (start, end): Span) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The line a place belongs to.
    pub fn line_of(&self, place: u32) -> usize {
        self.lines.partition_point(|line| line.span.1 < place).min(self.lines.len().saturating_sub(1))
    }

    /// Whether a line opens something that can be folded.
    pub fn folds(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|found| found.last as usize > line)
    }

    /// The lines that hold `line`, the innermost first.
    pub fn parents(&self, line: usize) -> impl Iterator<Item = usize> + '_ {
        let up = |at: usize| self.lines.get(at).map(|found| found.parent as usize).filter(|parent| *parent != at);
        std::iter::successors(up(line), move |at| up(*at))
    }
}

/// Writes a layout, line by line.
#[derive(Default)]
pub struct Writer {
    laid: Layout,
    open: Vec<u32>,
    depth: u32,
}

impl Writer {
    /// Begins a line on the present level.
    pub fn line(&mut self) {
        self.end();
        let indent = STEP * (self.depth as usize).min(DEEPEST);
        let start = length(&self.laid.text);
        self.laid.text.extend(std::iter::repeat_n(' ', indent));
        let at = u32::try_from(self.laid.lines.len()).unwrap_or(u32::MAX);
        self.laid.lines.push(Line {
            span: (start, start),
            parent: self.open.last().copied().unwrap_or(at),
            last: at,
            depth: self.depth,
            ..Line::default()
        });
    }

    /// Writes a piece; a line's end in it begins another line.
    pub fn put(&mut self, kind: Kind, piece: &str) -> Span {
        let start = length(&self.laid.text);
        for (at, part) in piece.split('\n').enumerate() {
            if at > 0 {
                self.line();
            }
            let from = length(&self.laid.text);
            self.laid.text.push_str(&visible(part.strip_suffix('\r').unwrap_or(part)));
            let span = (from, length(&self.laid.text));
            if kind != Kind::Plain && span.0 < span.1 {
                self.laid.tokens.push(Token { span, kind });
            }
        }
        (start, length(&self.laid.text))
    }

    /// Says what the present line is about.
    pub fn about(&mut self, name: Option<Span>, value: Option<Span>) {
        if let Some(line) = self.laid.lines.last_mut() {
            line.name = name.unwrap_or(line.name);
            line.value = value.unwrap_or(line.value);
        }
    }

    /// What follows is within what the present line opens.
    pub fn open(&mut self) {
        self.open.push(u32::try_from(self.laid.lines.len().saturating_sub(1)).unwrap_or_default());
        self.depth += 1;
    }

    /// The next line closes it.
    pub fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let opened = self.open.pop();
        self.line();
        let last = u32::try_from(self.laid.lines.len().saturating_sub(1)).unwrap_or_default();
        if let Some(line) = opened.and_then(|at| self.laid.lines.get_mut(at as usize)) {
            line.last = last;
        }
    }

    /// All that was written.
    pub fn done(mut self) -> Layout {
        if self.laid.lines.is_empty() {
            self.line();
        }
        self.end();
        self.laid
    }

    fn end(&mut self) {
        let end = length(&self.laid.text);
        if let Some(line) = self.laid.lines.last_mut() {
            line.span.1 = end;
            self.laid.text.push('\n');
        }
    }
}

/// A text as it came, line by line, uncoloured.
pub fn plain(text: &str) -> Layout {
    let mut writer = Writer::default();
    writer.line();
    writer.put(Kind::Plain, text.strip_suffix('\n').unwrap_or(text));
    writer.done()
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_keeps_its_lines() {
        let laid = plain("one\r\ntwo\n\nthree\n");
        assert_eq!(laid.text, "one\ntwo\n\nthree\n");
        assert_eq!(laid.lines.len(), 4);
        assert_eq!(laid.at(laid.lines[3].span), "three");
        assert!(laid.tokens.is_empty());
        assert_eq!([0, 3, 4, 8, 9].map(|place| laid.line_of(place)), [0, 0, 1, 2, 3]);
        assert_eq!(plain("").lines.len(), 1);
    }

    #[test]
    fn what_is_invisible_is_written_out() {
        assert_eq!(plain("a\0b\u{202e}c\u{1b}[31m").text, "a␀b⟨202E⟩c␛[31m\n");
    }

    #[test]
    fn a_hostile_nesting_stays_small() {
        let mut writer = Writer::default();
        for _ in 0..20_000 {
            writer.line();
            writer.put(Kind::Mark, "[");
            writer.open();
        }
        let laid = writer.done();
        assert!(laid.text.len() < 20_000 * 60);
    }
}
