//! What a connection may do at HubRise, and what of it was verified.

use serde::{Deserialize, Serialize};

use crate::Permission;

/// `GET /api/v1/connections/{id}/permissions`; `POST` verifies first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Permissions {
    /// One for each permission asked for, in the scope's order.
    pub items: Vec<PermissionCheck>,
    /// When verifying may be asked for again, if not now.
    pub again_at: Option<String>,
}

/// One permission and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PermissionCheck {
    /// What was asked for.
    pub permission: Permission,
    /// What is known of the reading half.
    pub read: Verdict,
    /// When that became known; absent while `read` is `unverified`.
    pub checked_at: Option<String>,
    /// Whether a write right was granted, which cannot be verified without writing.
    pub write_granted: bool,
}

/// What is known of a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A call succeeded.
    Verified,
    /// HubRise answered 403 or 404: it is not there.
    Missing,
    /// The call failed for another reason: nothing is known.
    Failed,
    /// No call was made.
    Unverified,
}
