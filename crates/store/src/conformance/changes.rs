//! Cases: what changed since somebody looked.

use jiff::{SignedDuration, Timestamp};

use super::given::{
    Shared, aid, cid, connected, exchange, exchanging, minute, named, new_attempt, settlement, sid, signed_in, start,
};
use super::races::at_once;
use crate::{Choice, ConnectionId, Health, NewAttempt, NewRequest, RequestId, UserId};

/// What changed since the last time this was asked.
struct Watch(Timestamp);

impl Watch {
    async fn look(&mut self, store: &Shared) -> (Vec<ConnectionId>, Vec<(String, String)>) {
        let changes = store.changed_since(self.0, 100).await.unwrap();
        assert!(changes.until >= self.0.min(changes.until));
        self.0 = changes.until;
        (changes.connections, changes.tills)
    }
}

fn till(till: &str) -> (String, String) {
    ("pos-helper".to_owned(), till.to_owned())
}

pub async fn tells_every_change_once(store: Shared) {
    let mut watch = Watch(start());
    signed_in(&store, "s", "nina").await;
    assert_eq!(watch.look(&store).await, (vec![], vec![]));
    connected(&store, "c", "s", "loc", "token").await;
    assert_eq!(watch.look(&store).await, (vec![cid("c")], vec![till("caisse")]));
    assert_eq!(watch.look(&store).await, (vec![], vec![]));
    // Of the connection alone: nobody who waits for the till need wake.
    store.note_call(&cid("c"), Health::Ok, minute(5)).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![cid("c")], vec![]));
    store.note_call(&cid("c"), Health::Ok, minute(5)).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![], vec![]));
    store.note_order(&cid("c"), minute(5)).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![cid("c")], vec![]));
    let choice = Choice { location: named("loc"), catalog: None, customer_list: None };
    store.note_timezone(&cid("c"), "Europe/Paris").await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![cid("c")], vec![]));
    store.note_timezone(&cid("c"), "Europe/Paris").await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![], vec![]));
    store.choose(&cid("c"), &sid("s"), 1, choice, minute(6)).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![cid("c")], vec![]));
    store.set_till_settings(&cid("c"), &sid("s"), 0, None, "{}", minute(6)).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![cid("c")], vec![]));
    store.close_connection(&cid("c"), &sid("s"), true, minute(7)).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![cid("c")], vec![till("caisse")]));
    let lock = store.lock_of("pos-helper", "caisse", &sid("s")).await.unwrap().unwrap();
    store.release_lock("pos-helper", &lock.id, &sid("s"), minute(8)).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![], vec![till("caisse")]));
}

pub async fn tells_when_requests_change(store: Shared) {
    let mut watch = Watch(start());
    signed_in(&store, "m", "nina").await;
    let request = |id: &str| NewRequest {
        id: RequestId::new(id),
        vendor: "pos-helper".into(),
        till: "caisse".into(),
        session: sid("m"),
        user: UserId::new("user nina"),
        hubrise_id: "3r4s3".into(),
        location_name: "Paris".into(),
        language: "fr".into(),
        created_at: minute(2),
    };
    store.send_request(request("q")).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![], vec![till("caisse")]));
    store.decline_request("pos-helper", &RequestId::new("q"), "no", minute(3)).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![], vec![till("caisse")]));
    store.send_request(request("q2")).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![], vec![till("caisse")]));
    exchange(&store, NewAttempt { request: Some(RequestId::new("q2")), ..new_attempt("a", "sup") }).await;
    store.settle_attempt(&aid("a"), settlement("c", "loc", "token")).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![cid("c")], vec![till("caisse")]));
    store.withdraw_request(&RequestId::new("q2"), &sid("m"), minute(4)).await.unwrap();
    assert_eq!(watch.look(&store).await, (vec![], vec![till("caisse")]));
}

pub async fn clocks_that_differ_hide_no_change(store: Shared) {
    // The watcher's clock is ten minutes ahead of those who change.
    let mut watch = Watch(minute(15));
    assert_eq!(watch.look(&store).await, (vec![], vec![]));
    connected(&store, "c", "s", "loc", "token").await;
    assert_eq!(watch.look(&store).await, (vec![cid("c")], vec![till("caisse")]));
    // So is another replica's, and the next one is late.
    store.note_call(&cid("c"), Health::Blocked, minute(30)).await.unwrap();
    assert_eq!(watch.look(&store).await.0, [cid("c")]);
    exchanging(&store, "a", "s").await;
    store.settle_attempt(&aid("a"), settlement("d", "loc-2", "token-2")).await.unwrap();
    assert_eq!(watch.look(&store).await.0, [cid("d")]);
}

pub async fn many_changes_at_once_are_all_told(store: Shared) {
    for n in 0..30 {
        exchange(&store, new_attempt(&format!("a{n}"), "s")).await;
    }
    let mut told = std::collections::BTreeSet::new();
    let writers = tokio::spawn({
        let store = store.clone();
        async move {
            at_once((0..30).map(|n| {
                let store = store.clone();
                let id = format!("c{n}");
                // Each with a clock of its own.
                let mut settlement = settlement(&id, &id, &id);
                settlement.at = minute(14) - SignedDuration::from_secs(n);
                async move { store.settle_attempt(&aid(&format!("a{n}")), settlement).await.unwrap() }
            }))
            .await
        }
    });
    let mut since = start();
    let mut over = false;
    loop {
        let changes = store.changed_since(since, 16).await.unwrap();
        let quiet = changes.connections.is_empty();
        told.extend(changes.connections);
        since = changes.until;
        if over && quiet {
            break;
        }
        over = writers.is_finished();
        tokio::task::yield_now().await;
    }
    assert_eq!(told.len(), 30, "{told:?}");
}
