//! Permission checks: what was verified of a connection's rights.

use jiff::Timestamp;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// A call succeeded.
    Verified,
    /// HubRise says that it is not there.
    Missing,
    /// The call failed for another reason: nothing is known.
    Failed,
}

/// What the last check of one resource found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    /// The scope's word for the resource, such as `orders`.
    pub resource: String,
    /// What was found.
    pub verdict: Verdict,
    /// When.
    pub checked_at: Timestamp,
}
