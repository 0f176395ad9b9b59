//! The support desk: a vendor's connections, by name alone.

use jiff::Timestamp;

use super::{ConnectionId, Health, Lock, Request};

/// What stands on top of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Open connections.
    pub connections: u64,
    /// Of these, those whose last call failed.
    pub failing: u64,
    /// Requests waiting, the longest first; at most 100.
    pub requests: Vec<Request>,
    /// Tills locked, the longest first; at most 100.
    pub locks: Vec<Lock>,
}

/// Which connections to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskQuery {
    /// Text to find in the account's or location's name or id, whatever its case; empty for all. Of a name the first 120
    /// characters are searched, of an id the first 60.
    pub text: String,
    /// How their tokens stand.
    pub state: Option<Health>,
    /// [`DeskPage::next`] of the page before; one that was never given out begins anew.
    pub cursor: Option<String>,
    /// How many at most.
    pub limit: u32,
}

/// A page of connections, the latest connected first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskPage {
    /// The page.
    pub rows: Vec<DeskRow>,
    /// How many there are in all with this text and state.
    pub total: u64,
    /// The cursor of what follows.
    pub next: Option<String>,
}

/// One connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    /// Its id.
    pub id: ConnectionId,
    /// The till's id.
    pub till: String,
    /// The account's name; text from outside.
    pub account_name: String,
    /// The location's name; text from outside.
    pub location_name: Option<String>,
    /// How its token stands.
    pub health: Health,
    /// Since when; when it was connected, before the first call.
    pub since: Timestamp,
    /// When its latest order was created, if known.
    pub last_order_at: Option<Timestamp>,
    /// Whether the session that asks has a grant on it.
    pub granted: bool,
}
