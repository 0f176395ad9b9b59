//! How often a connection's people may have us call somebody for them: the till, or HubRise, whose limits are shared by
//! all that calls for the connection.
//!
//! Kept in memory: each server of a console has its own count, and a few times this little is still little.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use passerelle_store::ConnectionId;

/// The paces of all that people may ask for; cloning shares them.
#[derive(Clone, Debug)]
pub struct Paces {
    /// Testing the till: a listing each.
    pub till_tests: Pace,
    /// Reading the menu: a heavy call at HubRise, of which it allows ten a minute.
    pub menu_checks: Pace,
    /// Having the callback looked at: a few light calls.
    pub callback_checks: Pace,
    /// Opening links to cases, which takes no session: counted by the first byte of the token's hash, so that the counts are
    /// few, and whoever tries links out shuts out few of those who have one.
    pub shared_links: Pace<u8>,
}

impl Default for Paces {
    fn default() -> Self {
        Self {
            till_tests: Pace::new(6, SignedDuration::from_secs(60)),
            menu_checks: Pace::new(1, SignedDuration::from_secs(10)),
            callback_checks: Pace::new(6, SignedDuration::from_secs(60)),
            shared_links: Pace::new(60, SignedDuration::from_secs(60)),
        }
    }
}

/// So many times within such a window, for each connection, or whatever else is counted by.
#[derive(Clone, Debug)]
pub struct Pace<K = ConnectionId> {
    most: u32,
    window: SignedDuration,
    counts: Arc<Mutex<HashMap<K, Count>>>,
}

#[derive(Debug)]
struct Count {
    since: Timestamp,
    times: u32,
}

impl<K: Clone + Eq + Hash> Pace<K> {
    /// At most `most` times within `window`.
    #[must_use]
    pub fn new(most: u32, window: SignedDuration) -> Self {
        Self { most, window, counts: Arc::default() }
    }

    /// Counts one more.
    ///
    /// # Errors
    /// How long to wait, when there were too many.
    pub fn count(&self, of: &K, now: Timestamp) -> Result<(), Duration> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody else tidies up here. A count that began later than now is of a clock that has been set back.
        counts.retain(|_, count| {
            let age = now.duration_since(count.since);
            !age.is_negative() && age < self.window
        });
        let count = counts.entry(of.clone()).or_insert(Count { since: now, times: 0 });
        if count.times >= self.most {
            return Err(Duration::try_from(count.since + self.window - now).unwrap_or_default());
        }
        count.times += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_so_many_through_in_a_window_for_each_connection() {
        let pace = Pace::new(6, SignedDuration::from_secs(60));
        let (one, two, now) = (ConnectionId::new("1"), ConnectionId::new("2"), Timestamp::UNIX_EPOCH);
        for _ in 0..6 {
            assert_eq!(pace.count(&one, now), Ok(()));
        }
        let later = now + SignedDuration::from_secs(20);
        assert_eq!(pace.count(&one, later), Err(Duration::from_secs(40)));
        assert_eq!(pace.count(&two, later), Ok(()));
        assert_eq!(pace.count(&one, now + SignedDuration::from_secs(60)), Ok(()));
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out() {
        let (pace, one) = (Pace::new(1, SignedDuration::from_secs(10)), ConnectionId::new("1"));
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(2);
        assert_eq!(pace.count(&one, now), Ok(()));
        assert_eq!(pace.count(&one, now - SignedDuration::from_hours(1)), Ok(()));
    }
}
