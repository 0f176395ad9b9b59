//! How answers are read: JSON, nothing at all, and where the next page begins.
//!
//! Owns that what is wrong with an answer is told without repeating it. Does not own any shape.

use ::http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::LONGEST_CURSOR;
use crate::Error;

/// The header of the next page's cursor, absent on the last page.
const NEXT_CURSOR_HEADER: &str = "x-cursor-next";

/// The cursor of the next page. One that is the page's own would be asked for without end.
pub(super) fn next_cursor(headers: &HeaderMap, current: Option<&str>) -> Result<Option<String>, Error> {
    let Some(value) = headers.get(NEXT_CURSOR_HEADER) else { return Ok(None) };
    let nonsense = |what: &str| Error::Nonsense { what: what.to_owned() };
    let cursor = value.to_str().map_err(|_| nonsense("the next page's cursor is not text"))?;
    if cursor.len() > LONGEST_CURSOR {
        return Err(nonsense("the next page's cursor is too long"));
    }
    if Some(cursor) == current {
        return Err(nonsense("the next page is the same page again"));
    }
    Ok(Some(cursor.to_owned()).filter(|cursor| !cursor.is_empty()))
}

/// Reads a body as JSON. What is wrong is told by place alone: a body may hold a secret.
pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|error| Error::Nonsense {
        what: match error.classify() {
            serde_json::error::Category::Data => {
                format!("its json lacks what is needed, at line {} column {}", error.line(), error.column())
            }
            _ => "it is not json".to_owned(),
        },
    })
}

/// Reads the body of an answer that has nothing to say: empty, or any JSON. Anything else (a proxy's page, say) is
/// not HubRise's, and nobody knows what became of the call.
pub(crate) fn nothing(body: &[u8]) -> Result<(), Error> {
    if body.trim_ascii().is_empty() { Ok(()) } else { json::<Value>(body).map(|_| ()) }
}
