//! Operations and exchanges as the app gets to see them. Plain functions; what may be seen is decided by who calls them.

use jiff::Timestamp;
use passerelle_store as store;
use passerelle_store::{ActRow, ExchangeRow, OperationRow, Registration};
use passerelle_wire::{
    Act, ActKind, CallbackState, ExchangeLine, Flag, Note, OperationCounts, OperationKind, OperationLine,
    OperationState, OrderFacts, Resendable, StockSent, Telling, Way,
};

use crate::delivery::cause;

/// A line of a list; whether it can be sent again is asked elsewhere.
pub(super) fn line(row: OperationRow, resendable: Resendable) -> OperationLine {
    let stock = sent(&row);
    OperationLine {
        id: row.id.as_str().to_owned(),
        kind: match row.kind {
            store::OperationKind::OrderCreated => OperationKind::OrderCreated,
            store::OperationKind::OrderUpdated => OperationKind::OrderUpdated,
            store::OperationKind::Unhandled => OperationKind::Unhandled,
            store::OperationKind::System => OperationKind::System,
            store::OperationKind::Stock => OperationKind::Stock,
        },
        order: row.order.map(facts),
        state: state(row.state, row.tries),
        cause: row.cause.as_deref().and_then(cause::from_stored),
        detail: row.detail,
        flag: row.flag.as_deref().and_then(flag),
        tries: row.tries,
        next_try_at: row.due_at.filter(|_| row.state == store::OperationState::Queued).map(moment),
        telling: match row.telling {
            store::Telling::None => Telling::None,
            store::Telling::Due => Telling::Due,
            store::Telling::Told => Telling::Told,
            store::Telling::Skipped => Telling::Skipped,
            store::Telling::Failed => Telling::Failed,
        },
        received_at: moment(row.received_at),
        may_be_printed: row.may_be_printed,
        manual: row.manual,
        resends: row.resends,
        handled_at: row.handled_at.map(moment),
        version: row.changed_at.as_microsecond().to_string(),
        resendable,
        matched: None,
        stock,
    }
}

/// How much a send of stock held: it is what such an operation notes.
fn sent(row: &OperationRow) -> Option<StockSent> {
    let notes = row.notes.as_deref().filter(|_| row.kind == store::OperationKind::Stock)?;
    serde_json::from_str(notes).ok()
}

/// To a person, waiting for the first try and waiting for another are two things; to the store they are one.
const fn state(state: store::OperationState, tries: u32) -> OperationState {
    use store::OperationState as S;
    match state {
        S::Queued if tries == 0 => OperationState::Waiting,
        S::Queued => OperationState::Retrying,
        S::Sending => OperationState::Sending,
        S::Delivered => OperationState::Delivered,
        S::Attention => OperationState::Attention,
        S::Unknown => OperationState::Unknown,
        S::Refused => OperationState::Refused,
        S::Failed => OperationState::Failed,
        S::Withdrawn => OperationState::Withdrawn,
        S::Noted => OperationState::Noted,
        S::NotHandled => OperationState::NotHandled,
    }
}

/// What somebody did.
pub(super) fn act(row: ActRow) -> Act {
    use store::ActKind as K;
    Act {
        kind: match row.kind {
            K::Resent => ActKind::Resent,
            K::ResentModified => ActKind::ResentModified,
            K::Handled => ActKind::Handled,
            K::Reopened => ActKind::Reopened,
            K::NamesShown => ActKind::NamesShown,
            K::CaseTaken => ActKind::CaseTaken,
            K::Shared => ActKind::Shared,
            K::ShareEnded => ActKind::ShareEnded,
        },
        by: row.by,
        note: row.note,
        at: moment(row.at),
    }
}

fn flag(name: &str) -> Option<Flag> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

fn facts(facts: store::OrderFacts) -> OrderFacts {
    OrderFacts {
        order_id: facts.order_id,
        reference: facts.reference,
        channel: facts.channel,
        total: facts.total,
        ordered_at: facts.ordered_at.map(moment),
        expected_at: facts.expected_at.map(moment),
    }
}

/// What a translation noted, as it was kept; nothing where it was kept by another version in another form.
pub(super) fn notes(row: &OperationRow) -> Vec<Note> {
    // What a send of stock notes is how much it held.
    let kept = row.notes.as_deref().filter(|_| row.kind != store::OperationKind::Stock);
    let Some(kept) = kept else { return Vec::new() };
    serde_json::from_str(kept).unwrap_or_else(|error| {
        tracing::warn!(%error, "an operation's notes cannot be read");
        Vec::new()
    })
}

/// A call without its bodies.
pub(super) fn exchange_line(row: ExchangeRow) -> ExchangeLine {
    ExchangeLine {
        id: row.id.as_str().to_owned(),
        way: match row.way {
            store::Way::HubriseToBridge => Way::HubriseToBridge,
            store::Way::BridgeToHubrise => Way::BridgeToHubrise,
            store::Way::BridgeToTill => Way::BridgeToTill,
        },
        method: row.method,
        url: row.url,
        status: row.status,
        started_at: moment(row.started_at),
        duration_us: row.duration_us,
        error: row.error,
    }
}

/// A body to be read by a person.
pub(super) fn text(body: &[u8]) -> String {
    String::from_utf8_lossy(body).into_owned()
}

/// The last day.
pub(super) const fn counts(counts: store::OperationCounts) -> OperationCounts {
    OperationCounts { under_way: counts.under_way, delivered: counts.delivered, to_look_at: counts.to_look_at }
}

/// How the callback stands. What exactly failed is for the log: to a person it is that it did.
pub(super) fn callback(registration: &Registration) -> CallbackState {
    CallbackState {
        verified_at: registration.verified_at.map(moment),
        repaired_at: registration.repaired_at.map(moment),
        failing: registration.error.is_some(),
        refused: registration.refused,
        refused_at: registration.refused_at.map(moment),
        heard_at: registration.heard_at.map(moment),
    }
}

fn moment(at: Timestamp) -> String {
    at.to_string()
}

#[cfg(test)]
mod tests {
    use passerelle_store::{ConnectionId, OperationId};
    use passerelle_wire::{Cause, NoteCode};

    use super::*;

    fn row(state: store::OperationState, tries: u32) -> OperationRow {
        OperationRow {
            seq: 7,
            id: OperationId::new("o"),
            connection: ConnectionId::new("c"),
            kind: store::OperationKind::OrderCreated,
            event_id: None,
            order: None,
            state,
            cause: Some("store_offline".into()),
            detail: None,
            flag: Some("cancelled_after_sending".into()),
            tries,
            due_at: Some(Timestamp::UNIX_EPOCH),
            telling: store::Telling::None,
            told_tries: 0,
            notes: None,
            received_at: Timestamp::UNIX_EPOCH,
            changed_at: Timestamp::UNIX_EPOCH,
            sent_with: None,
            may_be_printed: false,
            manual: false,
            resends: 0,
            handled_at: None,
        }
    }

    #[test]
    fn waiting_becomes_retrying_with_the_first_try() {
        let queued = |tries| line(row(store::OperationState::Queued, tries), Resendable::No);
        let (first, second) = (queued(0), queued(1));
        assert_eq!((first.state, second.state), (OperationState::Waiting, OperationState::Retrying));
        assert_eq!(first.next_try_at.as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!((first.cause, first.flag), (Some(Cause::StoreOffline), Some(Flag::CancelledAfterSending)));
    }

    #[test]
    fn only_what_waits_says_when_it_is_tried() {
        assert_eq!(line(row(store::OperationState::Unknown, 3), Resendable::MayBePrinted).next_try_at, None);
    }

    #[test]
    fn words_of_another_version_are_left_out() {
        let mut odd = row(store::OperationState::Refused, 1);
        (odd.cause, odd.flag) = (Some("bad_weather".into()), Some("umbrella".into()));
        let shown = line(odd, Resendable::Safe);
        assert_eq!((shown.cause, shown.flag), (None, None));
        let kept = |kept: Option<&str>| {
            let mut row = row(store::OperationState::Delivered, 1);
            row.notes = kept.map(str::to_owned);
            notes(&row).first().map(|note| note.code)
        };
        assert_eq!(kept(Some("[{\"code\": \"bad_weather\"}]")), None);
        assert_eq!(kept(None), None);
        let noted = r#"[{"code": "item_skipped", "path": "items[0]", "name": "Tea", "other": null}]"#;
        assert_eq!(kept(Some(noted)), Some(NoteCode::ItemSkipped));
    }

    #[test]
    fn a_send_of_stock_says_how_much_it_held() {
        let mut sent = row(store::OperationState::Delivered, 1);
        (sent.kind, sent.notes) = (store::OperationKind::Stock, Some(r#"{"sent": 3, "zeroed": 1}"#.into()));
        assert_eq!(notes(&sent), []);
        assert_eq!(line(sent, Resendable::No).stock, Some(StockSent { sent: 3, zeroed: 1, ..StockSent::default() }));
        assert_eq!(line(row(store::OperationState::Delivered, 1), Resendable::No).stock, None);
    }

    #[test]
    fn a_body_that_is_no_text_is_shown_as_well_as_it_can_be() {
        assert_eq!(text(b"caf\xe9"), "caf\u{fffd}");
    }
}
