//! The support desk: every connection of a vendor, by name alone until a right to it is proven.

use serde::{Deserialize, Serialize};

use crate::{HealthState, Lock, SupportRequest};

/// `GET /api/v1/vendors/{vendor}/desk`: what stands on top of the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Desk {
    /// Open connections.
    pub connections: u64,
    /// Of these, those whose last call failed.
    pub failing: u64,
    /// Requests waiting, the longest first; at most 100.
    pub requests: Vec<SupportRequest>,
    /// Tills locked, the longest first; at most 100.
    pub locks: Vec<Lock>,
}

/// `GET /api/v1/vendors/{vendor}/desk/connections?q=…&state=…&cursor=…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPage {
    /// At most 60, the latest connected first.
    pub items: Vec<DeskLine>,
    /// How many there are in all with this search and state.
    pub total: u64,
    /// Ask again with `?cursor=…` for what follows; absent on the last page.
    pub next_cursor: Option<String>,
}

/// One connection as anybody of the vendor's support may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskLine {
    /// Ours; opaque.
    pub id: String,
    /// The till's id.
    pub till: String,
    /// The account's name; text from outside.
    pub account_name: String,
    /// The location's name; text from outside.
    pub location_name: Option<String>,
    /// How its token stands.
    pub health: HealthState,
    /// Since when it stands so; when it was connected, before the first call.
    pub since: String,
    /// When the location's latest order was created, if known.
    pub last_order_at: Option<String>,
    /// Whether the caller has a right to open it just now.
    pub granted: bool,
}

/// `POST /api/v1/vendors/{vendor}/desk/requests/{id}/decline`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestDecline {
    /// What the merchant reads, 1–500 characters.
    pub answer: String,
}
