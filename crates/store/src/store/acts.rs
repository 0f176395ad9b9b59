//! What people do with operations. Who may is for the caller to decide; who did is kept in the same transaction.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    ActKind, ActRow, ConnectionId, Erasure, NewShare, OperationId, OperationRow, Resend, Result, Retold, Rewritten,
    SessionId, ShareRow, ViewRow,
};

/// Sending again, marking, sharing, saved views.
#[async_trait]
pub trait Acts {
    /// Puts an order back on its way: `Queued`, due at once, `resends` counted, no longer marked as handled, `telling` none
    /// (HubRise is told after it is delivered); `request` is sent in place of its translation. `tries` begin again at 0;
    /// cause, detail and flag are gone, what it was told before is forgotten, and whether it may have been printed stays.
    /// Those behind it wait for it, as it came before them; one that is being sent is not interrupted. None when there is
    /// no such operation there. `Conflict` when it has changed since it was seen, is under way, is no `OrderCreated`, is of
    /// a former connection, or its connection is not open: of two who press at once, one is told. Its `changed_at` always
    /// grows, whatever the clock says.
    async fn resend(&self, resend: Resend) -> Result<Option<OperationRow>>;

    /// Marks an operation as handled (or takes the mark away), and notes it; again does nothing. None when there is none.
    async fn mark_handled(
        &self,
        connection: &ConnectionId,
        operation: &OperationId,
        session: &SessionId,
        handled: bool,
        note: Option<&str>,
        at: Timestamp,
    ) -> Result<Option<OperationRow>>;

    /// Notes an act that changes nothing else; nothing happens when there is no such operation there. `NamesShown` also
    /// lets the session's holder read names in this operation: see [`Acts::names_shown`].
    async fn note_act(
        &self,
        connection: &ConnectionId,
        operation: &OperationId,
        session: &SessionId,
        kind: ActKind,
        at: Timestamp,
    ) -> Result<()>;

    /// Whether the session's holder has had names shown in this operation within the last 24 hours.
    async fn names_shown(
        &self,
        connection: &ConnectionId,
        operation: &OperationId,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<bool>;

    /// What was done with an operation, oldest first; at most 200.
    async fn acts(&self, connection: &ConnectionId, operation: &OperationId) -> Result<Vec<ActRow>>;

    /// Makes a link, and notes it. False when there is no such operation there; `Conflict` if its id or token hash exists.
    async fn share(&self, share: NewShare) -> Result<bool>;

    /// The links to an operation, newest first; at most 50.
    async fn shares(&self, connection: &ConnectionId, operation: &OperationId) -> Result<Vec<ShareRow>>;

    /// Ends a link, forgets its page, and notes it; again does nothing. False when there is none.
    async fn end_share(
        &self,
        connection: &ConnectionId,
        operation: &OperationId,
        share: &str,
        session: &SessionId,
        at: Timestamp,
    ) -> Result<bool>;

    /// The page a link leads to, counted as opened; none when it has ended, expired or never was.
    async fn shared(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Vec<u8>>>;

    /// The saved views of the session's holder at a vendor, by name; at most 50.
    async fn views(&self, session: &SessionId, vendor: &str) -> Result<Vec<ViewRow>>;

    /// Saves a view; one of the same name is replaced, its id too. `Conflict` when there are 50, when the id exists, or
    /// when the session has ended. A session's own views become its user's when it signs in, and end with it otherwise.
    async fn keep_view(&self, session: &SessionId, vendor: &str, view: ViewRow, now: Timestamp) -> Result<()>;

    /// Forgets one. False when there is none of the holder's.
    async fn forget_view(&self, session: &SessionId, vendor: &str, view: &str) -> Result<bool>;
}

/// Forgetting a customer. An erasure begins in `receive` ([`NewOperation::erases`](crate::NewOperation::erases)), in the
/// transaction that keeps the event, and ends when nothing of the customer is left. One that is under way begins anew when
/// HubRise says so once more.
#[async_trait]
pub trait Erasing {
    /// Leases up to `limit` erasures that are due, the longest due first. Whoever dies over one leaves it to the next, once
    /// the lease has ended.
    async fn claim_erasures(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Erasure>>;

    /// Operations of that customer there, oldest first, `seq` above `after`, at most `limit`: those whose words name the
    /// customer's id.
    async fn operations_to_erase(&self, erasure: &Erasure, after: i64, limit: u32) -> Result<Vec<OperationRow>>;

    /// Rewrites exchanges of an operation, forgets all its words but the order's own (id, ref, collection code) and the
    /// customer's id, what a person wrote to be sent for it, and its shares; one transaction. Where `detail` or `notes` of
    /// the operation, or the note of an act, is still what one of `retold` says it was, it is replaced. Exchanges of others
    /// are left alone; nothing happens when the operation is gone.
    async fn erase(&self, operation: &OperationId, rewritten: Vec<Rewritten>, retold: &[Retold]) -> Result<()>;

    /// It is done. Nothing happens when the lease is another's.
    async fn end_erasure(&self, erasure: &Erasure) -> Result<()>;
}
