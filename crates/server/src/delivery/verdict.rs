//! What came of a try, and what follows from it: pixelpoint's outcomes as a till's settings take them. A plain function.

use jiff::Timestamp;
use passerelle_pixelpoint::{Outcome, RefusalKind};
use passerelle_store::{OperationRow, OperationState, Telling, TryEnded};
use passerelle_wire::{BridgeChoices, Cause, OnRefusal, OnUnknown};

use super::{cause::stored, waits};

/// A try that is over, of an operation as it was before, which had been tried `tries` times with it.
pub(super) struct Tried<'a> {
    pub(super) operation: &'a OperationRow,
    pub(super) choices: &'a BridgeChoices,
    pub(super) tries: u32,
    pub(super) now: Timestamp,
}

impl Tried<'_> {
    /// What a till's answer, or its silence, makes of the operation.
    pub(super) fn of(&self, outcome: &Outcome) -> TryEnded {
        match outcome {
            Outcome::Accepted(_) => {
                let delivered = ended(OperationState::Delivered, None, None);
                TryEnded { telling: Telling::Due, may_be_printed: true, ..delivered }
            }
            Outcome::Refused(refusal) => {
                let words = Some(refusal.message.as_str()).filter(|message| !message.is_empty());
                match refusal.kind {
                    RefusalKind::StoreOffline => self.again(Cause::StoreOffline, words),
                    RefusalKind::WrongToken => self.refused(Cause::WrongToken, words),
                    RefusalKind::Fault => self.refused(Cause::TillFault, words),
                    RefusalKind::UnknownProduct => self.refused(Cause::UnknownProduct, words),
                    RefusalKind::Other => self.refused(Cause::TillRefused, words),
                }
            }
            Outcome::Unsent { why } => self.again(Cause::TillUnreachable, Some(why)),
            Outcome::NoAnswer { why } => self.unknown(Cause::NoAnswer, Some(why)),
            Outcome::Nonsense { why } => self.unknown(Cause::Nonsense, Some(why)),
        }
    }

    /// Nothing can have been printed: it is tried again for as long as that makes sense.
    pub(super) fn again(&self, cause: Cause, words: Option<&str>) -> TryEnded {
        match waits::next_try(self.operation, self.tries, self.now) {
            Some(due_at) => TryEnded { due_at: Some(due_at), ..ended(OperationState::Queued, Some(cause), words) },
            None => ended(OperationState::Attention, Some(cause), words),
        }
    }

    /// It may have been printed: held, unless the till's settings would rather have it twice than not at all.
    pub(super) fn unknown(&self, cause: Cause, words: Option<&str>) -> TryEnded {
        let due_at = match self.choices.on_unknown {
            OnUnknown::Hold => None,
            OnUnknown::Resend => waits::next_try(self.operation, self.tries, self.now),
        };
        let state = if due_at.is_some() { OperationState::Queued } else { OperationState::Unknown };
        TryEnded { due_at, may_be_printed: true, ..ended(state, Some(cause), words) }
    }

    fn refused(&self, cause: Cause, words: Option<&str>) -> TryEnded {
        let telling = match self.choices.on_refusal {
            // An earlier try may have had it printed: nobody tells the customer that there is no meal.
            OnRefusal::Reject if !self.operation.may_be_printed => Telling::Due,
            OnRefusal::Reject | OnRefusal::StayNew => Telling::None,
        };
        TryEnded { telling, ..ended(OperationState::Refused, Some(cause), words) }
    }
}

/// An operation that stands so from now on.
pub(super) fn ended(state: OperationState, cause: Option<Cause>, detail: Option<&str>) -> TryEnded {
    TryEnded {
        sent_with: None,
        may_be_printed: false,
        state,
        cause: cause.map(stored),
        detail: detail.map(str::to_owned),
        due_at: None,
        telling: Telling::None,
        notes: None,
        exchanges: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use passerelle_pixelpoint::{Accepted, Refusal};

    use super::super::waits::tests::operation;
    use super::*;

    const HOLD: BridgeChoices = BridgeChoices {
        debug: false,
        new_status: passerelle_wire::NewStatus::Received,
        on_refusal: OnRefusal::StayNew,
        on_unknown: OnUnknown::Hold,
        deals: passerelle_wire::Deals { aggregate_prices: false, refs_as_combo_ids: false },
        discounts: passerelle_wire::Discounts { default_ref: None, fetch_refs: false },
    };
    const BOLD: BridgeChoices = BridgeChoices { on_refusal: OnRefusal::Reject, on_unknown: OnUnknown::Resend, ..HOLD };

    /// State, cause, seconds until the next try, and telling.
    fn check(
        outcome: &Outcome,
        choices: &BridgeChoices,
        after: i64,
        expect: (OperationState, Option<&str>, Option<i64>, Telling),
    ) {
        let operation = operation(None);
        let now = operation.received_at + SignedDuration::from_secs(after);
        let ended = Tried { operation: &operation, choices, tries: 1, now }.of(outcome);
        let due = ended.due_at.map(|due| due.duration_since(now).as_secs());
        assert_eq!((ended.state, ended.cause.as_deref(), due, ended.telling), expect, "{outcome:?}");
        let printed = matches!(outcome, Outcome::Accepted(_) | Outcome::NoAnswer { .. } | Outcome::Nonsense { .. });
        assert_eq!(ended.may_be_printed, printed, "{outcome:?}");
    }

    fn refusal(kind: RefusalKind) -> Outcome {
        Outcome::Refused(Refusal { kind, message: "words".into() })
    }

    #[test]
    fn an_accepted_order_is_delivered_and_hubrise_is_to_hear() {
        let expect = (OperationState::Delivered, None, None, Telling::Due);
        check(&Outcome::Accepted(Accepted::default()), &HOLD, 0, expect);
    }

    #[test]
    fn a_final_refusal_is_told_to_hubrise_where_the_settings_say_so() {
        for (kind, cause) in [
            (RefusalKind::WrongToken, "wrong_token"),
            (RefusalKind::Fault, "till_fault"),
            (RefusalKind::UnknownProduct, "unknown_product"),
            (RefusalKind::Other, "till_refused"),
        ] {
            check(&refusal(kind), &HOLD, 0, (OperationState::Refused, Some(cause), None, Telling::None));
            check(&refusal(kind), &BOLD, 0, (OperationState::Refused, Some(cause), None, Telling::Due));
        }
    }

    #[test]
    fn hubrise_is_not_told_of_a_refusal_where_an_earlier_try_may_have_been_printed() {
        let operation = OperationRow { may_be_printed: true, ..operation(None) };
        let tried = Tried { operation: &operation, choices: &BOLD, tries: 2, now: operation.received_at };
        let ended = tried.of(&refusal(RefusalKind::Other));
        assert_eq!((ended.state, ended.telling), (OperationState::Refused, Telling::None));
    }

    #[test]
    fn what_was_not_printed_is_tried_again_and_then_shown_to_a_person() {
        let unsent = Outcome::Unsent { why: "refused".into() };
        for (outcome, cause) in [(refusal(RefusalKind::StoreOffline), "store_offline"), (unsent, "till_unreachable")] {
            check(&outcome, &HOLD, 0, (OperationState::Queued, Some(cause), Some(5), Telling::None));
            check(&outcome, &BOLD, 1_800, (OperationState::Attention, Some(cause), None, Telling::None));
        }
    }

    #[test]
    fn what_may_have_been_printed_is_held_and_sent_again_only_by_setting() {
        let silent = Outcome::NoAnswer { why: "no answer".into() };
        let odd = Outcome::Nonsense { why: "html".into() };
        for (outcome, cause) in [(silent, "no_answer"), (odd, "nonsense")] {
            check(&outcome, &HOLD, 0, (OperationState::Unknown, Some(cause), None, Telling::None));
            check(&outcome, &BOLD, 0, (OperationState::Queued, Some(cause), Some(5), Telling::None));
            // Never shown as a mere failure, however late it is.
            check(&outcome, &BOLD, 1_800, (OperationState::Unknown, Some(cause), None, Telling::None));
        }
    }
}
