//! Operations and exchanges: receiving, delivering, telling, reading, forgetting.
//!
//! **The operations are the queue.** Per connection they are sent in the order they came; each connection has a lane,
//! leased to one server at a time. A lane whose first operation waits for another try holds up nobody else's.
//!
//! **Clocks lie.** A due time or a lease further ahead than any that is ever given (six minutes, a day for the callback's
//! daily look) was given by a clock that has been set back since, and counts as over.
//!
//! **Answers get lost.** Whoever is not answered may call again: an event, an operation and an exchange are kept once, and
//! a try or a telling that has ended stays as it is.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::intake::{self, Draft};
use crate::{
    ConnectionId, ExchangeId, ExchangeRow, ExchangeWhole, NewExchange, NewOperation, OperationCounts, OperationId,
    OperationPage, OperationRow, Receipt, Registration, Result, Telling, ToTell, TryEnded, Turn,
};

/// What comes in.
#[async_trait]
pub trait Receiving {
    /// Keeps many operations in one transaction, each with its event and exchange, and answers each in their order. Those
    /// of one call may name the same connection, event or order; the first counts. When it returns `Ok`, what is `Kept` is
    /// on disk. An `OrderUpdated` with HubRise's status `cancelled` or `rejected` withdraws the order's `OrderCreated` if
    /// that is `Queued`, and flags it (`cancelled_after_sending`) if it is `Sending`, or may have been printed by any try:
    /// then one that is `Queued` is `Unknown`, and not tried again. Nothing here waits for whoever changes a connection.
    async fn receive(&self, operations: Vec<NewOperation>) -> Result<Vec<Receipt>> {
        let drafts = intake::drafts(operations).await?;
        self.receive_drafts(&drafts).await
    }

    /// The same for operations that were cut and packed beforehand, by whoever waits, so that a batch does not wait for it.
    async fn receive_drafts(&self, drafts: &[Draft]) -> Result<Vec<Receipt>>;

    /// A call with a bad signature named this connection: counted.
    async fn note_refused_callback(&self, connection: &ConnectionId, at: Timestamp) -> Result<()>;

    /// How the connection's callback stands; the default when nothing is known.
    async fn registration(&self, connection: &ConnectionId) -> Result<Registration>;

    /// Leases up to `limit` open connections of these vendors whose callback is due to be looked at (or was never looked
    /// at), the longest due first. No two callers get the same one before `lease_until`.
    async fn claim_registrations(
        &self,
        vendors: &[String],
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ConnectionId>>;

    /// A look at the callback is over: `error` none when it is as it must be; `repaired` when it had to be put right.
    async fn note_registration(
        &self,
        connection: &ConnectionId,
        now: Timestamp,
        error: Option<&str>,
        repaired: bool,
        due_at: Timestamp,
    ) -> Result<()>;

    /// Makes the callback due at once, so that the next claim has it, even while somebody looks at it.
    async fn ask_registration(&self, connection: &ConnectionId, now: Timestamp) -> Result<()>;

    /// Makes the callbacks of all open connections of these vendors due at once: the server has just started, or could
    /// not keep events for a while, and looks at what HubRise was not able to tell.
    async fn ask_registrations(&self, vendors: &[String], now: Timestamp) -> Result<()>;
}

/// What goes out.
#[async_trait]
pub trait Delivering {
    /// Leases up to `limit` lanes whose first operation is due, the longest due first, and answers those operations.
    /// Lanes of connections that are closed are emptied instead: what was queued becomes `Failed` (`disconnected`), what was
    /// being sent or may have been printed before becomes `Unknown`.
    async fn claim_turns(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Turn>>;

    /// Commits that a try begins: `Queued` → `Sending`, counted. False, and nothing is written, when the lease is no longer
    /// the caller's, the operation is not queued any more (withdrawn, say) or the connection is not open: then it must not
    /// be sent. What is being sent has no cause.
    async fn begin_try(&self, id: &OperationId, lease: &str, now: Timestamp, lease_until: Timestamp) -> Result<bool>;

    /// Commits what came of it, and gives the lane back, due at once if another operation waits behind. An operation that is
    /// neither queued nor being sent under this lease is left as it is, and only the exchanges are kept; but one found
    /// `Unknown` because this very try was given up for dead takes the state after all. One that was cancelled while it was
    /// tried, and would be `Queued` again, is `Withdrawn`, or `Unknown` if it may have been printed by any try; its flag
    /// stays only then. That it may have been printed is also true once it was `Delivered` or `Unknown`, and of one found
    /// `Sending` under a lease that is over.
    async fn end_try(&self, id: &OperationId, lease: &str, ended: TryEnded, now: Timestamp) -> Result<()>;

    /// The next instant at which a lane or a telling is due, or its lease ends; none when nothing waits.
    async fn next_due(&self) -> Result<Option<Timestamp>>;

    /// Leases up to `limit` operations HubRise has to hear of, the longest due first, and counts a try to tell of each;
    /// also those of connections that are closed.
    async fn claim_tellings(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<ToTell>>;

    /// Commits what came of telling: `Due` again at `due_at`, or an end. Nothing happens when the lease is another's.
    async fn end_telling(
        &self,
        id: &OperationId,
        lease: &str,
        telling: Telling,
        due_at: Option<Timestamp>,
        exchanges: Vec<NewExchange>,
        now: Timestamp,
    ) -> Result<()>;
}

/// What is read: of the connection, and of the former ones of the same till at the same place. Nothing here asks for a
/// grant: whoever calls has asked for it.
#[async_trait]
pub trait Operations {
    /// A connection's operations, newest first, `seq` below `before`; at most 100. Reads no body.
    async fn operations(&self, connection: &ConnectionId, before: Option<i64>, limit: u32) -> Result<OperationPage>;

    /// One of the connection's operations.
    async fn operation(&self, connection: &ConnectionId, id: &OperationId) -> Result<Option<OperationRow>>;

    /// How the orders of the last 24 hours stand.
    async fn operation_counts(&self, connection: &ConnectionId, now: Timestamp) -> Result<OperationCounts>;

    /// An operation's exchanges, in the order they were kept; at most 1,000. Reads no body.
    async fn exchanges(&self, connection: &ConnectionId, operation: &OperationId) -> Result<Vec<ExchangeRow>>;

    /// One of the connection's exchanges, whole.
    async fn exchange(&self, connection: &ConnectionId, id: &ExchangeId) -> Result<Option<ExchangeWhole>>;

    /// Keeps calls made for the connection, closed or not, or for one of its operations. Nothing happens when it is gone.
    async fn note_exchanges(
        &self,
        connection: &ConnectionId,
        operation: Option<&OperationId>,
        exchanges: Vec<NewExchange>,
    ) -> Result<()>;

    /// Forgets operations that came before `before` and are over (not queued, being sent, or still to be told), with their
    /// exchanges, words, acts and shares, and exchanges of no operation as old; at most `limit` of each in one transaction. Says how many.
    async fn forget_operations(&self, before: Timestamp, limit: u32) -> Result<u64>;
}
