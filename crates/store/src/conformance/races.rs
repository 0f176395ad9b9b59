//! Cases: many at once.

use std::collections::HashSet;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use super::given::{
    Shared, aid, cid, connected, due, exchange, exchanging, hash, held, minute, named, new_attempt, new_session,
    person, rid, seen, settlement, sid,
};
use crate::{Choice, Claim, Closing, Health, NewAttempt, StoreError};

/// Runs them on all threads at once and returns what each came to.
pub(super) async fn at_once<T: Send + 'static>(
    tasks: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let tasks: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

pub async fn one_of_a_hundred_claims_wins(store: Shared) {
    store.begin_attempt(new_attempt("a", "s")).await.unwrap();
    let claims = at_once((0..100).map(|_| {
        let store = store.clone();
        async move { store.claim_attempt(&hash("a"), &sid("s"), minute(1)).await.unwrap() }
    }))
    .await;
    let claimed = claims.iter().filter(|claim| matches!(claim, Claim::Claimed(_))).count();
    let replayed = claims.iter().filter(|claim| matches!(claim, Claim::Replayed)).count();
    assert_eq!((claimed, replayed), (1, 99));
}

pub async fn settlements_for_the_same_location_make_one_connection(store: Shared) {
    for n in 0..8 {
        exchanging(&store, &format!("a{n}"), &format!("s{n}")).await;
    }
    let settled =
        at_once(
            (0..8).map(|n| {
                let store = store.clone();
                async move {
                    store.settle_attempt(&aid(&format!("a{n}")), settlement(&format!("c{n}"), "loc", "token")).await
                }
            }),
        )
        .await;
    let connections: Vec<_> = settled.into_iter().map(|settled| settled.unwrap().connection).collect();
    let ids: HashSet<_> = connections.iter().map(|connection| connection.id.clone()).collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    let mut versions: Vec<_> = connections.iter().map(|connection| connection.version).collect();
    versions.sort_unstable();
    assert_eq!(versions, [1, 2, 3, 4, 5, 6, 7, 8]);
    for n in 0..8 {
        let seen = seen(&store, &connections[0].id, &sid(&format!("s{n}")), minute(2)).await;
        assert!(seen.is_some(), "s{n}");
    }
    assert_eq!(due(&store, minute(60)).await, []);
}

pub async fn settlements_that_replace_each_other_leave_no_token_behind(store: Shared) {
    connected(&store, "old", "s", "loc-old", "old").await;
    for n in 0..6 {
        exchanging(&store, &format!("a{n}"), "s").await;
    }
    let settled = at_once((0..6).map(|n| {
        let store = store.clone();
        let mut moving = settlement(&format!("c{n}"), "loc-new", &format!("new {n}"));
        moving.replaces = Some(cid("old"));
        async move { store.settle_attempt(&aid(&format!("a{n}")), moving).await.unwrap() }
    }))
    .await;
    assert_eq!(settled.iter().filter(|settled| settled.replaced.is_some()).count(), 1);
    let open = store.open_connection("pos-helper", "caisse", "loc-new").await.unwrap().unwrap();
    let mut tokens: HashSet<_> = due(&store, minute(60)).await.into_iter().collect();
    assert!(tokens.insert(crate::RevocationId::of(&open.token_fingerprint)), "the living token is to be revoked");
    let all: HashSet<_> = (0..6).map(|n| rid(&format!("new {n}"))).chain([rid("old")]).collect();
    assert_eq!(tokens, all);
}

pub async fn closings_of_tills_that_share_a_token_retire_it_once(store: Shared) {
    for n in 0..6 {
        let id = format!("c{n}");
        exchange(&store, NewAttempt { till: format!("till-{n}"), ..new_attempt(&id, "s") }).await;
        store.settle_attempt(&aid(&id), settlement(&id, "loc", "token")).await.unwrap();
    }
    let closings = at_once((0..6).map(|n| {
        let store = store.clone();
        async move { store.close_connection(&cid(&format!("c{n}")), &sid("s"), false, minute(2)).await.unwrap() }
    }))
    .await;
    let revoke = closings.iter().filter(|closing| matches!(closing, Closing::Revoke(_))).count();
    let in_use = closings.iter().filter(|closing| matches!(closing, Closing::TokenInUse)).count();
    assert_eq!((revoke, in_use), (1, 5));
    assert_eq!(due(&store, minute(60)).await, [rid("token")]);
}

pub async fn one_of_many_choices_wins(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let chosen = at_once((0..20).map(|n| {
        let store = store.clone();
        let choice = Choice { location: named(&format!("loc-{n}")), catalog: None, customer_list: None };
        async move { store.choose(&cid("c"), &sid("s"), 1, choice, minute(2)).await }
    }))
    .await;
    let (won, lost): (Vec<_>, Vec<_>) = chosen.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 19));
    assert!(lost.iter().all(|lost| matches!(lost, Err(StoreError::Conflict))), "{lost:?}");
    let seen = seen(&store, &cid("c"), &sid("s"), minute(2)).await;
    assert_eq!(seen, won.into_iter().next().unwrap().ok());
}

pub async fn one_of_many_closings_wins(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let closings = at_once((0..20).map(|_| {
        let store = store.clone();
        async move { store.close_connection(&cid("c"), &sid("s"), false, minute(2)).await.unwrap() }
    }))
    .await;
    assert_eq!(closings.iter().filter(|closing| matches!(closing, Closing::Revoke(_))).count(), 1);
    assert_eq!(closings.iter().filter(|closing| matches!(closing, Closing::Unknown)).count(), 19);
}

pub async fn no_revocation_is_leased_twice(store: Shared) {
    for n in 0..12 {
        let name = format!("t{n}");
        exchanging(&store, &name, "s").await;
        store.hold_attempt(&aid(&name), held(&name, minute(30)), minute(0)).await.unwrap();
        store.decline_attempt(&aid(&name), minute(1)).await.unwrap();
    }
    let leased = at_once((0..8).map(|_| {
        let store = store.clone();
        async move { store.claim_revocations(minute(2), minute(3), 5).await.unwrap() }
    }))
    .await;
    assert!(leased.iter().all(|batch| batch.len() <= 5));
    let ids: Vec<_> = leased.into_iter().flatten().map(|revocation| revocation.id).collect();
    let distinct: HashSet<_> = ids.iter().cloned().collect();
    assert_eq!(ids.len(), distinct.len());
    // What a caller skipped because another was about to lease it is either leased or still there.
    let rest = due(&store, minute(2)).await;
    assert_eq!(ids.len() + rest.len(), 12);
}

pub async fn declining_and_settling_cannot_both_succeed(store: Shared) {
    for n in 0..10 {
        let id = format!("a{n}");
        exchanging(&store, &id, "s").await;
        store.hold_attempt(&aid(&id), held(&id, minute(30)), minute(1)).await.unwrap();
        let results = at_once([true, false].map(|accept| {
            let (store, id) = (store.clone(), id.clone());
            async move {
                if accept {
                    store.settle_attempt(&aid(&id), settlement(&id, &id, &id)).await.map(|_| ())
                } else {
                    store.decline_attempt(&aid(&id), minute(2)).await
                }
            }
        }))
        .await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        let open = store.open_connection("pos-helper", "caisse", &id).await.unwrap().is_some();
        let revoked = due(&store, minute(60)).await.contains(&rid(&id));
        assert!(open != revoked, "open: {open}, to revoke: {revoked}");
    }
}

/// Drives a future through at most `polls` steps, then drops it, as a server does when a browser hangs up.
async fn give_up_after(polls: usize, future: impl Future) {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 || future.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        left -= 1;
        Poll::Pending
    })
    .await;
}

pub async fn a_settlement_given_up_midway_is_done_wholly_or_not_at_all(store: Shared) {
    connected(&store, "old", "s", "loc", "token 0").await;
    for n in 1..40 {
        let id = format!("a{n}");
        let again = settlement("x", "loc", &format!("token {n}"));
        exchanging(&store, &id, "s").await;
        give_up_after(n, store.settle_attempt(&aid(&id), again.clone())).await;
        // Waits for what was given up, and does it if it was not done.
        let retried = store.settle_attempt(&aid(&id), again).await;
        assert!(matches!(retried, Ok(_) | Err(StoreError::Conflict)), "{retried:?}");
        let open = store.open_connection("pos-helper", "caisse", "loc").await.unwrap().unwrap();
        assert_eq!(
            (open.token_fingerprint, open.version),
            (hash(&format!("token {n}")), i64::try_from(n).unwrap() + 1)
        );
    }
    // Every former token is to be revoked, once.
    let retired: HashSet<_> = due(&store, minute(60)).await.into_iter().collect();
    assert_eq!(retired, (0..39).map(|n| rid(&format!("token {n}"))).collect());
}

pub async fn all_kinds_of_work_at_once_wait_for_each_other_and_end(store: Shared) {
    for n in 0..6 {
        store.create_session(new_session(&format!("s{n}"))).await.unwrap();
        connected(&store, &format!("c{n}"), &format!("s{n}"), &format!("loc {n}"), &format!("t{n}")).await;
        exchanging(&store, &format!("again {n}"), &format!("s{n}")).await;
    }
    let outcomes = at_once((0..36).map(|n| {
        let store = store.clone();
        let (k, id) = (n / 6, cid(&format!("c{}", n / 6)));
        let session = sid(&format!("s{k}"));
        async move {
            match n % 6 {
                0 => {
                    let nina = person("pos-helper", "nina");
                    store.sign_in(&session, &hash(&format!("in {k}")), nina, minute(2)).await.map(|_| ())
                }
                1 => {
                    let mut again = settlement("x", &format!("loc {k}"), &format!("new {k}"));
                    again.replaces = Some(cid(&format!("c{}", (k + 1) % 6)));
                    store.settle_attempt(&aid(&format!("again {k}")), again).await.map(|_| ())
                }
                2 => store.note_call(&id, Health::Blocked, minute(3)).await.map(|_| ()),
                3 => store.claim_unhealthy(minute(4), minute(4), minute(5), 10).await.map(|_| ()),
                4 => store.close_connection(&id, &session, true, minute(4)).await.map(|_| ()),
                _ => store.sweep(minute(5), 10).await.map(|_| ()),
            }
        }
    }))
    .await;
    for outcome in outcomes {
        // A till may have been locked before it was connected again; nothing else goes wrong.
        assert!(matches!(outcome, Ok(()) | Err(StoreError::Locked | StoreError::Conflict)), "{outcome:?}");
    }
    assert_eq!(store.users(&sid("s0")).await.unwrap().len(), 1);
}
