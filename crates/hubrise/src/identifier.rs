//! Ids on their way into a path.
//!
//! Owns the grammar an id must meet before it is sent: nothing from outside may change which path is called.

use crate::Error;

/// The longest id taken. HubRise's have 5 to 15 characters (`3r4s3-1`); this leaves room without being unbounded.
const LONGEST: usize = 64;

/// The id itself when it can stand as one path segment as it is: ASCII letters, digits, `-` and `_`.
///
/// # Errors
/// [`Error::MalformedId`], naming `what` it should have been, never repeating it.
pub(crate) fn segment<'a>(what: &'static str, id: &'a str) -> Result<&'a str, Error> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !id.is_empty() && id.len() <= LONGEST && id.bytes().all(plain) {
        Ok(id)
    } else {
        Err(Error::MalformedId { what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_hubrises_ids_as_they_are() {
        for id in ["3r4s3", "3r4s3-1", "psmlf", "PsMlF", "a_b"] {
            assert_eq!(segment("id", id), Ok(id));
        }
    }

    #[test]
    fn refuses_whatever_could_change_the_path() {
        let long = "a".repeat(LONGEST + 1);
        for id in ["", ".", "..", "a/b", "a\\b", "a?b", "a#b", "a%2Fb", "a b", "é", "a\n", "a;b", "a:b", &long] {
            assert_eq!(segment("location id", id), Err(Error::MalformedId { what: "location id" }), "{id}");
        }
    }
}
