//! Personal parts of XML: what stands in `Member`, and elements of its names elsewhere. The text is walked, not parsed: no
//! entity is expanded, what is not personal stays byte by byte as it was, and what is broken is masked as far as it goes.

use std::borrow::Cow;
use std::ops::Range;

use super::MASK;
use super::values::Values;

/// The element that holds the customer: all in it is personal.
const MEMBER: &str = "Member";
/// The element of the till's API token.
const TOKEN: &str = "EOIAuthenticationToken";
/// Elements that are personal wherever they are, and are looked for everywhere else.
const REPEATED: [&str; 8] =
    ["FirstName", "LastName", "Company", "Email", "Phone", "Address1", "Address2", "DeliveryNotes"];

/// The text with its personal parts hidden, and every repetition of the values.
pub(super) fn mask(text: &str, values: &Values) -> String {
    rewritten(text, |piece, raw| match piece {
        Piece::Text(place) | Piece::Data(place) if place.in_member || is_repeated(place) => Some(MASK.to_owned()),
        Piece::Text(_) => values.mask(&unescaped(raw)).map(|masked| escaped(&masked)),
        Piece::Data(_) | Piece::Aside => values.mask(raw),
    })
}

/// Adds what is personal in the text.
pub(super) fn gather(text: &str, values: &mut Values) {
    rewritten(text, |piece, raw| {
        match piece {
            Piece::Text(place) if is_repeated(place) => values.add(&unescaped(raw)),
            Piece::Data(place) if is_repeated(place) => values.add(raw),
            Piece::Text(_) | Piece::Data(_) | Piece::Aside => {}
        }
        None
    });
}

/// The text with another token in it.
pub(super) fn with_token(text: &str, token: &str) -> String {
    rewritten(text, |piece, _| match piece {
        Piece::Text(place) if place.name == TOKEN => Some(escaped(token)),
        Piece::Data(place) if place.name == TOKEN => Some(token.to_owned()),
        Piece::Text(_) | Piece::Data(_) | Piece::Aside => None,
    })
}

/// An element that is open; nameless outside of all.
#[derive(Clone, Copy, Default)]
struct Open<'a> {
    name: &'a str,
    in_member: bool,
}

/// A piece of text that holds more than blanks.
#[derive(Clone, Copy)]
enum Piece<'a> {
    /// Between tags.
    Text(Open<'a>),
    /// A `CDATA` section: nothing in it is escaped.
    Data(Open<'a>),
    /// Attributes, comments, and whatever else.
    Aside,
}

fn is_repeated(place: Open<'_>) -> bool {
    // In `Member` alone: a company elsewhere may be the shop.
    REPEATED.contains(&place.name) && (place.in_member || place.name != "Company")
}

/// The text with what `change` makes of each piece of it; none leaves a piece as it is.
fn rewritten<'a>(text: &'a str, mut change: impl FnMut(Piece<'a>, &str) -> Option<String>) -> String {
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    let mut replace = |at: Range<usize>, piece: Piece<'a>| {
        let whole = &text[at.clone()];
        let raw = whole.trim();
        if raw.is_empty() {
            return;
        }
        if let Some(changed) = change(piece, raw) {
            let from = at.start + (whole.len() - whole.trim_start().len());
            out.push_str(&text[done..from]);
            out.push_str(&changed);
            done = from + raw.len();
        }
    };
    let mut open: Vec<Open<'a>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let place = open.last().copied().unwrap_or_default();
        if !rest.starts_with('<') {
            let end = rest.find('<').map_or(text.len(), |length| at + length);
            replace(at..end, Piece::Text(place));
            at = end;
        } else if rest.starts_with("<![CDATA[") {
            let (inner, end) = until(text, at, "<![CDATA[".len(), "]]>");
            replace(inner, Piece::Data(place));
            at = end;
        } else if rest.starts_with("<!--") {
            let (inner, end) = until(text, at, "<!--".len(), "-->");
            replace(inner, Piece::Aside);
            at = end;
        } else {
            let (inner, end) = until(text, at, 1, ">");
            let tag = &text[inner.clone()];
            if tag.starts_with('/') {
                open.pop();
            } else if !tag.starts_with(['?', '!']) && !tag.ends_with('/') {
                let name = local_name(tag);
                open.push(Open { name, in_member: name == MEMBER || place.in_member });
            }
            // Attributes, and what a broken tag has swallowed.
            let attributes = inner.start + tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
            replace(attributes..inner.end, Piece::Aside);
            at = end;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// What stands between an opening of this length and its end, and where it goes on.
fn until(text: &str, at: usize, opening: usize, closing: &str) -> (Range<usize>, usize) {
    let from = at + opening;
    match text[from..].find(closing) {
        Some(length) => (from..from + length, from + length + closing.len()),
        None => (from..text.len(), text.len()),
    }
}

/// A tag's name without its prefix.
fn local_name(tag: &str) -> &str {
    let name = tag.split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or(name)
}

/// What a piece of text says. Only XML's own five entities and numbers are read.
fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let (mut said, mut rest) = (String::with_capacity(raw.len()), raw);
    while let Some(start) = rest.find('&') {
        said.push_str(&rest[..start]);
        rest = &rest[start..];
        // The longest that is read is `&#x10ffff;`.
        let reference = rest.find(';').filter(|end| *end <= 9).and_then(|end| Some((character(&rest[1..end])?, end)));
        match reference {
            Some((character, end)) => {
                said.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                said.push('&');
                rest = &rest[1..];
            }
        }
    }
    said.push_str(rest);
    Cow::Owned(said)
}

fn character(name: &str) -> Option<char> {
    let number = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#')?.strip_prefix(['x', 'X']) {
            Some(digits) => number(digits, 16),
            None => number(&name[1..], 10),
        },
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
