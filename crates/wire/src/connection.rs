//! A connection: a till tied to a HubRise location.

use serde::{Deserialize, Serialize};

/// A HubRise thing by its id and its name at the time it was last read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedRef {
    /// HubRise's id; case matters.
    pub id: String,
    /// HubRise's name; text from outside.
    pub name: String,
}

/// How a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// HubRise has authorised it; a location, catalog or customer list has yet to be chosen in the console.
    Choosing,
    /// Complete.
    Connected,
}

/// An open connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Connection {
    /// Ours; opaque.
    pub id: String,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// How it stands.
    pub state: ConnectionState,
    /// The HubRise account.
    pub account: NamedRef,
    /// The HubRise location; absent while it has yet to be chosen.
    pub location: Option<NamedRef>,
    /// The catalog; absent where the till uses none, or none was chosen yet.
    pub catalog: Option<NamedRef>,
    /// The customer list; absent where the till uses none, or none was chosen yet.
    pub customer_list: Option<NamedRef>,
    /// When it was first connected.
    pub connected_at: String,
    /// Who connected it.
    pub connected_by: ConnectedBy,
    /// When it was last authorised again, if it was.
    pub reconnected_at: Option<String>,
}

/// Who connected, as far as is known without an account of ours: a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectedBy {
    /// Whether it was the session that asks.
    pub this_session: bool,
    /// The browser's family and system (`Firefox, Android`); empty when unknown.
    pub browser: String,
}

/// What can differ after connecting again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The HubRise account.
    Account,
    /// The location.
    Location,
    /// The catalog.
    Catalog,
    /// The customer list.
    CustomerList,
}

/// One difference between a connection before and after it was authorised again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// What differs.
    pub subject: Subject,
    /// What it was.
    pub from: Option<NamedRef>,
    /// What it is now.
    pub to: Option<NamedRef>,
}

/// A connection just made, remade or completed, and what that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Connected {
    /// How it is now.
    pub connection: Connection,
    /// Whether it existed before.
    pub again: bool,
    /// What differs from before; empty for a first connection or when nothing does.
    pub changes: Vec<Change>,
}

/// `GET /api/v1/vendors/{vendor}/tills/{till}/status`: what this session may know of a till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TillStatus {
    /// The open connection, if this session has a grant on one.
    pub connection: Option<Connection>,
    /// Whether a former token of this session's still waits to be revoked at HubRise.
    pub revoking: bool,
}

/// `DELETE /api/v1/connections/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disconnected {
    /// True when HubRise has confirmed; false when it could not be reached and will be told later.
    pub revoked: bool,
}
