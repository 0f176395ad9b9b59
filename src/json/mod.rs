//! Reads what the server answers. Owns the reading of JSON into the types of `passerelle_wire`; what the types are is theirs.
//!
//! `serde_json` reads as well, but brings words for every way a text can be wrong, and for each type the ways it could have
//! been written otherwise (structs as lists, numbers as texts, …): a twentieth of the first load. This reads JSON as our
//! server writes it, and says of everything else that it cannot be read.

mod reader;
mod visits;

use std::fmt;

use serde::de::{self, DeserializeOwned};

use reader::Reader;

/// The value in a text; none when there is another, or more than one.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader).ok()?;
    reader.is_at_end().then_some(value)
}

/// A text is not what it should be; nobody is shown how.
#[derive(Debug)]
struct Unreadable;

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_why: T) -> Self {
        Self
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests;
