//! What the cases start from: sessions, attempts and connections with little said about them.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::{
    Action, Attempt, AttemptId, Claim, ConnectionId, ConnectionRow, ConnectionState, GrantedAccess, Held, Level,
    NamedRef, NewAttempt, NewSession, NewUser, RevocationId, Sealed, SessionId, Settlement, Store, User, UserId,
};

pub(super) type Shared = Arc<dyn Store>;

pub(super) const IDLE: SignedDuration = SignedDuration::from_hours(8);
pub(super) const MINUTE: SignedDuration = SignedDuration::from_mins(1);
pub(super) const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// 2026-11-21T19:31:02.123456Z, to the microsecond.
pub(super) fn start() -> Timestamp {
    Timestamp::from_microsecond(1_795_289_462_123_456).unwrap()
}

/// Minutes after [`start`].
pub(super) fn minute(minutes: i64) -> Timestamp {
    start() + SignedDuration::from_mins(minutes)
}

/// Thirty-two bytes that stand for a SHA-256; another label, another hash.
pub(super) fn hash(label: &str) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[..label.len()].copy_from_slice(label.as_bytes());
    hash
}

pub(super) fn named(id: &str) -> NamedRef {
    NamedRef { id: id.to_owned(), name: format!("Name of {id}") }
}

pub(super) fn sealed(token: &str) -> Sealed {
    Sealed { key_id: "key-1".into(), bytes: format!("sealed {token}").into_bytes(), bound_to: format!("to {token}") }
}

pub(super) fn sid(id: &str) -> SessionId {
    SessionId::new(id)
}

pub(super) fn aid(id: &str) -> AttemptId {
    AttemptId::new(id)
}

pub(super) fn cid(id: &str) -> ConnectionId {
    ConnectionId::new(id)
}

pub(super) fn rid(token: &str) -> RevocationId {
    RevocationId::of(&hash(token))
}

/// A session that lasts a day; its token's label is its id.
pub(super) fn new_session(id: &str) -> NewSession {
    NewSession {
        id: sid(id),
        token_hash: hash(id),
        browser: "Firefox, Android".into(),
        created_at: start(),
        expires_at: minute(24 * 60),
    }
}

/// An attempt begun at [`start`], good for fifteen minutes; its state's label is its id.
pub(super) fn new_attempt(id: &str, session: &str) -> NewAttempt {
    NewAttempt {
        id: aid(id),
        state_hash: hash(id),
        session: sid(session),
        vendor: "pos-helper".into(),
        till: "caisse".into(),
        scope: "location[orders.write]".into(),
        replaces: None,
        arrival: false,
        request: None,
        created_at: start(),
        expires_at: minute(15),
    }
}

/// An attempt whose code is being exchanged.
pub(super) async fn exchanging(store: &Shared, id: &str, session: &str) -> Attempt {
    exchange(store, new_attempt(id, session)).await
}

pub(super) async fn exchange(store: &Shared, new: NewAttempt) -> Attempt {
    let (state, session, at) = (new.state_hash, new.session.clone(), new.created_at);
    store.begin_attempt(new).await.unwrap();
    match store.claim_attempt(&state, &session, at).await.unwrap() {
        Claim::Claimed(attempt) => *attempt,
        other => panic!("not claimed: {other:?}"),
    }
}

/// A settlement a minute after [`start`], all choices made, with a grant of a day.
pub(super) fn settlement(connection: &str, hub_key: &str, token: &str) -> Settlement {
    Settlement {
        connection: cid(connection),
        state: ConnectionState::Connected,
        level: Level::Location,
        hub_key: hub_key.into(),
        account: named("acc"),
        location: Some(named(hub_key)),
        catalog: Some(named("cat")),
        customer_list: None,
        scope: "location[orders.write]".into(),
        device_id: None,
        app_instance_id: None,
        token: sealed(token),
        token_fingerprint: hash(token),
        browser: "Firefox, Android".into(),
        at: minute(1),
        grant_expires_at: minute(24 * 60),
        replaces: None,
    }
}

pub(super) fn held(token: &str, expires_at: Timestamp) -> Held {
    Held {
        token: sealed(token),
        token_fingerprint: hash(token),
        access: GrantedAccess {
            account: named("acc"),
            location: Some(named("loc")),
            catalog: None,
            customer_list: Some(named("list")),
            app_instance_id: Some("app-1".into()),
        },
        expires_at,
    }
}

/// A connection of this session to the location `hub_key`, with this token.
pub(super) async fn connected(store: &Shared, id: &str, session: &str, hub_key: &str, token: &str) -> ConnectionRow {
    let attempt = exchanging(store, &format!("for {id} {session}"), session).await;
    store.settle_attempt(&attempt.id, settlement(id, hub_key, token)).await.unwrap().connection
}

/// The connection as this session sees it, if it sees it.
pub(super) async fn seen(
    store: &Shared,
    id: &ConnectionId,
    session: &SessionId,
    at: Timestamp,
) -> Option<ConnectionRow> {
    store.connection(id, session, at).await.unwrap().map(|granted| granted.connection)
}

/// The connection of a till as this session sees it, if it sees one.
pub(super) async fn seen_at_till(
    store: &Shared,
    vendor: &str,
    till: &str,
    session: &SessionId,
    at: Timestamp,
) -> Option<ConnectionRow> {
    store.connection_of_till(vendor, till, session, at).await.unwrap().map(|granted| granted.connection)
}

/// A person of this vendor; id, HubRise's id, name and address follow from the label.
pub(super) fn person(vendor: &str, label: &str) -> NewUser {
    NewUser {
        id: UserId::new(format!("user {label}")),
        vendor: vendor.to_owned(),
        hub_user_id: format!("hub {label}"),
        email: format!("{label}@example.com"),
        name: format!("Name of {label}"),
        support: false,
    }
}

/// Signs a person in at `pos-helper` in a session that is created for it; its cookie's label is now `in `, its id.
pub(super) async fn signed_in(store: &Shared, session: &str, label: &str) -> User {
    store.create_session(new_session(session)).await.unwrap();
    let new = hash(&format!("in {session}"));
    store.sign_in(&sid(session), &new, person("pos-helper", label), minute(0)).await.unwrap()
}

/// What was done to a connection, the newest first.
pub(super) async fn actions(store: &Shared, id: &str) -> Vec<Action> {
    store.audit_page(&cid(id), None, 100).await.unwrap().into_iter().map(|row| row.action).collect()
}

/// The revocations due at `now`, by the ids of their tokens; all are leased for a minute.
pub(super) async fn due(store: &Shared, now: Timestamp) -> Vec<RevocationId> {
    let leased = store.claim_revocations(now, now + MINUTE, 1000).await.unwrap();
    leased.into_iter().map(|revocation| revocation.id).collect()
}
