//! A request's XML as a tree of names and texts. Owns which requests are read: well-formed ones of bounded size, without a
//! document type definition or any entity beyond the five, so that nothing unfolds into more than was sent. Attributes,
//! comments and instructions say nothing here.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// Levels a request may have.
const DEEPEST: usize = 64;
/// Elements a request may have: more than a mebibyte of a real one holds.
const MOST_ELEMENTS: usize = 50_000;
/// Bytes of the longest name: a path repeats them, for each element of an element anew.
const LONGEST_NAME: usize = 100;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name.
    pub(super) name: String,
    /// Its text, where it has no elements.
    pub(super) text: String,
    /// Its elements.
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The text of the first element of a name.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.children.iter().find(|child| child.name == name).map(|child| child.text.as_str())
    }
}

/// The root of a request; none of what is not read.
pub(super) fn read(text: &str) -> Option<Element> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut growing = Growing::default();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => growing.open(&tag)?,
            Event::Empty(tag) => {
                growing.open(&tag)?;
                growing.close()?;
            }
            Event::End(_) => growing.close()?,
            Event::Text(text) => growing.say(&text.xml10_content())?,
            Event::CData(text) => growing.say(&text.xml10_content())?,
            Event::GeneralRef(reference) => growing.say(resolved(&reference)?.encode_utf8(&mut [0; 4]))?,
            Event::DocType(_) => return None,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return growing.root.filter(|_| growing.open.is_empty()),
        }
    }
}

/// The five entities every XML has, and characters by number.
fn resolved(reference: &BytesRef<'_>) -> Option<char> {
    match &**reference {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// The tree so far.
#[derive(Default)]
struct Growing {
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
}

impl Growing {
    fn open(&mut self, tag: &BytesStart<'_>) -> Option<()> {
        self.elements += 1;
        let name = tag.name();
        let name: &str = name.as_ref();
        let bounded =
            self.open.len() < DEEPEST && self.elements <= MOST_ELEMENTS && (1..=LONGEST_NAME).contains(&name.len());
        let sound = self.root.is_none() && tag.attributes().all(|attribute| attribute.is_ok());
        (bounded && sound).then(|| self.open.push(Element { name: name.to_owned(), ..Element::default() }))
    }

    fn close(&mut self) -> Option<()> {
        let mut element = self.open.pop()?;
        if !element.children.is_empty() {
            element.text = String::new();
        }
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
        Some(())
    }

    fn say(&mut self, text: &str) -> Option<()> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return None,
        }
        Some(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn reads_elements_and_their_texts_as_they_are_meant() {
        let text = "\u{feff}<?xml version=\"1.0\"?>\n<A b='c'>\n <!-- said --><N>a &lt;&#233;&gt; <![CDATA[<b>]]></N><E/>\n</A>\n";
        let root = read(text).unwrap();
        assert_eq!((root.name.as_str(), root.text.as_str()), ("A", ""));
        assert_eq!((root.text_of("N"), root.text_of("E"), root.text_of("X")), (Some("a <é> <b>"), Some(""), None));
    }

    #[test]
    fn what_is_broken_or_would_unfold_is_not_read() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>";
        let long = format!("<{0}/>", "a".repeat(LONGEST_NAME + 1));
        for odd in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "</a>",
            "<a/><b/>",
            "<a/>text",
            "<a b=1/>",
            "<a b='1' b='2'/>",
            "<a",
            "< a/>",
            "<a>&b;</a>",
            "<a>&#0;</a>",
            "<a>&</a>",
            "{}",
            bomb,
            &long,
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn what_is_deeper_or_larger_than_anything_of_ours_is_not_read() {
        let deep = |levels: usize| ["<a>".repeat(levels), "</a>".repeat(levels)].concat();
        assert!(read(&deep(DEEPEST)).is_some());
        assert_eq!(read(&deep(DEEPEST + 1)), None);
        assert_eq!(read(&deep(10_000)), None);
        assert_eq!(read(&["<a>", &"<b/>".repeat(MOST_ELEMENTS), "</a>"].concat()), None);
        let text = "x".repeat(1024 * 1024);
        assert_eq!(read(&["<a><b>", &text, "</b></a>"].concat()).unwrap().text_of("b"), Some(text.as_str()));
    }
}
