//! A point in time with the offset HubRise wrote it with: the location's.

use jiff::Timestamp;
use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};
use jiff::tz::Offset;
use serde_json::Value;

use super::reading::Readable;

static PARSER: DateTimeParser = DateTimeParser::new();

/// A point in time, and the offset it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// What the location's clock is ahead of UTC.
    pub offset: Offset,
}

impl Moment {
    /// Reads `2021-06-24T19:07:52+02:00`; a time without an offset is none.
    pub fn parse(text: &str) -> Option<Moment> {
        let pieces = PARSER.parse_pieces(text.trim()).ok()?;
        let time = pieces.date().to_datetime(pieces.time()?);
        let offset = match pieces.offset()? {
            PiecesOffset::Zulu => Offset::UTC,
            PiecesOffset::Numeric(numeric) => numeric.offset(),
            _ => return None,
        };
        Some(Moment { at: offset.to_timestamp(time).ok()?, offset })
    }
}

impl Readable for Moment {
    fn from_json(value: &Value) -> Option<Moment> {
        Moment::parse(value.as_str()?)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_time_is_read_with_its_offset() {
        let moment = Moment::parse("2021-06-24T19:07:52+02:00").unwrap();
        assert_eq!(moment.at.to_string(), "2021-06-24T17:07:52Z");
        assert_eq!(moment.offset.seconds(), 7200);
        assert_eq!(Moment::parse("2021-06-24T17:07:52Z").unwrap().offset, Offset::UTC);
        assert_eq!(Moment::parse("2021-06-24T17:07:52.123-09:30").unwrap().offset.seconds(), -34_200);
    }

    #[test]
    fn a_time_without_an_offset_is_none() {
        for text in [
            "",
            "asap",
            "2021-06-24",
            "2021-06-24T19:07:52",
            "19:07",
            "2021-02-30T10:00:00Z",
            "9999-12-31T23:59:59-20:00",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
