//! Cases: reading operations and exchanges, and forgetting them.

use super::given::{Shared, cid, connected, minute, sid};
use super::orders::{again, begun, called, created, ended, oid, receive, second, sent, tills, turns, updated};
use super::races::at_once;
use crate::{
    ConnectionId, ExchangeId, NewExchange, NewOperation, OperationCounts, OperationKind, OperationState, Telling,
    TryEnded,
};
use OperationState::{Attention, Delivered, Failed, Noted, Queued, Refused, Unknown, Withdrawn};

pub async fn lists_the_newest_first_in_pages(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let events: Vec<_> = (0..105).map(|n| format!("e{n}")).collect();
    for event in &events {
        let c = if event == "e50" { "d" } else { "c" };
        receive(&store, created(c, event, event)).await;
    }
    let mut seen = Vec::new();
    let mut before = None;
    for expected in [40, 40, 24] {
        let page = store.operations(&cid("c"), before, 40).await.unwrap();
        assert_eq!(page.rows.len(), expected);
        seen.extend(page.rows.iter().map(|row| row.id.as_str().to_owned()));
        before = page.next;
        assert_eq!(before.is_some(), expected == 40);
    }
    let expected: Vec<_> = events.iter().rev().filter(|event| *event != "e50").cloned().collect();
    assert_eq!(seen, expected);
    assert_eq!(store.operations(&cid("c"), None, 1000).await.unwrap().rows.len(), 100);
    assert_eq!(store.operations(&cid("c"), None, 0).await.unwrap().rows.len(), 1);
    assert_eq!(store.operations(&cid("c"), Some(0), 10).await.unwrap().rows, []);
    let exactly = store.operations(&cid("d"), None, 1).await.unwrap();
    assert_eq!((exactly.rows.len(), exactly.next), (1, None));
    assert_eq!(store.operations(&cid("never"), None, 10).await.unwrap().rows, []);
}

pub async fn connecting_again_shows_what_was(store: Shared) {
    connected(&store, "c", "s", "loc", "t").await;
    receive(&store, created("c", "1", "o")).await;
    let said = store.exchanges(&cid("c"), &oid("1")).await.unwrap();
    store.close_connection(&cid("c"), &sid("s"), false, minute(6)).await.unwrap();
    connected(&store, "again", "s2", "loc", "t2").await;
    connected(&store, "elsewhere", "s2", "loc-2", "t3").await;
    tills(&store, &["other"]).await;
    let ids = async |id: &str| {
        let page = store.operations(&cid(id), None, 10).await.unwrap();
        page.rows.into_iter().map(|row| row.id.as_str().to_owned()).collect::<Vec<_>>()
    };
    for (id, seen) in [("again", true), ("c", true), ("elsewhere", false), ("other", false), ("never", false)] {
        let id = cid(id);
        assert_eq!(store.operations(&id, None, 10).await.unwrap().rows.len(), usize::from(seen), "{id}");
        assert_eq!(store.operation(&id, &oid("1")).await.unwrap().is_some(), seen, "{id}");
        assert_eq!(store.exchanges(&id, &oid("1")).await.unwrap().len(), usize::from(seen), "{id}");
        assert_eq!(store.exchange(&id, &said[0].id).await.unwrap().is_some(), seen, "{id}");
        let counts = store.operation_counts(&id, second(60)).await.unwrap();
        assert_eq!(counts.under_way, u64::from(seen), "{id}");
    }
    receive(&store, created("again", "2", "p")).await;
    assert_eq!(ids("again").await, ["2", "1"]);
    assert_eq!(ids("c").await, ["2", "1"]);
}

pub async fn counts_how_the_last_day_stands(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let day = 24 * 3600;
    let states = [Queued, Delivered, Delivered, Attention, Unknown, Refused, Failed, Withdrawn, Noted];
    for (n, state) in states.into_iter().enumerate() {
        let id = format!("e{n}");
        receive(&store, NewOperation { state, ..created("c", &id, &id) }).await;
    }
    receive(&store, NewOperation { received_at: second(2), ..created("c", "later", "later") }).await;
    let expected = OperationCounts { under_way: 2, delivered: 2, to_look_at: 4 };
    assert_eq!(store.operation_counts(&cid("c"), second(day)).await.unwrap(), expected);
    let later = OperationCounts { under_way: 1, ..OperationCounts::default() };
    assert_eq!(store.operation_counts(&cid("c"), second(day + 1)).await.unwrap(), later);
    assert_eq!(store.operation_counts(&cid("d"), second(2)).await.unwrap(), OperationCounts::default());
}

pub async fn keeps_every_exchange_whole(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    let big: Vec<u8> = (0..1_u32 << 20).map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
    let failed = NewExchange {
        status: None,
        ended: crate::Ended::Unanswered,
        error: Some("no answer within 30 s".into()),
        response_headers: String::new(),
        response_body: Vec::new(),
        request_body: big.clone(),
        duration_us: 30_000_000,
        ..sent("x")
    };
    let unsent = NewExchange { ended: crate::Ended::Unsent, way: crate::Way::BridgeToHubrise, ..sent("y") };
    store.note_exchanges(&cid("c"), Some(&oid("1")), vec![failed.clone(), unsent]).await.unwrap();
    let said = store.exchanges(&cid("c"), &oid("1")).await.unwrap();
    assert_eq!(said.iter().map(|said| said.id.as_str()).collect::<Vec<_>>(), ["call 1", "x", "y"]);
    let x = &said[1];
    assert_eq!((x.operation.as_ref(), &x.connection, x.way), (Some(&oid("1")), &cid("c"), failed.way));
    assert_eq!((x.status, x.ended, x.error.as_ref()), (None, failed.ended, failed.error.as_ref()));
    assert_eq!((x.request_size, x.response_size), (1 << 20, 0));
    assert_eq!((x.started_at, x.duration_us, x.method.as_str()), (second(1), 30_000_000, "POST"));
    assert_eq!((said[2].ended, said[2].way), (crate::Ended::Unsent, crate::Way::BridgeToHubrise));
    let whole = store.exchange(&cid("c"), &ExchangeId::new("x")).await.unwrap().unwrap();
    assert_eq!((&whole.row, whole.request_body.len()), (x, big.len()));
    assert!(whole.request_body == big);
    assert_eq!(store.exchange(&cid("c"), &ExchangeId::new("X")).await.unwrap(), None);
}

pub async fn notes_calls_of_a_connection_and_of_its_operations(store: Shared) {
    tills(&store, &["c", "d"]).await;
    receive(&store, created("c", "1", "o")).await;
    let note = async |connection: &str, operation: Option<&str>, id: &str| {
        let operation = operation.map(oid);
        store.note_exchanges(&cid(connection), operation.as_ref(), vec![sent(id)]).await.unwrap();
        store.exchange(&cid(connection), &ExchangeId::new(id)).await.unwrap()
    };
    assert_eq!(note("c", None, "a").await.unwrap().row.operation, None);
    assert_eq!(note("c", Some("1"), "b").await.unwrap().row.operation, Some(oid("1")));
    // What is not there, or another's.
    assert_eq!(note("c", Some("never"), "x").await, None);
    assert_eq!(note("d", Some("1"), "y").await, None);
    assert_eq!(note("never", None, "z").await, None);
    assert_eq!(store.exchanges(&cid("c"), &oid("1")).await.unwrap().len(), 2);
    // Said again, it is kept once; of nothing, nothing.
    note("c", Some("1"), "b").await;
    store.note_exchanges(&cid("c"), None, Vec::new()).await.unwrap();
    assert_eq!(store.exchanges(&cid("c"), &oid("1")).await.unwrap().len(), 2);
}

pub async fn a_call_noted_by_many_at_once_is_kept_once(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    at_once((0..60).map(|_| {
        let store = store.clone();
        async move {
            let said = ["x0", "x1", "x2", "x1"].map(sent);
            store.note_exchanges(&cid("c"), Some(&oid("1")), said.into()).await.unwrap();
        }
    }))
    .await;
    let mut said: Vec<_> = store
        .exchanges(&cid("c"), &oid("1"))
        .await
        .unwrap()
        .into_iter()
        .map(|said| said.id.as_str().to_owned())
        .collect();
    said.sort();
    assert_eq!(said, ["call 1", "x0", "x1", "x2"]);
}

pub async fn forgets_what_is_old_and_over(store: Shared) {
    tills(&store, &["c", "d", "e"]).await;
    store.receive(vec![created("c", "over", "o"), created("d", "telling", "o")]).await.unwrap();
    for turn in turns(&store, second(2)).await {
        let telling = if turn.operation.id == oid("telling") { Telling::Due } else { Telling::None };
        let end =
            TryEnded { telling, exchanges: vec![sent(&format!("till {}", turn.operation.id))], ..ended(Delivered) };
        store.end_try(&turn.operation.id, &turn.lease, end, second(3)).await.unwrap();
    }
    let young = NewOperation { received_at: second(100), ..updated("c", "young", "p", "") };
    store.receive(vec![created("c", "queued", "q"), created("e", "sending", "q"), young]).await.unwrap();
    let turns = turns(&store, second(4)).await;
    assert_eq!(turns.len(), 2);
    for turn in turns {
        if turn.operation.id == oid("sending") {
            assert!(super::orders::begin(&store, &turn, second(4)).await);
        } else {
            store.end_try(&turn.operation.id, &turn.lease, again(second(9)), second(4)).await.unwrap();
        }
    }
    // A call of the connection's own, old; and one that is not.
    let own = |id: &str, at| NewExchange { started_at: second(at), ..sent(id) };
    store.note_exchanges(&cid("c"), None, vec![own("old", 1), own("new", 100)]).await.unwrap();
    assert_eq!(store.forget_operations(second(1), 10).await.unwrap(), 0);
    assert_eq!(store.forget_operations(second(50), 10).await.unwrap(), 2);
    assert_eq!(store.forget_operations(second(50), 10).await.unwrap(), 0);
    for (c, id, kept) in [
        ("c", "over", false),
        ("d", "telling", true),
        ("c", "queued", true),
        ("e", "sending", true),
        ("c", "young", true),
    ] {
        assert_eq!(store.operation(&cid(c), &oid(id)).await.unwrap().is_some(), kept, "{id}");
    }
    let exchange = async |c: &str, id: &str| store.exchange(&cid(c), &ExchangeId::new(id)).await.unwrap().is_some();
    for (c, id, kept) in [
        ("c", "call over", false),
        ("c", "till over", false),
        ("c", "old", false),
        ("c", "new", true),
        ("d", "till telling", true),
    ] {
        assert_eq!(exchange(c, id).await, kept, "{id}");
    }
    // Nothing more can be said of what is forgotten.
    store.note_exchanges(&cid("c"), Some(&oid("over")), vec![sent("late")]).await.unwrap();
    assert!(!exchange("c", "late").await);
    let lease = begun(&store, second(9)).await;
    store.end_try(&oid("over"), &lease, ended(Refused), second(9)).await.unwrap();
}

pub async fn forgets_in_steps(store: Shared) {
    tills(&store, &["c"]).await;
    for n in 0..5 {
        let id = format!("e{n}");
        let own = NewOperation { kind: OperationKind::System, received_at: second(n), ..updated("c", &id, &id, "") };
        receive(&store, own).await;
        store.note_exchanges(&cid("c"), None, vec![called(&format!("own {n}"), "")]).await.unwrap();
    }
    let left = async |id: &ConnectionId| store.operations(id, None, 10).await.unwrap().rows.len();
    assert_eq!(store.forget_operations(second(60), 2).await.unwrap(), 4);
    // The oldest first.
    assert!(store.operation(&cid("c"), &oid("e1")).await.unwrap().is_none());
    assert_eq!(left(&cid("c")).await, 3);
    assert_eq!(store.forget_operations(second(60), 2).await.unwrap(), 4);
    assert_eq!(store.forget_operations(second(60), 2).await.unwrap(), 2);
    assert_eq!(store.forget_operations(second(60), 2).await.unwrap(), 0);
    assert_eq!(left(&cid("c")).await, 0);
}
