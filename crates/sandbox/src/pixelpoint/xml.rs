//! XML read strictly into a small tree: a prolog, one root, elements and text. Knows no element by name.

use std::borrow::Cow;

use quick_xml::{Reader, events::Event};

/// Deepest nesting read.
const MAX_DEPTH: usize = 64;
/// The five entities every XML reader knows.
const ENTITIES: [(&str, char); 5] = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];

/// One element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    /// Its own text, entities resolved; white space around it is dropped where the element has children.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// Every child of that name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The one child of that name, if there is one; two are refused.
    pub(super) fn only(&self, name: &str) -> Result<Option<&Self>, String> {
        let mut found = self.children.iter().filter(|child| child.name == name);
        let first = found.next();
        match found.next() {
            Some(_) => Err(format!("`{}` holds `{name}` twice", self.name)),
            None => Ok(first),
        }
    }
}

/// Reads a document; what is wrong with it otherwise.
pub(super) fn read(bytes: &[u8]) -> Result<Element, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| format!("the body is not UTF-8: {error}"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.starts_with("<?xml") {
        return Err("the XML prolog is missing".to_owned());
    }
    if let Some(bad) = text.chars().find(|one| !allowed(*one)) {
        return Err(format!("the character U+{:04X} is not allowed in XML", u32::from(bad)));
    }
    let mut reader = Reader::from_str(text);
    let (mut open, mut root): (Vec<Element>, Option<Element>) = (Vec::new(), None);
    loop {
        let event = reader.read_event().map_err(|error| format!("not well-formed XML: {error}"))?;
        match event {
            Event::Start(start) => {
                if open.len() >= MAX_DEPTH {
                    return Err(format!("nested deeper than {MAX_DEPTH} levels"));
                }
                open.push(begun(start.name().into_inner(), &open, &root)?);
            }
            Event::Empty(start) => {
                let element = begun(start.name().into_inner(), &open, &root)?;
                close(element, &mut open, &mut root);
            }
            Event::End(_) => {
                // The reader has checked that it closes the one opened last.
                if let Some(element) = open.pop() {
                    close(element, &mut open, &mut root);
                }
            }
            Event::Text(part) => add(&mut open, unclosed_cdata(&part.xml10_content())?)?,
            Event::CData(part) => add(&mut open, part.xml10_content())?,
            Event::GeneralRef(reference) => {
                let one = if reference.is_char_ref() {
                    let one = reference.resolve_char_ref().map_err(|error| format!("not well-formed XML: {error}"))?;
                    one.filter(|one| allowed(*one))
                } else {
                    let name = reference.xml10_content();
                    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, one)| *one)
                };
                let unknown = || format!("`&{};` is not an entity that is known here", reference.xml10_content());
                let one = one.ok_or_else(unknown)?;
                add(&mut open, Cow::Owned(one.to_string()))?;
            }
            Event::DocType(_) => return Err("a DOCTYPE is not allowed".to_owned()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if let Some(element) = open.last() {
        return Err(format!("`{}` is never closed", element.name));
    }
    root.ok_or_else(|| "the document is empty".to_owned())
}

/// XML 1.0, production 2: what a document may hold.
fn allowed(one: char) -> bool {
    matches!(one, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

fn begun(name: &str, open: &[Element], root: &Option<Element>) -> Result<Element, String> {
    if open.is_empty() && root.is_some() {
        return Err(format!("`{name}` stands after the end of the document"));
    }
    // Whoever writes with a prefix means the same element.
    let name = name.rsplit(':').next().unwrap_or(name);
    Ok(Element { name: name.to_owned(), ..Element::default() })
}

fn close(mut element: Element, open: &mut [Element], root: &mut Option<Element>) {
    if !element.children.is_empty() {
        element.text = element.text.trim().to_owned();
    }
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => *root = Some(element),
    }
}

/// `]]>` must not stand in text as it is.
fn unclosed_cdata(text: &str) -> Result<Cow<'static, str>, String> {
    if text.contains("]]>") {
        return Err("not well-formed XML: `]]>` in text".to_owned());
    }
    Ok(Cow::Owned(text.to_owned()))
}

fn add(open: &mut [Element], text: Cow<'_, str>) -> Result<(), String> {
    match open.last_mut() {
        Some(element) => element.text.push_str(&text),
        None if text.trim().is_empty() => {}
        None => return Err("not well-formed XML: text outside the root".to_owned()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Element, String> {
        read(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}").as_bytes())
    }

    #[test]
    fn reads_elements_text_and_the_five_entities() {
        let root = read_text("<a>\n <b>x &amp; &#233;&lt;</b><c/><b><![CDATA[<raw>]]></b>\n</a>").unwrap_or_default();
        assert_eq!((root.name.as_str(), root.text.as_str(), root.children.len()), ("a", "", 3));
        let texts: Vec<_> = root.all("b").map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["x & é<", "<raw>"]);
        assert_eq!(root.only("c"), Ok(Some(&Element { name: "c".into(), ..Element::default() })));
        assert_eq!(root.only("b"), Err("`a` holds `b` twice".to_owned()));
    }

    #[test]
    fn says_what_is_wrong_with_a_document() {
        let deep = "<a>".repeat(65);
        for (text, wrong) in [
            ("<a><b></a>", "not well-formed"),
            ("<a>", "`a` is never closed"),
            ("<a/><b/>", "after the end"),
            ("", "empty"),
            ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "DOCTYPE"),
            ("<a>&nbsp;</a>", "`&nbsp;`"),
            ("<a>&#1;</a>", "`&#1;`"),
            ("<a>\u{1}</a>", "U+0001"),
            ("<a>]]></a>", "`]]>`"),
            ("<a/>text", "outside the root"),
            (deep.as_str(), "deeper than 64"),
        ] {
            assert!(read_text(text).is_err_and(|error| error.contains(wrong)), "{text}: {:?}", read_text(text));
        }
        assert!(read(b"<a/>").is_err_and(|error| error.contains("prolog")));
        assert!(read(b"<?xml?><a>\xff</a>").is_err_and(|error| error.contains("UTF-8")));
    }
}
