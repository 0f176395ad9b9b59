//! The browser's session: a cookie the app cannot read, and the token that proves a call is its own.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/session`: creates the session when there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Sent back in [`crate::CSRF_HEADER`] with every call that changes something.
    pub csrf_token: String,
    /// When the session ends at the latest.
    pub expires_at: String,
}
