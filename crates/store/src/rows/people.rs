//! Rows of people and of what they ask: users, identity runs, requests, locks.

use jiff::Timestamp;

use super::words::{EMBED_ROLES, REQUESTS};
use super::{Cells, named, word};
use crate::{
    ConnectionId, Embedded, Identity, IdentityId, Lock, LockId, NamedRef, Request, RequestId, Result, SessionId, User,
    UserId,
};

macro_rules! user_columns {
    () => {
        "id, vendor, hub_user_id, email, name, support, signed_in_at"
    };
}

macro_rules! identity_columns {
    () => {
        "id, session_id, vendor, target, return_to, created_at, expires_at, claimed_at"
    };
}

/// Of `requests r JOIN users u`.
macro_rules! request_columns {
    () => {
        "r.id, r.vendor, r.till, r.user_id, u.name, u.email, r.state, r.hubrise_id, r.location_name, r.language, \
         r.created_at, r.answer, r.connection_id"
    };
}

/// Of `locks l`.
macro_rules! lock_columns {
    () => {
        "l.id, l.vendor, l.till, l.account_id, l.account_name, l.location_id, l.location_name, l.locked_at"
    };
}

pub(crate) use {identity_columns, lock_columns, request_columns, user_columns};

pub(crate) fn user(row: &impl Cells) -> Result<User> {
    Ok(User {
        id: UserId::new(row.text("id")?),
        vendor: row.text("vendor")?,
        hub_user_id: row.text("hub_user_id")?,
        email: row.text("email")?,
        name: row.text("name")?,
        support: row.flag("support")?,
        signed_in_at: row.instant("signed_in_at")?,
    })
}

pub(crate) fn embedded(row: &impl Cells) -> Result<Embedded> {
    Ok(Embedded {
        user: UserId::new(row.text("user_id")?),
        vendor: row.text("vendor")?,
        merchant: row.text("merchant")?,
        tills: row.text("tills")?.lines().map(str::to_owned).collect(),
        role: word(row, "role", EMBED_ROLES)?,
    })
}

/// The run, and when its `state` came back.
pub(crate) fn identity(row: &impl Cells) -> Result<(Identity, Option<Timestamp>)> {
    let identity = Identity {
        id: IdentityId::new(row.text("id")?),
        session: SessionId::new(row.text("session_id")?),
        vendor: row.text("vendor")?,
        target: row.text_or_null("target")?.map(ConnectionId::new),
        return_to: row.text("return_to")?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
    };
    Ok((identity, row.instant_or_null("claimed_at")?))
}

pub(crate) fn request(row: &impl Cells) -> Result<Request> {
    Ok(Request {
        id: RequestId::new(row.text("id")?),
        vendor: row.text("vendor")?,
        till: row.text("till")?,
        user: UserId::new(row.text("user_id")?),
        name: row.text("name")?,
        email: row.text("email")?,
        state: word(row, "state", REQUESTS)?,
        hubrise_id: row.text("hubrise_id")?,
        location_name: row.text("location_name")?,
        language: row.text("language")?,
        created_at: row.instant("created_at")?,
        answer: row.text_or_null("answer")?,
        connection: row.text_or_null("connection_id")?.map(ConnectionId::new),
    })
}

pub(crate) fn lock(row: &impl Cells) -> Result<Lock> {
    Ok(Lock {
        id: LockId::new(row.text("id")?),
        vendor: row.text("vendor")?,
        till: row.text("till")?,
        account: NamedRef { id: row.text("account_id")?, name: row.text("account_name")? },
        location: named(row, "location_id", "location_name")?,
        locked_at: row.instant("locked_at")?,
    })
}
