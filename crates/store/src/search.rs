//! Searching the support desk: what of a connection is searched, what is looked for, and where a page ends. Pure
//! functions: both databases compare the same lower-case text, byte by byte, and neither knows a wildcard.

use jiff::Timestamp;

use crate::text::storable;
use crate::time::{from_micros, to_micros};
use crate::{ConnectionId, ConnectionRow, NamedRef};

/// What is searched of a name and of an id, in characters: PostgreSQL's index holds less than 2,700 bytes.
const OF_NAME: usize = 120;
const OF_ID: usize = 60;

/// A connection's names and ids, lowered; a line break keeps them apart.
pub(crate) fn searched(connection: &ConnectionRow) -> String {
    let location = connection.location.as_ref();
    let name = |named: Option<&NamedRef>| lowered(named.map_or("", |named| &named.name), OF_NAME);
    let id = |named: Option<&NamedRef>| lowered(named.map_or("", |named| &named.id), OF_ID);
    let account = Some(&connection.account);
    [name(account), name(location), id(account), id(location)].join("\n")
}

fn lowered(text: &str, characters: usize) -> String {
    text.to_lowercase().chars().take(characters).collect()
}

/// What to look for; empty for everything.
pub(crate) fn wanted(text: &str) -> String {
    storable(text.trim().to_lowercase())
}

/// Where a page ends: the last row shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// In microseconds.
    pub(crate) connected_at: i64,
    pub(crate) id: String,
}

impl Cursor {
    /// Before the first page.
    fn start() -> Self {
        Self { connected_at: i64::MAX, id: String::new() }
    }

    pub(crate) fn read(text: Option<&str>) -> Self {
        let parsed = text.and_then(|text| text.split_once('.')).and_then(|(at, id)| {
            let connected_at = at.parse().ok()?;
            from_micros(connected_at).ok()?;
            Some(Self { connected_at, id: ConnectionId::new(id).into() })
        });
        parsed.unwrap_or_else(Self::start)
    }

    pub(crate) fn after(connected_at: Timestamp, id: &ConnectionId) -> String {
        format!("{}.{id}", to_micros(connected_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowers_what_the_databases_would_not() {
        assert_eq!(lowered("CAFÉ de l'Étoile", OF_NAME), "café de l'étoile");
        assert_eq!(wanted("  É%_\\ "), "é%_\\");
        assert_eq!(lowered("İİ", 2), "i\u{307}");
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let at = Timestamp::UNIX_EPOCH;
        let written = Cursor::after(at, &ConnectionId::new("a.b"));
        assert_eq!(Cursor::read(Some(&written)), Cursor { connected_at: 0, id: "a.b".into() });
        for odd in [None, Some(""), Some("x.y"), Some("1"), Some("99999999999999999999.a")] {
            assert_eq!(Cursor::read(odd), Cursor::start(), "{odd:?}");
        }
    }
}
