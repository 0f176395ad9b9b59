//! Cases: who sees a connection, and completing one.

use super::given::{
    Shared, aid, cid, connected, exchange, exchanging, minute, named, new_attempt, seen, seen_at_till, settlement, sid,
};
use crate::{Choice, ConnectionRow, ConnectionState, Level, NewAttempt, StoreError};

const DAY: i64 = 24 * 60;

pub async fn a_connection_is_shown_to_sessions_with_a_grant_alone(store: Shared) {
    let mine = connected(&store, "c", "s", "loc", "token").await;
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(2)).await, Some(mine.clone()));
    let of_till = seen_at_till(&store, "pos-helper", "caisse", &sid("s"), minute(2)).await;
    assert_eq!(of_till, Some(mine));
    for session in ["other", "S"] {
        assert_eq!(seen(&store, &cid("c"), &sid(session), minute(2)).await, None);
        let of_till = seen_at_till(&store, "pos-helper", "caisse", &sid(session), minute(2)).await;
        assert_eq!(of_till, None);
    }
    assert_eq!(seen(&store, &cid("C"), &sid("s"), minute(2)).await, None);
    // A session that ends takes its grants along.
    store.end_session(&sid("s")).await.unwrap();
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(2)).await, None);
}

pub async fn a_grant_that_ran_out_shows_nothing(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let last = minute(DAY) - jiff::SignedDuration::from_micros(1);
    assert!(seen(&store, &cid("c"), &sid("s"), last).await.is_some());
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(DAY)).await, None);
    let of_till = seen_at_till(&store, "pos-helper", "caisse", &sid("s"), minute(DAY)).await;
    assert_eq!(of_till, None);
    // The connection itself lives on.
    assert!(store.open_connection("pos-helper", "caisse", "loc").await.unwrap().is_some());
}

pub async fn connecting_again_renews_the_grant(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let later = NewAttempt { created_at: minute(DAY), expires_at: minute(DAY + 15), ..new_attempt("again", "s") };
    exchange(&store, later).await;
    let mut again = settlement("x", "loc", "token");
    again.at = minute(DAY + 1);
    again.grant_expires_at = minute(2 * DAY);
    store.settle_attempt(&aid("again"), again).await.unwrap();
    assert!(seen(&store, &cid("c"), &sid("s"), minute(2 * DAY - 1)).await.is_some());
}

pub async fn finds_the_connection_of_a_till_granted_last(store: Shared) {
    let granted = async |id: &str, till: &str, key: &str, minutes| {
        let attempt = NewAttempt { till: till.into(), ..new_attempt(id, "s") };
        exchange(&store, attempt).await;
        let mut settled = settlement(id, key, id);
        settled.at = minute(minutes);
        store.settle_attempt(&aid(id), settled).await.unwrap();
    };
    granted("second", "caisse", "loc-2", 3).await;
    granted("first", "caisse", "loc-1", 2).await;
    granted("counter", "comptoir", "loc-3", 4).await;
    let of_till =
        async |vendor: &str, till: &str| seen_at_till(&store, vendor, till, &sid("s"), minute(5)).await.map(|c| c.id);
    assert_eq!(of_till("pos-helper", "caisse").await, Some(cid("second")));
    assert_eq!(of_till("pos-helper", "comptoir").await, Some(cid("counter")));
    assert_eq!(of_till("other", "caisse").await, None);
    store.close_connection(&cid("second"), &sid("s"), false, minute(5)).await.unwrap();
    assert_eq!(of_till("pos-helper", "caisse").await, Some(cid("first")));
}

pub async fn an_open_connection_is_found_by_its_key_alone(store: Shared) {
    let open = connected(&store, "c", "s", "loc", "token").await;
    assert_eq!(store.open_connection("pos-helper", "caisse", "loc").await.unwrap(), Some(open));
    assert_eq!(store.open_connection("pos-helper", "comptoir", "loc").await.unwrap(), None);
    assert_eq!(store.open_connection("other", "caisse", "loc").await.unwrap(), None);
    store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap();
    assert_eq!(store.open_connection("pos-helper", "caisse", "loc").await.unwrap(), None);
}

fn choice() -> Choice {
    Choice { location: named("loc-2"), catalog: Some(named("cat-2")), customer_list: None }
}

async fn choosing(store: &Shared) -> ConnectionRow {
    exchanging(store, "a", "s").await;
    let mut open = settlement("c", "acc", "token");
    open.state = ConnectionState::Choosing;
    open.level = Level::Account;
    open.location = None;
    open.catalog = None;
    store.settle_attempt(&aid("a"), open).await.unwrap().connection
}

pub async fn choosing_completes_a_connection(store: Shared) {
    let before = choosing(&store).await;
    let expected = ConnectionRow {
        state: ConnectionState::Connected,
        location: Some(named("loc-2")),
        catalog: Some(named("cat-2")),
        customer_list: None,
        version: 2,
        changed_at: minute(2),
        ..before
    };
    assert_eq!(store.choose(&cid("c"), &sid("s"), 1, choice(), minute(2)).await.unwrap(), expected);
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(2)).await, Some(expected.clone()));
    // Choosing anew replaces every part of it.
    let other = Choice { location: named("loc-3"), catalog: None, customer_list: Some(named("list")) };
    let expected = ConnectionRow {
        location: Some(named("loc-3")),
        catalog: None,
        customer_list: Some(named("list")),
        version: 3,
        changed_at: minute(3),
        ..expected
    };
    assert_eq!(store.choose(&cid("c"), &sid("s"), 2, other, minute(3)).await.unwrap(), expected);
}

pub async fn choosing_refuses_a_version_that_is_not_the_last(store: Shared) {
    choosing(&store).await;
    for version in [0, 2] {
        let refused = store.choose(&cid("c"), &sid("s"), version, choice(), minute(2)).await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    }
    store.choose(&cid("c"), &sid("s"), 1, choice(), minute(2)).await.unwrap();
    let refused = store.choose(&cid("c"), &sid("s"), 1, choice(), minute(2)).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
}

pub async fn choosing_refuses_a_closed_connection(store: Shared) {
    choosing(&store).await;
    store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap();
    for version in [1, 2] {
        let refused = store.choose(&cid("c"), &sid("s"), version, choice(), minute(2)).await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    }
}

pub async fn ids_with_a_nul_name_nothing(store: Shared) {
    assert_eq!(seen(&store, &cid("c\0"), &sid("s\0"), minute(1)).await, None);
    assert_eq!(store.attempt(&aid("\0"), &sid("s")).await.unwrap(), None);
    assert_eq!(store.open_connection("pos-helper", "caisse", "\0").await.unwrap(), None);
}
