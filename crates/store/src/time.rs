//! Instants as both databases keep them: whole microseconds since 1970 in a 64-bit integer.

use jiff::Timestamp;

use crate::{Result, StoreError};

/// To the database; what is finer than a microsecond is cut off.
pub(crate) fn to_micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// From the database.
pub(crate) fn from_micros(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreError::Corrupt(format!("instant `{micros}` out of range")))
}
