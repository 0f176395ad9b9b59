//! How often anyone may have us ask HubRise about one installation: each asking counts against that connection's own
//! limits at HubRise (500 a minute).
//!
//! Kept in memory: each server of a console has its own count, and a few times this little is still little.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How often within [`WINDOW`]. HubRise itself tells of a disconnection once, and perhaps again after a failure.
const MOST: u32 = 10;
/// Over which time.
const WINDOW: SignedDuration = SignedDuration::from_secs(60);

/// Who was asked about, and how often; cloning shares it. Only installations that exist are ever in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Guesses(Arc<Mutex<HashMap<Installation, Count>>>);

/// Vendor and `app_instance_id`.
type Installation = (String, String);

#[derive(Debug)]
struct Count {
    since: Timestamp,
    times: u32,
}

impl Guesses {
    /// Counts one more; `Err` with how long to wait when there were too many.
    pub(super) fn count(&self, vendor: &str, installation: &str, now: Timestamp) -> Result<(), Duration> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody else tidies up here.
        counts.retain(|_, count| now.duration_since(count.since) < WINDOW);
        let key = (vendor.to_owned(), installation.to_owned());
        let count = counts.entry(key).or_insert(Count { since: now, times: 0 });
        if count.times >= MOST {
            return Err(Duration::try_from(count.since + WINDOW - now).unwrap_or_default());
        }
        count.times += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_ten_a_minute_through_for_each_installation() {
        let (guesses, now) = (Guesses::default(), Timestamp::UNIX_EPOCH);
        for _ in 0..MOST {
            assert_eq!(guesses.count("v", "a", now), Ok(()));
        }
        let later = now + SignedDuration::from_secs(20);
        assert_eq!(guesses.count("v", "a", later), Err(Duration::from_secs(40)));
        assert_eq!(guesses.count("v", "b", later), Ok(()));
        assert_eq!(guesses.count("w", "a", later), Ok(()));
        assert_eq!(guesses.count("v", "a", now + WINDOW), Ok(()));
    }
}
