//! The log beyond its lines: where matches were found, charts, groups, what people do with an operation, links to cases,
//! saved views. The two sides of an order are in `sides.rs`.

use serde::{Deserialize, Serialize};

use crate::Cause;

/// What of an operation matched a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// HubRise's id of the order.
    OrderId,
    /// The customer-facing ref.
    Reference,
    /// The collection code.
    CollectionCode,
    /// A phone number's last digits.
    Phone,
    /// The customer's name.
    Customer,
    /// The words of the failure.
    Detail,
    /// A request's body or address.
    Request,
    /// An answer's body.
    Answer,
}

/// Why a line is among those found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Matched {
    /// What matched.
    pub kind: MatchKind,
    /// Where a body matched: some text around it, on one line; text from outside. Absent where names are hidden.
    pub excerpt: Option<String>,
    /// The exchange, where a body matched.
    pub exchange: Option<String>,
}

/// Whose turn it is to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The restaurant's manager.
    Manager,
    /// The vendor's support.
    Support,
    /// Nobody: it passes by itself, or nothing is wrong.
    Nobody,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 22] = [
        Self::WrongToken,
        Self::NoToken,
        Self::StoreOffline,
        Self::TillFault,
        Self::UnknownProduct,
        Self::TillRefused,
        Self::TillUnreachable,
        Self::NoAnswer,
        Self::Nonsense,
        Self::Interrupted,
        Self::NothingToSend,
        Self::SeveralCurrencies,
        Self::OrderUnreadable,
        Self::DuplicateOrder,
        Self::CancelledBefore,
        Self::AlreadyOver,
        Self::Disconnected,
        Self::EventUnknown,
        Self::HubriseRefused,
        Self::HubriseDown,
        Self::HubriseLimited,
        Self::SendingOff,
    ];

    /// Who can cure it.
    #[must_use]
    pub const fn actor(self) -> Actor {
        match self {
            Self::WrongToken
            | Self::NoToken
            | Self::StoreOffline
            | Self::UnknownProduct
            | Self::TillRefused
            | Self::TillUnreachable
            | Self::NoAnswer
            | Self::Interrupted
            | Self::NothingToSend
            | Self::Disconnected
            | Self::SendingOff => Actor::Manager,
            Self::TillFault
            | Self::Nonsense
            | Self::SeveralCurrencies
            | Self::OrderUnreadable
            | Self::EventUnknown
            | Self::HubriseRefused => Actor::Support,
            Self::DuplicateOrder
            | Self::CancelledBefore
            | Self::AlreadyOver
            | Self::HubriseDown
            | Self::HubriseLimited => Actor::Nobody,
        }
    }
}

/// `GET /api/v1/connections/{id}/operation_stats`: the last 30 days and what fails today, in the store's time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationStats {
    /// Thirty days, the oldest first, today last.
    pub days: Vec<DayStats>,
    /// Today's orders that wait for a person, by cause; the largest group first.
    pub failures: Vec<CauseStats>,
    /// The channels orders came by, for the filter.
    pub channels: Vec<String>,
}

/// A day of the chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayStats {
    /// `2026-11-22`.
    pub date: String,
    /// Orders that came.
    pub orders: u64,
    /// Those of them that stand refused, failed, unknown or for attention.
    pub failures: u64,
}

/// Orders that fail for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CauseStats {
    /// Why.
    pub cause: Option<Cause>,
    /// The words to it; text from outside.
    pub detail: Option<String>,
    /// How many.
    pub orders: u64,
    /// The newest of them.
    pub newest: String,
}

/// What somebody did with an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// Had it sent again as it was.
    Resent,
    /// Had another request sent for it.
    ResentModified,
    /// Marked it as handled.
    Handled,
    /// Took that mark away.
    Reopened,
    /// Looked at the customer's name and address.
    NamesShown,
    /// Took a case file.
    CaseTaken,
    /// Made a link to a case.
    Shared,
    /// Ended such a link.
    ShareEnded,
}

/// An act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Act {
    /// What was done.
    pub kind: ActKind,
    /// By whom, where that is known; text from outside.
    pub by: Option<String>,
    /// What they wrote to it; text from outside.
    pub note: Option<String>,
    /// When.
    pub at: String,
}

/// Whether an order can be sent again, and what must be said before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Resendable {
    /// Nothing of it can have been printed.
    Safe,
    /// It may print twice: the till accepted it.
    WasDelivered,
    /// It may print twice: the outcome of a try is not known.
    MayBePrinted,
    /// It was cancelled at HubRise.
    WasCancelled,
    /// It is no order, it is under way, or its connection is no longer open.
    No,
}

/// `POST /api/v1/connections/{id}/operations/{operation}/resend`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResendAsk {
    /// [`OperationLine::version`](crate::OperationLine::version) as it was seen.
    pub version: String,
    /// The person was told that it may print twice, or was cancelled, and wants it all the same.
    #[serde(default)]
    pub despite: bool,
    /// The request to send in its place: XML, at most 1 MiB, its token masked as it was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// `PUT /api/v1/connections/{id}/operations/{operation}/handled`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandledMark {
    /// Whether it is.
    pub handled: bool,
    /// At most 500 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// `POST /api/v1/connections/{id}/operations/{operation}/shares`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareAsk {
    /// For how many days: 1 to 30.
    pub days: u8,
}

/// A link that was just made; its address is told this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewShare {
    /// What its list shows.
    pub share: Share,
    /// The whole address.
    pub url: String,
}

/// A link to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    /// Ours; opaque.
    pub id: String,
    /// By whom; text from outside.
    pub by: Option<String>,
    /// Since when.
    pub at: String,
    /// Until when.
    pub expires_at: String,
    /// When somebody ended it.
    pub ended_at: Option<String>,
    /// How often it was opened.
    pub opened: u64,
}

/// A list's filter under a name: `GET`, `POST /api/v1/vendors/{vendor}/views`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct View {
    /// Ours; opaque. Empty in what is posted.
    #[serde(default)]
    pub id: String,
    /// What its owner calls it: 1 to 40 characters.
    pub name: String,
    /// The list's query, without `?` (`state=refused&period=7d`).
    pub query: String,
}
