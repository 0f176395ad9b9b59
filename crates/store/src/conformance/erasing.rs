//! Cases: customers are forgotten.

use super::given::{HOUR, Shared, cid, connected, hash, minute, sid};
use super::orders::{begin, called, created, ended, oid, read, receive, second, sent, tills, turns, updated};
use super::races::at_once;
use crate::{
    Erasure, ExchangeId, NewOperation, NewShare, OperationState, Receipt, Resend, Retold, Rewritten, Term, TermKind,
    TryEnded,
};
use TermKind::{CollectionCode, Customer, CustomerId, Phone, Reference};

fn terms(customer: &str) -> Vec<Term> {
    [(Reference, "#12"), (CollectionCode, "c12"), (Phone, "87654"), (Customer, "dupont"), (CustomerId, customer)]
        .map(|(kind, text)| Term { kind, text: text.to_owned() })
        .into()
}

/// An order of this customer's.
fn ordered(connection: &str, id: &str, customer: &str) -> NewOperation {
    NewOperation { terms: terms(customer), ..created(connection, id, id) }
}

/// HubRise tells in second 5 that it has anonymised a customer.
fn anonymised(connection: &str, event: &str, customer: &str) -> NewOperation {
    NewOperation {
        erases: Some(customer.to_owned()),
        order: None,
        received_at: second(5),
        ..updated(connection, event, "", "")
    }
}

async fn claimed(store: &Shared, at: i64) -> Vec<Erasure> {
    store.claim_erasures(second(at), second(at + 60), 10).await.unwrap()
}

async fn to_erase(store: &Shared, erasure: &Erasure, after: i64, limit: u32) -> Vec<String> {
    let rows = store.operations_to_erase(erasure, after, limit).await.unwrap();
    rows.into_iter().map(|row| row.id.as_str().to_owned()).collect()
}

/// What of this connection's is found by a word.
async fn found(store: &Shared, connection: &str, kind: TermKind, text: &str) -> usize {
    let term = Term { kind, text: text.to_owned() };
    store
        .find(&cid(connection), &[term], None, &crate::OperationFilter::default(), None, 100)
        .await
        .unwrap()
        .found
        .len()
}

pub async fn an_erasure_begins_with_its_event(store: Shared) {
    tills(&store, &["c", "d"]).await;
    assert!(claimed(&store, 4).await.is_empty());
    assert_eq!(receive(&store, anonymised("c", "e", "Kai")).await, Receipt::Kept(OperationState::Noted));
    assert!(claimed(&store, 4).await.is_empty(), "it is not due before it came");
    let [erasure] = claimed(&store, 5).await.try_into().unwrap();
    assert_eq!((erasure.connection.as_str(), erasure.customer_id.as_str()), ("c", "Kai"));
    // The same event again is nothing new; nor is what no connection brought.
    assert_eq!(receive(&store, anonymised("c", "e", "Kai")).await, Receipt::Repeated);
    assert_eq!(receive(&store, anonymised("never", "e", "Kai")).await, Receipt::NoConnection);
    assert!(claimed(&store, 6).await.is_empty());
    store.end_erasure(&erasure).await.unwrap();
    store.end_erasure(&erasure).await.unwrap();
    assert!(claimed(&store, 300).await.is_empty());
    // Each place has its own; within a batch, a customer is named once.
    let batch = vec![anonymised("c", "f", "Kai"), anonymised("d", "g", "Kai"), anonymised("c", "h", "Kai")];
    store.receive(batch).await.unwrap();
    let mut places: Vec<_> = claimed(&store, 10).await.into_iter().map(|erasure| erasure.connection).collect();
    places.sort();
    assert_eq!(places, [cid("c"), cid("d")]);
}

pub async fn who_dies_over_an_erasure_leaves_it_to_the_next(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, anonymised("c", "e", "k")).await;
    let [dead] = claimed(&store, 5).await.try_into().unwrap();
    assert!(claimed(&store, 64).await.is_empty());
    let [next] = claimed(&store, 65).await.try_into().unwrap();
    assert!(next.id == dead.id && next.lease != dead.lease);
    // The one given up for dead ends nothing.
    store.end_erasure(&dead).await.unwrap();
    store.end_erasure(&Erasure { lease: "x".into(), ..next.clone() }).await.unwrap();
    assert_eq!(claimed(&store, 125).await.len(), 1);
    // Told again while it is under way, it begins anew.
    let again = NewOperation { received_at: second(130), ..anonymised("c", "f", "k") };
    receive(&store, again).await;
    let [anew] = claimed(&store, 130).await.try_into().unwrap();
    store.end_erasure(&next).await.unwrap();
    store.end_erasure(&anew).await.unwrap();
    assert!(claimed(&store, 400).await.is_empty());
}

pub async fn erasures_are_leased_to_one_the_longest_due_first(store: Shared) {
    tills(&store, &["c"]).await;
    for (n, at) in [(0, 9), (1, 7), (2, 8)] {
        let told = anonymised("c", &format!("e{n}"), &format!("k{n}"));
        receive(&store, NewOperation { received_at: second(at), ..told }).await;
    }
    let first = store.claim_erasures(second(9), second(69), 2).await.unwrap();
    assert_eq!(first.iter().map(|erasure| erasure.customer_id.as_str()).collect::<Vec<_>>(), ["k1", "k2"]);
    let claimed_ = at_once((0..8).map(|_| {
        let store = store.clone();
        async move { claimed(&store, 69).await }
    }))
    .await;
    let mut all: Vec<_> = claimed_.into_iter().flatten().chain(claimed(&store, 69).await).collect();
    all.sort_by_key(|erasure| erasure.id);
    assert_eq!(all.iter().map(|erasure| erasure.customer_id.as_str()).collect::<Vec<_>>(), ["k0", "k1", "k2"]);
    // By a clock that was set back an hour, nothing is held up.
    let behind = second(69) - HOUR;
    let again = store.claim_erasures(behind, behind + HOUR / 60, 10).await.unwrap();
    assert_eq!(again.len(), 3);
    assert!(store.claim_erasures(behind, behind + HOUR / 60, 10).await.unwrap().is_empty());
}

pub async fn finds_all_of_a_customer_at_that_place_and_no_one_elses(store: Shared) {
    tills(&store, &["d"]).await;
    connected(&store, "c", "s", "loc", "t").await;
    let long = "x".repeat(100);
    for id in ["1", "2", "3"] {
        receive(&store, ordered("c", id, "Kai")).await;
    }
    store.receive(vec![ordered("c", "4", "kai"), ordered("c", "5", "Kai2"), ordered("d", "6", "Kai")]).await.unwrap();
    receive(&store, ordered("c", "7", &long)).await;
    store.close_connection(&cid("c"), &sid("s"), false, minute(6)).await.unwrap();
    connected(&store, "again", "s", "loc", "t2").await;
    receive(&store, ordered("again", "8", "Kai")).await;
    store.receive(vec![anonymised("again", "e", "Kai"), anonymised("again", "f", &long)]).await.unwrap();
    let [kai, other] = claimed(&store, 5).await.try_into().unwrap();
    assert_eq!(to_erase(&store, &kai, 0, 10).await, ["1", "2", "3", "8"]);
    let second_ = read(&store, "again", "2").await.seq;
    assert_eq!(to_erase(&store, &kai, 0, 2).await, ["1", "2"]);
    assert_eq!(to_erase(&store, &kai, second_, 2).await, ["3", "8"]);
    // A name too long to be kept whole is found all the same.
    assert_eq!(to_erase(&store, &other, 0, 10).await, ["7"]);
}

pub async fn nothing_of_the_customer_is_left(store: Shared) {
    tills(&store, &["c"]).await;
    store.receive(vec![ordered("c", "1", "k"), ordered("c", "2", "other")]).await.unwrap();
    let [turn] = turns(&store, second(2)).await.try_into().unwrap();
    assert!(begin(&store, &turn, second(2)).await);
    let end = TryEnded { exchanges: vec![sent("x")], ..ended(OperationState::Refused) };
    store.end_try(&oid("1"), &turn.lease, end, second(3)).await.unwrap();
    let row = read(&store, "c", "1").await;
    let manual = Resend {
        connection: cid("c"),
        operation: oid("1"),
        seen_changed_at: row.changed_at,
        session: sid("s"),
        request: Some(b"<Request>Dupont</Request>".to_vec()),
        at: second(4),
    };
    store.resend(manual).await.unwrap();
    let page = NewShare {
        id: "a".into(),
        token_hash: hash("a"),
        connection: cid("c"),
        operation: oid("1"),
        page: b"page".to_vec(),
        session: sid("s"),
        at: second(4),
        expires_at: minute(60),
    };
    store.share(page).await.unwrap();
    receive(&store, anonymised("c", "e", "k")).await;
    let [erasure] = claimed(&store, 5).await.try_into().unwrap();
    let rewritten = |id: &str| Rewritten {
        exchange: ExchangeId::new(id),
        request_headers: "a: b\n".into(),
        request_body: b"masked".to_vec(),
        response_headers: String::new(),
        response_body: vec![0xff, 0],
    };
    let before = read(&store, "c", "1").await;
    let all = vec![rewritten("call 1"), rewritten("x"), rewritten("call 2"), rewritten("never")];
    store.erase(&oid("1"), all, &[]).await.unwrap();
    let whole = async |id: &str| store.exchange(&cid("c"), &ExchangeId::new(id)).await.unwrap().unwrap();
    for (id, was) in [("call 1", called("call 1", "event 1")), ("x", sent("x"))] {
        let now = whole(id).await;
        assert_eq!((now.request_headers.as_str(), now.request_body.as_slice()), ("a: b\n", &b"masked"[..]));
        assert_eq!((now.response_headers.as_str(), now.response_body.as_slice()), ("", &[0xff, 0][..]));
        assert_eq!((now.row.request_size, now.row.response_size), (6, 2));
        assert_eq!((now.row.way, now.row.url, now.row.status), (was.way, was.url, was.status));
        assert_eq!((now.row.started_at, now.row.duration_us), (was.started_at, was.duration_us));
    }
    // The other order's own exchange was none of this one's.
    assert_eq!(whole("call 2").await.request_body, b"event 2");
    for (kind, text, left) in [
        (Reference, "#12", 2),
        (CollectionCode, "c12", 2),
        (CustomerId, "k", 1),
        (Phone, "87654", 1),
        (Customer, "dupont", 1),
    ] {
        assert_eq!(found(&store, "c", kind, text).await, left, "{kind:?}");
    }
    assert_eq!(store.shared(&hash("a"), second(6)).await.unwrap(), None);
    assert_eq!(store.shares(&cid("c"), &oid("1")).await.unwrap(), []);
    assert_eq!(store.acts(&cid("c"), &oid("1")).await.unwrap().len(), 2, "what was done stays noted");
    // What was still to be sent goes as its translation.
    let row = read(&store, "c", "1").await;
    assert_eq!(row, crate::OperationRow { manual: false, ..before });
    let [turn] = turns(&store, second(6)).await.try_into().unwrap();
    assert_eq!((turn.operation.id, turn.request, turn.event.as_slice()), (oid("1"), None, &b"masked"[..]));
    // It may be done again, and is still found; what is gone is nobody's.
    store.erase(&oid("1"), vec![rewritten("x")], &[]).await.unwrap();
    assert_eq!(to_erase(&store, &erasure, 0, 10).await, ["1"]);
    store.erase(&oid("never"), vec![rewritten("call 2")], &[]).await.unwrap();
    assert_eq!(whole("call 2").await.request_body, b"event 2");
}

pub async fn what_was_said_of_an_operation_is_retold(store: Shared) {
    tills(&store, &["c"]).await;
    let failed = |id: &str| NewOperation {
        state: OperationState::Failed,
        detail: Some("no such Marie".into()),
        ..ordered("c", id, "k")
    };
    receive(&store, failed("1")).await;
    receive(&store, failed("2")).await;
    for id in ["1", "2"] {
        let marked = store.mark_handled(&cid("c"), &oid(id), &sid("s"), true, Some("called Marie"), second(4)).await;
        assert!(marked.unwrap().is_some());
    }
    let retold = |was: &str, now: &str| Retold { was: was.into(), now: now.into() };
    let texts = [retold("no such Marie", "no such •"), retold("called Marie", "called •"), retold("never said", "•")];
    store.erase(&oid("1"), Vec::new(), &texts).await.unwrap();
    let said = async |id: &str| {
        let acts = store.acts(&cid("c"), &oid(id)).await.unwrap();
        (read(&store, "c", id).await.detail.unwrap(), acts[0].note.clone().unwrap())
    };
    assert_eq!(said("1").await, ("no such •".into(), "called •".into()));
    assert_eq!(said("2").await, ("no such Marie".into(), "called Marie".into()), "of others nothing changes");
}

pub async fn a_request_that_was_sent_says_who_wrote_it_after_it_is_forgotten(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, NewOperation { state: OperationState::Failed, ..ordered("c", "1", "k") }).await;
    let wish = Resend {
        connection: cid("c"),
        operation: oid("1"),
        seen_changed_at: read(&store, "c", "1").await.changed_at,
        session: sid("s"),
        request: Some(b"<Request/>".to_vec()),
        at: second(4),
    };
    store.resend(wish).await.unwrap();
    let [turn] = turns(&store, second(4)).await.try_into().unwrap();
    assert!(begin(&store, &turn, second(4)).await);
    store.end_try(&oid("1"), &turn.lease, ended(OperationState::Delivered), second(5)).await.unwrap();
    store.erase(&oid("1"), Vec::new(), &[]).await.unwrap();
    assert!(read(&store, "c", "1").await.manual);
}
