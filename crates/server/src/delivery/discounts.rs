//! The tills' own lists of discounts, by name: fetched when an order needs one, and kept for an hour.
//!
//! Owns how long a list is believed. Kept in memory: another server fetches its own.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use passerelle_pixelpoint::Listed;
use passerelle_store::ConnectionId;

/// How long a list is believed.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How long a till that gave no list is not asked again.
const KEPT_FAILURE: SignedDuration = SignedDuration::from_mins(5);
/// Lists kept before those that have had their time are looked for.
const MANY: usize = 1_000;

/// Refs of discounts by their names.
pub(super) type Refs = BTreeMap<String, String>;

/// The lists of all connections.
#[derive(Debug, Default)]
pub(super) struct DiscountLists(Mutex<HashMap<ConnectionId, Kept>>);

#[derive(Debug)]
struct Kept {
    /// The version of the till's settings it was fetched under: another token may be another till's.
    version: i64,
    at: Timestamp,
    /// None where the till gave none.
    refs: Option<Refs>,
}

impl Kept {
    fn is_fresh(&self, version: i64, now: Timestamp) -> bool {
        let age = now.duration_since(self.at);
        let longest = if self.refs.is_some() { KEPT } else { KEPT_FAILURE };
        // A negative age is that of a clock set back.
        self.version == version && !age.is_negative() && age < longest
    }
}

impl DiscountLists {
    /// What is known: none when the till is to be asked. Empty where it was asked, and gave no list.
    pub(super) fn known(&self, connection: &ConnectionId, version: i64, now: Timestamp) -> Option<Refs> {
        let lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = lists.get(connection).filter(|kept| kept.is_fresh(version, now))?;
        Some(kept.refs.clone().unwrap_or_default())
    }

    /// Keeps what the till answered; none when it gave no list.
    pub(super) fn keep(&self, connection: &ConnectionId, version: i64, now: Timestamp, refs: Option<Refs>) {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lists.len() >= MANY {
            lists.retain(|_, kept| kept.is_fresh(kept.version, now));
        }
        lists.insert(connection.clone(), Kept { version, at: now, refs });
    }
}

/// A till's list by name. Of two with one name the first counts, as in the till's own order.
pub(super) fn by_name(listing: Vec<Listed>) -> Refs {
    let mut refs = Refs::new();
    for Listed { number, name } in listing {
        refs.entry(name).or_insert(number);
    }
    refs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(number: &str, name: &str) -> Listed {
        Listed { number: number.into(), name: name.into() }
    }

    #[test]
    fn a_list_is_believed_for_an_hour_and_its_absence_for_five_minutes() {
        let (lists, id) = (DiscountLists::default(), ConnectionId::new("c"));
        let at = |minutes| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes);
        assert_eq!(lists.known(&id, 1, at(60)), None);
        lists.keep(&id, 1, at(60), Some(by_name(vec![listed("7", "Happy hour")])));
        assert_eq!(lists.known(&id, 1, at(119)).unwrap_or_default()["Happy hour"], "7");
        assert_eq!(lists.known(&id, 1, at(120)), None);
        assert_eq!(lists.known(&id, 2, at(60)), None, "the settings have changed");
        assert_eq!(lists.known(&id, 1, at(59)), None, "the clock was set back");
        lists.keep(&id, 1, at(60), None);
        assert_eq!(lists.known(&id, 1, at(64)), Some(Refs::new()));
        assert_eq!(lists.known(&id, 1, at(65)), None);
    }

    #[test]
    fn the_first_of_two_with_one_name_counts() {
        assert_eq!(by_name(vec![listed("7", "a"), listed("8", "a"), listed("9", "b")])["a"], "7");
    }

    #[test]
    fn lists_that_have_had_their_time_make_room() {
        let lists = DiscountLists::default();
        for nth in 0..=MANY {
            lists.keep(&ConnectionId::new(nth.to_string()), 1, Timestamp::UNIX_EPOCH, None);
        }
        let later = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(2);
        lists.keep(&ConnectionId::new("new"), 1, later, None);
        assert_eq!(lists.0.lock().unwrap_or_else(PoisonError::into_inner).len(), 1);
    }
}
