//! Revocations: tokens nobody needs any more, of which HubRise has yet to be told.

use jiff::Timestamp;

use super::{RevocationId, Sealed, SessionId};

/// A token to revoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// Its id, which is also the token's fingerprint.
    pub id: RevocationId,
    /// The vendor's slug: the token is revoked with the client that got it.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// The token.
    pub token: Sealed,
    /// The session that caused it; it may have ended since.
    pub caused_by: SessionId,
    /// Since when the token is to be revoked.
    pub created_at: Timestamp,
    /// When to try, or try again.
    pub due_at: Timestamp,
    /// How often it was tried in vain.
    pub failures: u32,
    /// What went wrong the last time, in the caller's words.
    pub last_error: Option<String>,
}
