//! Who did what to a connection.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/connections/{id}/audit`, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// At most 50.
    pub items: Vec<AuditLine>,
    /// Ask again with `?cursor=…` for what is older; absent on the last page.
    pub next_cursor: Option<String>,
}

/// One thing done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditLine {
    /// When.
    pub at: String,
    /// What.
    pub action: AuditAction,
    /// Who: a name, where a person was signed in; text from outside.
    pub name: Option<String>,
    /// Who: an e-mail address, where a person was signed in; text from outside.
    pub email: Option<String>,
    /// The browser's family and system; empty when unknown.
    pub browser: String,
    /// Whether it was the vendor's support.
    pub support: bool,
}

/// What can be done to a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// Connected for the first time.
    Connected,
    /// Authorised again.
    Reconnected,
    /// Location, catalog or customer list chosen in the console.
    Chosen,
    /// Disconnected in the console.
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
