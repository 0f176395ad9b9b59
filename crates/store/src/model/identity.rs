//! Identity runs: OAuth that asks who the user is, or whether the user may see a connection. They bring no token to keep.

use std::fmt;

use jiff::Timestamp;

use super::{ConnectionId, IdentityId, SessionId};

/// An identity run to begin.
#[derive(Clone)]
pub struct NewIdentity {
    /// Its id, unique.
    pub id: IdentityId,
    /// SHA-256 of the `state` given to HubRise.
    pub state_hash: [u8; 32],
    /// The session that began it, and alone may finish.
    pub session: SessionId,
    /// The vendor's slug.
    pub vendor: String,
    /// The connection to prove a right to; none when it only asks who the user is.
    pub target: Option<ConnectionId>,
    /// The page of the console to go back to.
    pub return_to: String,
    /// Now.
    pub created_at: Timestamp,
    /// After this its `state` is void.
    pub expires_at: Timestamp,
}

impl fmt::Debug for NewIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewIdentity").field("id", &self.id).finish_non_exhaustive()
    }
}

/// An identity run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its id.
    pub id: IdentityId,
    /// The session that began it.
    pub session: SessionId,
    /// The vendor's slug.
    pub vendor: String,
    /// The connection to prove a right to.
    pub target: Option<ConnectionId>,
    /// The page of the console to go back to.
    pub return_to: String,
    /// When it began.
    pub created_at: Timestamp,
    /// After this its `state` is void.
    pub expires_at: Timestamp,
}

/// What became of an identity run's `state` that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityClaim {
    /// It is yours, and yours alone: exchange the code.
    Claimed(Box<Identity>),
    /// Never given out, or forgotten a day later.
    Unknown,
    /// Given to another session. It stays good for that one.
    Foreign,
    /// Too late.
    Expired,
    /// Used already.
    Replayed,
}
