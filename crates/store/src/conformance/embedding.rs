//! Cases: users whom a back office names, which connections are their merchant's, and windows of their own.

use super::given::{
    IDLE, Shared, aid, cid, connected, exchange, hash, minute, new_attempt, new_session, settlement, sid, signed_in,
    start,
};
use crate::{
    Claim, EmbedRole, EmbedToken, Embedded, NewAttempt, NewEmbedded, NewPopup, NewRequest, NewSession, PopupOpening,
    RequestId, Role, StoreError, UserId,
};

fn token(jti: &str) -> EmbedToken {
    EmbedToken { jti: jti.to_owned(), expires_at: minute(5) }
}

/// A user of merchant `m` and its till `caisse`; the claims' label names the user.
fn named(label: &str, role: EmbedRole) -> NewEmbedded {
    NewEmbedded {
        id: UserId::new(format!("user {label}")),
        vendor: "pos-helper".into(),
        claims: label.into(),
        merchant: "m".into(),
        tills: vec!["caisse".into(), "comptoir".into()],
        role,
        name: format!("Name of {label}"),
    }
}

/// A session of a quarter of an hour; its token's label is its id.
fn short(id: &str, at: i64) -> NewSession {
    NewSession { created_at: minute(at), expires_at: minute(at + 15), ..new_session(id) }
}

async fn embed(store: &Shared, jti: &str, session: &str, user: NewEmbedded, at: i64) {
    let begun = store.embed(token(jti), user, short(session, at), None).await.unwrap().unwrap();
    assert_eq!(begun.id, sid(session));
}

async fn role(store: &Shared, connection: &str, session: &str, at: i64) -> Option<Role> {
    store.connection(&cid(connection), &sid(session), minute(at)).await.unwrap().map(|granted| granted.role)
}

pub async fn a_token_begins_one_session(store: Shared) {
    embed(&store, "one", "s", named("nina", EmbedRole::Manager), 0).await;
    let again = store.embed(token("one"), named("nina", EmbedRole::Manager), short("t", 0), None).await.unwrap();
    assert_eq!(again, None);
    assert_eq!(store.session(&hash("t"), start(), IDLE).await.unwrap(), None);
    let user = store.users(&sid("s")).await.unwrap().remove(0);
    assert_eq!((user.name.as_str(), user.email.as_str(), user.support), ("Name of nina", "", false));
    let expected = Embedded {
        user: user.id,
        vendor: "pos-helper".into(),
        merchant: "m".into(),
        tills: vec!["caisse".into(), "comptoir".into()],
        role: EmbedRole::Manager,
    };
    assert_eq!(store.embedded(&sid("s")).await.unwrap(), Some(expected));
    // The same name at another vendor is another token.
    let elsewhere = NewEmbedded { vendor: "carre-pos".into(), ..named("marc", EmbedRole::Manager) };
    assert!(store.embed(token("one"), elsewhere, short("u", 0), None).await.unwrap().is_some());
}

pub async fn who_signed_in_with_hubrise_is_not_embedded(store: Shared) {
    signed_in(&store, "s", "nina").await;
    assert_eq!(store.embedded(&sid("s")).await.unwrap(), None);
    assert_eq!(store.embedded(&sid("nobody")).await.unwrap(), None);
}

pub async fn what_a_user_connects_is_the_merchants(store: Shared) {
    embed(&store, "1", "s", named("nina", EmbedRole::Manager), 0).await;
    embed(&store, "2", "looking", named("sal", EmbedRole::Viewer), 0).await;
    connected(&store, "c", "s", "loc", "token").await;
    assert_eq!(role(&store, "c", "s", 2).await, Some(Role::Manage));
    assert_eq!(role(&store, "c", "looking", 2).await, Some(Role::View), "who looks already sees it");
    embed(&store, "3", "later", named("sal", EmbedRole::Viewer), 3).await;
    embed(&store, "4", "boss", named("bob", EmbedRole::Manager), 3).await;
    embed(&store, "5", "help", named("help", EmbedRole::Support), 3).await;
    assert_eq!(role(&store, "c", "later", 4).await, Some(Role::View));
    assert_eq!(role(&store, "c", "boss", 4).await, Some(Role::Manage));
    assert_eq!(role(&store, "c", "help", 4).await, Some(Role::View));
    let shown = store.connection_of_till("pos-helper", "caisse", &sid("boss"), minute(4)).await.unwrap().unwrap();
    assert_eq!(shown.connection.id, cid("c"));
}

pub async fn another_merchants_users_tills_and_vendors_see_nothing(store: Shared) {
    embed(&store, "1", "s", named("nina", EmbedRole::Manager), 0).await;
    connected(&store, "c", "s", "loc", "token").await;
    let other = NewEmbedded { merchant: "n".into(), ..named("other", EmbedRole::Manager) };
    let narrow = NewEmbedded { tills: vec!["comptoir".into()], ..named("narrow", EmbedRole::Manager) };
    let elsewhere = NewEmbedded { vendor: "carre-pos".into(), ..named("elsewhere", EmbedRole::Manager) };
    // A merchant's name is no pattern, and nor is a till's.
    let pattern = NewEmbedded { merchant: "%".into(), tills: vec!["%".into()], ..named("pattern", EmbedRole::Manager) };
    for (at, user) in [other, narrow, elsewhere, pattern].into_iter().enumerate() {
        let session = format!("t{at}");
        embed(&store, &format!("2{at}"), &session, user, 1).await;
        assert_eq!(role(&store, "c", &session, 2).await, None, "{session}");
    }
    // Nor do they see what is connected while they look.
    connected(&store, "d", "s", "loc-2", "token-2").await;
    for session in ["t0", "t1", "t2", "t3"] {
        assert_eq!(role(&store, "d", session, 2).await, None, "{session}");
    }
}

pub async fn a_grant_ends_with_the_session_that_has_it(store: Shared) {
    embed(&store, "1", "s", named("nina", EmbedRole::Manager), 0).await;
    connected(&store, "c", "s", "loc", "token").await;
    embed(&store, "2", "sal", named("sal", EmbedRole::Viewer), 3).await;
    assert_eq!(role(&store, "c", "sal", 17).await, Some(Role::View));
    assert_eq!(role(&store, "c", "sal", 18).await, None);
    assert_eq!(store.session(&hash("sal"), minute(18), IDLE).await.unwrap(), None);
}

pub async fn a_session_goes_on_with_a_new_token_of_the_same_claims(store: Shared) {
    embed(&store, "1", "s", named("nina", EmbedRole::Manager), 0).await;
    connected(&store, "c", "s", "loc", "token").await;
    let renewed = NewSession { token_hash: hash("new"), ..short("unused", 10) };
    let session = store.embed(token("2"), named("nina", EmbedRole::Manager), renewed, Some(&sid("s"))).await.unwrap();
    assert_eq!(session.map(|session| (session.id, session.expires_at)), Some((sid("s"), minute(25))));
    assert_eq!(store.session(&hash("s"), minute(11), IDLE).await.unwrap(), None, "the former bearer is dead");
    assert!(store.session(&hash("new"), minute(24), IDLE).await.unwrap().is_some());
    // Other claims, or a session that has ended, make another.
    let other =
        store.embed(token("3"), named("sal", EmbedRole::Viewer), short("t", 11), Some(&sid("s"))).await.unwrap();
    assert_eq!(other.map(|session| session.id), Some(sid("t")));
    let late =
        store.embed(token("4"), named("nina", EmbedRole::Manager), short("u", 26), Some(&sid("s"))).await.unwrap();
    assert_eq!(late.map(|session| session.id), Some(sid("u")));
}

pub async fn a_code_is_exchanged_once_and_in_time(store: Shared) {
    embed(&store, "1", "s", named("nina", EmbedRole::Manager), 0).await;
    let late = store.exchange_session(&hash("s"), &hash("b"), minute(1), minute(16)).await.unwrap();
    assert_eq!(late, None);
    let exchanged = store.exchange_session(&hash("s"), &hash("b"), minute(-1), minute(16)).await.unwrap();
    assert_eq!(exchanged.map(|session| (session.id, session.expires_at)), Some((sid("s"), minute(16))));
    assert_eq!(store.exchange_session(&hash("s"), &hash("d"), minute(-1), minute(16)).await.unwrap(), None);
    assert!(store.session(&hash("b"), minute(1), IDLE).await.unwrap().is_some());
}

pub async fn what_support_connects_on_a_merchants_request_is_the_merchants(store: Shared) {
    embed(&store, "1", "s", named("nina", EmbedRole::Manager), 0).await;
    let user = store.embedded(&sid("s")).await.unwrap().unwrap().user;
    let request = NewRequest {
        id: RequestId::new("r"),
        vendor: "pos-helper".into(),
        till: "caisse".into(),
        session: sid("s"),
        user,
        hubrise_id: "loc".into(),
        location_name: "Paris".into(),
        language: "fr".into(),
        created_at: minute(1),
    };
    store.send_request(request).await.unwrap();
    signed_in(&store, "support", "ann").await;
    let attempt =
        exchange(&store, NewAttempt { request: Some(RequestId::new("r")), ..new_attempt("a", "support") }).await;
    store.settle_attempt(&attempt.id, settlement("c", "loc", "token")).await.unwrap();
    assert_eq!(role(&store, "c", "s", 2).await, Some(Role::Manage), "as the back office's word for a manager has it");
    embed(&store, "2", "boss", named("bob", EmbedRole::Manager), 3).await;
    assert_eq!(role(&store, "c", "boss", 4).await, Some(Role::Manage));
}

async fn in_popup(store: &Shared, id: &str) {
    let user = store.embedded(&sid("s")).await.unwrap().unwrap().user;
    let popup =
        NewPopup { nonce_hash: hash(&format!("n {id}")), user, return_to: Some("https://office.example/a".into()) };
    store.begin_in_popup(new_attempt(id, "s"), popup).await.unwrap();
}

pub async fn an_attempt_goes_on_in_one_window(store: Shared) {
    embed(&store, "1", "s", named("nina", EmbedRole::Manager), 0).await;
    in_popup(&store, "a").await;
    for id in ["w", "x"] {
        store.create_session(new_session(id)).await.unwrap();
    }
    assert!(!store.popup_opened(&aid("a")).await.unwrap());
    let unknown = store.open_popup(&hash("nothing"), &sid("w"), &hash("st"), minute(1)).await.unwrap();
    assert_eq!(unknown, PopupOpening::Unknown);
    let opened = store.open_popup(&hash("n a"), &sid("w"), &hash("st"), minute(1)).await.unwrap();
    let PopupOpening::Opened { attempt, return_to } = opened else { panic!("{opened:?}") };
    assert_eq!((attempt.id, return_to.as_deref()), (aid("a"), Some("https://office.example/a")));
    assert!(store.popup_opened(&aid("a")).await.unwrap());
    assert!(!store.popup_opened(&aid("b")).await.unwrap(), "of one without a window");
    for window in ["w", "x"] {
        let twice = store.open_popup(&hash("n a"), &sid(window), &hash("st2"), minute(1)).await.unwrap();
        assert_eq!(twice, PopupOpening::Used);
    }
    assert_eq!(store.popup_owner(&hash("st"), &sid("x")).await.unwrap(), None);
    assert_eq!(store.popup_owner(&hash("st"), &sid("w")).await.unwrap(), Some(sid("s")));
    assert_eq!(store.popup_owner_of(&aid("a"), &sid("w")).await.unwrap(), Some(sid("s")));
    assert_eq!(store.popup_owner_of(&aid("a"), &sid("x")).await.unwrap(), None);
    assert_eq!(store.claim_attempt(&hash("a"), &sid("s"), minute(2)).await.unwrap(), Claim::Unknown, "another state");
    assert!(matches!(store.claim_attempt(&hash("st"), &sid("s"), minute(2)).await.unwrap(), Claim::Claimed(_)));
    // Who began it may have gone meanwhile: it is theirs all the same.
    store.end_session(&sid("s")).await.unwrap();
    store.settle_attempt(&aid("a"), settlement("c", "loc", "token")).await.unwrap();
    embed(&store, "2", "t", named("nina", EmbedRole::Manager), 3).await;
    assert_eq!(role(&store, "c", "t", 4).await, Some(Role::Manage));
    assert_eq!(role(&store, "c", "w", 4).await, None, "the window has no right of its own");
}

pub async fn a_window_that_comes_too_late_opens_nothing(store: Shared) {
    embed(&store, "1", "s", named("nina", EmbedRole::Manager), 0).await;
    in_popup(&store, "a").await;
    let user = store.embedded(&sid("s")).await.unwrap().unwrap().user;
    let same = NewPopup { nonce_hash: hash("n a"), user, return_to: None };
    let taken = store.begin_in_popup(new_attempt("b", "s"), same).await;
    assert!(matches!(taken, Err(StoreError::Conflict)), "{taken:?}");
    assert_eq!(store.attempt(&aid("b"), &sid("s")).await.unwrap(), None, "as if it had not begun");
    store.create_session(new_session("w")).await.unwrap();
    let late = store.open_popup(&hash("n a"), &sid("w"), &hash("st"), minute(15)).await.unwrap();
    assert_eq!(late, PopupOpening::Used);
}

pub async fn used_tokens_are_forgotten_when_they_are_void(store: Shared) {
    embed(&store, "1", "s", named("nina", EmbedRole::Manager), 0).await;
    assert_eq!(store.sweep(minute(4), 10).await.unwrap().embed_tokens, 0);
    assert_eq!(store.sweep(minute(5), 10).await.unwrap().embed_tokens, 1);
}
