//! What people do with operations. Who may is for the caller to decide; who did is kept in the same transaction.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    ActKind, ActRow, ConnectionId, Erasure, NewShare, OperationId, OperationRow, Resend, Result, Rewritten, SessionId,
    ShareRow, StoreError, ViewRow,
};

/// Sending again, marking, sharing, saved views.
#[async_trait]
pub trait Acts {
    /// Puts an order back on its way: `Queued`, due at once, `resends` counted, no longer marked as handled, `telling` none
    /// (HubRise is told after it is delivered); `request` is sent in place of its translation. `tries` begin again at 0.
    /// None when there is no such operation there. `Conflict` when it has changed since it was seen, is under way, is no
    /// `OrderCreated`, or its connection is not open: of two who press at once, one is told.
    async fn resend(&self, _resend: Resend) -> Result<Option<OperationRow>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Marks an operation as handled (or takes the mark away); again does nothing. None when there is none.
    async fn mark_handled(
        &self,
        _connection: &ConnectionId,
        _operation: &OperationId,
        _session: &SessionId,
        _handled: bool,
        _note: Option<&str>,
        _at: Timestamp,
    ) -> Result<Option<OperationRow>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Notes an act that changes nothing else. `NamesShown` also lets the session's holder read names in this operation for
    /// as long as its grant lasts.
    async fn note_act(
        &self,
        _connection: &ConnectionId,
        _operation: &OperationId,
        _session: &SessionId,
        _kind: ActKind,
        _at: Timestamp,
    ) -> Result<()> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Whether the session's holder has had names shown in this operation within the last 24 hours.
    async fn names_shown(
        &self,
        _connection: &ConnectionId,
        _operation: &OperationId,
        _session: &SessionId,
        _now: Timestamp,
    ) -> Result<bool> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// What was done with an operation, oldest first; at most 200.
    async fn acts(&self, _connection: &ConnectionId, _operation: &OperationId) -> Result<Vec<ActRow>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Makes a link, and notes it. False when there is no such operation there.
    async fn share(&self, _share: NewShare) -> Result<bool> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// The links to an operation, newest first; at most 50.
    async fn shares(&self, _connection: &ConnectionId, _operation: &OperationId) -> Result<Vec<ShareRow>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Ends a link, and notes it; again does nothing. False when there is none.
    async fn end_share(
        &self,
        _connection: &ConnectionId,
        _operation: &OperationId,
        _share: &str,
        _session: &SessionId,
        _at: Timestamp,
    ) -> Result<bool> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// The page a link leads to, counted as opened; none when it has ended, expired or never was.
    async fn shared(&self, _token_hash: &[u8; 32], _now: Timestamp) -> Result<Option<Vec<u8>>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// The saved views of the session's holder at a vendor, by name; at most 50.
    async fn views(&self, _session: &SessionId, _vendor: &str) -> Result<Vec<ViewRow>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Saves a view; one of the same name is replaced. `Conflict` when there are 50.
    async fn keep_view(&self, _session: &SessionId, _vendor: &str, _view: ViewRow, _now: Timestamp) -> Result<()> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Forgets one. False when there is none of the holder's.
    async fn forget_view(&self, _session: &SessionId, _vendor: &str, _view: &str) -> Result<bool> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }
}

/// Forgetting a customer. An erasure begins in `receive` ([`NewOperation::erases`](crate::NewOperation::erases)), in the
/// transaction that keeps the event, and ends when nothing of the customer is left.
#[async_trait]
pub trait Erasing {
    /// Leases up to `limit` erasures that are due, the longest due first.
    async fn claim_erasures(&self, _now: Timestamp, _lease_until: Timestamp, _limit: u32) -> Result<Vec<Erasure>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Operations of that customer there, oldest first, `seq` above `after`, at most `limit`: those whose words name the
    /// customer's id.
    async fn operations_to_erase(&self, _erasure: &Erasure, _after: i64, _limit: u32) -> Result<Vec<OperationRow>> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// Rewrites exchanges of an operation, forgets all its words but the order's own (id, ref, collection code) and the
    /// customer's id, and the pages of its shares; one transaction.
    async fn erase(&self, _operation: &OperationId, _rewritten: Vec<Rewritten>) -> Result<()> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    /// It is done. Nothing happens when the lease is another's.
    async fn end_erasure(&self, _erasure: &Erasure) -> Result<()> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }
}
