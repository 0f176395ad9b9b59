//! The trait. Owns the promises both databases keep; how they keep them is in `sqlite` and `postgres`.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Attempt, AttemptId, Choice, Claim, Closing, ConnectionId, ConnectionRow, Held, NewAttempt, NewSession, Result,
    Revocation, RevocationId, Session, SessionId, Settled, Settlement, Swept,
};

/// Everything that outlives the process.
///
/// Every method is one transaction: after an error, or a crash in the middle, all is as before. What was answered
/// with `Ok` is on disk. Every method may fail with [`StoreError::Unavailable`](crate::StoreError::Unavailable) or
/// [`Corrupt`](crate::StoreError::Corrupt); other errors are named where they can occur. Ids and texts compare byte by
/// byte. Instants are kept to the microsecond.
#[async_trait]
pub trait Store: Send + Sync {
    /// Whether the database answers and has every migration this program knows.
    ///
    /// Fails with [`Schema`](crate::StoreError::Schema) when a migration is missing.
    async fn ping(&self) -> Result<()>;

    /// Lets go of the database, once running calls have ended. Later calls fail with `Unavailable`.
    async fn close(&self);

    // Sessions.

    /// Creates a session. Fails with `Conflict` if its id or token hash exists.
    async fn create_session(&self, session: NewSession) -> Result<Session>;

    /// The session of a cookie. None when there is none, it has expired, or it was not seen for `idle` or longer.
    /// Notes that it was seen, at most once a minute.
    async fn session(&self, token_hash: &[u8; 32], now: Timestamp, idle: SignedDuration) -> Result<Option<Session>>;

    /// Ends a session and its grants. Ending it again does nothing.
    async fn end_session(&self, id: &SessionId) -> Result<()>;

    // Attempts.

    /// Begins an attempt. Fails with `Conflict` if its id or state hash exists.
    async fn begin_attempt(&self, attempt: NewAttempt) -> Result<()>;

    /// Takes the `state` that came back: of any number of calls at once, exactly one is answered `Claimed`. A call that
    /// is not answered `Claimed` changes nothing. Waiting → exchanging.
    async fn claim_attempt(&self, state_hash: &[u8; 32], session: &SessionId, now: Timestamp) -> Result<Claim>;

    /// An attempt of this session.
    async fn attempt(&self, id: &AttemptId, session: &SessionId) -> Result<Option<Attempt>>;

    /// The attempt this session began last.
    async fn latest_attempt(&self, session: &SessionId) -> Result<Option<Attempt>>;

    /// Notes why it failed. Waiting or exchanging → failed; `Conflict` in any other phase: an attempt that holds a token
    /// ends by being settled or declined.
    async fn fail_attempt(&self, id: &AttemptId, problem: &str) -> Result<()>;

    /// Puts a token aside until a person confirms. Exchanging → confirming; `Conflict` in any other phase. A revocation
    /// that waits for this very token is called off; `Conflict` if somebody is carrying it out.
    async fn hold_attempt(&self, id: &AttemptId, held: Held, now: Timestamp) -> Result<()>;

    /// The person said no. Confirming → failed ([`DECLINED`](crate::DECLINED)); `Conflict` in any other phase. The token
    /// moves to a revocation due at once, unless an open connection or another attempt needs it.
    async fn decline_attempt(&self, id: &AttemptId, now: Timestamp) -> Result<()>;

    /// Makes the connection. Exchanging or confirming → done; `Conflict` in any other phase, when confirming after the
    /// attempt has expired, or when confirming with another token than the one held.
    ///
    /// If a connection of the same vendor, till and hub key is open, it is updated and keeps its id, `connected_at`,
    /// `connected_by` and `browser`. The attempt's session gets a grant. A token that is replaced, and that of a
    /// connection closed through [`Settlement::replaces`], moves to a revocation due at once, unless another open
    /// connection or attempt needs it. A revocation that waits for the new token is called off (HubRise gives the same
    /// token again as long as it was not revoked); `Conflict` if somebody is carrying it out.
    async fn settle_attempt(&self, id: &AttemptId, settlement: Settlement) -> Result<Settled>;

    // Connections.

    /// The open connection of a vendor's till to a location or account of HubRise. Asks for no grant: for the server's
    /// own comparisons.
    async fn open_connection(&self, vendor: &str, till: &str, hub_key: &str) -> Result<Option<ConnectionRow>>;

    /// An open connection on which this session has an unexpired grant.
    async fn connection(&self, id: &ConnectionId, session: &SessionId, now: Timestamp)
    -> Result<Option<ConnectionRow>>;

    /// Of the open connections of a vendor's till on which this session has an unexpired grant, the one granted last.
    async fn connection_of_till(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<ConnectionRow>>;

    /// Completes a connection. `Conflict` when it is not open or not at `expected_version`.
    async fn choose(&self, id: &ConnectionId, expected_version: i64, choice: Choice) -> Result<ConnectionRow>;

    /// Closes a connection on which this session has an unexpired grant, and moves its token to a revocation leased to
    /// the caller for 30 seconds. Closing it again is answered `Unknown`.
    async fn close_connection(&self, id: &ConnectionId, session: &SessionId, now: Timestamp) -> Result<Closing>;

    // Revocations.

    /// Leases up to `limit` revocations that are due, the longest due first. No two callers get the same one before its
    /// lease has ended.
    async fn claim_revocations(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Revocation>>;

    /// HubRise knows: forgets the token. Nothing happens if it was forgotten already.
    async fn revocation_done(&self, id: &RevocationId) -> Result<()>;

    /// HubRise does not know yet: ends the lease and counts the failure. `error` must hold no secret. Nothing happens if
    /// the revocation is no more.
    async fn revocation_failed(&self, id: &RevocationId, due_at: Timestamp, error: &str) -> Result<()>;

    /// Whether a revocation that this session caused for this till still waits.
    async fn revoking(&self, vendor: &str, till: &str, session: &SessionId) -> Result<bool>;

    // Housekeeping.

    /// Deletes what is over, at most `limit` rows of each kind, each kind in a transaction of its own: sessions past their
    /// end, grants that ran out, attempts a day old. A question nobody answered in time fails its attempt
    /// ([`EXPIRED`](crate::EXPIRED)) and its token moves to a revocation, as if declined.
    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<Swept>;
}
