//! Cases: tills' keys.

use super::given::{HOUR, Shared, cid, hash, minute, sid, signed_in};
use super::orders::{second, tills};
use crate::{NewPosKey, PosKeyRow, StoreError};

/// A key made in second 1; its hash's label is its id.
fn key(connection: &str, id: &str) -> NewPosKey {
    NewPosKey {
        id: id.to_owned(),
        connection: cid(connection),
        session: sid("s"),
        hash: hash(id),
        tail: "wxyz".into(),
        label: format!("Label of {id}"),
        at: second(1),
    }
}

pub async fn a_key_is_found_by_its_hash_until_it_is_revoked(store: Shared) {
    signed_in(&store, "s", "nina").await;
    tills(&store, &["c"]).await;
    let made = store.make_pos_key(key("c", "k")).await.unwrap();
    let expected = PosKeyRow {
        id: "k".into(),
        vendor: "pos-helper".into(),
        till: "till c".into(),
        hub_key: "at c".into(),
        label: "Label of k".into(),
        tail: "wxyz".into(),
        created_at: second(1),
        created_by: Some("Name of nina".into()),
        last_used_at: None,
        revoked_at: None,
    };
    assert_eq!(made, expected);
    assert!(matches!(store.make_pos_key(key("c", "k")).await, Err(StoreError::Conflict)));
    assert!(matches!(store.make_pos_key(key("never", "l")).await, Err(StoreError::Conflict)));
    let used = store.use_pos_key(&hash("k"), second(2)).await.unwrap().unwrap();
    assert_eq!((used.id.as_str(), used.last_used_at), ("k", Some(second(2))));
    assert_eq!(store.use_pos_key(&hash("never"), second(2)).await.unwrap(), None);
    let revoke = async |id: &str| store.revoke_pos_key(&cid("c"), &sid("s"), id, second(3)).await.unwrap();
    assert!(!revoke("never").await);
    assert!(revoke("k").await && revoke("k").await, "again does nothing");
    assert_eq!(store.use_pos_key(&hash("k"), second(4)).await.unwrap(), None);
    let shown = store.pos_keys(&cid("c"), second(2)).await.unwrap();
    assert_eq!(shown.iter().map(|key| (key.id.as_str(), key.revoked_at)).collect::<Vec<_>>(), [("k", Some(second(3)))]);
    assert_eq!(store.pos_keys(&cid("c"), second(3)).await.unwrap(), [], "long ago");
}

pub async fn that_a_key_was_used_is_noted_once_a_minute(store: Shared) {
    tills(&store, &["c"]).await;
    store.make_pos_key(key("c", "k")).await.unwrap();
    for (at, noted) in [(0, 0), (59, 0), (60, 60), (61, 60)] {
        store.use_pos_key(&hash("k"), second(at)).await.unwrap().unwrap();
        let shown = store.pos_keys(&cid("c"), minute(0)).await.unwrap();
        assert_eq!(shown[0].last_used_at, Some(second(noted)), "{at}");
    }
}

pub async fn a_till_has_twenty_keys_that_work_at_most(store: Shared) {
    tills(&store, &["c", "d"]).await;
    for nth in 0..20 {
        store.make_pos_key(key("c", &format!("k{nth}"))).await.unwrap();
    }
    assert!(matches!(store.make_pos_key(key("c", "more")).await, Err(StoreError::Conflict)));
    store.make_pos_key(key("d", "theirs")).await.unwrap();
    store.revoke_pos_key(&cid("c"), &sid("s"), "k7", second(2)).await.unwrap();
    store.make_pos_key(key("c", "more")).await.unwrap();
}

pub async fn a_key_is_shown_and_revoked_at_its_own_till_alone(store: Shared) {
    tills(&store, &["c", "d"]).await;
    store.make_pos_key(key("c", "k")).await.unwrap();
    assert_eq!(store.pos_keys(&cid("d"), second(0) - HOUR).await.unwrap(), []);
    assert!(!store.revoke_pos_key(&cid("d"), &sid("s"), "k", second(2)).await.unwrap());
    assert!(store.use_pos_key(&hash("k"), second(3)).await.unwrap().is_some());
}
