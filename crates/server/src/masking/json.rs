//! Personal parts of JSON: found by HubRise's keys. The text is walked, not parsed: what is not personal stays byte by byte
//! as it was, and what is broken is masked as far as it goes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde_json::value::RawValue;

use super::MASK;
use super::values::Values;

/// Keys whose values are personal wherever they are, and are looked for everywhere else.
const REPEATED: [&str; 10] = [
    "first_name",
    "last_name",
    "company_name",
    "email",
    "phone",
    "phone_access_code",
    "address_1",
    "address_2",
    "delivery_notes",
    "birth_date",
];
/// Keys whose values are personal, and too common to be looked for anywhere else.
const IN_PLACE: [&str; 4] = ["postal_code", "city", "latitude", "longitude"];
/// Keys that are personal in a customer alone: an order has a `state` of its own elsewhere.
const OF_A_CUSTOMER: [&str; 3] = ["state", "country", "gender"];
/// Keys that hold somebody.
const SOMEBODY: [&str; 2] = ["customer", "delivery_address"];
/// Deeper than this, nothing has a place any more: all of it is masked as if it were personal.
const DEEPEST: usize = 256;

/// How personal what stands at a place is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nature {
    Repeated,
    InPlace,
    Free,
}

/// The text with its personal parts hidden, and every repetition of the values.
pub(super) fn mask(text: &str, values: &Values) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    walk(text, |nature, scalar, at| {
        let hidden = match (nature, scalar) {
            (Nature::Free, Scalar::Text(said)) => values.mask(said),
            (Nature::Free, Scalar::Other) => values.mask(&text[at.clone()]),
            (_, Scalar::Text("")) => None,
            (_, Scalar::Other) if matches!(&text[at.clone()], "null" | "true" | "false") => None,
            _ => Some(MASK.to_owned()),
        };
        if let Some(hidden) = hidden {
            masked.push_str(&text[done..at.start]);
            masked.push_str(&serde_json::Value::String(hidden).to_string());
            done = at.end;
        }
    });
    masked.push_str(&text[done..]);
    masked
}

/// Adds what is personal in the text.
pub(super) fn gather(text: &str, values: &mut Values) {
    walk(text, |nature, scalar, _| {
        if let (Nature::Repeated, Scalar::Text(said)) = (nature, scalar) {
            values.add(said);
        }
    });
}

/// What a text's outermost object has under a key, as it is written there. None where it has no such key, or breaks off.
pub(crate) fn raw_member<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    let members: HashMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    members.get(wanted).map(|raw| raw.get())
}

enum Scalar<'a> {
    Text(&'a str),
    Other,
}

/// An object or a list that is open.
struct Open {
    list: bool,
    key: Range<usize>,
    awaits_value: bool,
    of_somebody: bool,
    /// All in it is as personal as its own place.
    nature: Nature,
}

/// Calls for each scalar that is a value, with where it stands.
fn walk(text: &str, mut found: impl FnMut(Nature, Scalar<'_>, Range<usize>)) {
    let bytes = text.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    let mut too_deep = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' if open.len() >= DEEPEST => too_deep += 1,
            b'{' | b'[' => {
                let (nature, of_somebody) = place(text, &open);
                open.push(Open { list: *byte == b'[', key: 0..0, awaits_value: false, of_somebody, nature });
            }
            b'}' | b']' if too_deep > 0 => too_deep -= 1,
            b'}' | b']' => {
                open.pop();
            }
            b':' => {
                if let Some(last) = open.last_mut() {
                    last.awaits_value = true;
                }
            }
            b',' => {
                if let Some(last) = open.last_mut() {
                    last.awaits_value = false;
                }
            }
            b'"' => {
                let end = end_of_text(bytes, at);
                let is_key = too_deep == 0 && open.last().is_some_and(|last| !last.list && !last.awaits_value);
                if let (true, Some(last)) = (is_key, open.last_mut()) {
                    last.key = at..end;
                } else {
                    let nature = if too_deep > 0 { Nature::InPlace } else { place(text, &open).0 };
                    found(nature, Scalar::Text(&unquoted(&text[at..end])), at..end);
                }
                at = end;
                continue;
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => {
                let end = bytes[at..]
                    .iter()
                    .position(|byte| {
                        matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',' | b'"') || byte.is_ascii_whitespace()
                    })
                    .map_or(bytes.len(), |length| at + length);
                let nature = if too_deep > 0 { Nature::InPlace } else { place(text, &open).0 };
                found(nature, Scalar::Other, at..end);
                at = end;
                continue;
            }
        }
        at += 1;
    }
}

/// How personal a value is that stands where the walk is, and whether it is somebody's.
fn place(text: &str, open: &[Open]) -> (Nature, bool) {
    let Some(last) = open.last() else { return (Nature::Free, false) };
    if last.list || last.nature != Nature::Free {
        return (last.nature, last.of_somebody);
    }
    let key = unquoted(&text[last.key.clone()]);
    let key = key.as_ref();
    let nature = if REPEATED.contains(&key) {
        Nature::Repeated
    } else if IN_PLACE.contains(&key) || (last.of_somebody && OF_A_CUSTOMER.contains(&key)) {
        Nature::InPlace
    } else {
        Nature::Free
    };
    (nature, last.of_somebody || SOMEBODY.contains(&key))
}

/// Where a quoted text that begins at `at` ends, its closing quote included; the end of all where it is not closed.
fn end_of_text(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'\\' => end += 2,
            b'"' => return end + 1,
            _ => end += 1,
        }
    }
    bytes.len()
}

/// What a quoted text says; as it is written where that cannot be read.
fn unquoted(quoted: &str) -> Cow<'_, str> {
    let inner = quoted.strip_prefix('"').unwrap_or(quoted);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    serde_json::from_str(quoted).map_or(Cow::Borrowed(inner), Cow::Owned)
}
