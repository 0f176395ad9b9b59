//! Cases: signing in, and where one is signed in.

use super::given::{
    IDLE, Shared, actions, aid, cid, connected, exchange, hash, minute, new_attempt, new_session, person, seen,
    settlement, sid, signed_in,
};
use crate::{NewAttempt, NewUser, Role, StoreError, User, UserId};

const DAY: i64 = 24 * 60;

pub async fn signing_in_names_the_user_and_keeps_the_sessions_id(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    let user = store.sign_in(&sid("s"), &hash("new"), person("pos-helper", "nina"), minute(1)).await.unwrap();
    let expected = User {
        id: UserId::new("user nina"),
        vendor: "pos-helper".into(),
        hub_user_id: "hub nina".into(),
        email: "nina@example.com".into(),
        name: "Name of nina".into(),
        support: false,
        signed_in_at: minute(1),
    };
    assert_eq!(user, expected);
    assert_eq!(store.users(&sid("s")).await.unwrap(), [expected]);
    assert_eq!(store.session(&hash("new"), minute(1), IDLE).await.unwrap().map(|session| session.id), Some(sid("s")));
}

pub async fn signing_in_kills_the_former_cookie_at_once(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    store.sign_in(&sid("s"), &hash("new"), person("pos-helper", "nina"), minute(1)).await.unwrap();
    assert_eq!(store.session(&hash("s"), minute(1), IDLE).await.unwrap(), None);
}

pub async fn signing_in_needs_a_session_and_a_cookie_of_its_own(store: Shared) {
    let nobody = store.sign_in(&sid("gone"), &hash("new"), person("pos-helper", "nina"), minute(1)).await;
    assert!(matches!(nobody, Err(StoreError::Conflict)), "{nobody:?}");
    store.create_session(new_session("s")).await.unwrap();
    store.create_session(new_session("t")).await.unwrap();
    let taken = store.sign_in(&sid("s"), &hash("t"), person("pos-helper", "nina"), minute(1)).await;
    assert!(matches!(taken, Err(StoreError::Conflict)), "{taken:?}");
    // As if nothing had happened.
    assert_eq!(store.users(&sid("s")).await.unwrap(), []);
    assert!(store.session(&hash("s"), minute(1), IDLE).await.unwrap().is_some());
}

pub async fn signing_in_again_is_the_same_user_with_what_is_new(store: Shared) {
    signed_in(&store, "s", "nina").await;
    store.create_session(new_session("t")).await.unwrap();
    let changed = NewUser {
        id: UserId::new("another id"),
        email: "nina@new.example".into(),
        name: "Nina\0".into(),
        support: true,
        ..person("pos-helper", "nina")
    };
    let user = store.sign_in(&sid("t"), &hash("new"), changed, minute(5)).await.unwrap();
    assert_eq!(
        (user.id.as_str(), user.email.as_str(), user.name.as_str()),
        ("user nina", "nina@new.example", "Nina\u{fffd}")
    );
    assert!(user.support);
    assert_eq!(user.signed_in_at, minute(5));
    assert_eq!(store.users(&sid("s")).await.unwrap(), [user]);
}

pub async fn a_user_belongs_to_one_vendor(store: Shared) {
    let mine = signed_in(&store, "s", "nina").await;
    let elsewhere = NewUser { id: UserId::new("elsewhere"), ..person("carre-pos", "nina") };
    let theirs = store.sign_in(&sid("s"), &hash("newer"), elsewhere, minute(2)).await.unwrap();
    assert_ne!(mine.id, theirs.id);
    assert_eq!(store.users(&sid("s")).await.unwrap(), [theirs.clone(), mine]);
    // A grant of one vendor's user is none for a connection of the other.
    connected(&store, "c", "other", "loc", "token").await;
    exchange(&store, NewAttempt { vendor: "carre-pos".into(), ..new_attempt("a", "other") }).await;
    store.settle_attempt(&aid("a"), settlement("d", "loc", "token-2")).await.unwrap();
    store.grant(&cid("d"), &sid("s"), Role::Manage, minute(3), minute(DAY)).await.unwrap();
    assert!(seen(&store, &cid("d"), &sid("s"), minute(4)).await.is_some());
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(4)).await, None);
    store.create_session(new_session("t")).await.unwrap();
    store.sign_in(&sid("t"), &hash("in t"), person("pos-helper", "nina"), minute(4)).await.unwrap();
    assert_eq!(seen(&store, &cid("d"), &sid("t"), minute(4)).await, None);
}

pub async fn signing_in_takes_the_sessions_grants_along(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    connected(&store, "c", "s", "loc", "token").await;
    store.sign_in(&sid("s"), &hash("new"), person("pos-helper", "nina"), minute(2)).await.unwrap();
    assert!(seen(&store, &cid("c"), &sid("s"), minute(3)).await.is_some());
    // It is the user's now: seen in any of the user's sessions, and not lost with this one.
    signed_in(&store, "t", "nina").await;
    assert!(seen(&store, &cid("c"), &sid("t"), minute(3)).await.is_some());
    store.end_session(&sid("s")).await.unwrap();
    assert!(seen(&store, &cid("c"), &sid("t"), minute(3)).await.is_some());
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(3)).await, None);
}

pub async fn signing_in_at_one_vendor_leaves_the_grants_of_another(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    connected(&store, "c", "s", "loc", "token").await;
    store.sign_in(&sid("s"), &hash("new"), person("carre-pos", "nina"), minute(2)).await.unwrap();
    assert!(seen(&store, &cid("c"), &sid("s"), minute(3)).await.is_some());
    store.create_session(new_session("t")).await.unwrap();
    store.sign_in(&sid("t"), &hash("newer"), person("carre-pos", "nina"), minute(2)).await.unwrap();
    assert_eq!(seen(&store, &cid("c"), &sid("t"), minute(3)).await, None);
}

pub async fn grants_that_meet_never_make_more_than_either(store: Shared) {
    signed_in(&store, "u", "nina").await;
    connected(&store, "c", "other", "loc", "token").await;
    store.grant(&cid("c"), &sid("u"), Role::View, minute(2), minute(2 * DAY)).await.unwrap();
    store.create_session(new_session("s")).await.unwrap();
    store.grant(&cid("c"), &sid("s"), Role::Manage, minute(3), minute(DAY)).await.unwrap();
    store.sign_in(&sid("s"), &hash("new"), person("pos-helper", "nina"), minute(4)).await.unwrap();
    let granted = store.connection(&cid("c"), &sid("u"), minute(5)).await.unwrap().unwrap();
    assert_eq!(granted.role, Role::Manage);
    assert_eq!(seen(&store, &cid("c"), &sid("u"), minute(DAY)).await, None);
    // One to view does not lessen one to manage.
    store.grant(&cid("c"), &sid("u"), Role::View, minute(6), minute(2 * DAY)).await.unwrap();
    let granted = store.connection(&cid("c"), &sid("u"), minute(7)).await.unwrap().unwrap();
    assert_eq!(granted.role, Role::Manage);
}

pub async fn another_user_of_the_session_inherits_nothing(store: Shared) {
    signed_in(&store, "s", "nina").await;
    connected(&store, "c", "s", "loc", "token").await;
    store.sign_in(&sid("s"), &hash("newer"), person("pos-helper", "paul"), minute(2)).await.unwrap();
    assert_eq!(seen(&store, &cid("c"), &sid("s"), minute(3)).await, None);
    let names: Vec<_> = store.users(&sid("s")).await.unwrap().into_iter().map(|user| user.hub_user_id).collect();
    assert_eq!(names, ["hub paul"]);
}

pub async fn lists_and_ends_a_users_sessions_and_no_one_elses(store: Shared) {
    let nina = signed_in(&store, "s", "nina").await;
    signed_in(&store, "t", "nina").await;
    let paul = signed_in(&store, "u", "paul").await;
    store.session(&hash("in t"), minute(10), IDLE).await.unwrap();
    let ids = async |user: &UserId| {
        store.user_sessions(user).await.unwrap().into_iter().map(|session| session.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&nina.id).await, [sid("t"), sid("s")]);
    assert!(!store.end_user_session(&nina.id, &sid("u")).await.unwrap());
    assert_eq!(ids(&paul.id).await, [sid("u")]);
    assert!(store.end_user_session(&nina.id, &sid("t")).await.unwrap());
    assert!(!store.end_user_session(&nina.id, &sid("t")).await.unwrap());
    assert_eq!(ids(&nina.id).await, [sid("s")]);
    assert_eq!(store.session(&hash("in t"), minute(10), IDLE).await.unwrap(), None);
    assert_eq!(store.users(&sid("t")).await.unwrap(), []);
}

pub async fn knows_a_connection_whose_grant_has_run_out(store: Shared) {
    signed_in(&store, "s", "nina").await;
    connected(&store, "c", "s", "loc", "token").await;
    let known = async |till: &str, session: &str, at| {
        store.known_connection("pos-helper", till, &sid(session), minute(at)).await.unwrap()
    };
    assert_eq!(known("caisse", "s", DAY - 1).await, None);
    assert_eq!(known("caisse", "s", DAY).await, Some(cid("c")));
    assert_eq!(known("comptoir", "s", DAY).await, None);
    assert_eq!(known("caisse", "other", DAY).await, None);
    assert_eq!(store.known_connection("carre-pos", "caisse", &sid("s"), minute(DAY)).await.unwrap(), None);
    // Once it is proven again it is no longer merely known.
    store.grant(&cid("c"), &sid("s"), Role::Manage, minute(DAY), minute(2 * DAY)).await.unwrap();
    assert_eq!(known("caisse", "s", DAY).await, None);
    store.close_connection(&cid("c"), &sid("s"), false, minute(DAY)).await.unwrap();
    assert_eq!(known("caisse", "s", 3 * DAY).await, None);
    assert_eq!(actions(&store, "c").await.len(), 3);
}

pub async fn a_session_without_a_user_knows_nothing_once_its_grant_ran_out(store: Shared) {
    store.create_session(new_session("s")).await.unwrap();
    connected(&store, "c", "s", "loc", "token").await;
    let known = store.known_connection("pos-helper", "caisse", &sid("s"), minute(DAY)).await.unwrap();
    assert_eq!(known, None);
}
