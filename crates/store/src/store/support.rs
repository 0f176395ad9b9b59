//! What support does: requests, locks, the desk.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{Desk, DeskPage, DeskQuery, Lock, LockId, NewRequest, Request, RequestId, Result, SessionId};

/// Merchants' requests.
#[async_trait]
pub trait Requests {
    /// Sends a request. Another one of the same user for the same till is withdrawn for it. Fails with `Conflict` if its
    /// id exists, or when the user is not the session's for this vendor.
    async fn send_request(&self, request: NewRequest) -> Result<Request>;

    /// The request of this session's user for a till, until it is withdrawn.
    async fn request_of(&self, vendor: &str, till: &str, session: &SessionId) -> Result<Option<Request>>;

    /// A request to this vendor, until it is withdrawn.
    async fn request(&self, vendor: &str, id: &RequestId) -> Result<Option<Request>>;

    /// Withdraws a request of this session's user, in whatever state it is. False when there is none.
    async fn withdraw_request(&self, id: &RequestId, session: &SessionId, now: Timestamp) -> Result<bool>;

    /// Declines a request that waits. False when there is none.
    async fn decline_request(&self, vendor: &str, id: &RequestId, answer: &str, now: Timestamp) -> Result<bool>;
}

/// Locked tills.
#[async_trait]
pub trait Locks {
    /// The lock in force on a till whose connection this session, or its user, could see when it was closed; the latest.
    async fn lock_of(&self, vendor: &str, till: &str, session: &SessionId) -> Result<Option<Lock>>;

    /// Releases a lock. False when there is none in force.
    async fn release_lock(&self, vendor: &str, id: &LockId, session: &SessionId, now: Timestamp) -> Result<bool>;
}

/// The support desk. Asks for no grant: that the caller is the vendor's support is the server's to know.
#[async_trait]
pub trait Desks {
    /// What stands on top of the desk.
    async fn desk(&self, vendor: &str) -> Result<Desk>;

    /// A page of the vendor's open connections.
    async fn desk_page(&self, vendor: &str, session: &SessionId, query: DeskQuery, now: Timestamp) -> Result<DeskPage>;
}
