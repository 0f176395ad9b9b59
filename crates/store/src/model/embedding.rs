//! Users whom a vendor's back office names, and the windows in which their attempts go on.

use jiff::Timestamp;

use super::{Attempt, UserId};

/// What a back office lets its user do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmbedRole {
    /// Connects tills, and manages what is connected.
    Manager,
    /// Looks.
    Viewer,
    /// The vendor's support: looks, and acts on operations.
    Support,
}

/// Whom a back office names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEmbedded {
    /// The id, should these claims be new.
    pub id: UserId,
    /// The vendor's slug.
    pub vendor: String,
    /// Stands for the claims: who, of which merchant, with which role and tills. With the vendor it is unique.
    pub claims: String,
    /// The back office's id of the restaurant.
    pub merchant: String,
    /// The ids of the tills it is about.
    pub tills: Vec<String>,
    /// What the user may do.
    pub role: EmbedRole,
    /// The user's name; text from outside, may be empty.
    pub name: String,
}

/// An embedded user as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// Our id of the user.
    pub user: UserId,
    /// The vendor's slug.
    pub vendor: String,
    /// The back office's id of the restaurant.
    pub merchant: String,
    /// The ids of the tills it is about.
    pub tills: Vec<String>,
    /// What the user may do.
    pub role: EmbedRole,
}

/// A token that is about to be used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedToken {
    /// Its `jti`.
    pub jti: String,
    /// When it would be void in any case.
    pub expires_at: Timestamp,
}

/// The window an attempt goes on in.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPopup {
    /// SHA-256 of what the window knows.
    pub nonce_hash: [u8; 32],
    /// Who began.
    pub user: UserId,
    /// The back office's page, where the way back leads if the window is the back office's own.
    pub return_to: Option<String>,
}

impl std::fmt::Debug for NewPopup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPopup").field("user", &self.user).finish_non_exhaustive()
    }
}

/// What a window finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PopupOpening {
    /// It is this window's now, and no other's.
    Opened {
        /// The attempt, with a `state` of its own from now on.
        attempt: Box<Attempt>,
        /// The back office's page.
        return_to: Option<String>,
    },
    /// Nothing of that name, not yet or not any more.
    Unknown,
    /// Another window has it, or it is over.
    Used,
}
