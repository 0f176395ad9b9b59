//! Cases: closing connections.

use super::given::{
    Shared, aid, cid, connected, due, exchange, minute, new_attempt, rid, sealed, seen, settlement, sid,
};
use crate::{Closing, NewAttempt, Revocation};

pub async fn closing_moves_the_token_to_a_revocation_leased_to_the_caller(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let expected = Revocation {
        id: rid("token"),
        vendor: "pos-helper".into(),
        till: "caisse".into(),
        token: sealed("token"),
        caused_by: sid("s"),
        created_at: minute(2),
        due_at: minute(2),
        failures: 0,
        last_error: None,
    };
    let closing = store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap();
    assert_eq!(closing, Closing::Revoke(Box::new(expected.clone())));
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(2)).await, None);
    // Half a minute to itself; then anybody may carry it out.
    let almost = minute(2) + jiff::SignedDuration::from_millis(29_999);
    assert_eq!(due(&store, almost).await, []);
    let leased = store.claim_revocations(almost + jiff::SignedDuration::from_millis(1), minute(4), 10).await.unwrap();
    assert_eq!(leased, [expected]);
}

pub async fn closing_again_does_nothing(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap();
    assert_eq!(store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap(), Closing::Unknown);
    store.revocation_done(&rid("token")).await.unwrap();
    assert_eq!(store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap(), Closing::Unknown);
    assert_eq!(due(&store, minute(60)).await, []);
}

pub async fn closing_needs_a_grant_that_lasts(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let day = minute(24 * 60);
    assert_eq!(store.close_connection(&cid("c"), &sid("other"), false, minute(2)).await.unwrap(), Closing::Unknown);
    assert_eq!(store.close_connection(&cid("c"), &sid("s"), false, day).await.unwrap(), Closing::Unknown);
    assert_eq!(store.close_connection(&cid("C"), &sid("s"), false, minute(2)).await.unwrap(), Closing::Unknown);
    assert!(store.open_connection("pos-helper", "caisse", "loc").await.unwrap().is_some());
    assert_eq!(due(&store, day).await, []);
}

pub async fn closing_spares_a_token_that_another_till_uses(store: Shared) {
    // Without a `device_id`, HubRise gives two tills of a vendor at the same location the same token.
    connected(&store, "c", "s", "loc", "token").await;
    exchange(&store, NewAttempt { till: "comptoir".into(), ..new_attempt("a", "s") }).await;
    store.settle_attempt(&aid("a"), settlement("d", "loc", "token")).await.unwrap();

    let closing = store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap();
    assert_eq!(closing, Closing::TokenInUse);
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(2)).await, None);
    assert_eq!(due(&store, minute(60)).await, []);
    let closing = store.close_connection(&cid("d"), &sid("s"), false, minute(2)).await.unwrap();
    assert!(matches!(closing, Closing::Revoke(_)), "{closing:?}");
}

pub async fn a_closed_connection_can_be_connected_anew(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap();
    store.revocation_done(&rid("token")).await.unwrap();
    let anew = connected(&store, "d", "s", "loc", "token-2").await;
    assert_eq!((anew.id, anew.version, anew.reconnected_at), (cid("d"), 1, None));
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(3)).await, None);
}
