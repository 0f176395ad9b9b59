//! Which connections HubRise asked to call less often, and until when. Owns no clock.
//!
//! Kept in memory: another server of the same console learns it from its own first call, whose answer is the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use passerelle_store::ConnectionId;

/// The wait when HubRise names none: its shortest window ends within a minute.
const UNNAMED: SignedDuration = SignedDuration::from_secs(60);
/// The longest wait believed: HubRise's longest window is a day.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// Who waits; cloning shares it.
#[derive(Clone, Debug, Default)]
pub(super) struct Pauses(Arc<Mutex<HashMap<ConnectionId, Timestamp>>>);

impl Pauses {
    /// HubRise asked to wait.
    pub(super) fn wait(&self, id: &ConnectionId, asked: Option<Duration>, now: Timestamp) {
        let asked = asked.map_or(UNNAMED, |asked| SignedDuration::try_from(asked).unwrap_or(LONGEST));
        let mut pauses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody else tidies up here.
        pauses.retain(|_, until| *until > now);
        pauses.insert(id.clone(), now + asked.min(LONGEST));
    }

    /// A call was answered otherwise.
    pub(super) fn end(&self, id: &ConnectionId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    /// Until when this one waits, if that is still to come.
    pub(super) fn until(&self, id: &ConnectionId, now: Timestamp) -> Option<Timestamp> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).copied().filter(|until| *until > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_as_long_as_asked_or_a_minute_and_no_longer_than_a_day() {
        let (pauses, id, now) = (Pauses::default(), ConnectionId::new("c"), Timestamp::UNIX_EPOCH);
        for (asked, seconds) in [(Some(7), 7), (None, 60), (Some(u64::MAX), 86_400)] {
            pauses.wait(&id, asked.map(Duration::from_secs), now);
            let until = now + SignedDuration::from_secs(seconds);
            assert_eq!(pauses.until(&id, now), Some(until));
            assert_eq!(pauses.until(&id, until), None);
        }
        pauses.end(&id);
        assert_eq!(pauses.until(&id, now), None);
    }
}
