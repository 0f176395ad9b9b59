//! Health: how a connection's token stands; and what has changed since somebody looked.

use jiff::Timestamp;

use super::ConnectionId;

/// How a connection's token stands, by the last call made with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Health {
    /// No call was made yet.
    Unknown,
    /// The last call succeeded.
    Ok,
    /// The subscription is not paid.
    Unpaid,
    /// The token is invalid or was revoked.
    Revoked,
    /// The connection is blocked.
    Blocked,
    /// Refused for a reason we do not know.
    Refused,
    /// Too many calls.
    RateLimited,
    /// No connection, no answer in time, 5xx or nonsense.
    HubriseDown,
}

/// What has changed since a point in time.
///
/// Changes are numbered by instants of their own: never before the clock of whoever makes them, and each after all that
/// were committed earlier, whatever the clocks say. So what is read up to [`Changes::until`] is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Connections that were made, changed or closed.
    pub connections: Vec<ConnectionId>,
    /// Vendor and till of connections that were made or closed, of requests and of locks that changed.
    pub tills: Vec<(String, String)>,
    /// Where to continue.
    pub until: Timestamp,
}
