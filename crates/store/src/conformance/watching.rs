//! Cases: health and permission checks.

use jiff::{SignedDuration, Timestamp};

use super::given::{Shared, cid, connected, minute, seen, sid};
use super::races::at_once;
use crate::{CheckRow, Health, StoreError, Verdict};

fn second(seconds: i64) -> Timestamp {
    minute(5) + SignedDuration::from_secs(seconds)
}

pub async fn notes_how_calls_fare(store: Shared) {
    let before = connected(&store, "c", "s", "loc", "token").await;
    let note = async |health, at| store.note_call(&cid("c"), health, second(at)).await.unwrap();
    let row = async || store.connection_bare(&cid("c")).await.unwrap().unwrap();
    assert!(note(Health::Ok, 0).await);
    let ok = row().await;
    assert_eq!((ok.health, ok.health_since, ok.last_ok_at), (Health::Ok, Some(second(0)), Some(second(0))));
    // Another success within a minute is not worth a word.
    assert!(!note(Health::Ok, 59).await);
    assert_eq!(row().await, ok);
    assert!(!note(Health::Ok, 60).await);
    assert_eq!((row().await.health_since, row().await.last_ok_at), (Some(second(0)), Some(second(60))));
    // Failures are always.
    assert!(note(Health::Blocked, 70).await);
    assert!(!note(Health::Blocked, 80).await);
    let failed = row().await;
    assert_eq!((failed.health, failed.health_since), (Health::Blocked, Some(second(70))));
    assert_eq!((failed.last_failed_at, failed.last_ok_at), (Some(second(80)), Some(second(60))));
    assert!(note(Health::HubriseDown, 81).await);
    assert_eq!(row().await.health_since, Some(second(81)));
    // What is older than what is known says nothing any more.
    assert!(!note(Health::Ok, 80).await);
    assert_eq!(row().await.health, Health::HubriseDown);
    assert!(note(Health::Ok, 82).await);
    let well = row().await;
    assert_eq!((well.health, well.last_failed_at, well.last_ok_at), (Health::Ok, None, Some(second(82))));
    assert_eq!(well.version, before.version);
    assert!(!store.note_call(&cid("never"), Health::Ok, second(0)).await.unwrap());
}

pub async fn every_health_is_kept(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let all = [
        Health::Unpaid,
        Health::Revoked,
        Health::Blocked,
        Health::Refused,
        Health::RateLimited,
        Health::HubriseDown,
        Health::Ok,
    ];
    for (n, health) in all.into_iter().enumerate() {
        assert!(store.note_call(&cid("c"), health, second(i64::try_from(n).unwrap())).await.unwrap());
        assert_eq!(store.connection_bare(&cid("c")).await.unwrap().unwrap().health, health);
    }
}

pub async fn connecting_again_forgets_what_was_known_of_the_former_token(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    store.note_call(&cid("c"), Health::Revoked, second(0)).await.unwrap();
    let check = CheckRow { resource: "orders".into(), verdict: Verdict::Missing, checked_at: second(0) };
    store.note_permission_checks(&cid("c"), vec![check]).await.unwrap();
    store.claim_permission_check(&cid("c"), second(0), SignedDuration::from_secs(30)).await.unwrap();
    let again = connected(&store, "x", "s2", "loc", "token-2").await;
    assert_eq!((again.health, again.health_since, again.last_failed_at), (Health::Unknown, None, None));
    assert_eq!(again.checks_asked_at, None);
    assert_eq!(store.permission_checks(&cid("c")).await.unwrap(), []);
}

pub async fn failing_connections_are_leased_to_one_replica(store: Shared) {
    for (n, id) in ["a", "b", "ok", "new"].into_iter().enumerate() {
        connected(&store, id, "s", id, id).await;
        match id {
            "new" => {}
            "ok" => assert!(store.note_call(&cid(id), Health::Ok, minute(5)).await.unwrap()),
            _ => assert!(store.note_call(&cid(id), Health::Blocked, second(i64::try_from(n).unwrap())).await.unwrap()),
        }
    }
    let claim = async |now, stale, limit| {
        let rows = store.claim_unhealthy(now, stale, now + SignedDuration::from_secs(30), limit).await.unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    // Just called: not due.
    assert_eq!(claim(minute(6), minute(4), 10).await, []);
    assert_eq!(claim(minute(6), minute(6), 1).await, [cid("a")]);
    assert_eq!(claim(minute(6), minute(6), 10).await, [cid("b")]);
    assert_eq!(claim(minute(6), minute(6), 10).await, []);
    // A lease ends by itself, or with another call.
    assert_eq!(claim(minute(7), minute(6), 10).await, [cid("a"), cid("b")]);
    store.note_call(&cid("a"), Health::Blocked, minute(7)).await.unwrap();
    assert_eq!(claim(minute(7), minute(7), 10).await, [cid("a")]);
    store.note_call(&cid("b"), Health::Ok, minute(7)).await.unwrap();
    store.close_connection(&cid("a"), &sid("s"), false, minute(7)).await.unwrap();
    assert_eq!(claim(minute(20), minute(20), 10).await, []);
}

pub async fn replicas_at_once_never_lease_the_same_connection(store: Shared) {
    for n in 0..12 {
        let id = format!("c{n}");
        connected(&store, &id, "s", &id, &id).await;
        store.note_call(&cid(&id), Health::HubriseDown, minute(5)).await.unwrap();
    }
    let leased = at_once((0..8).map(|_| {
        let store = store.clone();
        async move { store.claim_unhealthy(minute(6), minute(6), minute(7), 5).await.unwrap() }
    }))
    .await;
    let mut ids: Vec<_> = leased.into_iter().flatten().map(|row| row.id).collect();
    let rest = store.claim_unhealthy(minute(6), minute(6), minute(7), 100).await.unwrap();
    ids.extend(rest.into_iter().map(|row| row.id));
    ids.sort();
    let expected: std::collections::BTreeSet<_> = (0..12).map(|n| cid(&format!("c{n}"))).collect();
    assert_eq!(ids, expected.into_iter().collect::<Vec<_>>());
}

pub async fn keeps_the_latest_orders_time(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let latest = async || seen(&store, &cid("c"), &sid("s"), minute(9)).await.unwrap().last_order_at;
    store.note_order(&cid("c"), minute(3)).await.unwrap();
    store.note_order(&cid("c"), minute(2)).await.unwrap();
    assert_eq!(latest().await, Some(minute(3)));
    store.note_order(&cid("c"), minute(4)).await.unwrap();
    assert_eq!(latest().await, Some(minute(4)));
    store.note_order(&cid("never"), minute(4)).await.unwrap();
}

pub async fn one_of_many_may_check_permissions(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let pause = SignedDuration::from_secs(30);
    let claims = at_once((0..20).map(|_| {
        let store = store.clone();
        async move { store.claim_permission_check(&cid("c"), minute(5), pause).await.unwrap() }
    }))
    .await;
    assert_eq!(claims.iter().filter(|claim| claim.is_none()).count(), 1);
    assert_eq!(claims.iter().filter(|claim| **claim == Some(second(30))).count(), 19);
    assert_eq!(store.connection_bare(&cid("c")).await.unwrap().unwrap().checks_asked_at, Some(minute(5)));
    assert_eq!(store.claim_permission_check(&cid("c"), second(29), pause).await.unwrap(), Some(second(30)));
    assert_eq!(store.claim_permission_check(&cid("c"), second(30), pause).await.unwrap(), None);
    let unknown = store.claim_permission_check(&cid("x"), minute(5), pause).await;
    assert!(matches!(unknown, Err(StoreError::Conflict)), "{unknown:?}");
}

pub async fn keeps_what_checks_found_by_resource(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    let check = |resource: &str, verdict, at| CheckRow { resource: resource.into(), verdict, checked_at: second(at) };
    let first = vec![check("orders", Verdict::Missing, 0), check("catalog", Verdict::Failed, 0)];
    store.note_permission_checks(&cid("c"), first).await.unwrap();
    store.note_permission_checks(&cid("c"), vec![check("orders", Verdict::Verified, 1)]).await.unwrap();
    let expected = [check("catalog", Verdict::Failed, 0), check("orders", Verdict::Verified, 1)];
    assert_eq!(store.permission_checks(&cid("c")).await.unwrap(), expected);
    assert_eq!(store.permission_checks(&cid("other")).await.unwrap(), []);
    store.close_connection(&cid("c"), &sid("s"), false, minute(6)).await.unwrap();
    store.note_permission_checks(&cid("c"), vec![check("orders", Verdict::Verified, 9)]).await.unwrap();
    assert_eq!(store.permission_checks(&cid("c")).await.unwrap(), []);
}

pub async fn keeps_the_locations_time_zone(store: Shared) {
    assert_eq!(connected(&store, "c", "s", "loc", "token").await.timezone, None);
    let zone = async || store.connection_bare(&cid("c")).await.unwrap().unwrap().timezone;
    for told in ["Europe/Paris", "Europe/Paris", "Asia/Kolkata"] {
        store.note_timezone(&cid("c"), told).await.unwrap();
        assert_eq!(zone().await.as_deref(), Some(told));
    }
    // Connecting again, and whatever is written over the row, keeps it.
    assert_eq!(connected(&store, "x", "s", "loc", "token").await.timezone.as_deref(), Some("Asia/Kolkata"));
    assert_eq!(zone().await.as_deref(), Some("Asia/Kolkata"));
    store.note_timezone(&cid("c"), &format!("\0{}", "é".repeat(999))).await.unwrap();
    assert_eq!(zone().await.unwrap(), format!("\u{fffd}{}", "é".repeat(98)));
    store.close_connection(&cid("c"), &sid("s"), false, minute(3)).await.unwrap();
    store.note_timezone(&cid("c"), "Europe/Paris").await.unwrap();
}
