//! Locks: tills whose connection was closed, and that only support can release.

use jiff::Timestamp;

use super::{LockId, NamedRef};

/// A till that cannot be connected to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// Its id.
    pub id: LockId,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// The account it was connected to, and cannot be again.
    pub account: NamedRef,
    /// The location it was connected to.
    pub location: Option<NamedRef>,
    /// Since when.
    pub locked_at: Timestamp,
}
