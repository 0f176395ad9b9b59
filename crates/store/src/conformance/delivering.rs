//! Cases: whose turn it is, and who may begin.

use std::collections::HashSet;

use jiff::SignedDuration;

use super::given::{HOUR, Shared, cid, minute, sid};
use super::orders::{
    again, because, begin, begun, called, created, ended, oid, read, receive, second, sent, stands, tills, turns,
    updated, whose,
};
use super::races::at_once;
use crate::{NewOperation, OperationState, TryEnded, Way};
use OperationState::{Delivered, Queued, Refused, Sending, Unknown};

pub async fn orders_are_sent_in_the_order_they_came(store: Shared) {
    tills(&store, &["c"]).await;
    // A clock that was set back in between does not matter.
    let late = NewOperation { received_at: second(0), ..created("c", "2", "o2") };
    store.receive(vec![created("c", "1", "o1"), late]).await.unwrap();
    receive(&store, created("c", "3", "o3")).await;
    for id in ["1", "2", "3"] {
        let [turn] = turns(&store, second(5)).await.try_into().unwrap();
        assert_eq!(turn.operation, read(&store, "c", id).await);
        assert_eq!(turn.event, format!("event {id}").into_bytes());
        assert!(turns(&store, second(5)).await.is_empty());
        assert!(begin(&store, &turn, second(5)).await);
        let sending = read(&store, "c", id).await;
        assert_eq!((sending.state, sending.tries, sending.due_at), (Sending, 1, None));
        assert!(turns(&store, second(5)).await.is_empty());
        store.end_try(&oid(id), &turn.lease, ended(Delivered), second(6)).await.unwrap();
    }
    assert!(turns(&store, second(7)).await.is_empty());
    assert_eq!(store.next_due().await.unwrap(), None);
}

pub async fn an_order_that_waits_holds_back_those_behind_it_and_nobody_elses(store: Shared) {
    tills(&store, &["c", "d"]).await;
    store.receive(vec![created("c", "1", "o"), created("c", "2", "p")]).await.unwrap();
    let lease = begun(&store, second(2)).await;
    store.end_try(&oid("1"), &lease, again(second(17)), second(3)).await.unwrap();
    let waits = read(&store, "c", "1").await;
    assert_eq!((waits.state, waits.due_at, waits.tries), (Queued, Some(second(17)), 1));
    assert_eq!((waits.cause.as_deref(), waits.changed_at), (Some("store_offline"), second(3)));
    assert_eq!(store.next_due().await.unwrap(), Some(second(17)));
    receive(&store, created("d", "3", "o")).await;
    assert_eq!(whose(&store, second(16)).await, ["3"]);
    receive(&store, created("c", "4", "q")).await;
    assert_eq!(whose(&store, second(16)).await, [""; 0]);
    let lease = begun(&store, second(17)).await;
    assert_eq!(read(&store, "c", "1").await.tries, 2);
    store.end_try(&oid("1"), &lease, ended(Refused), second(18)).await.unwrap();
    assert_eq!(whose(&store, second(18)).await, ["2"]);
}

pub async fn two_claimers_never_share_a_lane(store: Shared) {
    let names: Vec<_> = (0..12).map(|n| format!("c{n}")).collect();
    tills(&store, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for name in &names {
        receive(&store, created(name, name, "o")).await;
    }
    let claimed = at_once((0..8).map(|_| {
        let store = store.clone();
        async move { store.claim_turns(second(2), second(62), 5).await.unwrap() }
    }))
    .await;
    assert!(claimed.iter().all(|turns| turns.len() <= 5));
    let claimed: Vec<_> = claimed.into_iter().flatten().collect();
    let ids: HashSet<_> = claimed.iter().map(|turn| turn.operation.id.clone()).collect();
    let leases: HashSet<_> = claimed.iter().map(|turn| turn.lease.clone()).collect();
    assert_eq!((ids.len(), leases.len()), (claimed.len(), claimed.len()));
    // What one skipped because another was about to lease it is either leased or still there.
    assert_eq!(ids.len() + turns(&store, second(2)).await.len(), 12);
    // Of many who begin the same try under the same lease, one does.
    let turn = &claimed[0];
    let begun = at_once((0..10).map(|_| {
        let (store, turn) = (store.clone(), turn.clone());
        async move { begin(&store, &turn, second(3)).await }
    }))
    .await;
    assert_eq!(begun.iter().filter(|begun| **begun).count(), 1);
}

pub async fn leases_the_longest_due_first_up_to_the_limit(store: Shared) {
    tills(&store, &["c", "d", "e"]).await;
    for (c, seconds) in [("c", 3), ("d", 1), ("e", 2)] {
        receive(&store, NewOperation { received_at: second(seconds), ..created(c, c, "o") }).await;
    }
    assert_eq!(store.next_due().await.unwrap(), Some(second(1)));
    let first: Vec<_> = store.claim_turns(second(3), second(63), 2).await.unwrap();
    assert_eq!(first.iter().map(|turn| turn.operation.id.as_str()).collect::<Vec<_>>(), ["d", "e"]);
    assert_eq!(whose(&store, second(3)).await, ["c"]);
    // Leased, they are looked at again when the leases end.
    assert_eq!(store.next_due().await.unwrap(), Some(second(63)));
    assert!(store.claim_turns(second(3), second(63), 0).await.unwrap().is_empty());
}

pub async fn a_lease_ends_by_itself(store: Shared) {
    tills(&store, &["c"]).await;
    receive(&store, created("c", "1", "o")).await;
    let [first] = turns(&store, second(2)).await.try_into().unwrap();
    assert!(turns(&store, second(61)).await.is_empty());
    let [second_] = turns(&store, second(62)).await.try_into().unwrap();
    assert_ne!(first.lease, second_.lease);
    // The first is too late, the second is not.
    assert!(!begin(&store, &first, second(63)).await);
    assert_eq!(read(&store, "c", "1").await.tries, 0);
    assert!(begin(&store, &second_, second(63)).await);
    assert!(!begin(&store, &second_, second(63)).await);
    // Beginning has made the lease longer. Whoever finds it afterwards sees that it was being sent.
    assert!(turns(&store, second(122)).await.is_empty());
    let [found] = turns(&store, second(123)).await.try_into().unwrap();
    assert_eq!((found.operation.state, found.operation.tries), (Sending, 1));
    assert!(!begin(&store, &found, second(124)).await);
    let unknown = TryEnded { cause: Some("interrupted".into()), ..ended(Unknown) };
    store.end_try(&oid("1"), &found.lease, unknown, second(124)).await.unwrap();
    assert_eq!(stands(&store, "c", "1").await, because(Unknown, "interrupted"));
    assert_eq!(store.next_due().await.unwrap(), None);
}

pub async fn what_is_no_lease_begins_nothing(store: Shared) {
    tills(&store, &["c", "d"]).await;
    store.receive(vec![created("c", "1", "o"), created("d", "2", "o")]).await.unwrap();
    for lease in ["", "x", "0", "-1", "99999999999999999999"] {
        assert!(!store.begin_try(&oid("1"), lease, second(2), second(62)).await.unwrap(), "{lease}");
    }
    // Nor does the lease of another lane.
    let turns = turns(&store, second(2)).await;
    assert!(!store.begin_try(&oid("2"), &turns[0].lease, second(2), second(62)).await.unwrap());
    assert!(!store.begin_try(&oid("never"), &turns[0].lease, second(2), second(62)).await.unwrap());
    assert_eq!(stands(&store, "d", "2").await.0, Queued);
}

pub async fn a_clock_set_back_holds_nothing_up(store: Shared) {
    tills(&store, &["c", "d", "e"]).await;
    // Leased, waiting, and new, all by a clock that is an hour ahead.
    let ahead = second(2) + HOUR;
    receive(&store, NewOperation { received_at: ahead, ..created("c", "leased", "o") }).await;
    assert_eq!(turns(&store, ahead).await.len(), 1);
    receive(&store, NewOperation { received_at: ahead, ..created("d", "waits", "o") }).await;
    let lease = begun(&store, ahead).await;
    let due_at = ahead + SignedDuration::from_mins(5);
    store.end_try(&oid("waits"), &lease, again(due_at), ahead).await.unwrap();
    receive(&store, NewOperation { received_at: ahead, ..created("e", "new", "o") }).await;
    let found: HashSet<_> = whose(&store, second(2)).await.into_iter().collect();
    assert_eq!(found, ["leased", "waits", "new"].map(str::to_owned).into());
    // By the clock as it is now, they are leased again.
    assert_eq!(whose(&store, second(2)).await, [""; 0]);
}

pub async fn the_event_of_a_call_of_ours_is_its_answer(store: Shared) {
    tills(&store, &["c", "d"]).await;
    let fetched = crate::NewExchange { way: Way::BridgeToHubrise, ..called("x", "asked") };
    receive(&store, NewOperation { exchange: Some(fetched), ..created("c", "1", "o") }).await;
    let none = NewOperation { exchange: None, received_at: second(2), ..created("d", "2", "o") };
    receive(&store, none).await;
    let [first, second_] = turns(&store, second(2)).await.try_into().unwrap();
    assert_eq!((first.event.as_slice(), second_.event.as_slice()), (&b"ok"[..], &b""[..]));
    // What was said later is not what brought it.
    let said = TryEnded { exchanges: vec![sent("later")], ..again(second(9)) };
    store.end_try(&oid("1"), &first.lease, said, second(3)).await.unwrap();
    assert_eq!(turns(&store, second(9)).await[0].event, b"ok");
}

pub async fn all_kinds_of_steps_at_once_send_nothing_twice(store: Shared) {
    let names: Vec<_> = (0..6).map(|n| format!("c{n}")).collect();
    tills(&store, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let sent = at_once((0..24_i64).map(|n| {
        let (store, names) = (store.clone(), names.clone());
        async move {
            let mut sent = Vec::new();
            for k in 0..8 {
                let at = second(n + k);
                let c = |by: i64| names[usize::try_from((n + by) % 6).unwrap()].clone();
                match n % 4 {
                    0 => {
                        let batch = (0..6).map(|by| {
                            let event = format!("{n} {k} {by}");
                            created(&c(by), &event, &event)
                        });
                        store.receive(batch.collect()).await.unwrap();
                    }
                    1 => {
                        let batch = (0..6).rev().map(|by| {
                            let order = format!("{} {k} {by}", n - 1);
                            updated(&c(by + 5), &format!("u {n} {k} {by}"), &order, "cancelled")
                        });
                        store.receive(batch.collect()).await.unwrap();
                    }
                    _ => {
                        for turn in store.claim_turns(at, at + SignedDuration::from_secs(60), 4).await.unwrap() {
                            if begin(&store, &turn, at).await {
                                sent.push(turn.operation.id.clone());
                                store.end_try(&turn.operation.id, &turn.lease, ended(Delivered), at).await.unwrap();
                            }
                        }
                        store.forget_operations(minute(0), 10).await.unwrap();
                    }
                }
            }
            sent
        }
    }))
    .await;
    let mut sent: Vec<_> = sent.into_iter().flatten().collect();
    // The rest, until nothing is due.
    let later = second(300);
    loop {
        let turns = turns(&store, later).await;
        if turns.is_empty() {
            break;
        }
        for turn in turns {
            assert!(begin(&store, &turn, later).await);
            sent.push(turn.operation.id.clone());
            store.end_try(&turn.operation.id, &turn.lease, ended(Delivered), later).await.unwrap();
        }
    }
    assert_eq!(store.next_due().await.unwrap(), None);
    let distinct: HashSet<_> = sent.iter().collect();
    assert_eq!(distinct.len(), sent.len());
    let mut delivered = 0;
    for c in &names {
        let mut before = None;
        loop {
            let page = store.operations(&cid(c), before, 100).await.unwrap();
            for row in page.rows {
                let expected = if distinct.contains(&row.id) { Delivered } else { row.state };
                assert_eq!(row.state, expected);
                delivered += usize::from(row.state == Delivered);
                assert!(!matches!(row.state, Queued | Sending), "{row:?}");
            }
            before = page.next;
            if before.is_none() {
                break;
            }
        }
    }
    assert_eq!(delivered, sent.len());
    assert!(store.connection(&cid("c0"), &sid("s"), minute(2)).await.unwrap().is_some());
}
