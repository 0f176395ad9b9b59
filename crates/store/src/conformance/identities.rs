//! Cases: identity runs.

use super::given::{Shared, cid, hash, minute, sid, start};
use super::races::at_once;
use crate::{Identity, IdentityClaim, IdentityId, NewIdentity, StoreError};

fn run(id: &str) -> NewIdentity {
    NewIdentity {
        id: IdentityId::new(id),
        state_hash: hash(id),
        session: sid("s"),
        vendor: "pos-helper".into(),
        target: Some(cid("c")),
        return_to: "/pos-helper/caisse".into(),
        created_at: start(),
        expires_at: minute(15),
    }
}

pub async fn claims_an_identity_run_once(store: Shared) {
    store.begin_identity(run("a")).await.unwrap();
    let claims = at_once((0..20).map(|_| {
        let store = store.clone();
        async move { store.claim_identity(&hash("a"), &sid("s"), minute(1)).await.unwrap() }
    }))
    .await;
    let expected = Identity {
        id: IdentityId::new("a"),
        session: sid("s"),
        vendor: "pos-helper".into(),
        target: Some(cid("c")),
        return_to: "/pos-helper/caisse".into(),
        created_at: start(),
        expires_at: minute(15),
    };
    let claimed: Vec<_> = claims.iter().filter(|claim| matches!(claim, IdentityClaim::Claimed(_))).collect();
    assert_eq!(claimed, [&IdentityClaim::Claimed(Box::new(expected))]);
    assert_eq!(claims.iter().filter(|claim| matches!(claim, IdentityClaim::Replayed)).count(), 19);
}

pub async fn an_identity_run_is_its_sessions_alone(store: Shared) {
    store.begin_identity(run("a")).await.unwrap();
    let claim = async |state: &str, session: &str, at| {
        store.claim_identity(&hash(state), &sid(session), minute(at)).await.unwrap()
    };
    assert_eq!(claim("a", "other", 1).await, IdentityClaim::Foreign);
    assert_eq!(claim("A", "s", 1).await, IdentityClaim::Unknown);
    assert_eq!(claim("a", "s", 15).await, IdentityClaim::Expired);
    // None of these used it up.
    assert!(matches!(claim("a", "s", 14).await, IdentityClaim::Claimed(_)));
    assert_eq!(claim("a", "other", 1).await, IdentityClaim::Foreign);
    assert_eq!(claim("a", "s", 20).await, IdentityClaim::Replayed);
}

pub async fn refuses_a_second_identity_run_of_the_same_id_or_state(store: Shared) {
    store.begin_identity(run("a")).await.unwrap();
    let same_id = NewIdentity { state_hash: hash("b"), ..run("a") };
    assert!(matches!(store.begin_identity(same_id).await, Err(StoreError::Conflict)));
    let same_state = NewIdentity { id: IdentityId::new("b"), ..run("a") };
    assert!(matches!(store.begin_identity(same_state).await, Err(StoreError::Conflict)));
}

pub async fn an_identity_run_is_forgotten_after_a_day(store: Shared) {
    store.begin_identity(NewIdentity { target: None, ..run("a") }).await.unwrap();
    assert_eq!(store.sweep(minute(24 * 60 - 1), 10).await.unwrap().identities, 0);
    assert_eq!(store.sweep(minute(24 * 60), 10).await.unwrap().identities, 1);
    let claim = store.claim_identity(&hash("a"), &sid("s"), minute(1)).await.unwrap();
    assert_eq!(claim, IdentityClaim::Unknown);
}
