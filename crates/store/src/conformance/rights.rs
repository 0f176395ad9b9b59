//! Cases: what a grant lets its holder do, and who did what.

use super::given::{
    Shared, actions, aid, cid, connected, due, exchanging, hash, minute, named, new_attempt, new_session, person,
    sealed, seen, settlement, sid, signed_in,
};
use crate::{Action, AuditRow, Choice, Closing, NewAttempt, NewUser, Role, StoreError};

const DAY: i64 = 24 * 60;

async fn support(store: &Shared) {
    store.create_session(new_session("sup")).await.unwrap();
    let sam = NewUser { support: true, ..person("pos-helper", "sam") };
    store.sign_in(&sid("sup"), &hash("in sup"), sam, minute(0)).await.unwrap();
}

pub async fn a_grant_is_given_for_a_time_and_noted(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    signed_in(&store, "v", "paul").await;
    store.grant(&cid("c"), &sid("v"), Role::View, minute(2), minute(62)).await.unwrap();
    let granted = store.connection(&cid("c"), &sid("v"), minute(61)).await.unwrap().unwrap();
    assert_eq!(granted.role, Role::View);
    let of_till = store.connection_of_till("pos-helper", "caisse", &sid("v"), minute(61)).await.unwrap();
    assert_eq!(of_till, Some(granted));
    assert_eq!(seen(&store, &cid("c"), &sid("v"), minute(62)).await, None);
    assert_eq!(actions(&store, "c").await, [Action::Viewed, Action::Connected]);
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(3)).await.unwrap().support_verified_at, None);
    // A closed connection is granted to nobody.
    store.close_connection(&cid("c"), &sid("s"), false, minute(3)).await.unwrap();
    let refused = store.grant(&cid("c"), &sid("v"), Role::View, minute(4), minute(64)).await;
    assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
}

pub async fn support_proves_its_access_with_a_grant(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    support(&store).await;
    store.grant(&cid("c"), &sid("sup"), Role::Manage, minute(2), minute(62)).await.unwrap();
    let verified = async || seen(&store, &cid("c"), &sid("s"), minute(3)).await.unwrap().support_verified_at;
    assert_eq!(verified().await, Some(minute(2)));
    // Connecting again does not unprove it.
    connected(&store, "x", "s2", "loc", "token").await;
    assert_eq!(verified().await, Some(minute(2)));
}

pub async fn a_right_to_view_changes_nothing(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    signed_in(&store, "v", "paul").await;
    store.grant(&cid("c"), &sid("v"), Role::View, minute(2), minute(62)).await.unwrap();
    for lock in [false, true] {
        let closing = store.close_connection(&cid("c"), &sid("v"), lock, minute(3)).await.unwrap();
        assert_eq!(closing, Closing::ViewOnly);
    }
    let choice = Choice { location: named("loc-2"), catalog: None, customer_list: None };
    let chosen = store.choose(&cid("c"), &sid("v"), 1, choice, minute(3)).await;
    assert!(matches!(chosen, Err(StoreError::Conflict)), "{chosen:?}");
    let set = store.set_till_settings(&cid("c"), &sid("v"), 0, None, "{}", minute(3)).await;
    assert!(matches!(set, Err(StoreError::Conflict)), "{set:?}");
    // Nor does it let a connection be replaced by another.
    exchanging(&store, "a", "v").await;
    let mut moving = settlement("d", "loc-2", "token-2");
    (moving.replaces, moving.at) = (Some(cid("c")), minute(4));
    assert_eq!(store.settle_attempt(&aid("a"), moving).await.unwrap().replaced, None);
    assert_eq!(store.till_settings(&cid("c")).await.unwrap(), None);
    assert_eq!(store.desk("pos-helper").await.unwrap().locks, []);
    assert_eq!(due(&store, minute(9)).await, []);
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(5)).await.unwrap().version, 1);
}

pub async fn strangers_close_choose_and_configure_nothing(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    signed_in(&store, "p", "paul").await;
    support(&store).await;
    // Another merchant, the vendor's support without a grant, no session at all; and the owner a day later.
    for (session, at) in [("p", minute(3)), ("sup", minute(3)), ("none", minute(3)), ("s", minute(DAY))] {
        let closing = store.close_connection(&cid("c"), &sid(session), true, at).await.unwrap();
        assert_eq!(closing, Closing::Unknown, "{session}");
        let choice = Choice { location: named("loc-2"), catalog: None, customer_list: None };
        assert!(matches!(store.choose(&cid("c"), &sid(session), 1, choice, at).await, Err(StoreError::Conflict)));
        let token = Some((sealed("x"), "x".into()));
        let set = store.set_till_settings(&cid("c"), &sid(session), 0, token, "{}", at).await;
        assert!(matches!(set, Err(StoreError::Conflict)), "{session}");
    }
    assert_eq!(actions(&store, "c").await, [Action::Connected]);
}

pub async fn the_audit_says_who_did_what(store: Shared) {
    support(&store).await;
    store.create_session(new_session("s")).await.unwrap();
    connected(&store, "c", "s", "loc", "token").await;
    store.grant(&cid("c"), &sid("sup"), Role::Manage, minute(2), minute(62)).await.unwrap();
    store.close_connection(&cid("c"), &sid("sup"), false, minute(3)).await.unwrap();
    let page = store.audit_page(&cid("c"), None, 10).await.unwrap();
    let sam = |seq, at, action| AuditRow {
        seq,
        at,
        action,
        name: Some("Name of sam".into()),
        email: Some("sam@example.com".into()),
        browser: "Firefox, Android".into(),
        support: true,
    };
    let browser = AuditRow {
        seq: page[2].seq,
        at: minute(1),
        action: Action::Connected,
        name: None,
        email: None,
        browser: "Firefox, Android".into(),
        support: false,
    };
    let expected =
        [sam(page[0].seq, minute(3), Action::Disconnected), sam(page[1].seq, minute(2), Action::Viewed), browser];
    assert_eq!(page, expected);
    assert!(page[0].seq > page[1].seq && page[1].seq > page[2].seq);
    // In pages.
    let first = store.audit_page(&cid("c"), None, 2).await.unwrap();
    assert_eq!(first, expected[..2]);
    let second = store.audit_page(&cid("c"), Some(first[1].seq), 2).await.unwrap();
    assert_eq!(second, expected[2..]);
    assert_eq!(store.audit_page(&cid("C"), None, 2).await.unwrap(), []);
}

pub async fn every_change_is_noted_once(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    connected(&store, "c", "s", "loc-1", "t1").await;
    connected(&store, "again", "t", "loc-1", "t1").await;
    let choice = Choice { location: named("loc-1"), catalog: None, customer_list: None };
    store.choose(&cid("c"), &sid("s"), 2, choice, minute(2)).await.unwrap();
    store.set_till_settings(&cid("c"), &sid("s"), 0, None, "{}", minute(3)).await.unwrap();
    store.audit(&cid("c"), &sid("s"), Action::Viewed, minute(4)).await.unwrap();
    store.audit(&cid("never"), &sid("s"), Action::Viewed, minute(4)).await.unwrap();
    exchanging(&store, "a", "s").await;
    let mut moving = settlement("d", "loc-2", "t2");
    moving.replaces = Some(cid("c"));
    store.settle_attempt(&aid("a"), moving).await.unwrap();
    let expected = [
        Action::Disconnected,
        Action::Viewed,
        Action::Configured,
        Action::Chosen,
        Action::Reconnected,
        Action::Connected,
    ];
    assert_eq!(actions(&store, "c").await, expected);
    assert_eq!(actions(&store, "d").await, [Action::Connected]);
}

pub async fn a_dead_connection_is_closed_without_a_revocation(store: Shared) {
    connected(&store, "c", "s", "loc", "token").await;
    assert!(!store.close_dead(&cid("c"), &hash("other"), minute(2)).await.unwrap());
    assert!(!store.close_dead(&cid("x"), &hash("token"), minute(2)).await.unwrap());
    assert!(store.connection_bare(&cid("c")).await.unwrap().is_some());
    assert!(store.close_dead(&cid("c"), &hash("token"), minute(2)).await.unwrap());
    assert!(!store.close_dead(&cid("c"), &hash("token"), minute(2)).await.unwrap());
    assert_eq!(store.connection_bare(&cid("c")).await.unwrap(), None);
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(2)).await, None);
    assert_eq!(due(&store, minute(60)).await, []);
    let page = store.audit_page(&cid("c"), None, 1).await.unwrap();
    assert_eq!((page[0].action, page[0].browser.as_str(), page[0].support), (Action::DisconnectedAtHubrise, "", false));
}

pub async fn finds_the_connections_of_an_installation(store: Shared) {
    for (n, (id, installation)) in [("c", "app-1"), ("d", "app-1"), ("e", "app-2")].into_iter().enumerate() {
        let till = format!("till-{n}");
        super::given::exchange(&store, NewAttempt { till, ..new_attempt(id, "s") }).await;
        let mut installed = settlement(id, id, id);
        installed.app_instance_id = Some(installation.into());
        installed.at = minute(i64::try_from(n).unwrap());
        store.settle_attempt(&aid(id), installed).await.unwrap();
    }
    let found = async |vendor: &str, installation: &str| {
        let rows = store.connections_of_installation(vendor, installation).await.unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(found("pos-helper", "app-1").await, [cid("d"), cid("c")]);
    assert_eq!(found("carre-pos", "app-1").await, []);
    assert_eq!(found("pos-helper", "APP-1").await, []);
    store.close_connection(&cid("d"), &sid("s"), false, minute(5)).await.unwrap();
    assert_eq!(found("pos-helper", "app-1").await, [cid("c")]);
}

pub async fn a_users_run_out_grant_is_remembered_for_ninety_days(store: Shared) {
    signed_in(&store, "s", "nina").await;
    connected(&store, "c", "s", "loc", "token").await;
    connected(&store, "d", "anonymous", "loc-2", "token-2").await;
    let runs_out = minute(DAY);
    assert_eq!(store.sweep(runs_out, 10).await.unwrap().grants, 1);
    let almost = minute(91 * DAY - 1);
    store.create_session(crate::NewSession { expires_at: minute(99 * DAY), ..new_session("t") }).await.unwrap();
    store.sign_in(&sid("t"), &hash("in t"), person("pos-helper", "nina"), almost).await.unwrap();
    assert_eq!(store.sweep(almost, 10).await.unwrap().grants, 0);
    let known = async || store.known_connection("pos-helper", "caisse", &sid("t"), almost).await.unwrap();
    assert_eq!(known().await, Some(cid("c")));
    assert_eq!(store.sweep(minute(91 * DAY), 10).await.unwrap().grants, 1);
    assert_eq!(known().await, None);
}
