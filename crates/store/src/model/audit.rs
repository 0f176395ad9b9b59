//! The audit: who did what to a connection.

use jiff::Timestamp;

use super::UserId;

/// What can be done to a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Connected for the first time.
    Connected,
    /// Authorised again.
    Reconnected,
    /// Location, catalog or customer list chosen in the console.
    Chosen,
    /// Disconnected in the console, or left for another location.
    Disconnected,
    /// HubRise told that it was disconnected there.
    DisconnectedAtHubrise,
    /// Support allowed a new connection.
    Released,
    /// Somebody proved at HubRise a right to see it.
    Viewed,
    /// The till's settings were changed.
    Configured,
}

/// One thing done. What is said of the person is what was true then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Grows with every row; names the row to continue after.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub action: Action,
    /// Who, where a person was signed in.
    pub name: Option<String>,
    /// Who, where a person was signed in.
    pub email: Option<String>,
    /// The browser's family and system; empty when unknown.
    pub browser: String,
    /// Whether it was the vendor's support.
    pub support: bool,
}

/// Who acts: the session's user for the connection's vendor, or the session's browser alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) user: Option<UserId>,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) browser: String,
    pub(crate) support: bool,
}
