//! What people do with operations: send again, mark as handled, show names, share. Owns no rule of who may.

use jiff::Timestamp;

use super::{ConnectionId, ExchangeId, OperationId, SessionId};

/// What somebody did with an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActKind {
    /// Had it sent again as it was.
    Resent,
    /// Had another request sent for it.
    ResentModified,
    /// Marked it as handled.
    Handled,
    /// Took that mark away.
    Reopened,
    /// Looked at the customer's name and address.
    NamesShown,
    /// Took a case file.
    CaseTaken,
    /// Made a link to a case.
    Shared,
    /// Ended such a link.
    ShareEnded,
}

/// An act, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActRow {
    /// What was done.
    pub kind: ActKind,
    /// By whom: the user's name, where the session had one.
    pub by: Option<String>,
    /// What they wrote to it; at most 1,000 bytes.
    pub note: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// An operation is to be sent again.
#[derive(Clone, Debug)]
pub struct Resend {
    /// Its connection; must be open.
    pub connection: ConnectionId,
    /// The operation: of kind `OrderCreated`, and not under way.
    pub operation: OperationId,
    /// As the person saw it: nothing is done if it has changed since.
    pub seen_changed_at: Timestamp,
    /// Who wants it.
    pub session: SessionId,
    /// The request to send in place of its translation; its token is a mask.
    pub request: Option<Vec<u8>>,
    /// When.
    pub at: Timestamp,
}

/// A link to a case.
#[derive(Clone, Debug)]
pub struct NewShare {
    /// Made up by the caller.
    pub id: String,
    /// SHA-256 of what the link holds.
    pub token_hash: [u8; 32],
    /// The connection.
    pub connection: ConnectionId,
    /// The operation.
    pub operation: OperationId,
    /// The page, masked; the store compresses it. At most 4 MiB.
    pub page: Vec<u8>,
    /// Who makes it.
    pub session: SessionId,
    /// When.
    pub at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// A link, as its list shows it. Ended and expired ones are shown until they are swept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRow {
    /// Its id.
    pub id: String,
    /// By whom, where the session had a name.
    pub by: Option<String>,
    /// Since when.
    pub at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
    /// When somebody ended it.
    pub ended_at: Option<Timestamp>,
    /// How often it was opened.
    pub opened: u64,
}

/// A list's filter under a name, of a user (or a session, where nobody is signed in) at a vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRow {
    /// Its id.
    pub id: String,
    /// What its owner calls it; at most 60 bytes.
    pub name: String,
    /// The address's query; at most 2,000 bytes.
    pub query: String,
}

/// A customer that HubRise anonymised, leased to the caller: what is kept of them is to be made unreadable.
#[derive(Clone, Debug)]
pub struct Erasure {
    /// Its id.
    pub id: i64,
    /// The connection whose event told it.
    pub connection: ConnectionId,
    /// HubRise's id of the customer.
    pub customer_id: String,
    /// Names this lease.
    pub lease: String,
}

/// A text of an operation, or of what was done with it, as it is from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retold {
    /// As it was.
    pub was: String,
    /// As it is.
    pub now: String,
}

/// What an exchange says from now on.
#[derive(Clone, Debug)]
pub struct Rewritten {
    /// Which.
    pub exchange: ExchangeId,
    /// `name: value` lines.
    pub request_headers: String,
    /// The request's body.
    pub request_body: Vec<u8>,
    /// `name: value` lines.
    pub response_headers: String,
    /// The answer's body.
    pub response_body: Vec<u8>,
}
