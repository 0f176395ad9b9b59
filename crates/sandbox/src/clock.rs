//! The sandbox's own clock: real time plus what `/_sandbox/clock` added, so that a ten-minute code can expire in a
//! test without anyone waiting. Also writes times the way HubRise does. Sleeps nothing and schedules nothing.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// Real time moved forward by an offset, or standing still.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset: SignedDuration,
    frozen_at: Option<Timestamp>,
}

impl Clock {
    /// The moment the sandbox believes it is.
    pub(crate) fn now(&self) -> Timestamp {
        self.frozen_at.unwrap_or_else(|| shifted(Timestamp::now(), self.offset))
    }

    /// Whether the clock stands still.
    pub(crate) fn is_frozen(&self) -> bool {
        self.frozen_at.is_some()
    }

    /// Moves forward (or back, when negative) by whole seconds.
    pub(crate) fn advance(&mut self, seconds: i64) {
        let step = SignedDuration::from_secs(seconds);
        match self.frozen_at {
            Some(at) => self.frozen_at = Some(shifted(at, step)),
            None => self.offset = self.offset.checked_add(step).unwrap_or(self.offset),
        }
    }

    /// Stops the clock at the present moment, or lets it run again from where it stands.
    pub(crate) fn set_frozen(&mut self, frozen: bool) {
        if frozen {
            self.frozen_at = Some(self.now());
        } else if let Some(at) = self.frozen_at.take() {
            self.offset = at.duration_since(Timestamp::now());
        }
    }
}

fn shifted(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}

/// ISO 8601 with the offset of an IANA time zone, as HubRise's "Dates and Times" asks; UTC if the zone is unknown here.
pub(crate) fn iso_in(at: Timestamp, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Reads an ISO 8601 time with an offset; `None` for anything else.
pub(crate) fn parse_iso(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_told() {
        let mut clock = Clock::default();
        clock.set_frozen(true);
        let before = clock.now();
        assert_eq!(clock.now(), before);
        clock.advance(601);
        assert_eq!(clock.now().duration_since(before).as_secs(), 601);
        clock.set_frozen(false);
        assert!(clock.now() >= before);
    }

    #[test]
    fn times_carry_the_offset_of_the_place() {
        let at = parse_iso("2026-07-01T10:00:00Z").map(|at| iso_in(at, "Nowhere/Land"));
        assert_eq!(at.as_deref(), Some("2026-07-01T10:00:00+00:00"));
    }
}
