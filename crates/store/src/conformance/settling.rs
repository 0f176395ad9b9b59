//! Cases: making connections, making them again, putting one in another's place.

use super::given::{
    MINUTE, Shared, aid, cid, connected, due, exchange, exchanging, hash, minute, named, new_attempt, rid, sealed,
    seen, settlement, sid, start,
};
use crate::{AttemptPhase, ConnectionRow, ConnectionState, Health, Level, NamedRef, NewAttempt, Settled, StoreError};

pub async fn connects_with_everything_it_was_given(store: Shared) {
    exchanging(&store, "a", "s").await;
    let mut full = settlement("c", "acc", "token");
    full.state = ConnectionState::Choosing;
    full.level = Level::Account;
    full.location = None;
    full.catalog = None;
    full.customer_list = Some(named("list"));
    full.device_id = Some("comptoir".into());
    full.app_instance_id = Some("app-1".into());
    let expected = ConnectionRow {
        id: cid("c"),
        vendor: "pos-helper".into(),
        till: "caisse".into(),
        state: ConnectionState::Choosing,
        level: Level::Account,
        hub_key: "acc".into(),
        account: named("acc"),
        location: None,
        catalog: None,
        customer_list: Some(named("list")),
        scope: "location[orders.write]".into(),
        device_id: Some("comptoir".into()),
        app_instance_id: Some("app-1".into()),
        token: sealed("token"),
        token_fingerprint: hash("token"),
        connected_at: minute(1),
        connected_by: sid("s"),
        browser: "Firefox, Android".into(),
        reconnected_at: None,
        version: 1,
        health: Health::Unknown,
        health_since: None,
        last_failed_at: None,
        last_ok_at: None,
        support_verified_at: None,
        last_order_at: None,
        connected_by_name: None,
        checks_asked_at: None,
        timezone: None,
        changed_at: minute(1),
    };
    let settled = store.settle_attempt(&aid("a"), full).await.unwrap();
    assert_eq!(settled, Settled { connection: expected.clone(), before: None, replaced: None });
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(2)).await, Some(expected));
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!((attempt.phase, attempt.connection), (AttemptPhase::Done, Some(cid("c"))));
}

pub async fn connecting_again_keeps_the_connection_and_says_what_it_was(store: Shared) {
    let first = connected(&store, "c", "s", "loc", "token").await;
    exchanging(&store, "again", "t").await;
    let mut again = settlement("another id", "loc", "token");
    again.catalog = Some(named("cat-2"));
    again.browser = "Safari, iOS".into();
    again.at = minute(5);
    let settled = store.settle_attempt(&aid("again"), again).await.unwrap();
    let expected = ConnectionRow {
        catalog: Some(named("cat-2")),
        reconnected_at: Some(minute(5)),
        version: 2,
        changed_at: minute(5),
        ..first.clone()
    };
    assert_eq!(settled, Settled { connection: expected.clone(), before: Some(first), replaced: None });
    // Both sessions have proven their right.
    for session in ["s", "t"] {
        let seen = seen(&store, &cid("c"), &sid(session), minute(6)).await;
        assert_eq!(seen.as_ref(), Some(&expected), "{session}");
    }
    assert_eq!(due(&store, minute(60)).await, []);
}

pub async fn another_token_retires_the_former(store: Shared) {
    connected(&store, "c", "s", "loc", "old").await;
    exchanging(&store, "again", "t").await;
    let settled = store.settle_attempt(&aid("again"), settlement("x", "loc", "new")).await.unwrap();
    assert_eq!(settled.connection.token, sealed("new"));
    let leased = store.claim_revocations(minute(1), minute(2), 10).await.unwrap();
    assert_eq!(leased.len(), 1);
    assert_eq!((&leased[0].id, &leased[0].token), (&rid("old"), &sealed("old")));
    assert_eq!((leased[0].vendor.as_str(), leased[0].till.as_str()), ("pos-helper", "caisse"));
    assert_eq!((&leased[0].caused_by, leased[0].created_at, leased[0].failures), (&sid("t"), minute(1), 0));
}

pub async fn replacing_closes_the_other_connection_and_retires_its_token(store: Shared) {
    let other = connected(&store, "paris", "s", "loc-1", "t1").await;
    exchanging(&store, "a", "s").await;
    let mut moving = settlement("nice", "loc-2", "t2");
    moving.replaces = Some(cid("paris"));
    let settled = store.settle_attempt(&aid("a"), moving).await.unwrap();
    assert_eq!((settled.before, settled.replaced), (None, Some(other)));
    assert_eq!(seen(&store, &cid("paris"), &sid("s"), minute(2)).await, None);
    assert_eq!(store.open_connection("pos-helper", "caisse", "loc-1").await.unwrap(), None);
    assert!(seen(&store, &cid("nice"), &sid("s"), minute(2)).await.is_some());
    assert_eq!(due(&store, minute(2)).await, [rid("t1")]);
}

pub async fn replacing_leaves_alone_what_the_session_had_no_right_to(store: Shared) {
    connected(&store, "paris", "someone", "loc-1", "t1").await;
    exchanging(&store, "a", "s").await;
    let mut moving = settlement("nice", "loc-2", "t2");
    moving.replaces = Some(cid("paris"));
    let settled = store.settle_attempt(&aid("a"), moving.clone()).await.unwrap();
    assert_eq!(settled.replaced, None);
    assert!(seen(&store, &cid("paris"), &sid("someone"), minute(2)).await.is_some());

    // A right that ended before the attempt began is none; one that ended since is enough.
    let begun = |id: &str, minutes| NewAttempt {
        created_at: minute(minutes),
        expires_at: minute(minutes + 15),
        ..new_attempt(id, "someone")
    };
    let day = 24 * 60;
    exchange(&store, begun("too late", day)).await;
    moving.at = minute(day + 1);
    let settled = store.settle_attempt(&aid("too late"), moving.clone()).await.unwrap();
    assert_eq!(settled.replaced, None);
    exchange(&store, begun("in time", day - 1)).await;
    let settled = store.settle_attempt(&aid("in time"), moving).await.unwrap();
    assert_eq!(settled.replaced.map(|other| other.id), Some(cid("paris")));
}

pub async fn replacing_leaves_alone_another_till(store: Shared) {
    connected(&store, "caisse", "s", "loc-1", "t1").await;
    exchange(&store, NewAttempt { till: "comptoir".into(), ..new_attempt("a", "s") }).await;
    let mut moving = settlement("comptoir", "loc-2", "t2");
    moving.replaces = Some(cid("caisse"));
    let settled = store.settle_attempt(&aid("a"), moving).await.unwrap();
    assert_eq!(settled.replaced, None);
    assert!(seen(&store, &cid("caisse"), &sid("s"), minute(2)).await.is_some());
}

pub async fn replacing_the_same_connection_is_connecting_again(store: Shared) {
    let first = connected(&store, "c", "s", "loc", "token").await;
    exchanging(&store, "a", "s").await;
    let mut again = settlement("x", "loc", "token");
    again.replaces = Some(cid("c"));
    let settled = store.settle_attempt(&aid("a"), again).await.unwrap();
    assert_eq!((settled.before, settled.replaced), (Some(first), None));
    assert!(seen(&store, &cid("c"), &sid("s"), minute(2)).await.is_some());
    assert_eq!(due(&store, minute(60)).await, []);
}

pub async fn a_failed_settlement_leaves_nothing(store: Shared) {
    let other = connected(&store, "taken", "s", "loc-1", "t1").await;
    exchanging(&store, "a", "s").await;
    // The new connection's id exists already: found out only when it is written, after the token was dealt with.
    let mut clashing = settlement("taken", "loc-2", "t2");
    clashing.replaces = Some(cid("taken"));
    let refused = store.settle_attempt(&aid("a"), clashing).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");

    assert_eq!(seen(&store, &cid("taken"), &sid("s"), minute(2)).await, Some(other));
    assert_eq!(store.open_connection("pos-helper", "caisse", "loc-2").await.unwrap(), None);
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!((attempt.phase, attempt.connection), (AttemptPhase::Exchanging, None));
    assert_eq!(due(&store, minute(60)).await, []);
    // It can still be settled as it should.
    store.settle_attempt(&aid("a"), settlement("c", "loc-2", "t2")).await.unwrap();
}

pub async fn settling_twice_is_a_conflict(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let again = store.settle_attempt(&aid("for c s"), settlement("c", "loc", "token")).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    let unknown = store.settle_attempt(&aid("never begun"), settlement("d", "loc", "token")).await;
    assert!(matches!(unknown, Err(StoreError::Conflict)), "{unknown:?}");
    store.begin_attempt(new_attempt("unclaimed", "s")).await.unwrap();
    let early = store.settle_attempt(&aid("unclaimed"), settlement("d", "loc", "token")).await;
    assert!(matches!(early, Err(StoreError::Conflict)), "{early:?}");
}

pub async fn settling_calls_off_a_waiting_revocation(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    store.close_connection(&cid("c"), &sid("s"), false, minute(1)).await.unwrap();
    store.revocation_failed(&rid("token"), minute(3), "HubRise cannot be reached").await.unwrap();
    // HubRise was not told, so it gives the same token again.
    connected(&store, "d", "t", "loc", "token").await;
    assert_eq!(due(&store, minute(60)).await, []);
    assert!(!store.revoking("pos-helper", "caisse", &sid("s")).await.unwrap());
}

pub async fn settling_gives_way_to_a_revocation_under_way(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    store.close_connection(&cid("c"), &sid("s"), false, minute(1)).await.unwrap();
    exchanging(&store, "a", "s").await;
    let refused = store.settle_attempt(&aid("a"), settlement("d", "loc", "token")).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    assert_eq!(store.open_connection("pos-helper", "caisse", "loc").await.unwrap(), None);
    assert_eq!(due(&store, minute(1) + MINUTE).await, [rid("token")]);
}

pub async fn settling_survives_the_end_of_its_session(store: Shared) {
    // Its token would be lost otherwise; nobody sees the connection before somebody proves a right to it.
    exchanging(&store, "a", "gone").await;
    store.end_session(&sid("gone")).await.unwrap();
    store.settle_attempt(&aid("a"), settlement("c", "loc", "token")).await.unwrap();
    assert!(store.open_connection("pos-helper", "caisse", "loc").await.unwrap().is_some());
}

pub async fn ids_of_hubrise_are_case_sensitive(store: Shared) {
    connected(&store, "c", "s", "3R4s3-1", "token-1").await;
    connected(&store, "d", "s", "3r4S3-1", "token-2").await;
    let open = async |key: &str| store.open_connection("pos-helper", "caisse", key).await.unwrap().map(|c| c.id);
    assert_eq!(open("3R4s3-1").await, Some(cid("c")));
    assert_eq!(open("3r4S3-1").await, Some(cid("d")));
    assert_eq!(open("3r4s3-1").await, None);
}

pub async fn a_nul_in_a_name_from_outside_is_replaced(store: Shared) {
    exchanging(&store, "a", "s").await;
    let mut odd = settlement("c", "loc", "token");
    odd.account = NamedRef { id: "acc".into(), name: "Bella\0Pizza".into() };
    store.settle_attempt(&aid("a"), odd).await.unwrap();
    let seen = seen(&store, &cid("c"), &sid("s"), start()).await.unwrap();
    assert_eq!(seen.account.name, "Bella\u{fffd}Pizza");
}
