//! Cases: sessions.

use super::given::{HOUR, IDLE, MINUTE, Shared, hash, minute, new_session, sid, start};
use crate::{Session, StoreError};

pub async fn creates_a_session_and_finds_it_by_its_token(store: Shared) {
    let created = store.create_session(new_session("s")).await.unwrap();
    let expected = Session {
        id: sid("s"),
        browser: "Firefox, Android".into(),
        created_at: start(),
        last_seen_at: start(),
        expires_at: minute(24 * 60),
    };
    assert_eq!(created, expected);
    assert_eq!(store.session(&hash("s"), start(), IDLE).await.unwrap(), Some(expected));
    assert_eq!(store.session(&hash("S"), start(), IDLE).await.unwrap(), None);
}

pub async fn finds_no_session_that_expired_was_idle_or_ended(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    let end = minute(24 * 60);
    assert!(store.session(&hash("s"), end - MINUTE, HOUR * 48).await.unwrap().is_some());
    assert_eq!(store.session(&hash("s"), end, HOUR * 48).await.unwrap(), None);

    store.create_session(new_session("idle")).await.unwrap();
    assert_eq!(store.session(&hash("idle"), start() + IDLE, IDLE).await.unwrap(), None);
    assert!(store.session(&hash("idle"), start() + IDLE - MINUTE, IDLE).await.unwrap().is_some());

    store.create_session(new_session("ended")).await.unwrap();
    store.end_session(&sid("ended")).await.unwrap();
    assert_eq!(store.session(&hash("ended"), start(), IDLE).await.unwrap(), None);
    store.end_session(&sid("ended")).await.unwrap();
}

pub async fn notes_that_a_session_was_seen_once_a_minute(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    let seen = async |at| store.session(&hash("s"), at, IDLE).await.unwrap().unwrap().last_seen_at;
    let almost = minute(1) - jiff::SignedDuration::from_micros(1);
    assert_eq!(seen(almost).await, start());
    assert_eq!(seen(minute(1)).await, minute(1));
    assert_eq!(seen(minute(1)).await, minute(1));
    // Another replica's clock may be behind.
    assert_eq!(seen(start()).await, minute(1));
    // Being seen is what keeps it from being idle.
    assert_eq!(seen(start() + IDLE).await, start() + IDLE);
}

pub async fn refuses_a_second_session_of_the_same_id_or_token(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    let same_id = crate::NewSession { token_hash: hash("other"), ..new_session("s") };
    assert!(matches!(store.create_session(same_id).await, Err(StoreError::Conflict)));
    let same_token = crate::NewSession { id: sid("other"), ..new_session("s") };
    assert!(matches!(store.create_session(same_token).await, Err(StoreError::Conflict)));
}
