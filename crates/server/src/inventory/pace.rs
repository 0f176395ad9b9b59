//! How often a connection is sent for: how long changes are gathered, how HubRise's limits are spread, how long a failing
//! lane waits. Plain functions of the clock they are handed.

use jiff::{SignedDuration, Timestamp};
use passerelle_store::{StockCalls, StockLimits};

/// How long changes are gathered.
pub(crate) const GATHERING: SignedDuration = SignedDuration::from_millis(1_800);
/// The store takes a due time further ahead than six minutes for another clock's.
const FARTHEST: SignedDuration = SignedDuration::from_mins(5);
/// The waits after the first failures, in seconds; then [`FARTHEST`].
const WAITS: [i64; 6] = [2, 5, 15, 45, 120, 300];

/// HubRise's limits are 500 calls a minute, 2,500 an hour and 10,000 a day, for all that calls with the connection's token. A
/// tenth is left to the others: orders, checks, the callback.
pub(crate) const LIMITS: StockLimits = StockLimits { minute: 450, hour: 2_250, day: 9_000 };

/// The earliest next send: right away as long as half of what a window allows is left, and evenly over the rest of it from
/// there on. So a till that changes all day long is sent for all day long.
pub(crate) fn earliest(
    calls: StockCalls,
    limits: StockLimits,
    sent_at: Option<Timestamp>,
    now: Timestamp,
) -> Timestamp {
    let Some(sent_at) = sent_at else { return now };
    let next = |(began, used): (i64, u32), limit: u32, seconds: i64| {
        let end = Timestamp::from_second(began + seconds).unwrap_or(now);
        if end <= now || used * 2 <= limit {
            return sent_at;
        }
        if used >= limit {
            return end;
        }
        let left = end.duration_since(sent_at).as_millis().clamp(0, i128::from(seconds) * 1_000);
        let apart = i64::try_from(left / i128::from(limit - used)).unwrap_or_default();
        sent_at + SignedDuration::from_millis(apart)
    };
    next(calls.minute, limits.minute, 60)
        .max(next(calls.hour, limits.hour, 3_600))
        .max(next(calls.day, limits.day, 86_400))
}

/// When a lane that failed so often is tried again, no earlier than HubRise asked.
pub(crate) fn again(failures: u32, asked: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let wait = usize::try_from(failures).ok().and_then(|nth| WAITS.get(nth)).copied();
    let wait = wait.map_or(FARTHEST, SignedDuration::from_secs);
    bounded(asked.map_or(now + wait, |asked| asked.max(now + SignedDuration::from_secs(1))), now)
}

/// As far ahead as a lane may be due.
pub(crate) fn bounded(at: Timestamp, now: Timestamp) -> Timestamp {
    at.min(now + FARTHEST)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn half_of_a_window_goes_at_once_and_the_rest_evenly() {
        let calls = |minute, hour, day| StockCalls { minute: (0, minute), hour: (0, hour), day: (0, day) };
        let wait =
            |calls, now: i64| earliest(calls, LIMITS, Some(at(now)), at(now)).duration_since(at(now)).as_millis();
        assert_eq!(wait(calls(225, 1_125, 4_500), 10), 0);
        assert_eq!(wait(calls(10, 1_350, 100), 0), 4_000, "900 are left of an hour");
        assert_eq!(wait(calls(0, 0, 9_000 - 864), 0), 100_000);
        assert_eq!(wait(calls(0, 0, 9_000), 43_200), 43_200_000);
        assert_eq!(wait(calls(300, 0, 0), 61), 0, "that minute is over");
        assert_eq!(earliest(calls(449, 0, 0), LIMITS, None, at(10)), at(10));
    }

    /// A till that changes every second of a day.
    #[test]
    fn a_day_of_changes_keeps_within_every_limit_and_never_stands_still() {
        let (mut calls, mut now, mut sent, mut longest) = (StockCalls::default(), at(0), Vec::new(), 0);
        while now < at(86_400) {
            let last: Option<&Timestamp> = sent.last();
            let due = earliest(calls, LIMITS, last.copied(), now).max(last.map_or(now, |last| *last + GATHERING));
            if due > now {
                now += SignedDuration::from_secs(1);
                continue;
            }
            let fits = |(began, used): (i64, u32), seconds: i64| {
                let begins = now.as_second() / seconds * seconds;
                if began == begins { (began, used + 1) } else { (begins, 1) }
            };
            calls = StockCalls {
                minute: fits(calls.minute, 60),
                hour: fits(calls.hour, 3_600),
                day: fits(calls.day, 86_400),
            };
            assert!(calls.minute.1 <= LIMITS.minute && calls.hour.1 <= LIMITS.hour && calls.day.1 <= LIMITS.day);
            longest = longest.max(last.map_or(0, |last| now.duration_since(*last).as_secs()));
            sent.push(now);
        }
        assert!(longest <= 60, "{longest} s without a send");
        assert!(sent.len() > 8_000, "{}", sent.len());
    }

    #[test]
    fn a_failing_lane_waits_longer_and_longer_and_as_hubrise_asks() {
        let waits: Vec<_> = (0..8).map(|failures| again(failures, None, at(0)).as_second()).collect();
        assert_eq!(waits, [2, 5, 15, 45, 120, 300, 300, 300]);
        assert_eq!(again(5, Some(at(7)), at(0)), at(7));
        assert_eq!(again(0, Some(at(-7)), at(0)), at(1));
        assert_eq!(again(0, Some(at(86_400)), at(0)), at(300));
    }
}
