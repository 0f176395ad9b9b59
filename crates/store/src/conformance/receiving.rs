//! Cases: what HubRise tells is kept, once.

use super::given::{Shared, cid, connected, sid};
use super::orders::{
    because, called, close, created, oid, read, receive, second, stands, tills, turns, updated, whose,
};
use super::races::at_once;
use crate::{NewOperation, OperationKind, OperationRow, OperationState, OrderFacts, Receipt, Telling};
use OperationState::{Attention, Delivered, Failed, NotHandled, Noted, Queued, Refused, Unknown, Withdrawn};

pub async fn keeps_an_operation_with_its_event_and_call(store: Shared) {
    tills(&store, &["c"]).await;
    let order = OrderFacts {
        order_id: "Order-1".into(),
        reference: Some("#12".into()),
        channel: Some("Uber Eats".into()),
        total: Some("9.80 EUR".into()),
        status: Some("new".into()),
        ordered_at: Some(second(-60)),
        expected_at: Some(second(1800)),
    };
    let new = NewOperation {
        order: Some(order.clone()),
        cause: Some("why".into()),
        detail: Some("détail".into()),
        ..created("c", "e", "")
    };
    assert_eq!(receive(&store, new).await, Receipt::Kept(Queued));
    let kept = read(&store, "c", "e").await;
    let expected = OperationRow {
        seq: kept.seq,
        id: oid("e"),
        connection: cid("c"),
        kind: OperationKind::OrderCreated,
        event_id: Some("e".into()),
        order: Some(order),
        state: Queued,
        cause: Some("why".into()),
        detail: Some("détail".into()),
        flag: None,
        tries: 0,
        due_at: Some(second(1)),
        telling: Telling::None,
        told_tries: 0,
        notes: None,
        received_at: second(1),
        changed_at: second(1),
        sent_with: None,
        may_be_printed: false,
        manual: false,
        resends: 0,
        handled_at: None,
    };
    assert_eq!(kept, expected);
    let [call] = store.exchanges(&cid("c"), &oid("e")).await.unwrap().try_into().unwrap();
    let whole = store.exchange(&cid("c"), &call.id).await.unwrap().unwrap();
    let said = called("call e", "event e");
    assert_eq!((whole.request_headers, whole.request_body), (said.request_headers, said.request_body));
    assert_eq!((whole.response_headers, whole.response_body), (said.response_headers, said.response_body));
    assert_eq!(turns(&store, second(2)).await[0].event, b"event e");
}

pub async fn every_kind_and_state_is_kept(store: Shared) {
    tills(&store, &["c"]).await;
    let states = [Queued, Delivered, Attention, Unknown, Refused, Failed, Withdrawn, Noted, NotHandled];
    for (n, state) in states.into_iter().enumerate() {
        let kinds = [OperationKind::OrderCreated, OperationKind::OrderUpdated, OperationKind::Unhandled];
        let (id, kind) = (format!("e{n}"), kinds[n % 3]);
        let order = (n % 2 == 0).then(|| OrderFacts { order_id: id.clone(), ..OrderFacts::default() });
        let new = NewOperation { kind, state, order: order.clone(), ..created("c", &id, "") };
        assert_eq!(receive(&store, new).await, Receipt::Kept(state));
        let kept = read(&store, "c", &id).await;
        assert_eq!((kept.kind, kept.state, kept.order), (kind, state, order));
    }
    // The bridge's own has no event, and may have been said before.
    let own = NewOperation { kind: OperationKind::System, event_id: None, order: None, ..updated("c", "own", "", "") };
    assert_eq!(receive(&store, own.clone()).await, Receipt::Kept(Noted));
    assert_eq!(receive(&store, own).await, Receipt::Repeated);
    assert_eq!(read(&store, "c", "own").await.event_id, None);
}

pub async fn the_same_event_is_kept_once(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let same = |id: &str| NewOperation { id: oid(id), exchange: None, ..created("c", "e", "o") };
    let receipts = store.receive(vec![same("1"), same("2"), created("d", "x", "o")]).await.unwrap();
    assert_eq!(receipts, [Receipt::Kept(Queued), Receipt::Repeated, Receipt::Kept(Queued)]);
    assert_eq!(receive(&store, same("3")).await, Receipt::Repeated);
    // Of another kind, too: the id alone counts; its case does.
    let update = NewOperation { event_id: Some("e".into()), ..updated("c", "4", "o", "cancelled") };
    assert_eq!(receive(&store, update).await, Receipt::Repeated);
    assert_eq!(stands(&store, "c", "1").await.0, Queued);
    let other = NewOperation { event_id: Some("E".into()), ..updated("c", "5", "o", "received") };
    assert_eq!(receive(&store, other).await, Receipt::Kept(Noted));
    // At another till the same event is another.
    let elsewhere = NewOperation { event_id: Some("e".into()), ..created("d", "6", "o-2") };
    assert_eq!(receive(&store, elsewhere).await, Receipt::Kept(Queued));
    assert_eq!(store.operations(&cid("c"), None, 100).await.unwrap().rows.len(), 2);
    assert_eq!(store.receive(Vec::new()).await.unwrap(), []);
}

pub async fn the_same_event_a_hundred_times_at_once_is_kept_once(store: Shared) {
    tills(&store, &["c"]).await;
    let receipts = at_once((0..100).map(|n| {
        let store = store.clone();
        async move {
            let id = format!("{n}");
            let new = NewOperation { id: oid(&id), exchange: Some(called(&id, "")), ..created("c", "e", "o") };
            receive(&store, new).await
        }
    }))
    .await;
    assert_eq!(receipts.iter().filter(|receipt| **receipt == Receipt::Kept(Queued)).count(), 1);
    assert_eq!(receipts.iter().filter(|receipt| **receipt == Receipt::Repeated).count(), 99);
    assert_eq!(turns(&store, second(2)).await.len(), 1);
}

pub async fn a_connection_that_is_not_open_keeps_nothing(store: Shared) {
    tills(&store, &["c", "d"]).await;
    close(&store, "c").await;
    let batch = vec![created("c", "1", "o"), created("d", "2", "o"), created("never", "3", "o")];
    let receipts = store.receive(batch).await.unwrap();
    assert_eq!(receipts, [Receipt::NoConnection, Receipt::Kept(Queued), Receipt::NoConnection]);
    assert_eq!(store.operations(&cid("c"), None, 100).await.unwrap().rows, []);
    assert_eq!(whose(&store, second(40)).await, ["2"]);
}

pub async fn an_order_brought_twice_is_sent_once(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let batch = vec![created("c", "1", "o"), created("c", "2", "o"), created("d", "3", "o"), created("c", "4", "O")];
    let receipts = store.receive(batch).await.unwrap();
    assert_eq!(receipts, [Queued, Noted, Queued, Queued].map(Receipt::Kept));
    assert_eq!(receive(&store, created("c", "5", "o")).await, Receipt::Kept(Noted));
    for twice in ["2", "5"] {
        assert_eq!(stands(&store, "c", twice).await, because(Noted, "duplicate_order"));
    }
    // At another connection of the same till at the same place it is the same order.
    let turns = turns(&store, second(2)).await;
    assert_eq!(turns.len(), 2);
    connected(&store, "again", "s", "loc", "t").await;
    receive(&store, created("again", "6", "o")).await;
    store.close_connection(&cid("again"), &sid("s"), false, second(30)).await.unwrap();
    connected(&store, "anew", "s2", "loc", "t2").await;
    assert_eq!(receive(&store, created("anew", "6", "o")).await, Receipt::Repeated);
    assert_eq!(receive(&store, created("anew", "7", "o")).await, Receipt::Kept(Noted));
}

pub async fn texts_from_outside_are_cut_and_kept(store: Shared) {
    tills(&store, &["c"]).await;
    let long = format!("a\0{}", "é".repeat(3_000));
    let facts = OrderFacts {
        order_id: long.clone(),
        reference: Some(long.clone()),
        channel: Some(long.clone()),
        total: Some(long.clone()),
        status: Some(long.clone()),
        ..OrderFacts::default()
    };
    let said = crate::NewExchange {
        url: long.clone(),
        method: long.clone(),
        error: Some(long.clone()),
        request_headers: long.clone(),
        request_body: vec![0, 255],
        ..called("x", "")
    };
    let new = |id: &str, event: String| NewOperation {
        event_id: Some(event),
        order: Some(facts.clone()),
        cause: Some("a\0".into()),
        detail: Some(long.clone()),
        exchange: Some(crate::NewExchange { id: crate::ExchangeId::new(format!("x {id}")), ..said.clone() }),
        ..created("c", id, "")
    };
    assert_eq!(receive(&store, new("1", format!("{long}1"))).await, Receipt::Kept(Queued));
    // Ids too long to be kept whole still name what they name.
    assert_eq!(receive(&store, new("2", format!("{long}2"))).await, Receipt::Kept(Noted));
    assert_eq!(receive(&store, new("3", format!("{long}1"))).await, Receipt::Repeated);
    let row = read(&store, "c", "1").await;
    let order = row.order.unwrap();
    let cut = |bytes: usize| format!("a\u{fffd}{}", "é".repeat((bytes - 4) / 2));
    for fact in [order.reference, order.channel, order.total, order.status] {
        assert_eq!(fact, Some(cut(200)));
    }
    assert!(order.order_id.len() <= 200 && row.event_id.unwrap().len() <= 200);
    assert_eq!((row.cause.as_deref(), row.detail), (Some("a\u{fffd}"), Some(cut(2_000))));
    let whole = store.exchange(&cid("c"), &crate::ExchangeId::new("x 1")).await.unwrap().unwrap();
    assert_eq!((whole.row.url, whole.row.error), (cut(2_000), Some(cut(2_000))));
    assert_eq!((whole.request_headers, whole.request_body), (long, vec![0, 255]));
}

pub async fn batches_at_once_that_name_the_same_things_are_all_kept(store: Shared) {
    let tills_: Vec<_> = (0..8).map(|n| format!("c{n}")).collect();
    tills(&store, &tills_.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let receipts = at_once((0..24_usize).map(|n| {
        let store = store.clone();
        async move {
            // Each batch goes round the tills from another one on, half of them the other way round.
            let batch = (0..16_usize).map(|k| {
                let at = if n % 2 == 0 { n + k } else { n + 16 - k };
                let (c, order) = (format!("c{}", at % 8), format!("o{}", at % 8 + 8 * (k / 8)));
                let event = format!("{n}-{k}");
                if n % 3 == 2 { updated(&c, &event, &order, "cancelled") } else { created(&c, &event, &order) }
            });
            store.receive(batch.collect()).await.unwrap()
        }
    }))
    .await;
    assert!(receipts.iter().flatten().all(|receipt| matches!(receipt, Receipt::Kept(_))), "{receipts:?}");
    // Every order was cancelled by somebody: none is left to send, in whichever order they came.
    assert_eq!(whose(&store, second(3)).await, [""; 0]);
    for c in &tills_ {
        let rows = store.operations(&cid(c), None, 100).await.unwrap().rows;
        assert_eq!(rows.len(), 48);
        assert_eq!(rows.iter().filter(|row| row.state == Withdrawn).count(), 2);
    }
}
