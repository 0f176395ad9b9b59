//! Cases: how a connection's callback at HubRise stands.

use std::collections::HashSet;

use super::given::{HOUR, Shared, cid, connected, minute, sid};
use super::orders::{close, created, receive, second, tills, updated};
use super::races::at_once;
use crate::{ConnectionId, NewOperation, OperationKind, Registration};

const DAY: i64 = 24 * 3600;

async fn claim(store: &Shared, at: i64) -> Vec<String> {
    let vendors = ["other".to_owned(), "pos-helper".to_owned()];
    let claimed = store.claim_registrations(&vendors, second(at), second(at + 60), 100).await.unwrap();
    claimed.into_iter().map(|id| id.as_str().to_owned()).collect()
}

async fn look(store: &Shared, id: &str, at: i64, error: Option<&str>, repaired: bool, due: i64) -> Registration {
    store.note_registration(&cid(id), second(at), error, repaired, second(due)).await.unwrap();
    store.registration(&cid(id)).await.unwrap()
}

pub async fn a_new_connection_is_looked_at_at_once_and_then_when_due(store: Shared) {
    tills(&store, &["c", "d"]).await;
    assert_eq!(store.registration(&cid("c")).await.unwrap(), Registration::default());
    assert_eq!(store.registration(&cid("never")).await.unwrap(), Registration::default());
    let none = store.claim_registrations(&["other".to_owned()], second(0), second(60), 10).await.unwrap();
    assert_eq!(none, []);
    assert_eq!(store.claim_registrations(&[], second(0), second(60), 10).await.unwrap(), []);
    assert_eq!(claim(&store, 0).await, ["c", "d"]);
    assert_eq!(claim(&store, 59).await, [""; 0]);
    let expected = Registration {
        verified_at: Some(second(1)),
        repaired_at: Some(second(1)),
        due_at: Some(second(DAY)),
        ..Registration::default()
    };
    assert_eq!(look(&store, "c", 1, None, true, DAY).await, expected);
    // The other's lease ends; the first is due a day later, and so is the failure, at its time.
    assert_eq!(claim(&store, 60).await, ["d"]);
    let failed = look(&store, "d", 61, Some("HubRise does not answer"), false, 90).await;
    assert_eq!((failed.error.as_deref(), failed.verified_at), (Some("HubRise does not answer"), None));
    assert_eq!(claim(&store, 89).await, [""; 0]);
    assert_eq!(claim(&store, 90).await, ["d"]);
    let right = look(&store, "d", 91, None, false, DAY - 1).await;
    assert_eq!((right.error, right.verified_at, right.repaired_at), (None, Some(second(91)), None));
    // The longest due first.
    assert_eq!(claim(&store, DAY).await, ["d", "c"]);
    let failed = look(&store, "c", DAY, Some("x"), false, DAY + 9).await;
    assert_eq!((failed.verified_at, failed.repaired_at), (Some(second(1)), Some(second(1))));
}

pub async fn no_registration_is_leased_twice(store: Shared) {
    let names: Vec<_> = (0..12).map(|n| format!("c{n}")).collect();
    tills(&store, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let claimed = at_once((0..8).map(|_| {
        let store = store.clone();
        async move { store.claim_registrations(&["pos-helper".to_owned()], second(0), second(60), 5).await.unwrap() }
    }))
    .await;
    assert!(claimed.iter().all(|batch| batch.len() <= 5));
    let claimed: Vec<ConnectionId> = claimed.into_iter().flatten().collect();
    assert_eq!(claimed.iter().collect::<HashSet<_>>().len(), claimed.len());
    assert_eq!(claimed.len() + claim(&store, 0).await.len(), 12);
}

pub async fn a_callback_is_looked_at_on_request(store: Shared) {
    tills(&store, &["c", "d"]).await;
    assert_eq!(claim(&store, 0).await.len(), 2);
    look(&store, "c", 1, None, false, DAY).await;
    look(&store, "d", 1, None, false, DAY).await;
    store.ask_registration(&cid("c"), second(5)).await.unwrap();
    store.ask_registration(&cid("never"), second(5)).await.unwrap();
    assert_eq!(store.registration(&cid("c")).await.unwrap().due_at, Some(second(5)));
    assert_eq!(claim(&store, 5).await, ["c"]);
    // Asked again while it is looked at: the next claim has it.
    store.ask_registration(&cid("c"), second(6)).await.unwrap();
    assert_eq!(claim(&store, 6).await, ["c"]);
    look(&store, "c", 7, None, false, DAY).await;
    // All of a vendor's.
    store.ask_registrations(&["other".to_owned()], second(8)).await.unwrap();
    assert_eq!(claim(&store, 8).await, [""; 0]);
    store.ask_registrations(&["other".to_owned(), "pos-helper".to_owned()], second(8)).await.unwrap();
    assert_eq!(claim(&store, 8).await, ["c", "d"]);
}

pub async fn a_clock_set_back_puts_off_no_look(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let hour = HOUR.as_secs();
    // One is leased, the other due in a day, by a clock two hours ahead.
    assert_eq!(claim(&store, 2 * hour).await.len(), 2);
    look(&store, "d", 2 * hour, None, false, 2 * hour + DAY).await;
    let found: HashSet<_> = claim(&store, 0).await.into_iter().collect();
    assert_eq!(found, ["c".to_owned(), "d".to_owned()].into());
}

pub async fn connecting_again_looks_again_and_closing_forgets(store: Shared) {
    connected(&store, "c", "s", "loc", "t").await;
    assert_eq!(claim(&store, 0).await, ["c"]);
    look(&store, "c", 1, Some("wrong"), true, DAY).await;
    connected(&store, "x", "s", "loc", "t2").await;
    let again = store.registration(&cid("c")).await.unwrap();
    assert_eq!((again.verified_at, again.repaired_at, again.error, again.due_at), (None, None, None, None));
    assert_eq!(claim(&store, 2).await, ["c"]);
    store.close_connection(&cid("c"), &sid("s"), false, minute(6)).await.unwrap();
    assert_eq!(claim(&store, DAY).await, [""; 0]);
    assert_eq!(look(&store, "c", DAY, None, true, DAY).await, Registration::default());
    store.note_refused_callback(&cid("c"), second(DAY)).await.unwrap();
    assert_eq!(store.registration(&cid("c")).await.unwrap(), Registration::default());
    connected(&store, "d", "s", "loc", "t3").await;
    assert_eq!(claim(&store, DAY).await, ["d"]);
}

pub async fn counts_refused_calls_until_a_good_one_comes(store: Shared) {
    tills(&store, &["c", "d"]).await;
    at_once((0..20).map(|n| {
        let store = store.clone();
        async move { store.note_refused_callback(&cid("c"), second(n % 2)).await.unwrap() }
    }))
    .await;
    store.note_refused_callback(&cid("c"), second(2)).await.unwrap();
    let refused = store.registration(&cid("c")).await.unwrap();
    assert_eq!((refused.refused, refused.refused_at, refused.heard_at), (21, Some(second(2)), None));
    assert_eq!(store.registration(&cid("d")).await.unwrap(), Registration::default());
    // What the bridge does by itself proves nothing.
    let own = NewOperation { kind: OperationKind::System, event_id: None, ..updated("c", "own", "", "") };
    receive(&store, own).await;
    assert_eq!(store.registration(&cid("c")).await.unwrap().refused, 21);
    receive(&store, NewOperation { received_at: second(3), ..created("c", "1", "o") }).await;
    let heard = store.registration(&cid("c")).await.unwrap();
    assert_eq!((heard.refused, heard.refused_at, heard.heard_at), (0, Some(second(2)), Some(second(3))));
    // The same event again was heard, too.
    store.note_refused_callback(&cid("c"), second(4)).await.unwrap();
    receive(&store, NewOperation { received_at: second(5), ..created("c", "1", "o") }).await;
    let heard = store.registration(&cid("c")).await.unwrap();
    assert_eq!((heard.refused, heard.heard_at), (0, Some(second(5))));
    // In a rush, every ten seconds.
    for (at, noted) in [(6, 5), (14, 5), (15, 15), (16, 15), (40, 40), (30, 40)] {
        let id = format!("e{at}");
        receive(&store, NewOperation { received_at: second(at), ..updated("c", &id, &id, "") }).await;
        assert_eq!(store.registration(&cid("c")).await.unwrap().heard_at, Some(second(noted)), "{at}");
    }
    close(&store, "d").await;
}

pub async fn a_look_that_ends_leaves_what_was_heard(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    store.note_refused_callback(&cid("c"), second(2)).await.unwrap();
    let after = look(&store, "c", 3, Some(&"é".repeat(3_000)), false, 9).await;
    assert_eq!((after.refused, after.refused_at, after.heard_at), (1, Some(second(2)), Some(second(1))));
    assert_eq!(after.error.unwrap().len(), 2_000);
    assert_eq!(after.due_at, Some(second(9)));
}
