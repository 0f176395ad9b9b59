//! Cases: tills that only support can release.

use super::given::{
    Shared, actions, aid, cid, connected, due, exchange, exchanging, held, minute, named, new_attempt, new_session,
    rid, sealed, settlement, sid, signed_in,
};
use crate::{Action, AttemptPhase, Closing, LOCKED, Lock, LockId, NewAttempt, Role, StoreError, Unwanted};

async fn locked(store: &Shared) -> Lock {
    signed_in(store, "s", "nina").await;
    connected(store, "c", "s", "loc", "token").await;
    let closing = store.close_connection(&cid("c"), &sid("s"), true, minute(2)).await.unwrap();
    assert!(matches!(closing, Closing::Revoke(_)), "{closing:?}");
    store.revocation_done(&rid("token")).await.unwrap();
    store.lock_of("pos-helper", "caisse", &sid("s")).await.unwrap().unwrap()
}

pub async fn closing_with_a_lock_says_so_to_those_who_could_see_it(store: Shared) {
    signed_in(&store, "viewer", "paul").await;
    signed_in(&store, "s", "nina").await;
    connected(&store, "c", "s", "loc", "token").await;
    store.grant(&cid("c"), &sid("viewer"), Role::View, minute(1), minute(60)).await.unwrap();
    store.close_connection(&cid("c"), &sid("s"), true, minute(2)).await.unwrap();
    let expected = Lock {
        id: LockId::new("c"),
        vendor: "pos-helper".into(),
        till: "caisse".into(),
        account: named("acc"),
        location: Some(named("loc")),
        locked_at: minute(2),
    };
    for session in ["s", "viewer"] {
        let lock = store.lock_of("pos-helper", "caisse", &sid(session)).await.unwrap();
        assert_eq!(lock.as_ref(), Some(&expected), "{session}");
    }
    assert_eq!(store.lock_of("pos-helper", "caisse", &sid("other")).await.unwrap(), None);
    assert_eq!(store.lock_of("pos-helper", "comptoir", &sid("s")).await.unwrap(), None);
    assert_eq!(store.lock_of("carre-pos", "caisse", &sid("s")).await.unwrap(), None);
    assert_eq!(store.desk("pos-helper").await.unwrap().locks, [expected]);
    assert_eq!(store.desk("carre-pos").await.unwrap().locks, []);
}

pub async fn a_lock_follows_the_session_that_signs_in(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    connected(&store, "c", "s", "loc", "token").await;
    store.close_connection(&cid("c"), &sid("s"), true, minute(2)).await.unwrap();
    let nina = super::given::person("pos-helper", "nina");
    store.sign_in(&sid("s"), &super::given::hash("new"), nina, minute(3)).await.unwrap();
    signed_in(&store, "t", "nina").await;
    assert!(store.lock_of("pos-helper", "caisse", &sid("t")).await.unwrap().is_some());
}

pub async fn closing_without_a_lock_leaves_none(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap();
    assert_eq!(store.desk("pos-helper").await.unwrap().locks, []);
    connected(&store, "d", "s", "loc", "token-2").await;
}

pub async fn a_locked_till_is_not_connected_and_the_token_is_put_away(store: Shared) {
    locked(&store).await;
    exchanging(&store, "a", "someone").await;
    let mut other_place = settlement("d", "loc-2", "new");
    other_place.at = minute(3);
    let refused = store.settle_attempt(&aid("a"), other_place).await;
    assert!(matches!(refused, Err(StoreError::Locked)), "{refused:?}");
    assert_eq!(store.open_connection("pos-helper", "caisse", "loc-2").await.unwrap(), None);
    let attempt = store.attempt(&aid("a"), &sid("someone")).await.unwrap().unwrap();
    assert_eq!((attempt.phase, attempt.problem.as_deref()), (AttemptPhase::Failed, Some(LOCKED)));
    assert_eq!(due(&store, minute(3)).await, [rid("new")]);
}

pub async fn a_locked_till_refuses_what_was_held(store: Shared) {
    locked(&store).await;
    exchanging(&store, "a", "s").await;
    store.hold_attempt(&aid("a"), held("new", minute(30)), minute(3)).await.unwrap();
    let refused = store.settle_attempt(&aid("a"), settlement("d", "loc", "new")).await;
    assert!(matches!(refused, Err(StoreError::Locked)), "{refused:?}");
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!((attempt.phase, attempt.held), (AttemptPhase::Failed, None));
    assert_eq!(due(&store, minute(4)).await, [rid("new")]);
}

pub async fn a_lock_spares_other_accounts_tills_and_vendors(store: Shared) {
    locked(&store).await;
    exchanging(&store, "account", "s").await;
    let mut other = settlement("d", "loc-9", "t9");
    other.account = named("acc-9");
    store.settle_attempt(&aid("account"), other).await.unwrap();
    exchange(&store, NewAttempt { till: "comptoir".into(), ..new_attempt("till", "s") }).await;
    store.settle_attempt(&aid("till"), settlement("e", "loc", "t8")).await.unwrap();
    exchange(&store, NewAttempt { vendor: "carre-pos".into(), ..new_attempt("vendor", "s") }).await;
    store.settle_attempt(&aid("vendor"), settlement("f", "loc", "t7")).await.unwrap();
}

pub async fn support_releases_a_lock_once_and_it_is_noted(store: Shared) {
    let lock = locked(&store).await;
    signed_in(&store, "sup", "sam").await;
    assert!(!store.release_lock("carre-pos", &lock.id, &sid("sup"), minute(4)).await.unwrap());
    assert!(!store.release_lock("pos-helper", &LockId::new("other"), &sid("sup"), minute(4)).await.unwrap());
    assert!(store.release_lock("pos-helper", &lock.id, &sid("sup"), minute(4)).await.unwrap());
    assert!(!store.release_lock("pos-helper", &lock.id, &sid("sup"), minute(5)).await.unwrap());
    assert_eq!(store.lock_of("pos-helper", "caisse", &sid("s")).await.unwrap(), None);
    assert_eq!(store.desk("pos-helper").await.unwrap().locks, []);
    // The next connection at this place shows what became of the former.
    connected(&store, "d", "s", "loc", "token-2").await;
    let expected = [Action::Connected, Action::Released, Action::Disconnected, Action::Connected];
    assert_eq!(actions(&store, "d").await, expected);
}

pub async fn a_token_that_cannot_be_used_is_put_away(store: Shared) {
    let unwanted = |token: &str| Unwanted { token: sealed(token), token_fingerprint: super::given::hash(token) };
    exchanging(&store, "a", "s").await;
    store.reject_attempt(&aid("a"), unwanted("t"), "request_mismatch", minute(2)).await.unwrap();
    let attempt = store.attempt(&aid("a"), &sid("s")).await.unwrap().unwrap();
    assert_eq!((attempt.phase, attempt.problem.as_deref()), (AttemptPhase::Failed, Some("request_mismatch")));
    // One that waits already goes on waiting, once.
    exchanging(&store, "b", "s").await;
    store.reject_attempt(&aid("b"), unwanted("t"), "request_mismatch", minute(2)).await.unwrap();
    assert_eq!(due(&store, minute(2)).await, [rid("t")]);
    // One that a connection uses lives on.
    connected(&store, "c", "s", "loc", "used").await;
    exchanging(&store, "d", "s").await;
    store.reject_attempt(&aid("d"), unwanted("used"), "request_mismatch", minute(2)).await.unwrap();
    assert_eq!(due(&store, minute(9)).await, [rid("t")]);
    let again = store.reject_attempt(&aid("d"), unwanted("x"), "request_mismatch", minute(2)).await;
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    store.begin_attempt(new_attempt("e", "s")).await.unwrap();
    let early = store.reject_attempt(&aid("e"), unwanted("x"), "request_mismatch", minute(2)).await;
    assert!(matches!(early, Err(StoreError::Conflict)), "{early:?}");
}
