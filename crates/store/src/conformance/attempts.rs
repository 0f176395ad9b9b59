//! Cases: attempts, up to the moment a token is in hand.

use super::given::{
    MINUTE, Shared, aid, cid, connected, exchanging, hash, minute, new_attempt, new_session, settlement, sid, start,
};
use crate::{Attempt, AttemptPhase, Claim, NewAttempt, StoreError};

fn waiting() -> Attempt {
    Attempt {
        id: aid("a"),
        session: sid("s"),
        vendor: "pos-helper".into(),
        till: "caisse".into(),
        scope: "location[orders.write]".into(),
        replaces: Some(cid("old")),
        arrival: false,
        request: None,
        phase: AttemptPhase::Waiting,
        problem: None,
        connection: None,
        held: None,
        created_at: start(),
        expires_at: minute(15),
    }
}

pub async fn claims_an_attempt_once(store: Shared) {
    store.begin_attempt(NewAttempt { replaces: Some(cid("old")), ..new_attempt("a", "s") }).await.unwrap();
    assert_eq!(store.attempt(&aid("a"), &sid("s")).await.unwrap(), Some(waiting()));

    let claimed = Attempt { phase: AttemptPhase::Exchanging, ..waiting() };
    let claim = store.claim_attempt(&hash("a"), &sid("s"), minute(2)).await.unwrap();
    assert_eq!(claim, Claim::Claimed(Box::new(claimed.clone())));
    assert_eq!(store.attempt(&aid("a"), &sid("s")).await.unwrap(), Some(claimed));
    assert_eq!(store.claim_attempt(&hash("a"), &sid("s"), minute(2)).await.unwrap(), Claim::Replayed);
}

pub async fn a_foreign_or_unknown_session_does_not_consume_an_attempt(store: Shared) {
    store.create_session(new_session("foreign")).await.unwrap();
    store.begin_attempt(new_attempt("a", "s")).await.unwrap();
    for session in ["foreign", "never heard of", "S"] {
        assert_eq!(store.claim_attempt(&hash("a"), &sid(session), minute(1)).await.unwrap(), Claim::Foreign);
    }
    let claim = store.claim_attempt(&hash("a"), &sid("s"), minute(1)).await.unwrap();
    assert!(matches!(claim, Claim::Claimed(_)), "{claim:?}");
    // Nor does it learn that it was used.
    assert_eq!(store.claim_attempt(&hash("a"), &sid("foreign"), minute(1)).await.unwrap(), Claim::Foreign);
}

pub async fn an_expired_attempt_cannot_be_claimed(store: Shared) {
    store.begin_attempt(new_attempt("a", "s")).await.unwrap();
    assert_eq!(store.claim_attempt(&hash("a"), &sid("s"), minute(15)).await.unwrap(), Claim::Expired);
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!(attempt.phase, AttemptPhase::Waiting);

    let last = minute(15) - jiff::SignedDuration::from_micros(1);
    let claim = store.claim_attempt(&hash("a"), &sid("s"), last).await.unwrap();
    assert!(matches!(claim, Claim::Claimed(_)), "{claim:?}");
}

pub async fn a_used_state_is_replayed_even_when_it_has_expired(store: Shared) {
    exchanging(&store, "a", "s").await;
    assert_eq!(store.claim_attempt(&hash("a"), &sid("s"), minute(20)).await.unwrap(), Claim::Replayed);
    connected(&store, "c", "s", "loc", "token").await;
    assert_eq!(store.claim_attempt(&hash("for c s"), &sid("s"), minute(2)).await.unwrap(), Claim::Replayed);
}

pub async fn an_unknown_state_is_unknown(store: Shared) {
    store.begin_attempt(new_attempt("a", "s")).await.unwrap();
    assert_eq!(store.claim_attempt(&hash("A"), &sid("s"), start()).await.unwrap(), Claim::Unknown);
}

pub async fn shows_an_attempt_to_its_session_alone(store: Shared) {
    store.begin_attempt(new_attempt("a", "s")).await.unwrap();
    assert!(store.attempt(&aid("a"), &sid("s")).await.unwrap().is_some());
    assert_eq!(store.attempt(&aid("a"), &sid("other")).await.unwrap(), None);
    assert_eq!(store.attempt(&aid("A"), &sid("s")).await.unwrap(), None);
}

pub async fn finds_the_latest_attempt_of_a_session(store: Shared) {
    assert_eq!(store.latest_attempt(&sid("s")).await.unwrap(), None);
    let begun =
        |id: &str, session: &str, minutes| NewAttempt { created_at: minute(minutes), ..new_attempt(id, session) };
    store.begin_attempt(begun("second", "s", 2)).await.unwrap();
    store.begin_attempt(begun("first", "s", 1)).await.unwrap();
    store.begin_attempt(begun("foreign", "other", 3)).await.unwrap();
    assert_eq!(store.latest_attempt(&sid("s")).await.unwrap().unwrap().id, aid("second"));
    // Begun in the same microsecond: by id, byte by byte, in either database.
    store.begin_attempt(begun("Z", "s", 4)).await.unwrap();
    store.begin_attempt(begun("a", "s", 4)).await.unwrap();
    assert_eq!(store.latest_attempt(&sid("s")).await.unwrap().unwrap().id, aid("a"));
}

pub async fn notes_why_an_attempt_failed(store: Shared) {
    exchanging(&store, "a", "s").await;
    store.fail_attempt(&aid("a"), "access_denied").await.unwrap();
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!((attempt.phase, attempt.problem.as_deref()), (AttemptPhase::Failed, Some("access_denied")));

    // The first reason stands, and a failed attempt leads to nothing.
    assert!(matches!(store.fail_attempt(&aid("a"), "other").await, Err(StoreError::Conflict)));
    let settled = store.settle_attempt(&aid("a"), settlement("c", "loc", "token")).await;
    assert!(matches!(settled, Err(StoreError::Conflict)), "{settled:?}");
    assert!(matches!(store.fail_attempt(&aid("never begun"), "other").await, Err(StoreError::Conflict)));

    connected(&store, "c", "s", "loc", "token").await;
    assert!(matches!(store.fail_attempt(&aid("for c s"), "other").await, Err(StoreError::Conflict)));

    store.begin_attempt(new_attempt("unused", "s")).await.unwrap();
    store.fail_attempt(&aid("unused"), "state_expired").await.unwrap();
    let claim = store.claim_attempt(&hash("unused"), &sid("s"), start() + MINUTE).await.unwrap();
    assert_eq!(claim, Claim::Replayed);
}

pub async fn refuses_a_second_attempt_of_the_same_id_or_state(store: Shared) {
    store.begin_attempt(new_attempt("a", "s")).await.unwrap();
    let same_id = NewAttempt { state_hash: hash("other"), ..new_attempt("a", "s") };
    assert!(matches!(store.begin_attempt(same_id).await, Err(StoreError::Conflict)));
    let same_state = NewAttempt { id: aid("other"), ..new_attempt("a", "s") };
    assert!(matches!(store.begin_attempt(same_state).await, Err(StoreError::Conflict)));
}
