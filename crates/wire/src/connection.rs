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
    /// Whether calls with its token succeed.
    pub health: Health,
    /// When the vendor's support last proved at HubRise that it may see this connection.
    pub support_verified_at: Option<String>,
    /// When the location's latest order was created, if the console has seen one.
    pub last_order_at: Option<String>,
    /// What the caller may do.
    pub role: Role,
}

/// What a caller may do with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// See and change.
    Manage,
    /// See alone: support made the connection on this user's request.
    View,
}

/// Whether calls with a connection's token succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// How it stands.
    pub state: HealthState,
    /// Since when it stands so; absent before the first call.
    pub since: Option<String>,
    /// When a call last failed; cleared by the next success.
    pub last_failed_at: Option<String>,
    /// When a call last succeeded.
    pub last_ok_at: Option<String>,
}

/// How a connection's token stands, by the last call made with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// No call was made yet.
    Unknown,
    /// The last call succeeded.
    Ok,
    /// 401: the subscription is not paid. HubRise's own page explains it.
    Unpaid,
    /// 401: the token is invalid or was revoked. Connecting again cures it.
    Revoked,
    /// 401: the connection is blocked. Unblocking it at HubRise cures it.
    Blocked,
    /// 401 for a reason we do not know.
    Refused,
    /// 429: too many calls.
    RateLimited,
    /// No connection, no answer in time, 5xx or nonsense.
    HubriseDown,
}

/// Who connected, as far as is known: a person, or without sign-in a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectedBy {
    /// Whether it was the session that asks.
    pub this_session: bool,
    /// The browser's family and system (`Firefox, Android`); empty when unknown.
    pub browser: String,
    /// The person's name, where one was signed in; text from outside.
    pub name: Option<String>,
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
    /// Whether HubRise could not be told that a former token of this session's is to be revoked; it is told again.
    pub revoking: bool,
    /// An open connection the user once had a right to; the right has run out and HubRise must confirm it again
    /// (`POST /attempts` with purpose `authorize`). Never beside `connection`.
    pub known: Option<String>,
    /// Set when the caller's connection of this till was ended and only support can allow a new one.
    pub lock: Option<Lock>,
    /// The caller's request to support, until it is withdrawn.
    pub request: Option<SupportRequest>,
}

/// A till that only support can release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lock {
    /// Ours; opaque.
    pub id: String,
    /// The till's id.
    pub till: String,
    /// The account it was connected to.
    pub account: NamedRef,
    /// The location, where it had one.
    pub location: Option<NamedRef>,
    /// Since when.
    pub locked_at: String,
}

/// A merchant's request that the vendor's support make a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupportRequest {
    /// Ours; opaque.
    pub id: String,
    /// The till's id.
    pub till: String,
    /// How it stands.
    pub state: RequestState,
    /// The HubRise identifier the merchant gave; text from outside.
    pub hubrise_id: String,
    /// The location's name the merchant gave; text from outside.
    pub location_name: String,
    /// Who asks: name, as HubRise gives it.
    pub name: String,
    /// Who asks: e-mail address, as HubRise gives it.
    pub email: String,
    /// The language to answer in: `en` or `fr`.
    pub language: String,
    /// When it was sent.
    pub created_at: String,
    /// What support answered when it declined; text from outside.
    pub answer: Option<String>,
}

/// How a request to support stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// In support's queue.
    Waiting,
    /// Support made the connection.
    Connected,
    /// Support declined and said why.
    Declined,
}

/// `POST /api/v1/vendors/{vendor}/requests`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestSend {
    /// The till's id.
    pub till: String,
    /// The merchant's HubRise identifier (account or location id), 1–64 characters.
    pub hubrise_id: String,
    /// The location's name, 1–160 characters.
    pub location_name: String,
    /// The language to answer in: `en` or `fr`.
    pub language: String,
}

/// `DELETE /api/v1/connections/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disconnected {
    /// True when HubRise has confirmed; false when it could not be reached and will be told later.
    pub revoked: bool,
}
