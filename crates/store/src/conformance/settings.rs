//! Cases: what a till itself needs.

use super::given::{Shared, actions, cid, connected, due, minute, rid, sealed, sid, signed_in};
use super::races::at_once;
use crate::{Action, StoreError, TillSettingsRow};

pub async fn a_tills_settings_keep_their_token_until_another_comes(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    assert_eq!(store.till_settings(&cid("c")).await.unwrap(), None);
    let set = async |version: i64, token: Option<&str>, choices: &str| {
        let token = token.map(|token| (sealed(token), token.to_owned()));
        store.set_till_settings(&cid("c"), &sid("s"), version, token, choices, minute(2)).await.unwrap();
        store.till_settings(&cid("c")).await.unwrap().unwrap()
    };
    let row = |token: Option<&str>, choices: &str, version| TillSettingsRow {
        token: token.map(sealed),
        token_tail: token.map(str::to_owned),
        choices: choices.to_owned(),
        version,
        changed_at: minute(2),
        changed_by: None,
    };
    assert_eq!(set(0, None, "{}").await, row(None, "{}", 1));
    assert_eq!(set(1, Some("54321"), "[1]").await, row(Some("54321"), "[1]", 2));
    assert_eq!(set(2, None, "{}").await, row(Some("54321"), "{}", 3));
    assert_eq!(set(3, Some("99999"), "{}").await, row(Some("99999"), "{}", 4));
    store.close_connection(&cid("c"), &sid("s"), false, minute(3)).await.unwrap();
    assert_eq!(store.till_settings(&cid("c")).await.unwrap(), None);
    assert_eq!(due(&store, minute(60)).await, [rid("token")]);
}

pub async fn of_two_who_change_settings_the_second_is_told(store: Shared) {
    signed_in(&store, "s", "nina").await;
    connected(&store, "c", "s", "loc", "token").await;
    let set = async |version, choices: &str, at| {
        store.set_till_settings(&cid("c"), &sid("s"), version, None, choices, at).await
    };
    assert!(matches!(set(1, "[0]", minute(2)).await, Err(StoreError::Conflict)));
    set(0, "[1]", minute(3)).await.unwrap();
    // Whoever saw none, or a former version, changes nothing and leaves no trace.
    for version in [0, 2, -1] {
        assert!(matches!(set(version, "[2]", minute(4)).await, Err(StoreError::Conflict)), "{version}");
    }
    let kept = store.till_settings(&cid("c")).await.unwrap().unwrap();
    assert_eq!((kept.choices.as_str(), kept.version, kept.changed_at), ("[1]", 1, minute(3)));
    assert_eq!(kept.changed_by.as_deref(), Some("Name of nina"));
    assert_eq!(actions(&store, "c").await, [Action::Configured, Action::Connected]);
    // Many at once, all having seen the same: one wins.
    let saved = at_once((0..20).map(|n| {
        let store = store.clone();
        async move {
            let choices = format!("[{n}]");
            store.set_till_settings(&cid("c"), &sid("s"), 1, None, &choices, minute(5)).await
        }
    }))
    .await;
    let (won, lost): (Vec<_>, Vec<_>) = saved.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 19));
    assert!(lost.iter().all(|lost| matches!(lost, Err(StoreError::Conflict))), "{lost:?}");
    assert_eq!(store.till_settings(&cid("c")).await.unwrap().unwrap().version, 2);
}
