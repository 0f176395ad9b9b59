//! What a body is, by what it holds rather than by what its headers say, and how far it is read. Owns no parsing: whether it is
//! whole is for the browser's parsers to say.

/// Larger bodies are shown as they are: laying out and colouring them would take longer than a reader waits.
pub const LAID_OUT: usize = 64 * 1024;

/// What a body seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// XML.
    Xml,
    /// JSON.
    Json,
    /// A page for people.
    Html,
    /// Anything else.
    Text,
}

impl Form {
    /// What a body seems to be, by its beginning.
    pub fn of(body: &str) -> Self {
        let start = body.trim_start_matches('\u{feff}').trim_start();
        let begins = |with: &str| start.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
        match start.chars().next() {
            _ if begins("<!doctype html") || begins("<html") => Self::Html,
            Some('<') => Self::Xml,
            Some('{' | '[') => Self::Json,
            _ => Self::Text,
        }
    }

    /// What the headers say it is, where they name one of these.
    pub fn declared(content_type: &str) -> Option<Self> {
        let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "application/json" => Some(Self::Json),
            "text/html" => Some(Self::Html),
            "application/xml" | "text/xml" => Some(Self::Xml),
            _ if kind.ends_with("+json") => Some(Self::Json),
            _ if kind.ends_with("+xml") => Some(Self::Xml),
            _ => None,
        }
    }

    /// The end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Html => "html",
            Self::Text => "txt",
        }
    }

    /// What engineers call it; the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xml => "XML",
            Self::Json => "JSON",
            Self::Html => "HTML",
            Self::Text => "–",
        }
    }
}

/// Why a body is shown as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is neither XML nor JSON.
    Neither,
    /// It is larger than what is laid out.
    Large,
    /// It defines a document type, which might unfold into more than was sent: it is not parsed.
    Defines,
    /// A parser stopped.
    Broken(Broken),
}

/// Where a parser stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Broken {
    /// The line and the column, from 1, where the parser named them.
    pub place: Option<(u32, u32)>,
    /// Its own words.
    pub words: String,
}

/// What may be given to a parser, or why not.
///
/// # Errors
/// Why it is shown as it came.
pub fn readable(body: &str, form: Form) -> Result<(), Why> {
    match form {
        Form::Html | Form::Text => Err(Why::Neither),
        Form::Xml | Form::Json if body.len() > LAID_OUT => Err(Why::Large),
        Form::Xml if defines(body) => Err(Why::Defines),
        Form::Xml | Form::Json => Ok(()),
    }
}

/// Whether it holds a document type definition, whatever the case of its letters.
pub fn defines(xml: &str) -> bool {
    let bytes = xml.as_bytes();
    let holds = |wanted: &[u8]| bytes.windows(wanted.len()).any(|part| part.eq_ignore_ascii_case(wanted));
    holds(b"<!doctype") || holds(b"<!entity")
}

/// How many bytes, or runs of them, were no UTF-8 and are shown as U+FFFD.
pub fn unreadable(body: &str) -> usize {
    body.matches('\u{fffd}').count()
}

/// The line and the column a parser names in its words: the first number after `line`, and the first after `column` or `col`.
/// `error on line 3 at column 14: …` (Chrome, Safari), `Line Number 3, Column 14:` (Firefox), `(line 1 column 13)` (JSON).
pub fn place(words: &str) -> Option<(u32, u32)> {
    let words = words.to_ascii_lowercase();
    let number_after = |mark: &str| {
        let (_, rest) = words.split_once(mark)?;
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..end)?.parse().ok()
    };
    Some((number_after("line ")?, number_after("column ")?))
}

/// Where a line and a column, from 1, stand in a text laid out as it came; the end of the line where it is shorter.
pub fn place_in(layout: &super::layout::Layout, (line, column): (u32, u32)) -> Option<u32> {
    let at = usize::try_from(line.checked_sub(1)?).ok()?;
    let found = layout.lines.get(at)?;
    let text = layout.at(found.span);
    let steps = usize::try_from(column.saturating_sub(1)).ok()?;
    let offset = text.char_indices().nth(steps).map_or(text.len(), |(at, _)| at);
    Some(found.span.0 + u32::try_from(offset).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::layout::plain;

    #[test]
    fn a_body_is_what_it_holds() {
        let check = |body: &str, expected| assert_eq!(Form::of(body), expected, "{body}");
        check("  <Request/>", Form::Xml);
        check("\u{feff}<?xml version=\"1.0\"?><a/>", Form::Xml);
        check("<!DOCTYPE html><title>Sign in</title>", Form::Html);
        check("<HTML></HTML>", Form::Html);
        check("\n{\"a\":1}", Form::Json);
        check("[]", Form::Json);
        check("a=b&c=d", Form::Text);
        check("é", Form::Text);
        check("", Form::Text);
    }

    #[test]
    fn what_headers_say_is_heard_but_not_believed() {
        let check = |kind: &str, expected| assert_eq!(Form::declared(kind), expected, "{kind}");
        check("application/json; charset=utf-8", Some(Form::Json));
        check("Application/XML", Some(Form::Xml));
        check("application/problem+json", Some(Form::Json));
        check("text/html", Some(Form::Html));
        check("text/plain", None);
        check("", None);
    }

    #[test]
    fn nothing_that_could_unfold_is_parsed() {
        let bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">]><lolz>&lol;</lolz>";
        assert_eq!(readable(bomb, Form::of(bomb)), Err(Why::Defines));
        assert_eq!(readable("<!docTYPE a><a/>", Form::Xml), Err(Why::Defines));
        assert_eq!(readable("<a>1</a>", Form::Xml), Ok(()));
        assert_eq!(readable("{}", Form::Json), Ok(()));
        assert_eq!(readable("a", Form::Text), Err(Why::Neither));
        assert_eq!(readable(&format!("<a>{}</a>", "x".repeat(LAID_OUT)), Form::Xml), Err(Why::Large));
    }

    #[test]
    fn every_browser_s_place_is_read() {
        let check = |words: &str, expected| assert_eq!(place(words), expected, "{words}");
        check(
            "This page contains the following errors:error on line 3 at column 14: Opening and ending tag",
            Some((3, 14)),
        );
        check("XML Parsing Error: mismatched tag. Location: x\nLine Number 12, Column 5:", Some((12, 5)));
        check("Expected ',' or ']' in JSON at position 12 (line 1 column 13)", Some((1, 13)));
        check("JSON.parse: unexpected character at line 2 column 7 of the JSON data", Some((2, 7)));
        check("JSON Parse error: Expected '}'", None);
        check("Unexpected end of JSON input", None);
    }

    #[test]
    fn a_place_is_found_in_the_text() {
        let laid = plain("<a>\n  <é x\n</a>");
        assert_eq!(place_in(&laid, (2, 4)), Some(7));
        assert_eq!(place_in(&laid, (2, 5)), Some(9));
        assert_eq!(place_in(&laid, (2, 99)), Some(11));
        assert_eq!(place_in(&laid, (9, 1)), None);
        assert_eq!(place_in(&laid, (0, 0)), None);
    }

    #[test]
    fn bytes_that_were_no_text_are_counted() {
        assert_eq!(unreadable("a\u{fffd}b\u{fffd}"), 2);
    }
}
