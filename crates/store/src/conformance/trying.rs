//! Cases: how tries end, and how HubRise is told.

use jiff::SignedDuration;

use super::given::{HOUR, Shared, cid};
use super::orders::{
    again, because, begin, begun, called, created, ended, oid, read, receive, second, sent, stands, tills, turns,
    updated,
};
use super::races::at_once;
use crate::{ExchangeId, NewExchange, OperationFilter, OperationState, Rewritten, Telling, ToTell, TryEnded, Way};
use OperationState::{Attention, Delivered, Queued, Refused, Unknown};

pub async fn the_end_of_a_try_is_kept_with_what_was_said(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    let lease = begun(&store, second(2)).await;
    let first = TryEnded {
        detail: Some("the till's words".into()),
        notes: Some("[1]".into()),
        exchanges: vec![sent("x"), sent("y")],
        ..again(second(9))
    };
    store.end_try(&oid("1"), &lease, first, second(3)).await.unwrap();
    let row = read(&store, "c", "1").await;
    assert_eq!((row.detail.as_deref(), row.notes.as_deref()), (Some("the till's words"), Some("[1]")));
    let lease = begun(&store, second(9)).await;
    // What is being tried has no cause; what was noted before stays.
    let row = read(&store, "c", "1").await;
    assert_eq!((row.cause, row.detail, row.notes.as_deref()), (None, None, Some("[1]")));
    let last = TryEnded { telling: Telling::Due, exchanges: vec![sent("z")], ..ended(Delivered) };
    store.end_try(&oid("1"), &lease, last, second(10)).await.unwrap();
    let row = read(&store, "c", "1").await;
    assert_eq!((row.state, row.tries, row.telling, row.told_tries), (Delivered, 2, Telling::Due, 0));
    assert_eq!((row.cause, row.due_at, row.notes.as_deref()), (None, None, Some("[1]")));
    assert_eq!((row.received_at, row.changed_at), (second(1), second(10)));
    let said = store.exchanges(&cid("c"), &oid("1")).await.unwrap();
    assert_eq!(said.iter().map(|said| said.id.as_str()).collect::<Vec<_>>(), ["call 1", "x", "y", "z"]);
    assert_eq!(store.next_due().await.unwrap(), Some(second(10)));
}

pub async fn ending_a_try_again_is_ending_it_once(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    let lease = begun(&store, second(2)).await;
    // As when the answer to the first was lost.
    for at in [3, 4] {
        let end = TryEnded { exchanges: vec![sent("x")], ..ended(Refused) };
        store.end_try(&oid("1"), &lease, end, second(at)).await.unwrap();
    }
    assert_eq!(read(&store, "c", "1").await.changed_at, second(3));
    assert_eq!(store.exchanges(&cid("c"), &oid("1")).await.unwrap().len(), 2);
    store.end_try(&oid("never"), &lease, ended(Refused), second(5)).await.unwrap();
}

pub async fn a_try_given_up_for_dead_counts_after_all(store: Shared) {
    tills(&store, &["c", "d", "e"]).await;
    for (c, late) in [("c", ended(Delivered)), ("d", again(second(200))), ("e", ended(Attention))] {
        store.receive(vec![created(c, &format!("{c}1"), "o"), created(c, &format!("{c}2"), "p")]).await.unwrap();
        let lease = begun(&store, second(2)).await;
        // A minute later somebody else calls it unknown, and goes on.
        let [found] = turns(&store, second(62)).await.try_into().unwrap();
        let unknown = TryEnded { cause: Some("interrupted".into()), ..ended(Unknown) };
        store.end_try(&found.operation.id, &found.lease, unknown, second(63)).await.unwrap();
        let [next] = turns(&store, second(63)).await.try_into().unwrap();
        assert!(begin(&store, &next, second(63)).await);
        // The one given up for dead was not.
        let state = late.state;
        let late = TryEnded { exchanges: vec![sent(&format!("{c} late"))], ..late };
        store.end_try(&found.operation.id, &lease, late, second(64)).await.unwrap();
        assert_eq!(stands(&store, c, &format!("{c}1")).await.0, state);
        assert_eq!(store.exchanges(&cid(c), &found.operation.id).await.unwrap().len(), 2);
        // The other's lane is the other's.
        assert!(turns(&store, second(64)).await.is_empty());
        store.end_try(&next.operation.id, &next.lease, ended(Delivered), second(65)).await.unwrap();
        assert_eq!(stands(&store, c, &format!("{c}2")).await.0, Delivered);
    }
    // One of them is to be tried again.
    assert_eq!(store.next_due().await.unwrap(), Some(second(200)));
    assert_eq!(turns(&store, second(200)).await[0].operation.id, oid("d1"));
}

pub async fn the_end_of_a_try_whose_lease_is_over_changes_nothing(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    let [first] = turns(&store, second(2)).await.try_into().unwrap();
    let [other] = turns(&store, second(62)).await.try_into().unwrap();
    let late = TryEnded { exchanges: vec![sent("late")], notes: Some("[]".into()), ..ended(Refused) };
    store.end_try(&oid("1"), &first.lease, late, second(63)).await.unwrap();
    let row = read(&store, "c", "1").await;
    assert_eq!((row.state, row.notes), (Queued, None));
    assert_eq!(store.exchanges(&cid("c"), &oid("1")).await.unwrap().len(), 2);
    // Sent by the other and over: nothing the first says changes it, nor anything without a lease.
    assert!(begin(&store, &other, second(63)).await);
    store.end_try(&oid("1"), &other.lease, ended(Delivered), second(64)).await.unwrap();
    for lease in [first.lease.as_str(), "", "0"] {
        store.end_try(&oid("1"), lease, ended(Refused), second(65)).await.unwrap();
    }
    assert_eq!(stands(&store, "c", "1").await, (Delivered, None));
}

pub async fn an_operation_may_end_without_a_try(store: Shared) {
    tills(&store, &["c"]).await;
    store.receive(vec![created("c", "1", "o"), created("c", "2", "p")]).await.unwrap();
    let [turn] = turns(&store, second(2)).await.try_into().unwrap();
    let end = TryEnded { cause: Some("no_token".into()), ..ended(Attention) };
    store.end_try(&oid("1"), &turn.lease, end, second(3)).await.unwrap();
    assert_eq!(stands(&store, "c", "1").await, because(Attention, "no_token"));
    assert_eq!(read(&store, "c", "1").await.tries, 0);
    assert_eq!(turns(&store, second(3)).await[0].operation.id, oid("2"));
}

async fn delivered(store: &Shared, connection: &str, id: &str, at: i64) {
    receive(store, created(connection, id, id)).await;
    let lease = begun(store, second(at)).await;
    let end = TryEnded { telling: Telling::Due, ..ended(Delivered) };
    store.end_try(&oid(id), &lease, end, second(at)).await.unwrap();
}

async fn tellings(store: &Shared, at: i64) -> Vec<ToTell> {
    store.claim_tellings(second(at), second(at + 60), 100).await.unwrap()
}

pub async fn hubrise_is_told_until_it_has_heard(store: Shared) {
    tills(&store, &["c"]).await;
    delivered(&store, "c", "1", 2).await;
    let [told] = tellings(&store, 3).await.try_into().unwrap();
    assert_eq!(told.operation, read(&store, "c", "1").await);
    assert_eq!((told.operation.told_tries, told.status.as_deref()), (1, Some("new")));
    assert!(tellings(&store, 62).await.is_empty());
    assert_eq!(store.next_due().await.unwrap(), Some(second(63)));
    let (one, due_at) = (oid("1"), Some(second(8)));
    store.end_telling(&one, &told.lease, Telling::Due, due_at, vec![sent("x")], second(4)).await.unwrap();
    assert_eq!(store.next_due().await.unwrap(), Some(second(8)));
    assert!(tellings(&store, 7).await.is_empty());
    // Meanwhile HubRise has told more of the order.
    receive(&store, updated("c", "u", "1", "accepted")).await;
    receive(&store, updated("c", "v", "1", "in_preparation")).await;
    let [told] = tellings(&store, 8).await.try_into().unwrap();
    assert_eq!((told.operation.told_tries, told.status.as_deref()), (2, Some("in_preparation")));
    store.end_telling(&oid("1"), &told.lease, Telling::Skipped, None, Vec::new(), second(9)).await.unwrap();
    let row = read(&store, "c", "1").await;
    assert_eq!((row.state, row.telling, row.changed_at), (Delivered, Telling::Skipped, second(9)));
    assert_eq!(store.exchanges(&cid("c"), &oid("1")).await.unwrap().len(), 2);
    assert_eq!(store.next_due().await.unwrap(), None);
}

pub async fn what_hubrise_answers_is_kept_beside_the_event_it_repeats(store: Shared) {
    tills(&store, &["c"]).await;
    let order = |status: &str| {
        format!("{{\"status\":\"{status}\",\"items\":[\"Calzone with everything on it\"],\"name\":\"Dupont\"}}")
    };
    let mut event = created("c", "1", "1");
    event.exchange = Some(called("call 1", &order("new")));
    receive(&store, event).await;
    let [turn] = turns(&store, second(1)).await.try_into().unwrap();
    assert!(begin(&store, &turn, second(2)).await);
    let end = TryEnded { telling: Telling::Due, ..ended(Delivered) };
    store.end_try(&oid("1"), &turn.lease, end, second(2)).await.unwrap();
    let [told] = tellings(&store, 3).await.try_into().unwrap();
    let answer =
        |id: &str| NewExchange { way: Way::BridgeToHubrise, response_body: order("accepted").into_bytes(), ..sent(id) };
    let said = vec![answer("get"), answer("patch"), sent("short")];
    store.end_telling(&oid("1"), &told.lease, Telling::Told, None, said, second(4)).await.unwrap();
    let body = async |id: &str| {
        let whole = store.exchange(&cid("c"), &ExchangeId::new(id)).await.unwrap().unwrap();
        String::from_utf8(whole.response_body).unwrap()
    };
    assert_eq!((body("get").await, body("patch").await), (order("accepted"), order("accepted")));
    assert_eq!(body("short").await, "ok");
    let found = store.search_bodies(&cid("c"), "accepted", &OperationFilter::default(), None, 10).await.unwrap();
    assert_eq!(found.found.len(), 1);
    // An erasure that rewrites the event and one of the two leaves the other readable.
    let rewritten = |id: &str, request: &str, response: &str| Rewritten {
        exchange: ExchangeId::new(id),
        request_headers: String::new(),
        request_body: request.as_bytes().to_vec(),
        response_headers: String::new(),
        response_body: response.as_bytes().to_vec(),
    };
    store.erase(&oid("1"), vec![rewritten("patch", "", "masked")], &[]).await.unwrap();
    assert_eq!((body("get").await.as_str(), body("patch").await.as_str()), (order("accepted").as_str(), "masked"));
    store.erase(&oid("1"), vec![rewritten("call 1", "masked", "")], &[]).await.unwrap();
    assert_eq!((body("get").await, body("patch").await.as_str()), (order("accepted"), "masked"));
    assert_eq!((body("call 1").await.as_str(), body("short").await.as_str()), ("", "ok"));
}

pub async fn telling_is_one_servers_at_a_time(store: Shared) {
    tills(&store, &["c", "d", "e"]).await;
    for (at, c) in [(4, "c"), (2, "d"), (3, "e")] {
        delivered(&store, c, c, at).await;
    }
    let order: Vec<_> = store.claim_tellings(second(5), second(65), 2).await.unwrap();
    assert_eq!(order.iter().map(|told| told.operation.id.as_str()).collect::<Vec<_>>(), ["d", "e"]);
    let claimed = at_once((0..6).map(|_| {
        let store = store.clone();
        async move { store.claim_tellings(second(65), second(125), 2).await.unwrap() }
    }))
    .await;
    let claimed: Vec<_> = claimed.into_iter().flatten().collect();
    let rest = tellings(&store, 65).await;
    let mut all: Vec<_> = claimed.iter().chain(&rest).map(|told| told.operation.id.as_str()).collect();
    all.sort_unstable();
    assert_eq!(all, ["c", "d", "e"]);
    // A lease that is another's by now ends nothing.
    for telling in [Telling::Told, Telling::Due] {
        let late = vec![sent("late")];
        store.end_telling(&oid("d"), &order[0].lease, telling, None, late, second(66)).await.unwrap();
    }
    assert_eq!(read(&store, "d", "d").await.telling, Telling::Due);
    assert_eq!(store.exchanges(&cid("d"), &oid("d")).await.unwrap().len(), 1);
    let told = claimed.iter().chain(&rest).find(|told| told.operation.id == oid("d")).unwrap();
    store.end_telling(&oid("d"), &told.lease, Telling::Told, None, Vec::new(), second(67)).await.unwrap();
    store.end_telling(&oid("d"), &told.lease, Telling::Failed, None, Vec::new(), second(68)).await.unwrap();
    assert_eq!(read(&store, "d", "d").await.telling, Telling::Told);
}

pub async fn a_clock_set_back_holds_no_telling_up(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let hour = HOUR.as_secs();
    delivered(&store, "c", "1", hour).await;
    assert_eq!(tellings(&store, hour).await.len(), 1);
    delivered(&store, "d", "2", hour).await;
    let [told] = tellings(&store, hour).await.try_into().unwrap();
    let due_at = second(hour) + SignedDuration::from_mins(5);
    store.end_telling(&oid("2"), &told.lease, Telling::Due, Some(due_at), Vec::new(), second(hour)).await.unwrap();
    assert_eq!(tellings(&store, 5).await.len(), 2);
    assert!(tellings(&store, 5).await.is_empty());
}
