//! Cases: tokens that wait for a person's yes or no.

use super::given::{Shared, aid, cid, connected, due, exchanging, held, minute, rid, settlement, sid, start};
use crate::{AttemptPhase, Closing, DECLINED, StoreError};

/// An attempt that holds this token; the question is good for half an hour.
async fn confirming(store: &Shared, id: &str, token: &str) {
    exchanging(store, id, "s").await;
    store.hold_attempt(&aid(id), held(token, minute(30)), minute(1)).await.unwrap();
}

pub async fn holds_a_token_until_it_is_confirmed(store: Shared) {
    confirming(&store, "a", "token").await;
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!(attempt.phase, AttemptPhase::Confirming);
    assert_eq!(attempt.held, Some(held("token", minute(30))));
    assert_eq!(attempt.expires_at, minute(30));
    assert_eq!(store.latest_attempt(&sid("s")).await.unwrap(), Some(attempt));

    // Only a token that has just been exchanged can be held.
    let again = store.hold_attempt(&aid("a"), held("other", minute(30)), minute(1)).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    assert_eq!(due(&store, minute(60)).await, []);
}

pub async fn a_declined_token_is_revoked(store: Shared) {
    confirming(&store, "a", "token").await;
    store.decline_attempt(&aid("a"), minute(2)).await.unwrap();
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!(attempt.phase, AttemptPhase::Failed);
    assert_eq!(attempt.problem.as_deref(), Some(DECLINED));
    assert_eq!(attempt.held, None);
    store.revocation_failed(&rid("token"), minute(2), "HubRise cannot be reached").await.unwrap();
    assert!(store.revoking("pos-helper", "caisse", &sid("s")).await.unwrap());

    let again = store.decline_attempt(&aid("a"), minute(2)).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    assert_eq!(due(&store, minute(2)).await, [rid("token")]);
}

pub async fn declining_spares_a_token_that_a_connection_uses(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    confirming(&store, "a", "token").await;
    store.decline_attempt(&aid("a"), minute(2)).await.unwrap();
    assert_eq!(due(&store, minute(60)).await, []);
}

pub async fn declining_spares_a_token_that_another_attempt_holds(store: Shared) {
    confirming(&store, "a", "token").await;
    confirming(&store, "b", "token").await;
    store.decline_attempt(&aid("a"), minute(2)).await.unwrap();
    assert_eq!(due(&store, minute(60)).await, []);
    store.decline_attempt(&aid("b"), minute(2)).await.unwrap();
    assert_eq!(due(&store, minute(60)).await, [rid("token")]);
}

pub async fn an_attempt_that_holds_a_token_cannot_just_fail(store: Shared) {
    confirming(&store, "a", "token").await;
    assert!(matches!(store.fail_attempt(&aid("a"), "internal").await, Err(StoreError::Conflict)));
    exchanging(&store, "b", "s").await;
    assert!(matches!(store.decline_attempt(&aid("b"), start()).await, Err(StoreError::Conflict)));
    assert!(matches!(store.decline_attempt(&aid("never begun"), start()).await, Err(StoreError::Conflict)));
}

pub async fn holding_calls_off_a_waiting_revocation(store: Shared) {
    confirming(&store, "a", "token").await;
    store.decline_attempt(&aid("a"), minute(2)).await.unwrap();
    store.revocation_failed(&rid("token"), minute(3), "HubRise cannot be reached").await.unwrap();
    confirming(&store, "b", "token").await;
    assert_eq!(due(&store, minute(60)).await, []);
    assert!(!store.revoking("pos-helper", "caisse", &sid("s")).await.unwrap());
    // It is not lost for that.
    store.decline_attempt(&aid("b"), minute(3)).await.unwrap();
    assert_eq!(due(&store, minute(60)).await, [rid("token")]);
}

pub async fn holding_gives_way_to_a_revocation_under_way(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let closing = store.close_connection(&cid("c"), &sid("s"), false, minute(1)).await.unwrap();
    assert!(matches!(closing, Closing::Revoke(_)), "{closing:?}");
    exchanging(&store, "a", "s").await;
    let refused = store.hold_attempt(&aid("a"), held("token", minute(30)), minute(1)).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!((attempt.phase, attempt.held), (AttemptPhase::Exchanging, None));
    // The lease ends after half a minute.
    store.hold_attempt(&aid("a"), held("token", minute(30)), minute(2)).await.unwrap();
}

pub async fn settles_what_was_held(store: Shared) {
    confirming(&store, "a", "token").await;
    let settled = store.settle_attempt(&aid("a"), settlement("c", "loc", "token")).await.unwrap();
    assert_eq!(settled.connection.id, cid("c"));
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!(attempt.phase, AttemptPhase::Done);
    assert_eq!((attempt.held, attempt.connection), (None, Some(cid("c"))));
    assert_eq!(due(&store, minute(60)).await, []);
    let late = store.decline_attempt(&aid("a"), minute(3)).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
}

pub async fn settling_refuses_another_token_than_the_one_held(store: Shared) {
    confirming(&store, "a", "token").await;
    let refused = store.settle_attempt(&aid("a"), settlement("c", "loc", "other")).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!(attempt.held, Some(held("token", minute(30))));
}

pub async fn settling_refuses_a_question_that_has_expired(store: Shared) {
    confirming(&store, "a", "token").await;
    let mut late = settlement("c", "loc", "token");
    late.at = minute(30);
    let refused = store.settle_attempt(&aid("a"), late).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
    // No is an answer at any time.
    store.decline_attempt(&aid("a"), minute(31)).await.unwrap();
}
