//! HubRise's rate limits per connection ("General Concepts", section 3). Windows start at the round minute, hour and
//! day; a refused call is not counted.

use jiff::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// Calls in one window: which window, and how many so far.
#[derive(Debug, Default, Clone, Copy)]
struct Window {
    index: i64,
    calls: u32,
}

impl Window {
    fn seen(self, now: i64, length: i64) -> u32 {
        if self.index == now.div_euclid(length) { self.calls } else { 0 }
    }

    fn count(&mut self, now: i64, length: i64) {
        *self = Self { index: now.div_euclid(length), calls: self.seen(now, length) + 1 };
    }
}

/// What one connection has used of its allowance.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Usage {
    minute: Window,
    hour: Window,
    day: Window,
    heavy: Window,
}

/// Calls allowed in a minute.
const PER_MINUTE: u32 = 500;
/// Calls allowed in an hour.
const PER_HOUR: u32 = 2_500;
/// Calls allowed in a day.
const PER_DAY: u32 = 10_000;
/// High load calls (whole catalogs, order lists, customer lists) allowed in a minute.
const HEAVY_PER_MINUTE: u32 = 10;

impl Usage {
    /// Counts a call, or says after how many seconds to come back.
    ///
    /// # Errors
    /// The seconds until every exhausted window has ended.
    pub(crate) fn admit(&mut self, now: Timestamp, heavy: bool) -> Result<(), u64> {
        let now = now.as_second();
        let exhausted = [
            (self.minute.seen(now, MINUTE) >= PER_MINUTE, MINUTE),
            (self.hour.seen(now, HOUR) >= PER_HOUR, HOUR),
            (self.day.seen(now, DAY) >= PER_DAY, DAY),
            (heavy && self.heavy.seen(now, MINUTE) >= HEAVY_PER_MINUTE, MINUTE),
        ];
        let wait = exhausted.iter().filter(|(full, _)| *full).map(|(_, length)| length - now.rem_euclid(*length)).max();
        if let Some(wait) = wait {
            return Err(wait.unsigned_abs());
        }
        self.minute.count(now, MINUTE);
        self.hour.count(now, HOUR);
        self.day.count(now, DAY);
        if heavy {
            self.heavy.count(now, MINUTE);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or_default()
    }

    #[test]
    fn the_501st_call_of_a_minute_waits_for_the_round_minute() {
        let mut usage = Usage::default();
        for _ in 0..500 {
            assert_eq!(usage.admit(at(7_230), false), Ok(()));
        }
        assert_eq!(usage.admit(at(7_235), false), Err(25));
        assert_eq!(usage.admit(at(7_260), false), Ok(()));
    }

    #[test]
    fn heavy_calls_have_ten_a_minute_and_light_ones_go_on() {
        let mut usage = Usage::default();
        for _ in 0..10 {
            assert_eq!(usage.admit(at(60), true), Ok(()));
        }
        assert_eq!(usage.admit(at(61), true), Err(59));
        assert_eq!(usage.admit(at(61), false), Ok(()));
    }

    #[test]
    fn the_hour_outlasts_the_minute() {
        let mut usage = Usage::default();
        for call in 0..2_500 {
            assert_eq!(usage.admit(at(36_000 + (call / 500) * 60), false), Ok(()));
        }
        assert_eq!(usage.admit(at(36_000 + 35 * 60), false), Err(25 * 60));
        assert_eq!(usage.admit(at(39_600), false), Ok(()));
    }

    #[test]
    fn the_day_ends_it_all() {
        let mut usage = Usage::default();
        for call in 0..10_000 {
            assert_eq!(usage.admit(at((call / 500) * 1_000), false), Ok(()), "call {call}");
        }
        assert_eq!(usage.admit(at(80_000), false), Err(6_400));
    }
}
