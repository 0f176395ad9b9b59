//! XML as a tree of names and texts. Owns what an answer may not hold: a DTD, entities beyond the five, more than 64
//! levels, more than 100,000 elements. Attributes, comments and instructions say nothing here and are skipped.

use quick_xml::events::{BytesRef, Event};
use quick_xml::reader::Reader;

/// Levels an answer may have.
const DEEPEST: usize = 64;
/// Elements an answer may have: a hundred times the largest list known of, and memory stays bounded.
const MOST_ELEMENTS: usize = 100_000;

/// An element.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// Its name without a prefix.
    pub(super) name: String,
    /// The text in it, its children's not included.
    pub(super) text: String,
    /// The elements in it.
    pub(super) children: Vec<Node>,
}

impl Node {
    /// Whether it has this name; case does not count.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Its text, trimmed; none when there is none.
    pub(super) fn said(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// Every element in it and itself, in the document's order, each with the one it stands in.
    pub(super) fn all(&self) -> Vec<(Option<&Self>, &Self)> {
        fn gather<'a>(parent: Option<&'a Node>, node: &'a Node, into: &mut Vec<(Option<&'a Node>, &'a Node)>) {
            into.push((parent, node));
            for child in &node.children {
                gather(Some(node), child, into);
            }
        }
        let mut all = Vec::new();
        gather(None, self, &mut all);
        all
    }
}

/// Why a text is not taken for an answer.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotRead {
    #[error("the answer is not xml: {0}")]
    Malformed(String),
    #[error("the answer holds no element")]
    Empty,
    #[error("the answer breaks off inside `{0}`")]
    BrokenOff(String),
    #[error("the answer holds a document type definition")]
    Dtd,
    #[error("the answer names the entity `{0}`")]
    Entity(String),
    #[error("the answer is nested more than {DEEPEST} deep")]
    TooDeep,
    #[error("the answer holds more than {MOST_ELEMENTS} elements")]
    TooMany,
    #[error("the answer goes on after its root")]
    AfterRoot,
}

/// The root of a document.
pub(super) fn read(text: &str) -> Result<Node, NotRead> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    // A name with a bare `&` in it is a sloppy answer, not a foreign one.
    reader.config_mut().allow_dangling_amp = true;
    let mut growing = Growing::default();
    loop {
        match reader.read_event().map_err(|error| NotRead::Malformed(error.to_string()))? {
            Event::Start(tag) => growing.open(tag.local_name().as_ref())?,
            Event::Empty(tag) => {
                growing.open(tag.local_name().as_ref())?;
                growing.close()?;
            }
            Event::End(_) => growing.close()?,
            Event::Text(text) => growing.text(&text.xml10_content())?,
            Event::CData(text) => growing.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let mut buffer = [0; 4];
                growing.text(resolved(&reference)?.encode_utf8(&mut buffer))?;
            }
            Event::DocType(_) => return Err(NotRead::Dtd),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return growing.end(),
        }
    }
}

/// The five entities every XML has, and characters by number.
fn resolved(reference: &BytesRef<'_>) -> Result<char, NotRead> {
    Ok(match &**reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ if reference.is_char_ref() => match reference.resolve_char_ref() {
            Ok(Some(character)) => character,
            // A number that is no character spoils a word, not the answer.
            Ok(None) | Err(_) => char::REPLACEMENT_CHARACTER,
        },
        other => return Err(NotRead::Entity(other.to_owned())),
    })
}

/// The tree so far.
#[derive(Default)]
struct Growing {
    open: Vec<Node>,
    root: Option<Node>,
    elements: usize,
}

impl Growing {
    fn open(&mut self, name: &str) -> Result<(), NotRead> {
        if self.root.is_some() {
            return Err(NotRead::AfterRoot);
        }
        if self.open.len() == DEEPEST {
            return Err(NotRead::TooDeep);
        }
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            return Err(NotRead::TooMany);
        }
        self.open.push(Node { name: name.to_owned(), ..Node::default() });
        Ok(())
    }

    fn close(&mut self) -> Result<(), NotRead> {
        let Some(node) = self.open.pop() else {
            return Err(NotRead::Malformed("an element is closed that was not opened".to_owned()));
        };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.root = Some(node),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), NotRead> {
        match self.open.last_mut() {
            Some(node) => node.text.push_str(text),
            None if text.trim().is_empty() => {}
            None if self.root.is_some() => return Err(NotRead::AfterRoot),
            None => return Err(NotRead::Malformed("text stands before the first element".to_owned())),
        }
        Ok(())
    }

    fn end(mut self) -> Result<Node, NotRead> {
        match (self.open.pop(), self.root) {
            (Some(node), _) => Err(NotRead::BrokenOff(node.name)),
            (None, Some(root)) => Ok(root),
            (None, None) => Err(NotRead::Empty),
        }
    }
}
