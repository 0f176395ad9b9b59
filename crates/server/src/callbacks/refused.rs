//! Calls with a bad signature: counted, told loudly but not endlessly, and put down to the connection they name.
//!
//! Owns how often either happens. Anybody can send such calls, as many as they like: they may fill neither the log nor the
//! database. If they are HubRise's, the vendor's client secret is wrong, and every order is being thrown away.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// One line in the log a vendor and this long.
const QUIET: SignedDuration = SignedDuration::from_secs(10);
/// Looked up and put down to a connection, a vendor and this long…
const WINDOW: SignedDuration = SignedDuration::from_secs(60);
/// … at most so many: the store is asked and written for each.
const MOST: u32 = 30;

/// What was refused lately; cloning shares it. Vendors that are served are all there ever is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Refused(Arc<Mutex<HashMap<String, Count>>>);

#[derive(Debug, Default)]
struct Count {
    since_told: u64,
    told_at: Option<Timestamp>,
    window_from: Option<Timestamp>,
    in_window: u32,
}

/// What is to be done about one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    /// To be told now: so many since the log was last told.
    pub(super) tell: Option<u64>,
    /// Whether to look up which connection it names, and put it down.
    pub(super) note: bool,
}

impl Refused {
    /// Counts one more.
    pub(super) fn count(&self, vendor: &str, now: Timestamp) -> Due {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(vendor.to_owned()).or_default();
        count.since_told += 1;
        let tell = over(count.told_at, QUIET, now).then(|| {
            count.told_at = Some(now);
            std::mem::take(&mut count.since_told)
        });
        if over(count.window_from, WINDOW, now) {
            (count.window_from, count.in_window) = (Some(now), 0);
        }
        count.in_window = count.in_window.saturating_add(1);
        Due { tell, note: count.in_window <= MOST }
    }
}

/// Whether that long has passed; a clock that was set back since counts as passed.
fn over(since: Option<Timestamp>, wait: SignedDuration, now: Timestamp) -> bool {
    since.is_none_or(|since| now < since || now.duration_since(since) >= wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_first_at_once_and_how_many_followed_later() {
        let (refused, now) = (Refused::default(), Timestamp::UNIX_EPOCH);
        assert_eq!(refused.count("v", now).tell, Some(1));
        for _ in 0..500 {
            assert_eq!(refused.count("v", now).tell, None);
        }
        assert_eq!(refused.count("w", now).tell, Some(1), "each vendor has its own secret");
        assert_eq!(refused.count("v", now + QUIET).tell, Some(501));
    }

    #[test]
    fn puts_down_so_many_a_minute() {
        let (refused, now) = (Refused::default(), Timestamp::UNIX_EPOCH);
        let noted = (0..100).filter(|_| refused.count("v", now).note).count();
        assert_eq!(noted, MOST as usize);
        assert!(refused.count("w", now).note);
        assert!(refused.count("v", now + WINDOW).note);
    }

    #[test]
    fn a_clock_set_back_silences_nothing() {
        let (refused, now) = (Refused::default(), Timestamp::UNIX_EPOCH + SignedDuration::from_hours(2));
        refused.count("v", now);
        assert_eq!(refused.count("v", now - SignedDuration::from_hours(1)).tell, Some(1));
    }
}
