//! What a logo may hold: an allow-list, so that what SVG learns tomorrow is refused too.
//!
//! `use`, patterns, masks and clips are left out on purpose: a few of them, nested, make a browser draw for hours.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{XmlVersion, name::QName};

use super::LogoFault;

/// The elements a logo may be drawn with.
const ELEMENTS: [&str; 17] = [
    "svg",
    "g",
    "defs",
    "title",
    "desc",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "linearGradient",
    "radialGradient",
    "stop",
];

/// How deep they may be nested.
const DEEPEST: usize = 32;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// The faults of a drawing, in order.
pub(super) fn faults(text: &str) -> Vec<LogoFault> {
    let mut check = Check { text, at: 0, depth: 0, roots: 0, faults: Vec::new() };
    if let Some(at) = text.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        check.at = at;
        check.fault("holds a control character");
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    loop {
        check.at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => check.event(&event),
            Err(error) => {
                check.fault(format!("is no well-formed XML: {error}"));
                return check.faults;
            }
        }
    }
    if check.depth > 0 {
        check.fault("is no well-formed XML: it ends before its elements do");
    } else if check.roots == 0 {
        check.fault("is no SVG: there is no `svg` element");
    }
    check.faults
}

struct Check<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    roots: usize,
    faults: Vec<LogoFault>,
}

impl Check<'_> {
    fn fault(&mut self, message: impl Into<String>) {
        let before = self.text.as_bytes().iter().take(self.at);
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        self.faults.push(LogoFault { line, message: message.into() });
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => {
                self.element(element);
                self.depth += 1;
                if self.depth == DEEPEST + 1 {
                    self.fault("is nested deeper than 32 elements");
                }
            }
            Event::Empty(element) => self.element(element),
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Text(text) if self.depth == 0 && !text.trim().is_empty() => {
                self.fault("is no well-formed XML: text outside the `svg` element");
            }
            Event::CData(_) if self.depth == 0 => self.fault("is no well-formed XML: text outside the `svg` element"),
            Event::GeneralRef(reference) if !known(reference) => {
                self.fault(format!("`&{};` stands for nothing here", &**reference));
            }
            Event::Decl(declaration) => {
                let other = |named: &str| !named.eq_ignore_ascii_case("utf-8");
                if declaration.encoding().and_then(Result::ok).is_some_and(|named| other(&named)) {
                    self.fault("says it is in another encoding than UTF-8");
                }
            }
            Event::DocType(_) => self.fault("a document type has no place in a logo"),
            Event::PI(_) => self.fault("a processing instruction has no place in a logo"),
            _ => {}
        }
    }

    fn element(&mut self, element: &BytesStart<'_>) {
        let name = element.name().into_inner();
        if self.depth == 0 {
            self.roots += 1;
            if name != "svg" {
                self.fault(format!("is no SVG: its root is `{name}`"));
            } else if self.roots > 1 {
                self.fault("is no well-formed XML: a second `svg` element at its root");
            }
            if !element.attributes().flatten().any(|attribute| attribute.key == QName("xmlns")) {
                self.fault(format!("browsers take no drawing for SVG without xmlns=\"{SVG}\""));
            }
        } else if !ELEMENTS.contains(&name) {
            self.fault(format!("`{name}` has no place in a logo: shapes, text and gradients do"));
        }
        for attribute in element.attributes() {
            match attribute {
                Ok(attribute) => match attribute.normalized_value(XmlVersion::Implicit1_0) {
                    Ok(value) => self.attribute(attribute.key.into_inner(), value.trim()),
                    Err(error) => self.fault(format!("is no well-formed XML: {error}")),
                },
                Err(error) => self.fault(format!("is no well-formed XML: {error}")),
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let lower = value.to_ascii_lowercase();
        let elsewhere = |text: &str| !text.trim_start_matches(['"', '\'', ' ']).starts_with('#');
        if name == "xmlns" || name == "xmlns:xlink" {
            let expected = if name == "xmlns" { SVG } else { XLINK };
            if value != expected {
                self.fault(format!("`{name}` must be {expected}"));
            }
        } else if name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
            self.fault(format!("`{name}` is an event attribute: a logo does nothing"));
        } else if name.contains(':') && !matches!(name, "xlink:href" | "xml:space" | "xml:lang") {
            self.fault(format!("`{name}` belongs to another vocabulary: save the drawing as plain SVG"));
        } else if (matches!(name, "href" | "xlink:href" | "src") && elsewhere(value))
            || lower.contains("//")
            || lower.split("url(").skip(1).any(elsewhere)
        {
            self.fault(format!("`{name}` refers to something outside the drawing"));
        } else if value.contains('\\') {
            self.fault(format!("`{name}` holds a backslash"));
        }
    }
}

/// The references XML itself knows.
fn known(reference: &quick_xml::events::BytesRef<'_>) -> bool {
    matches!(&**reference, "amp" | "lt" | "gt" | "quot" | "apos")
        || matches!(reference.resolve_char_ref(), Ok(Some(character)) if !character.is_control())
}

#[cfg(test)]
mod tests;
