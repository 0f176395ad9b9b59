//! The trait. Owns the promises both databases keep; how they keep them is in `sqlite` and `postgres`.
//!
//! [`Store`] is one trait made of parts: connecting a till is told here, who comes in `people`, who watches in
//! `watching`, and what support does in `support`.

mod acts;
mod embedding;
mod log;
mod operations;
mod people;
mod stock;
mod support;
mod watching;

pub use acts::{Acts, Erasing};
pub use embedding::Embedding;
pub use log::Log;
pub use operations::{Delivering, Operations, Receiving};
pub use people::{Identities, KeyTries, Users};
pub use stock::{PosKeys, StockLanes, Stocks};
pub use support::{Desks, Locks, Requests};
pub use watching::{Audits, Checks, Settings, Watching};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Attempt, AttemptId, Choice, Claim, Closing, ConnectionId, ConnectionRow, Granted, Held, NewAttempt, NewSession,
    Result, Revocation, RevocationId, Role, Session, SessionId, Settled, Settlement, Swept, Unwanted,
};

/// Everything that outlives the process.
///
/// Every method is one transaction: after an error, or a crash in the middle, all is as before. What was answered
/// with `Ok` is on disk. Every method may fail with [`StoreError::Unavailable`](crate::StoreError::Unavailable) or
/// [`Corrupt`](crate::StoreError::Corrupt); other errors are named where they can occur. Ids and texts compare byte by
/// byte. Instants are kept to the microsecond.
///
/// **A grant** belongs to a holder: the session's user for the connection's vendor if the session has one, else the
/// session itself. A session has the grants of both. What is done to a connection is noted in its audit, with who did
/// it, in the same transaction.
#[async_trait]
pub trait Store:
    Users
    + Identities
    + KeyTries
    + Requests
    + Locks
    + Desks
    + Watching
    + Checks
    + Audits
    + Settings
    + Receiving
    + Delivering
    + Operations
    + Log
    + Acts
    + Erasing
    + PosKeys
    + Stocks
    + StockLanes
    + Embedding
    + Send
    + Sync
{
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

    /// Ends a session, its own grants and its own views; those of its users stay theirs. Ending it again does nothing.
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

    /// Puts a token away that was granted and cannot be used. Exchanging or confirming → failed; `Conflict` in any other
    /// phase. The token moves to a revocation due at once, unless something else needs it.
    async fn reject_attempt(&self, id: &AttemptId, unwanted: Unwanted, problem: &str, now: Timestamp) -> Result<()>;

    /// Makes the connection. Exchanging or confirming → done; `Conflict` in any other phase, when confirming after the
    /// attempt has expired, or when confirming with another token than the one held.
    ///
    /// If a connection of the same vendor, till and hub key is open, it is updated and keeps its id, `connected_at`,
    /// `connected_by`, `connected_by_name` and `browser`; its health is unknown again and its permission checks are
    /// forgotten. The session's holder gets a grant to manage. If that is the vendor's support, it has proven its access. A token that is replaced, and that of a
    /// connection closed through [`Settlement::replaces`], moves to a revocation due at once, unless another open
    /// connection or attempt needs it. A revocation that waits for the new token is called off (HubRise gives the same
    /// token again as long as it was not revoked); `Conflict` if somebody is carrying it out.
    async fn settle_attempt(&self, id: &AttemptId, settlement: Settlement) -> Result<Settled>;

    // Connections.

    /// The open connection of a vendor's till to a location or account of HubRise. Asks for no grant: for the server's
    /// own comparisons.
    async fn open_connection(&self, vendor: &str, till: &str, hub_key: &str) -> Result<Option<ConnectionRow>>;

    /// An open connection. Asks for no grant: for the server's own work.
    async fn connection_bare(&self, id: &ConnectionId) -> Result<Option<ConnectionRow>>;

    /// The open connections of an installation, the latest first. Asks for no grant: for the server's own work.
    async fn connections_of_installation(&self, vendor: &str, app_instance_id: &str) -> Result<Vec<ConnectionRow>>;

    /// An open connection on which this session has an unexpired grant.
    async fn connection(&self, id: &ConnectionId, session: &SessionId, now: Timestamp) -> Result<Option<Granted>>;

    /// Of the open connections of a vendor's till on which this session has an unexpired grant, the one granted last.
    async fn connection_of_till(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<Granted>>;

    /// Of the open connections of a vendor's till on which this session's user once had a grant, the one whose grant ran
    /// out last.
    async fn known_connection(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<ConnectionId>>;

    /// HubRise has confirmed a right: gives it to the session's holder. A right to manage is not lessened by one to view.
    /// If the holder is the vendor's support, it has proven its access. `Conflict` when the connection is not open.
    async fn grant(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        role: Role,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()>;

    /// Completes a connection. `Conflict` when it is not open, not at `expected_version`, or the session has no unexpired
    /// grant to manage it.
    async fn choose(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        expected_version: i64,
        choice: Choice,
        now: Timestamp,
    ) -> Result<ConnectionRow>;

    /// Closes a connection that this session has an unexpired grant to manage, and moves its token to a revocation leased
    /// to the caller for 30 seconds; with `lock`, locks the till for the account. Closing it again is answered `Unknown`.
    async fn close_connection(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        lock: bool,
        now: Timestamp,
    ) -> Result<Closing>;

    /// Closes a connection whose token HubRise says is revoked, and says whether it did: not when it is closed, or has
    /// another token by now. Nothing is left to revoke.
    async fn close_dead(&self, id: &ConnectionId, expected_fingerprint: &[u8; 32], now: Timestamp) -> Result<bool>;

    // Revocations.

    /// Leases up to `limit` revocations that are due, the longest due first. No two callers get the same one before its
    /// lease has ended.
    async fn claim_revocations(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Revocation>>;

    /// HubRise knows: forgets the token. Nothing happens if it was forgotten already.
    async fn revocation_done(&self, id: &RevocationId) -> Result<()>;

    /// HubRise does not know yet: ends the lease and counts the failure. `error` must hold no secret. Nothing happens if
    /// the revocation is no more.
    async fn revocation_failed(&self, id: &RevocationId, due_at: Timestamp, error: &str) -> Result<()>;

    /// Whether a revocation that this session caused for this till has failed, and waits to be tried again.
    async fn revoking(&self, vendor: &str, till: &str, session: &SessionId) -> Result<bool>;

    // Housekeeping.

    /// Deletes what is over, at most `limit` rows of each kind, each kind in a transaction of its own: sessions past their
    /// end, grants that ran out (those of users 90 days later), attempts and identity runs a day old, requests declined 90
    /// days ago or withdrawn yesterday, wrong keys a day old, used tokens that are void, links to cases a week after they ran out. A question nobody answered in time fails its attempt
    /// ([`EXPIRED`](crate::EXPIRED)) and its token moves to a revocation, as if declined.
    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<Swept>;
}
