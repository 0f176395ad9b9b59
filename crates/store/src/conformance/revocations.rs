//! Cases: carrying out revocations.

use super::given::{Shared, aid, cid, connected, due, exchanging, held, minute, rid, sid};

/// Revocations of these tokens, each due at its own minute.
async fn retired(store: &Shared, tokens: &[(&str, i64)]) {
    for (token, due_at) in tokens {
        exchanging(store, token, "s").await;
        store.hold_attempt(&aid(token), held(token, minute(30)), minute(0)).await.unwrap();
        store.decline_attempt(&aid(token), minute(*due_at)).await.unwrap();
    }
}

pub async fn leases_what_is_due_and_nothing_else(store: Shared) {
    retired(&store, &[("now", 5), ("later", 7)]).await;
    assert_eq!(due(&store, minute(4)).await, []);
    assert_eq!(due(&store, minute(5)).await, [rid("now")]);
    assert_eq!(due(&store, minute(5)).await, []);
}

pub async fn a_lease_ends_by_itself(store: Shared) {
    retired(&store, &[("token", 0)]).await;
    let leased = store.claim_revocations(minute(1), minute(3), 10).await.unwrap();
    assert_eq!(leased.len(), 1);
    assert_eq!(due(&store, minute(2)).await, []);
    assert_eq!(due(&store, minute(3)).await, [rid("token")]);
}

pub async fn a_failure_ends_the_lease_and_is_counted(store: Shared) {
    retired(&store, &[("token", 0)]).await;
    assert_eq!(due(&store, minute(1)).await, [rid("token")]);
    store.revocation_failed(&rid("token"), minute(5), "HubRise cannot be reached\0").await.unwrap();
    assert_eq!(due(&store, minute(4)).await, []);
    let again = store.claim_revocations(minute(5), minute(6), 10).await.unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].due_at, again[0].failures), (minute(5), 1));
    assert_eq!(again[0].last_error.as_deref(), Some("HubRise cannot be reached\u{fffd}"));
    store.revocation_failed(&rid("token"), minute(7), "again").await.unwrap();
    assert_eq!(store.claim_revocations(minute(7), minute(8), 10).await.unwrap()[0].failures, 2);
    store.revocation_failed(&rid("forgotten"), minute(5), "no matter").await.unwrap();
}

pub async fn a_revocation_done_is_forgotten(store: Shared) {
    retired(&store, &[("token", 0)]).await;
    store.revocation_done(&rid("token")).await.unwrap();
    assert_eq!(due(&store, minute(60)).await, []);
    store.revocation_done(&rid("token")).await.unwrap();
}

pub async fn says_whether_hubrise_could_not_be_told(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let revoking =
        async |vendor: &str, till: &str, session: &str| store.revoking(vendor, till, &sid(session)).await.unwrap();
    assert!(!revoking("pos-helper", "caisse", "s").await);
    store.close_connection(&cid("c"), &sid("s"), false, minute(1)).await.unwrap();
    assert!(!revoking("pos-helper", "caisse", "s").await, "it is being told");
    store.revocation_failed(&rid("token"), minute(5), "HubRise cannot be reached").await.unwrap();
    assert!(revoking("pos-helper", "caisse", "s").await);
    assert!(!revoking("pos-helper", "caisse", "other").await);
    assert!(!revoking("pos-helper", "comptoir", "s").await);
    assert!(!revoking("other", "caisse", "s").await);
    store.revocation_done(&rid("token")).await.unwrap();
    assert!(!revoking("pos-helper", "caisse", "s").await);
}

pub async fn leases_the_longest_due_first_up_to_the_limit(store: Shared) {
    retired(&store, &[("c", 3), ("a", 1), ("d", 4), ("b", 2)]).await;
    let ids = async |limit| {
        let leased = store.claim_revocations(minute(9), minute(10), limit).await.unwrap();
        leased.into_iter().map(|revocation| revocation.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(3).await, [rid("a"), rid("b"), rid("c")]);
    assert_eq!(ids(3).await, [rid("d")]);
    assert_eq!(ids(0).await, []);
}
