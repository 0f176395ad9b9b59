//! HubRise's order and the till's request beside each other, laid out by the server: lines a person can read, in rows of
//! what belongs together, with what is added up, pointed at and read in the kitchen. All texts in it come from outside.
//!
//! Owns what is told; how its indices are followed is in `following.rs`, what belongs to what is the server's affair.

mod following;

pub use following::Point;

use serde::{Deserialize, Serialize};

/// `GET /api/v1/connections/{id}/operations/{operation}/sides`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sides {
    /// Whether the request is one that was sent, and not what would be.
    pub was_sent: bool,
    /// Whether what belongs to what was computed of just this request: not so where a person wrote it, or an earlier version
    /// of the bridge.
    pub exact: bool,
    /// Whether there is a request; one that is no XML has no lines.
    pub has_request: bool,
    /// The order's lines. None where the event holds no order, or none that can be read.
    pub left: Vec<SideLine>,
    /// The lines of the request, its token masked: of the latest that was sent, or of what would be sent.
    pub right: Vec<SideLine>,
    /// What stands beside what, section by section; every line of both sides once.
    pub rows: Vec<SideRow>,
    /// What came from what, each as the order's line, its cell, the request's line, its cell; all of a line where no cell is
    /// named.
    pub links: Vec<[Option<u32>; 4]>,
    /// Both sides added up; empty where there is no request to compare with.
    pub totals: Vec<Total>,
    /// The order as a kitchen reads it: the request, or where there is none, the order.
    pub ticket: Vec<TicketLine>,
    /// How the request says that it will be paid.
    pub pays: Option<String>,
    /// Whether the request says that it was paid.
    pub paid: bool,
    /// The part that the operation's failure is about, as a person calls it.
    pub about: Option<Spot>,
    /// Where the parts are that the operation's notes are about, each by its path.
    pub noted: Vec<Spot>,
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// HubRise's order.
    Order,
    /// The till's request.
    Request,
}

/// One line of a side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SideLine {
    /// Its path: `items[0].options[1]` in the order, where places count from 0; `Transaction/Items/Item[3]` in the request,
    /// where they count from 1 and the first is not counted.
    pub path: String,
    /// How deep it hangs, from 0.
    pub depth: u32,
    /// Its facts.
    pub cells: Vec<SideCell>,
}

/// One fact of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SideCell {
    /// Its path.
    pub path: String,
    /// What the format calls it.
    pub label: String,
    /// What stands there.
    pub text: String,
    /// What it tells.
    pub role: CellRole,
}

/// What a cell tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CellRole {
    /// How many.
    Quantity,
    /// What it is called.
    Name,
    /// The code both sides know it by.
    Ref,
    /// Money.
    Amount,
    /// Anything else.
    Plain,
    /// What the interface demands and no person needs.
    Quiet,
}

/// What stands beside what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SideRow {
    /// Where it stands.
    pub section: Section,
    /// The order's line.
    pub left: Option<u32>,
    /// The request's line.
    pub right: Option<u32>,
    /// How they belong together.
    pub via: Via,
    /// Of what is merged, the request's line it is part of.
    pub into: Option<u32>,
    /// Of what is skipped or ignored, why.
    pub reason: Option<FateReason>,
    /// Both tell an amount, of the very same thing, and they differ.
    pub differs: bool,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What kind of service, and when.
    Head,
    /// What was ordered, with discounts and charges.
    Items,
    /// What was paid, or will be.
    Payments,
    /// Who ordered.
    Customer,
    /// What only one side has a use for.
    Rest,
}

impl Section {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [Self::Head, Self::Items, Self::Payments, Self::Customer, Self::Rest];
}

/// How the two halves of a row belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// The left was sent as the right.
    Sent,
    /// The left is part of a line of the request that others share.
    Merged,
    /// The left was left out, though the till could take it.
    Skipped,
    /// The left is not for the till.
    Ignored,
    /// The right comes from nowhere in the order.
    Own,
    /// Nothing is known of it.
    Loose,
}

/// Why a part was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FateReason {
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

/// One line of the comparison. Amounts are as HubRise writes them, `-3.00 EUR`, in the currency of the order's total; without
/// one where that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Total {
    /// What is added up.
    pub of: Sum,
    /// At HubRise; absent where it cannot be read.
    pub left: Option<String>,
    /// At the till; absent where it cannot be read.
    pub right: Option<String>,
    /// How much more the till counts; absent where that is nothing, or cannot be said.
    pub difference: Option<String>,
}

/// What is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sum {
    /// Items, options and deals.
    Items,
    /// Discounts.
    Discounts,
    /// Charges.
    Charges,
    /// Tips.
    Tips,
    /// All of that.
    Total,
    /// What was paid.
    Paid,
}

/// One line of the kitchen's ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketLine {
    /// How deep it hangs, from 0.
    pub depth: u32,
    /// How many of it, for one of what it hangs under: `2`, `½`; empty where once goes without saying.
    pub count: String,
    /// What it is called.
    pub name: String,
    /// Nothing to cook: a discount, a charge.
    pub aside: bool,
}

/// A part that something is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Spot {
    /// What it is called, or its path.
    pub what: String,
    /// On which side it is.
    pub side: Side,
    /// In which line.
    pub line: u32,
    /// Which cell of it; all of the line where none is named.
    pub cell: Option<u32>,
}
