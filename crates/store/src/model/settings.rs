//! Till settings: what a till itself needs, for vendors that bridge orders.

use super::Sealed;

/// A till's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillSettingsRow {
    /// The till's API token; none before it was first given.
    pub token: Option<Sealed>,
    /// Its last characters, to show.
    pub token_tail: Option<String>,
    /// Whether the till is asked to work in debug mode.
    pub debug: bool,
}
