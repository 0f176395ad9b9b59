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
    /// Who is signed in: one user a vendor at most.
    pub users: Vec<SignedIn>,
}

/// A person signed in with HubRise at one vendor's console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// The vendor's slug.
    pub vendor: String,
    /// First and last name; text from outside.
    pub name: String,
    /// E-mail address; text from outside.
    pub email: String,
    /// Whether the vendor's profile names this person as its support.
    pub support: bool,
    /// In a back office's frame: what the back office lets this person do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedded: Option<EmbedRole>,
}

/// What a back office lets its user do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EmbedRole {
    /// Connects tills, and manages what is connected.
    Manager,
    /// Looks.
    Viewer,
    /// The vendor's support.
    Support,
}

/// One line of `GET /api/v1/vendors/{vendor}/sessions`: where this user is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionLine {
    /// Ours; opaque; not the cookie.
    pub id: String,
    /// The browser's family and system; empty when unknown.
    pub browser: String,
    /// When it began.
    pub created_at: String,
    /// When it was last seen, to the minute.
    pub last_seen_at: String,
    /// Whether it is the one that asks.
    pub this: bool,
}
