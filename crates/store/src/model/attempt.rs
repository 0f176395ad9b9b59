//! Attempts: runs of OAuth, from **Connect** to what came of it.

use std::fmt;

use jiff::Timestamp;

use super::{AttemptId, ConnectionId, ConnectionRow, ConnectionState, Level, NamedRef, RequestId, Sealed, SessionId};

/// The problem of an attempt whose switch of accounts was declined.
pub const DECLINED: &str = "declined";

/// The problem of an attempt whose question was not answered in time.
pub const EXPIRED: &str = "state_expired";

/// The problem of an attempt at a till that is locked.
pub const LOCKED: &str = "till_locked";

/// An attempt to begin.
#[derive(Clone)]
pub struct NewAttempt {
    /// Its id, unique.
    pub id: AttemptId,
    /// SHA-256 of the `state` given to HubRise.
    pub state_hash: [u8; 32],
    /// The session that pressed Connect, and alone may finish.
    pub session: SessionId,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// The scope asked for.
    pub scope: String,
    /// The connection the session had when it began, if it had one.
    pub replaces: Option<ConnectionId>,
    /// Whether HubRise's back office began it rather than this session.
    pub arrival: bool,
    /// The merchant's request it answers.
    pub request: Option<RequestId>,
    /// Now.
    pub created_at: Timestamp,
    /// After this its `state` is void.
    pub expires_at: Timestamp,
}

impl fmt::Debug for NewAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAttempt").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttemptPhase {
    /// The browser was sent to HubRise.
    Waiting,
    /// Its `state` came back, once; the code is being exchanged.
    Exchanging,
    /// A token was granted for another account than before: a person must confirm. Has [`Attempt::held`].
    Confirming,
    /// It led to [`Attempt::connection`].
    Done,
    /// It failed; [`Attempt::problem`] says why.
    Failed,
}

/// An attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The session that began it.
    pub session: SessionId,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// The scope asked for.
    pub scope: String,
    /// The connection the session had when it began.
    pub replaces: Option<ConnectionId>,
    /// Whether HubRise's back office began it rather than this session.
    pub arrival: bool,
    /// The merchant's request it answers.
    pub request: Option<RequestId>,
    /// Where it stands. Nothing moves a waiting attempt on when its time is over: see [`Attempt::expires_at`].
    pub phase: AttemptPhase,
    /// Why it failed, in the caller's words, or [`DECLINED`], [`EXPIRED`] or [`LOCKED`]; present in phase `Failed` alone.
    pub problem: Option<String>,
    /// What it led to; present in phase `Done` alone.
    pub connection: Option<ConnectionId>,
    /// What was granted; present in phase `Confirming` alone.
    pub held: Option<Held>,
    /// When it began.
    pub created_at: Timestamp,
    /// After this its `state`, or in phase `Confirming` its question, is void.
    pub expires_at: Timestamp,
}

/// What became of a `state` that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is yours, and yours alone: exchange the code.
    Claimed(Box<Attempt>),
    /// Never given out, or forgotten a day later.
    Unknown,
    /// Given to another session. It stays good for that one.
    Foreign,
    /// Too late.
    Expired,
    /// Used already.
    Replayed,
}

/// What HubRise granted, in its own words; the token apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedAccess {
    /// The account.
    pub account: NamedRef,
    /// The location, at location level.
    pub location: Option<NamedRef>,
    /// The catalog, where HubRise's page made that choice.
    pub catalog: Option<NamedRef>,
    /// The customer list, where HubRise's page made that choice.
    pub customer_list: Option<NamedRef>,
    /// The app's installation, where HubRise knows the client as an app.
    pub app_instance_id: Option<String>,
}

/// A token that waits for a person's yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The token.
    pub token: Sealed,
    /// SHA-256 of the token, to compare tokens without opening them.
    pub token_fingerprint: [u8; 32],
    /// What it gives access to.
    pub access: GrantedAccess,
    /// When the question becomes void; becomes the attempt's own [`Attempt::expires_at`].
    pub expires_at: Timestamp,
}

/// A token that was granted and cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwanted {
    /// The token.
    pub token: Sealed,
    /// SHA-256 of the token.
    pub token_fingerprint: [u8; 32],
}

/// How an attempt ends well. Vendor, till and session are the attempt's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The id of the connection, should there be none open for `hub_key`.
    pub connection: ConnectionId,
    /// Whether the console has choices left to make.
    pub state: ConnectionState,
    /// How far the token reaches.
    pub level: Level,
    /// The id at HubRise of the location, or at account level of the account. With vendor and till it is unique among
    /// open connections.
    pub hub_key: String,
    /// The account.
    pub account: NamedRef,
    /// The location, if chosen.
    pub location: Option<NamedRef>,
    /// The catalog, if chosen.
    pub catalog: Option<NamedRef>,
    /// The customer list, if chosen.
    pub customer_list: Option<NamedRef>,
    /// The scope granted.
    pub scope: String,
    /// The `device_id` asked with.
    pub device_id: Option<String>,
    /// The app's installation.
    pub app_instance_id: Option<String>,
    /// The token.
    pub token: Sealed,
    /// SHA-256 of the token.
    pub token_fingerprint: [u8; 32],
    /// The browser's family and system; empty when unknown.
    pub browser: String,
    /// Now.
    pub at: Timestamp,
    /// Until when the attempt's session may see and change the connection.
    pub grant_expires_at: Timestamp,
    /// A connection this one takes the place of: it is closed and its token revoked, provided that it is another one,
    /// of the same vendor and till, and that the session had a grant on it when the attempt began. Otherwise it is
    /// left alone.
    pub replaces: Option<ConnectionId>,
}

/// What settling did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The connection as it is now.
    pub connection: ConnectionRow,
    /// The same connection as it was, if it was open before.
    pub before: Option<ConnectionRow>,
    /// The other connection that was closed for it, as it was.
    pub replaced: Option<ConnectionRow>,
}
