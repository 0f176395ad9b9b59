//! When what failed is tried again, and when that stops to make sense. Plain functions of the clock they are handed.

use jiff::{SignedDuration, Timestamp};
use passerelle_store::OperationRow;

/// The waits after the first failures, in seconds. The first try itself waits for nothing.
const FIRST_WAITS: [i64; 4] = [5, 15, 45, 120];
/// The wait after any later one. The store takes a due time further ahead than six minutes for another clock's.
const LATER_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// An order is worth trying until so long after it is wanted.
const AFTER_EXPECTED: SignedDuration = SignedDuration::from_mins(30);
/// HubRise is worth telling until so long after the order came.
const TELLING_DAY: SignedDuration = SignedDuration::from_hours(24);

/// When an operation that has failed `tries` times is sent again; none when it is too late to.
///
/// Wanted before it even came (it was told late, or wanted at once), an order counts from when it came.
pub(super) fn next_try(operation: &OperationRow, tries: u32, now: Timestamp) -> Option<Timestamp> {
    let expected = operation.order.as_ref().and_then(|order| order.expected_at);
    let wanted = expected.map_or(operation.received_at, |expected| expected.max(operation.received_at));
    within(now, after(tries), later(wanted, AFTER_EXPECTED))
}

/// When HubRise, which could not be told `tries` times, is told again, no earlier than `not_before`; none when it is too
/// late to.
pub(super) fn next_telling(
    operation: &OperationRow,
    tries: u32,
    not_before: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    let due = within(now, after(tries), later(operation.received_at, TELLING_DAY))?;
    // HubRise asks for an hour at most: its windows are that long. The store would not believe more than six minutes.
    Some(not_before.map_or(due, |wished| due.max(wished.min(now + LATER_WAIT))))
}

fn after(tries: u32) -> SignedDuration {
    let wait = usize::try_from(tries.saturating_sub(1)).ok().and_then(|nth| FIRST_WAITS.get(nth));
    wait.map_or(LATER_WAIT, |seconds| SignedDuration::from_secs(*seconds))
}

/// `wait` from now, but no later than the last chance, which is taken.
fn within(now: Timestamp, wait: SignedDuration, last: Timestamp) -> Option<Timestamp> {
    (now < last).then(|| later(now, wait).min(last))
}

/// A time of HubRise's may be as far ahead as time goes.
fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
pub(super) mod tests {
    use passerelle_store::{ConnectionId, OperationId, OperationKind, OperationState, OrderFacts, Telling};

    use super::*;

    pub(in crate::delivery) fn operation(expected_after: Option<i64>) -> OperationRow {
        let at = Timestamp::UNIX_EPOCH;
        OperationRow {
            sent_with: None,
            may_be_printed: false,
            manual: false,
            resends: 0,
            handled_at: None,
            seq: 1,
            id: OperationId::new("o"),
            connection: ConnectionId::new("c"),
            kind: OperationKind::OrderCreated,
            event_id: Some("e".into()),
            order: Some(OrderFacts {
                order_id: "x".into(),
                expected_at: expected_after.map(|seconds| at + SignedDuration::from_secs(seconds)),
                ..OrderFacts::default()
            }),
            state: OperationState::Queued,
            cause: None,
            detail: None,
            flag: None,
            tries: 0,
            due_at: Some(at),
            telling: Telling::None,
            told_tries: 0,
            notes: None,
            received_at: at,
            changed_at: at,
        }
    }

    /// All the tries of an order nobody answers, in seconds after it came.
    fn tries(operation: &OperationRow) -> Vec<i64> {
        let (mut now, mut all) = (operation.received_at, vec![0]);
        while let Some(next) = next_try(operation, u32::try_from(all.len()).unwrap_or(u32::MAX), now) {
            now = next;
            all.push(now.as_second());
        }
        all
    }

    #[test]
    fn tries_quickly_then_every_five_minutes_until_half_an_hour_after_it_was_wanted() {
        assert_eq!(tries(&operation(None)), [0, 5, 20, 65, 185, 485, 785, 1085, 1385, 1685, 1800]);
        assert_eq!(tries(&operation(Some(600))).last(), Some(&2400));
        assert_eq!(tries(&operation(Some(86_400))).last(), Some(&88_200));
    }

    #[test]
    fn one_wanted_before_it_came_is_tried_as_long_as_one_wanted_at_once() {
        assert_eq!(tries(&operation(Some(-7_200))), tries(&operation(None)));
    }

    #[test]
    fn hubrise_is_told_for_a_day() {
        let operation = operation(None);
        let at = |seconds| operation.received_at + SignedDuration::from_secs(seconds);
        assert_eq!(next_telling(&operation, 1, None, at(0)), Some(at(5)));
        assert_eq!(next_telling(&operation, 9, None, at(86_399)), Some(at(86_400)));
        assert_eq!(next_telling(&operation, 9, None, at(86_400)), None);
    }

    #[test]
    fn hubrises_wish_to_wait_is_heeded_up_to_five_minutes() {
        let operation = operation(None);
        let at = |seconds| operation.received_at + SignedDuration::from_secs(seconds);
        assert_eq!(next_telling(&operation, 1, Some(at(30)), at(0)), Some(at(30)));
        assert_eq!(next_telling(&operation, 1, Some(at(3_600)), at(0)), Some(at(300)));
        assert_eq!(next_telling(&operation, 5, Some(at(30)), at(0)), Some(at(300)));
    }

    #[test]
    fn a_time_beyond_all_time_is_no_reason_to_panic() {
        let mut odd = operation(None);
        odd.order = Some(OrderFacts { expected_at: Some(Timestamp::MAX), ..OrderFacts::default() });
        assert!(next_try(&odd, 1, odd.received_at).is_some());
    }
}
