//! What both databases decide alike about trying: when a lease or a due time counts as over, what the end of a try leaves
//! to write, what may be tried anew. Pure functions; no SQL.

use jiff::{SignedDuration, Timestamp};

use crate::intake::{CANCELLED_AFTER_SENDING, CANCELLED_BEFORE};
use crate::text::{LONGEST_TEXT, shortened, storable};
use crate::time::to_micros;
use crate::{OperationKind, OperationRow, OperationState, Resend, Telling, TryEnded};

/// Further ahead than any due time or lease that is ever given for an operation.
const FARTHEST: SignedDuration = SignedDuration::from_mins(6);
/// Further ahead than a callback is ever due: it is looked at once a day.
const FARTHEST_LOOK: SignedDuration = SignedDuration::from_hours(25);

/// From here on an instant was given by a clock that has been set back since: it counts as over. In microseconds.
pub(crate) fn beyond(now: Timestamp) -> i64 {
    to_micros(now.saturating_add(FARTHEST).unwrap_or(Timestamp::MAX))
}

/// [`beyond`], for when a callback is due.
pub(crate) fn beyond_looks(now: Timestamp) -> i64 {
    to_micros(now.saturating_add(FARTHEST_LOOK).unwrap_or(Timestamp::MAX))
}

/// The number of a lease; none for what was never given out.
pub(crate) fn lease_number(lease: &str) -> Option<i64> {
    lease.parse().ok().filter(|number| *number > 0)
}

/// An operation as the end of its try finds it.
#[derive(Clone, Debug)]
pub(crate) struct Tried {
    pub(crate) seq: i64,
    pub(crate) place: i64,
    pub(crate) connection: String,
    pub(crate) state: OperationState,
    pub(crate) flag: Option<String>,
    pub(crate) may_be_printed: bool,
    /// The lease under which the latest try began.
    pub(crate) try_lease: Option<i64>,
}

/// What the end of a try writes into the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) state: OperationState,
    pub(crate) cause: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) flag: Option<String>,
    pub(crate) due_at: Option<i64>,
    pub(crate) telling: Telling,
    pub(crate) told_due_at: Option<i64>,
    pub(crate) may_be_printed: bool,
}

/// Whether an operation may be put back on its way as a person wants it, while its connection is open.
pub(crate) fn may_be_resent(before: &OperationRow, resend: &Resend) -> bool {
    before.connection == resend.connection
        && before.kind == OperationKind::OrderCreated
        && before.order.is_some()
        && !matches!(before.state, OperationState::Queued | OperationState::Sending)
        && before.changed_at == resend.seen_changed_at
}

/// What the end of a try under `lease` leaves to write; none leaves the operation as it is. `lane` is the lease its lane
/// is under.
pub(crate) fn outcome(
    before: &Tried,
    lane: Option<i64>,
    lease: i64,
    ended: &TryEnded,
    now: Timestamp,
) -> Option<Outcome> {
    use OperationState::{Delivered, Queued, Sending, Unknown, Withdrawn};
    let held = lane == Some(lease) && matches!(before.state, Queued | Sending);
    let given_up = before.try_lease == Some(lease) && matches!(before.state, Sending | Unknown);
    if !held && !given_up {
        return None;
    }
    let told_due_at = (ended.telling == Telling::Due).then(|| to_micros(now));
    // One found being sent under a lease that is over may have been printed, whatever whoever found it says.
    let abandoned = before.state == Sending && before.try_lease != Some(lease);
    let told = ended.may_be_printed || matches!(ended.state, Delivered | Unknown);
    let may_be_printed = before.may_be_printed || abandoned || told;
    let cancelled = before.flag.as_deref() == Some(CANCELLED_AFTER_SENDING);
    // Cancelled while it was tried, it is not tried again; whether it was printed may still be unknown.
    let state = if cancelled && may_be_printed && ended.state == Queued { Unknown } else { ended.state };
    if cancelled && state == Queued {
        // It has not been printed: there is nothing to try again.
        return Some(Outcome {
            state: Withdrawn,
            cause: Some(CANCELLED_BEFORE.to_owned()),
            detail: None,
            flag: None,
            due_at: None,
            telling: ended.telling,
            told_due_at,
            may_be_printed,
        });
    }
    Some(Outcome {
        state,
        cause: ended.cause.clone().map(storable),
        detail: ended.detail.as_deref().map(|detail| shortened(detail, LONGEST_TEXT)),
        flag: before.flag.clone().filter(|_| may_be_printed || state == Sending),
        due_at: (state == Queued).then(|| to_micros(ended.due_at.unwrap_or(now))),
        telling: ended.telling,
        told_due_at,
        may_be_printed,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn ended(state: OperationState) -> TryEnded {
        TryEnded {
            sent_with: None,
            may_be_printed: false,
            state,
            cause: None,
            detail: None,
            due_at: None,
            telling: Telling::None,
            notes: None,
            exchanges: Vec::new(),
        }
    }

    /// Of an operation in this state whose latest try began under lease 1, ended under `lease` while the lane is under
    /// `lane`: whether it takes the state.
    fn taken(state: OperationState, lane: Option<i64>, lease: i64) -> bool {
        outcome(&before(state), lane, lease, &ended(OperationState::Refused), Timestamp::UNIX_EPOCH).is_some()
    }

    /// An operation whose latest try began under lease 1.
    fn before(state: OperationState) -> Tried {
        Tried {
            seq: 1,
            place: 1,
            connection: String::new(),
            state,
            flag: None,
            may_be_printed: false,
            try_lease: Some(1),
        }
    }

    /// What the end of a try under a lease that still stands leaves.
    fn left(before: &Tried, lease: i64, ended: &TryEnded) -> Outcome {
        outcome(before, Some(lease), lease, ended, Timestamp::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn the_end_of_a_try_counts_under_its_own_lease_alone() {
        use OperationState::{Delivered, Queued, Sending, Unknown, Withdrawn};
        // Its own lease still stands.
        assert!(taken(Queued, Some(1), 1) && taken(Sending, Some(1), 1));
        // Whoever found it interrupted says so.
        assert!(taken(Sending, Some(2), 2));
        // The try given up for dead was not: it knows better.
        assert!(taken(Sending, Some(2), 1) && taken(Unknown, Some(2), 1) && taken(Unknown, None, 1));
        // Somebody else's, or over.
        assert!(!taken(Queued, Some(2), 1) && !taken(Queued, None, 1) && !taken(Unknown, Some(2), 2));
        assert!(!taken(Delivered, Some(1), 1) && !taken(Withdrawn, Some(1), 1));
    }

    #[test]
    fn what_was_cancelled_meanwhile_is_not_tried_again() {
        use OperationState::{Attention, Delivered, Queued, Sending, Unknown, Withdrawn};
        let flag = Some(CANCELLED_AFTER_SENDING.to_owned());
        let after = |state, may_be_printed| {
            let outcome = left(&Tried { flag: flag.clone(), may_be_printed, ..before(Sending) }, 1, &ended(state));
            (outcome.state, outcome.flag.is_some())
        };
        assert_eq!(after(Queued, false), (Withdrawn, false));
        assert_eq!(after(Queued, true), (Unknown, true));
        assert_eq!(after(Delivered, false), (Delivered, true));
        assert_eq!(after(Unknown, false), (Unknown, true));
        assert_eq!(after(Attention, false), (Attention, false));
        assert_eq!(after(Attention, true), (Attention, true));
    }

    #[test]
    fn what_may_have_been_printed_once_may_have_been_for_ever() {
        use OperationState::{Attention, Delivered, Queued, Refused, Sending, Unknown};
        let printed = |before: &Tried, lease, ended: &TryEnded| left(before, lease, ended).may_be_printed;
        for (state, may) in [(Queued, false), (Refused, false), (Attention, false), (Delivered, true), (Unknown, true)]
        {
            assert_eq!(printed(&before(Sending), 1, &ended(state)), may, "{state:?}");
            assert!(printed(&Tried { may_be_printed: true, ..before(Sending) }, 1, &ended(state)), "{state:?}");
            let said = TryEnded { may_be_printed: true, ..ended(state) };
            assert!(printed(&before(Sending), 1, &said), "{state:?}");
            // Found as a server left it that is gone.
            assert!(printed(&before(Sending), 2, &ended(state)), "{state:?}");
        }
        assert!(!printed(&before(Queued), 2, &ended(Queued)), "it was not being sent");
    }

    #[test]
    fn a_lease_is_a_number_above_zero() {
        assert_eq!(["7", "0", "-1", "x", ""].map(lease_number), [Some(7), None, None, None, None]);
    }
}
