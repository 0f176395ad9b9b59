//! What the cases about orders start from: operations and exchanges with little said about them, and a server's steps.

use jiff::{SignedDuration, Timestamp};

use super::given::{Shared, cid, exchange, minute, new_attempt, settlement, sid};
use crate::{
    Ended, ExchangeId, NewAttempt, NewExchange, NewOperation, OperationId, OperationKind, OperationRow, OperationState,
    OrderFacts, Receipt, Resend, Telling, TryEnded, Turn, Way,
};

/// Seconds after the fifth minute, when every connection is made.
pub(super) fn second(seconds: i64) -> Timestamp {
    minute(5) + SignedDuration::from_secs(seconds)
}

pub(super) fn oid(id: &str) -> OperationId {
    OperationId::new(id)
}

/// Connections of tills of their own, at locations of their own, named as their connections.
pub(super) async fn tills(store: &Shared, ids: &[&str]) {
    for id in ids {
        let till = format!("till {id}");
        exchange(store, NewAttempt { till, ..new_attempt(&format!("for {id}"), "s") }).await;
        let place = format!("at {id}");
        let attempt = crate::AttemptId::new(format!("for {id}"));
        store.settle_attempt(&attempt, settlement(id, &place, &format!("token {id}"))).await.unwrap();
    }
}

/// A call of HubRise's, begun in second 1.
pub(super) fn called(id: &str, body: &str) -> NewExchange {
    NewExchange {
        id: ExchangeId::new(id),
        way: Way::HubriseToBridge,
        method: "POST".into(),
        url: "https://bridge.example/callbacks/hubrise/pixelpoint".into(),
        status: Some(200),
        ended: Ended::Answered,
        started_at: second(1),
        duration_us: 1_234,
        error: None,
        request_headers: "content-type: application/json\nx-hubrise-hmac-sha256: 0a1b\n".into(),
        request_body: body.as_bytes().to_vec(),
        response_headers: "content-length: 2\n".into(),
        response_body: b"ok".to_vec(),
    }
}

/// A call to the till.
pub(super) fn sent(id: &str) -> NewExchange {
    NewExchange { way: Way::BridgeToTill, url: "http://till.example/eoi".into(), ..called(id, "<Request/>") }
}

/// Second 1's news of an order at a connection: `OrderCreated`, `Queued`. The operation's id is the event's.
pub(super) fn created(connection: &str, event: &str, order: &str) -> NewOperation {
    NewOperation {
        id: oid(event),
        connection: cid(connection),
        kind: OperationKind::OrderCreated,
        event_id: Some(event.to_owned()),
        order: Some(OrderFacts { order_id: order.to_owned(), status: Some("new".into()), ..OrderFacts::default() }),
        state: OperationState::Queued,
        cause: None,
        detail: None,
        received_at: second(1),
        exchange: Some(called(&format!("call {event}"), &format!("event {event}"))),
        terms: Vec::new(),
        erases: None,
    }
}

/// Second 2's news that an order has another status.
pub(super) fn updated(connection: &str, event: &str, order: &str, status: &str) -> NewOperation {
    let facts = OrderFacts { order_id: order.to_owned(), status: Some(status.into()), ..OrderFacts::default() };
    NewOperation {
        kind: OperationKind::OrderUpdated,
        order: Some(facts),
        state: OperationState::Noted,
        received_at: second(2),
        ..created(connection, event, order)
    }
}

/// Receives one, and says what became of it.
pub(super) async fn receive(store: &Shared, operation: NewOperation) -> Receipt {
    let [receipt] = store.receive(vec![operation]).await.unwrap().try_into().unwrap();
    receipt
}

/// The connection's operation.
pub(super) async fn read(store: &Shared, connection: &str, id: &str) -> OperationRow {
    store.operation(&cid(connection), &oid(id)).await.unwrap().unwrap()
}

/// How the connection's operation stands, and why.
pub(super) async fn stands(store: &Shared, connection: &str, id: &str) -> (OperationState, Option<String>) {
    let row = read(store, connection, id).await;
    (row.state, row.cause)
}

pub(super) fn because(state: OperationState, cause: &str) -> (OperationState, Option<String>) {
    (state, Some(cause.to_owned()))
}

/// All turns there are, each leased for a minute.
pub(super) async fn turns(store: &Shared, now: Timestamp) -> Vec<Turn> {
    store.claim_turns(now, now + SignedDuration::from_secs(60), 100).await.unwrap()
}

/// The ids of the operations whose turn it is.
pub(super) async fn whose(store: &Shared, now: Timestamp) -> Vec<String> {
    turns(store, now).await.into_iter().map(|turn| turn.operation.id.as_str().to_owned()).collect()
}

/// Begins the try of the one operation whose turn it is; the lease it is begun under.
pub(super) async fn begun(store: &Shared, now: Timestamp) -> String {
    let [turn] = turns(store, now).await.try_into().unwrap();
    assert!(begin(store, &turn, now).await, "{turn:?}");
    turn.lease
}

pub(super) async fn begin(store: &Shared, turn: &Turn, now: Timestamp) -> bool {
    store.begin_try(&turn.operation.id, &turn.lease, now, now + SignedDuration::from_secs(60)).await.unwrap()
}

/// The end of a try, with nothing said.
pub(super) fn ended(state: OperationState) -> TryEnded {
    TryEnded {
        state,
        cause: None,
        detail: None,
        due_at: None,
        telling: Telling::None,
        notes: None,
        sent_with: None,
        may_be_printed: false,
        exchanges: Vec::new(),
    }
}

/// A try that is to be followed by another.
pub(super) fn again(due_at: Timestamp) -> TryEnded {
    TryEnded { cause: Some("store_offline".into()), due_at: Some(due_at), ..ended(OperationState::Queued) }
}

/// Closes a connection of [`tills`].
pub(super) async fn close(store: &Shared, connection: &str) {
    store.close_connection(&cid(connection), &sid("s"), false, second(30)).await.unwrap();
    assert!(store.connection_bare(&cid(connection)).await.unwrap().is_none());
}

/// What a person who has just looked at it asks for, in second 20.
pub(super) async fn wish(store: &Shared, connection: &str, id: &str) -> Resend {
    Resend {
        connection: cid(connection),
        operation: oid(id),
        seen_changed_at: read(store, connection, id).await.changed_at,
        session: sid("s"),
        request: None,
        at: second(20),
    }
}

/// Has it sent again as it was.
pub(super) async fn resent(store: &Shared, connection: &str, id: &str) -> OperationRow {
    store.resend(wish(store, connection, id).await).await.unwrap().unwrap()
}
