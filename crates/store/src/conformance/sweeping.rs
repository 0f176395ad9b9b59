//! Cases: housekeeping.

use super::given::{
    HOUR, Shared, aid, connected, due, exchanging, hash, held, minute, new_attempt, new_session, rid, seen, sid, start,
};
use crate::{AttemptPhase, Claim, EXPIRED, Swept};

const DAY: i64 = 24 * 60;

pub async fn sweeps_sessions_past_their_end(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    assert_eq!(store.sweep(minute(DAY - 1), 10).await.unwrap(), Swept::default());
    assert_eq!(store.sweep(minute(DAY), 10).await.unwrap(), Swept { sessions: 1, ..Swept::default() });
    // Really gone: not even a clock that is behind finds it.
    assert_eq!(store.session(&hash("s"), start(), HOUR).await.unwrap(), None);
}

pub async fn sweeps_attempts_a_day_old(store: Shared) {
    store.begin_attempt(new_attempt("waiting", "s")).await.unwrap();
    exchanging(&store, "exchanging", "s").await;
    connected(&store, "done", "s", "loc", "token").await;
    exchanging(&store, "failed", "s").await;
    store.fail_attempt(&aid("failed"), "access_denied").await.unwrap();
    assert_eq!(store.sweep(minute(DAY - 1), 10).await.unwrap(), Swept::default());
    let swept = store.sweep(minute(DAY), 10).await.unwrap();
    assert_eq!(swept, Swept { attempts: 4, grants: 1, ..Swept::default() });
    assert_eq!(store.latest_attempt(&sid("s")).await.unwrap(), None);
    assert_eq!(store.claim_attempt(&hash("waiting"), &sid("s"), start()).await.unwrap(), Claim::Unknown);
    assert!(store.open_connection("pos-helper", "caisse", "loc").await.unwrap().is_some());
}

pub async fn sweeps_grants_that_ran_out(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    assert_eq!(store.sweep(minute(DAY), 10).await.unwrap().grants, 1);
    assert_eq!(seen(&store, &super::given::cid("c"), &sid("s"), minute(2)).await, None);
}

pub async fn an_unanswered_question_retires_its_token(store: Shared) {
    exchanging(&store, "a", "s").await;
    store.hold_attempt(&aid("a"), held("token", minute(30)), minute(1)).await.unwrap();
    assert_eq!(store.sweep(minute(29), 10).await.unwrap(), Swept::default());
    assert_eq!(store.sweep(minute(30), 10).await.unwrap(), Swept { unanswered: 1, ..Swept::default() });
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!((attempt.phase, attempt.problem.as_deref()), (AttemptPhase::Failed, Some(EXPIRED)));
    assert_eq!(due(&store, minute(30)).await, [rid("token")]);
    assert_eq!(store.sweep(minute(31), 10).await.unwrap(), Swept::default());
}

pub async fn an_unanswered_question_spares_a_token_in_use(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    exchanging(&store, "a", "s").await;
    store.hold_attempt(&aid("a"), held("token", minute(30)), minute(1)).await.unwrap();
    assert_eq!(store.sweep(minute(30), 10).await.unwrap().unanswered, 1);
    assert_eq!(due(&store, minute(60)).await, []);
}

pub async fn sweeps_in_steps(store: Shared) {
    for name in ["a", "b", "c"] {
        store.create_session(new_session(name)).await.unwrap();
        connected(&store, name, name, name, name).await;
        exchanging(&store, name, name).await;
        store.hold_attempt(&aid(name), held(&format!("held {name}"), minute(30)), minute(1)).await.unwrap();
    }
    let first = store.sweep(minute(DAY), 2).await.unwrap();
    assert_eq!(first, Swept { sessions: 2, unanswered: 2, attempts: 2, grants: 2, ..Swept::default() });
    assert!(first.is_full(2));
    let second = store.sweep(minute(DAY), 2).await.unwrap();
    assert_eq!(second, Swept { sessions: 1, unanswered: 1, attempts: 2, grants: 1, ..Swept::default() });
    let third = store.sweep(minute(DAY), 2).await.unwrap();
    assert_eq!(third, Swept { attempts: 2, ..Swept::default() });
    assert!(store.sweep(minute(DAY), 2).await.unwrap().is_empty());
    assert_eq!(due(&store, minute(DAY)).await.len(), 3);
}
