//! A request that a person wrote, looked at before it is sent in place of an order's translation.
//!
//! Owns what such a request must be: XML a till can read (no document type definition, no entity beyond the five, bounded),
//! one `Request` that places an order, its token masked or left out. Does not own whether it may be sent.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// Levels it may have.
const DEEPEST: usize = 64;
/// Elements it may have.
const MOST_ELEMENTS: usize = 100_000;
/// What a mask holds, whatever it stands for.
const MASK: &str = "•••";
/// The element that holds the till's token.
const TOKEN: &str = "EOIAuthenticationToken";
/// The `RequestType` of an order: any other kind of request would be taken for an order that the till accepted.
const PLACE_ORDER: &str = "10";

/// What is wrong with it, and where: lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {why}")]
pub struct Fault {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// What is wrong, in English.
    pub why: String,
}

/// Looks at a request.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(text: &str) -> Result<(), Fault> {
    let at = |offset: usize, why: String| fault(text, offset, why);
    if let Some((offset, odd)) = text.char_indices().find(|(_, c)| !allowed(*c)) {
        return Err(at(offset, format!("no xml can hold the character U+{:04X}", u32::from(odd))));
    }
    let body = text.trim_start_matches('\u{feff}');
    let skipped = text.len() - body.len();
    let mut reader = Reader::from_str(body);
    let mut seen = Seen::default();
    loop {
        let began = skipped + position(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(at(skipped + position(reader.error_position()), error.to_string())),
        };
        let over = matches!(event, Event::Eof);
        seen.take(&event).map_err(|why| at(began, why))?;
        if over {
            return seen.end().map_err(|why| at(began, why));
        }
    }
}

/// What was read so far.
#[derive(Default)]
struct Seen {
    /// The names of the elements that are open.
    open: Vec<String>,
    /// The text of the innermost one.
    text: String,
    rooted: bool,
    elements: usize,
    tokens: usize,
    is_order: bool,
}

impl Seen {
    fn take(&mut self, event: &Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(tag) => {
                attributes(tag)?;
                self.begin(tag.local_name().as_ref())
            }
            Event::Empty(tag) => {
                attributes(tag)?;
                self.begin(tag.local_name().as_ref())?;
                self.finish()
            }
            Event::End(_) => self.finish(),
            Event::Text(text) => self.say(&text.xml10_content()),
            Event::CData(text) => self.say(&text.xml10_content()),
            Event::GeneralRef(reference) => match &**reference {
                "lt" | "gt" | "amp" | "apos" | "quot" => self.say("&"),
                _ if reference.is_char_ref() => match reference.resolve_char_ref() {
                    Ok(Some(character)) if allowed(character) => self.say(character.encode_utf8(&mut [0; 4])),
                    Ok(_) | Err(_) => Err("this number is no character that xml can hold".to_owned()),
                },
                other => Err(format!("the entity `{other}` is not known: write the character itself")),
            },
            Event::DocType(_) => Err("a document type definition is not allowed".to_owned()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn begin(&mut self, name: &str) -> Result<(), String> {
        if self.open.is_empty() && self.rooted {
            return Err("it goes on after its root".to_owned());
        }
        if self.open.is_empty() && name != "Request" {
            return Err(format!("the root must be `Request`, and is `{name}`"));
        }
        if self.open.len() == DEEPEST {
            return Err(format!("it is nested more than {DEEPEST} deep"));
        }
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            return Err(format!("it holds more than {MOST_ELEMENTS} elements"));
        }
        self.rooted = true;
        self.text.clear();
        self.open.push(name.to_owned());
        Ok(())
    }

    fn say(&mut self, text: &str) -> Result<(), String> {
        match self.open.last() {
            None if text.trim().is_empty() => Ok(()),
            None => Err("text stands outside of the root".to_owned()),
            Some(name) => {
                if text.contains(MASK) && name != TOKEN {
                    return Err(format!(
                        "`{name}` holds a mask (`{MASK}`): have the names shown, and write what it is"
                    ));
                }
                self.text.push_str(text);
                Ok(())
            }
        }
    }

    fn finish(&mut self) -> Result<(), String> {
        let Some(name) = self.open.pop() else {
            return Err("an element is closed that was not opened".to_owned());
        };
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if name == TOKEN {
            self.tokens += 1;
            if self.tokens > 1 {
                return Err(format!("there is more than one `{TOKEN}`"));
            }
            if !text.is_empty() && !text.contains(MASK) {
                return Err(format!("leave `{TOKEN}` as it was shown: the bridge puts the till's token there"));
            }
        }
        if name == "RequestType" && self.open.len() == 1 {
            if text != PLACE_ORDER {
                return Err(format!("`RequestType` must be {PLACE_ORDER}: an order"));
            }
            self.is_order = true;
        }
        Ok(())
    }

    fn end(&self) -> Result<(), String> {
        match self.open.last() {
            Some(name) => Err(format!("it breaks off inside `{name}`")),
            None if !self.rooted => Err("it holds no element".to_owned()),
            None if !self.is_order => Err(format!("`RequestType` is missing: it must be {PLACE_ORDER}")),
            None => Ok(()),
        }
    }
}

/// # Errors
/// When an attribute is none, or is there twice.
fn attributes(tag: &quick_xml::events::BytesStart<'_>) -> Result<(), String> {
    tag.attributes().try_for_each(|attribute| attribute.map(drop).map_err(|error| error.to_string()))
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

fn fault(text: &str, offset: usize, why: String) -> Fault {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Fault { line, column, why }
}

/// <https://www.w3.org/TR/xml/#charsets>
const fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn request(inner: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Request>\n  <RequestType>10</RequestType>\n{inner}</Request>\n"
        )
    }

    #[test]
    fn takes_a_request_with_its_token_masked_empty_or_left_out() {
        for inner in [
            "",
            "<EOITransfer><EOIAuthenticationToken>YT6eR2-•••23A5B</EOIAuthenticationToken></EOITransfer>",
            "<EOITransfer><EOIAuthenticationToken/></EOITransfer>",
            "<A b=\"c\">&lt;&#233;<![CDATA[<]]></A><!-- said -->",
        ] {
            assert_eq!(check(&request(inner)), Ok(()), "{inner}");
        }
        assert_eq!(check(&format!("\u{feff}{}", request(""))), Ok(()));
    }

    #[test]
    fn says_where_and_what_is_wrong() {
        let of = |text: &str| check(text).unwrap_err();
        let wrong = of(&request("  <Item>é</Itm>\n"));
        assert_eq!(wrong.line, 4, "{wrong}");
        let wrong = of(&request("  <Item>\u{0}</Item>\n"));
        assert_eq!((wrong.line, wrong.column), (4, 9), "{wrong}");
        assert_eq!(wrong.why, "no xml can hold the character U+0000");
        assert_eq!(of("").why, "it holds no element");
        assert_eq!(of("hello").why, "text stands outside of the root");
        assert!(of("<Request><RequestType>10</RequestType>").why.starts_with("it breaks off inside"));
        assert_eq!(of("<Answer/>").why, "the root must be `Request`, and is `Answer`");
        assert_eq!(of(&format!("{}<Request/>", request(""))).why, "it goes on after its root");
    }

    #[test]
    fn refuses_what_no_till_should_be_sent() {
        let why = |text: &str| check(text).unwrap_err().why;
        let bomb = "<!DOCTYPE Request [<!ENTITY a \"aaaa\">]>\n<Request>&a;</Request>";
        assert_eq!(why(bomb), "a document type definition is not allowed");
        assert!(why(&request("<A>&a;</A>")).starts_with("the entity `a` is not known"));
        assert!(why(&request(&format!("{}{}", "<A>".repeat(64), "</A>".repeat(64)))).contains("64 deep"));
        assert!(why(&request("<EOIAuthenticationToken>stolen</EOIAuthenticationToken>")).starts_with("leave"));
        let twice = "<EOIAuthenticationToken>•••</EOIAuthenticationToken>".repeat(2);
        assert!(why(&request(&twice)).starts_with("there is more than one"));
        assert!(why(&request("<FirstName>•••</FirstName>")).starts_with("`FirstName` holds a mask"));
        assert_eq!(why("<Request><RequestType>1024</RequestType></Request>"), "`RequestType` must be 10: an order");
        assert_eq!(why("<Request></Request>"), "`RequestType` is missing: it must be 10");
        assert!(!why(&request("<A b=1/>")).is_empty());
        assert!(!why(&request("<A b='1' b='2'/>")).is_empty());
    }

    #[test]
    fn a_mebibyte_of_one_element_is_read_in_one_go() {
        assert_eq!(check(&request(&format!("<Description>{}</Description>", "é".repeat(500_000)))), Ok(()));
    }
}
