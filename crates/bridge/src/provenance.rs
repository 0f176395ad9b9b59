//! What became of each part of an order. Owns the words, not the rules.

use serde::Serialize;

/// What became of a part of the order. A part that is sent, skipped or ignored takes its fields with it, except for those
/// that have a fate of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fate {
    /// The part: a path in the HubRise order.
    pub part: String,
    /// What became of it.
    pub became: Became,
}

/// What can become of a part of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// A node of its own.
    Sent {
        /// The node.
        node: String,
    },
    /// Left out, though the till could take it: something is missing.
    Skipped {
        /// What is missing.
        reason: Reason,
    },
    /// Part of a node that others share.
    Merged {
        /// The node.
        into: String,
    },
    /// Not for the till.
    Ignored {
        /// Why.
        reason: Reason,
    },
}

/// Why a part was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It has no ref.
    NoRef,
    /// What it belongs to was skipped.
    WithItem,
    /// An amount, a quantity or a time of it cannot be read.
    Unreadable,
    /// It has another shape than documented.
    OddShape,
    /// HubRise keeps it and calls it deleted.
    Deleted,
    /// Its quantity or amount is zero.
    Nothing,
    /// Nothing that is sent belongs to it.
    NoItems,
    /// It names a deal the order does not have.
    NoSuchDeal,
    /// The order is not paid online, and only then it is sent.
    NotPaidOnline,
    /// The order is for as soon as possible, or due within half an hour.
    DueSoon,
    /// The till cannot take it.
    NotSupported,
    /// The till has no use for it.
    NotNeeded,
}
