//! Days and times as a store's people name them: by their own clock, which leaves an hour out once a year, and shows one
//! twice. Plain functions.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Which instant a day or a minute means.
#[derive(Clone, Copy)]
pub(super) enum Edge {
    /// Its first.
    Beginning,
    /// The first of the next day; of a minute, its first.
    DaysEnd,
    /// Its last, to the microsecond.
    LastOfIt,
}

/// A day or a time by the store's clock. A time that the clock leaves out is the one it shows instead; of one that it
/// shows twice, the first is meant.
pub(super) fn instant(text: &str, zone: &TimeZone, edge: Edge) -> Option<Timestamp> {
    // What else the parser would take (offsets, zones, fractions) means another clock than the store's.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'T'));
    if !plain {
        return None;
    }
    let last = |end: Timestamp| end.checked_sub(SignedDuration::from_micros(1)).ok();
    if text.len() == "2026-11-22".len() {
        let day: Date = text.parse().ok()?;
        let next = || days_begin(day, 1, zone);
        return match edge {
            Edge::Beginning => days_begin(day, 0, zone),
            Edge::DaysEnd => next(),
            Edge::LastOfIt => last(next()?),
        };
    }
    let span = match text.len() - "2026-11-22".len().min(text.len()) {
        6 => SignedDuration::from_mins(1),
        9 => SignedDuration::from_secs(1),
        _ => return None,
    };
    let time: DateTime = text.parse().ok()?;
    let begins = time.to_zoned(zone.clone()).ok()?.timestamp();
    match edge {
        Edge::Beginning | Edge::DaysEnd => Some(begins),
        Edge::LastOfIt => last(begins.checked_add(span).ok()?),
    }
}

/// When a day so many days after another begins by the store's clock.
pub(super) fn days_begin(day: Date, after: i64, zone: &TimeZone) -> Option<Timestamp> {
    let day = day.checked_add(jiff::Span::new().try_days(after).ok()?).ok()?;
    Some(day.to_zoned(zone.clone()).ok()?.timestamp())
}
