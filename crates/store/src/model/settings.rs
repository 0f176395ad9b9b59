//! Till settings: what a till itself needs, for vendors that bridge orders.

use jiff::Timestamp;

use super::Sealed;

/// A till's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillSettingsRow {
    /// The till's API token; none before it was first given.
    pub token: Option<Sealed>,
    /// Its last characters, to show.
    pub token_tail: Option<String>,
    /// How orders are to reach it, in the server's own JSON; at most 8 KiB.
    pub choices: String,
    /// Counts changes, from 1.
    pub version: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// Who did, by name; none where nobody was signed in.
    pub changed_by: Option<String>,
}
