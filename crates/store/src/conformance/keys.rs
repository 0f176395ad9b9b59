//! Cases: tries at identification keys.

use jiff::{SignedDuration, Timestamp};

use super::given::{Shared, minute, sid, start};
use super::races::at_once;

fn second(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

async fn wrong(store: &Shared, session: &str, at: Timestamp) -> Option<Timestamp> {
    let wait = store.key_try("somm-it", "zelty", &sid(session), at).await.unwrap();
    if wait.is_none() {
        store.key_tried("somm-it", "zelty", &sid(session), false, at).await.unwrap();
    }
    wait
}

pub async fn a_session_waits_longer_after_each_wrong_key_from_the_fifth_on(store: Shared) {
    for n in 0..5 {
        assert_eq!(wrong(&store, "s", second(n)).await, None);
    }
    assert_eq!(wrong(&store, "s", second(5)).await, Some(second(34)));
    assert_eq!(wrong(&store, "s", second(33)).await, Some(second(34)));
    assert_eq!(wrong(&store, "s", second(34)).await, None);
    assert_eq!(wrong(&store, "s", second(35)).await, Some(second(94)));
    // Nobody else waits, nor does this session at another till.
    assert_eq!(wrong(&store, "other", second(35)).await, None);
    assert_eq!(store.key_try("somm-it", "tiller", &sid("s"), second(35)).await.unwrap(), None);
    assert_eq!(store.key_try("other", "zelty", &sid("s"), second(35)).await.unwrap(), None);
}

pub async fn a_right_key_wipes_out_the_sessions_wrong_ones(store: Shared) {
    for n in 0..4 {
        assert_eq!(wrong(&store, "s", second(n)).await, None);
    }
    assert_eq!(store.key_try("somm-it", "zelty", &sid("s"), second(4)).await.unwrap(), None);
    store.key_tried("somm-it", "zelty", &sid("s"), true, second(4)).await.unwrap();
    for n in 5..10 {
        assert_eq!(wrong(&store, "s", second(n)).await, None);
    }
    assert!(wrong(&store, "s", second(10)).await.is_some());
}

pub async fn a_till_takes_sixty_wrong_keys_an_hour_from_whomever(store: Shared) {
    for n in 0..60 {
        assert_eq!(wrong(&store, &format!("s{n}"), second(n)).await, None);
    }
    assert_eq!(wrong(&store, "fresh", minute(5)).await, Some(minute(60)));
    assert_eq!(wrong(&store, "fresh", minute(60)).await, None);
    assert_eq!(wrong(&store, "fresher", minute(60)).await, Some(second(3601)));
}

pub async fn trying_many_keys_at_once_gains_nothing(store: Shared) {
    let tries = at_once((0..40).map(|_| {
        let store = store.clone();
        async move { store.key_try("somm-it", "zelty", &sid("s"), start()).await.unwrap() }
    }))
    .await;
    assert_eq!(tries.iter().filter(|wait| wait.is_none()).count(), 5);
}

pub async fn wrong_keys_are_forgotten_after_a_day(store: Shared) {
    for n in 0..5 {
        wrong(&store, "s", second(n)).await;
    }
    assert_eq!(store.sweep(minute(24 * 60 - 1), 10).await.unwrap().key_tries, 0);
    assert_eq!(store.sweep(minute(24 * 60 + 1), 10).await.unwrap().key_tries, 5);
}
