//! Connections: tills tied to HubRise.

use jiff::Timestamp;

use super::{ConnectionId, Health, Revocation, Sealed, SessionId};

/// A HubRise thing by its id and its name at the time it was last read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NamedRef {
    /// HubRise's id; case matters.
    pub id: String,
    /// HubRise's name; text from outside.
    pub name: String,
}

impl NamedRef {
    /// Id and name, for two columns.
    pub(crate) fn into_parts(self) -> (String, String) {
        (self.id, self.name)
    }
}

/// How an open connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConnectionState {
    /// Authorised; a location, catalog or customer list has yet to be chosen in the console.
    Choosing,
    /// Complete.
    Connected,
}

/// How far a connection's token reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// One location.
    Location,
    /// Every location of an account.
    Account,
}

/// An open connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionRow {
    /// Its id.
    pub id: ConnectionId,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// How it stands.
    pub state: ConnectionState,
    /// How far its token reaches.
    pub level: Level,
    /// The id at HubRise of the location, or at account level of the account.
    pub hub_key: String,
    /// The account.
    pub account: NamedRef,
    /// The location, if chosen.
    pub location: Option<NamedRef>,
    /// The catalog, if chosen.
    pub catalog: Option<NamedRef>,
    /// The customer list, if chosen.
    pub customer_list: Option<NamedRef>,
    /// The scope granted.
    pub scope: String,
    /// The `device_id` it was asked with.
    pub device_id: Option<String>,
    /// The app's installation.
    pub app_instance_id: Option<String>,
    /// The token.
    pub token: Sealed,
    /// SHA-256 of the token, to compare tokens without opening them.
    pub token_fingerprint: [u8; 32],
    /// When it was first connected.
    pub connected_at: Timestamp,
    /// The session that first connected it; it may have ended since.
    pub connected_by: SessionId,
    /// That session's browser; empty when unknown.
    pub browser: String,
    /// When it was last authorised again, if it was.
    pub reconnected_at: Option<Timestamp>,
    /// Starts at 1 and grows by one whenever what is connected changes; health and the like leave it alone.
    pub version: i64,
    /// How its token stands, by the last call made with it. Unknown again once it is connected again.
    pub health: Health,
    /// Since when it stands so; none before the first call.
    pub health_since: Option<Timestamp>,
    /// When a call last failed; cleared by the next success.
    pub last_failed_at: Option<Timestamp>,
    /// When a call last succeeded, to the minute.
    pub last_ok_at: Option<Timestamp>,
    /// When the vendor's support last proved at HubRise that it may see it.
    pub support_verified_at: Option<Timestamp>,
    /// When its latest order was created, if one was seen.
    pub last_order_at: Option<Timestamp>,
    /// Who first connected it, where a person was signed in.
    pub connected_by_name: Option<String>,
    /// When its permissions were last checked, or a check begun.
    pub checks_asked_at: Option<Timestamp>,
    /// The IANA name of the location's time zone, as HubRise last told it; text from outside.
    pub timezone: Option<String>,
    /// Its place among all changes: see [`Changes`](crate::Changes).
    pub changed_at: Timestamp,
}

/// What a holder of a grant may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// See and change.
    Manage,
    /// See alone.
    View,
}

/// An open connection, and what the session that asks may do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The connection.
    pub connection: ConnectionRow,
    /// What the session may do.
    pub role: Role,
}

/// A choice made in the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The location.
    pub location: NamedRef,
    /// The catalog, where there is one to choose.
    pub catalog: Option<NamedRef>,
    /// The customer list, where there is one to choose.
    pub customer_list: Option<NamedRef>,
}

/// What closing a connection leaves to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Closed: revoke this token now. Nobody else will try before the lease ends.
    Revoke(Box<Revocation>),
    /// Closed; its token serves another open connection or waits in an attempt, and must live on.
    TokenInUse,
    /// Nothing was done: no such open connection, or the session has no grant on it.
    Unknown,
    /// Nothing was done: the session may see it, not change it.
    ViewOnly,
}
