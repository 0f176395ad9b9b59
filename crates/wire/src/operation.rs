//! Operations: business events and all they caused, for vendors that bridge orders. A list carries no body.

use serde::{Deserialize, Serialize};

use crate::{Act, Matched, Resendable};

/// What a send of stock held, of [`OperationKind::Stock`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct StockSent {
    /// The whole state (`PUT`), rather than what differed (`PATCH`).
    pub whole: bool,
    /// Entries with a stock, those at `0` among them.
    pub sent: u32,
    /// Of them, those at `0`.
    pub zeroed: u32,
    /// Entries taken away: unlimited again.
    pub removed: u32,
    /// Refs the catalog does not know, which were left out.
    pub unknown: u32,
}

/// What an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// HubRise told of a new order.
    OrderCreated,
    /// HubRise told of a change to an order.
    OrderUpdated,
    /// HubRise told of something the bridge does not understand.
    Unhandled,
    /// The bridge's own: its callback, a test, a look at the menu.
    System,
    /// The till's stock was sent to HubRise; see [`OperationLine::stock`].
    Stock,
}

/// How an operation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OperationState {
    /// Waits for its first try.
    Waiting,
    /// Waits for another try.
    Retrying,
    /// A try is under way.
    Sending,
    /// The till has it.
    Delivered,
    /// Tried for as long as it made sense; a person must look.
    Attention,
    /// It may have been printed or not; a person must look at the till.
    Unknown,
    /// The till said no, for good.
    Refused,
    /// It could not be sent.
    Failed,
    /// Cancelled before it was sent.
    Withdrawn,
    /// Kept for the record.
    Noted,
    /// Not understood.
    NotHandled,
}

/// Why an operation stands as it does; the app says what happened, what it means and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The till refuses the API token.
    WrongToken,
    /// No API token is configured.
    NoToken,
    /// The shop's till is offline.
    StoreOffline,
    /// A fault inside the till's software; `detail` holds its words.
    TillFault,
    /// The till does not know a code; `detail` holds its words.
    UnknownProduct,
    /// The till refuses for another reason; `detail` holds its words.
    TillRefused,
    /// Nothing was sent: no address, no connection, no TLS.
    TillUnreachable,
    /// Sent, and no answer in time.
    NoAnswer,
    /// The answer cannot be understood.
    Nonsense,
    /// The server stopped while a try was under way.
    Interrupted,
    /// No part of the order can be sent: none has a ref.
    NothingToSend,
    /// The order's amounts are in several currencies.
    SeveralCurrencies,
    /// The event holds no order that can be read; `detail` says where.
    OrderUnreadable,
    /// An earlier event brought the same order.
    DuplicateOrder,
    /// HubRise had cancelled it before it was sent.
    CancelledBefore,
    /// HubRise had dealt with it before: its status needs no till any more.
    AlreadyOver,
    /// The connection was ended before it was sent.
    Disconnected,
    /// A type of event, or a shape, that is not known here.
    EventUnknown,
    /// HubRise refused a call; `detail` says why.
    HubriseRefused,
    /// HubRise could not be reached, or failed to answer; it is tried again.
    HubriseDown,
    /// HubRise asks to call less often; it is tried again.
    HubriseLimited,
    /// Sending to HubRise was switched off.
    SendingOff,
}

/// Something beside the state a person is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Cancelled at HubRise after it was sent: the till knows no cancelling, somebody must tell the kitchen.
    CancelledAfterSending,
}

/// Whether HubRise has heard what became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Telling {
    /// Nothing to tell.
    None,
    /// Not yet.
    Due,
    /// It has.
    Told,
    /// HubRise had moved the order on by itself.
    Skipped,
    /// HubRise refused to hear it.
    Failed,
}

/// What a list shows of an order; text from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderFacts {
    /// HubRise's id.
    pub order_id: String,
    /// What customer and kitchen call it.
    pub reference: Option<String>,
    /// Where it was placed (`Uber Eats`).
    pub channel: Option<String>,
    /// As HubRise writes money (`9.80 EUR`).
    pub total: Option<String>,
    /// When it was placed.
    pub ordered_at: Option<String>,
    /// When it is wanted; absent: as soon as possible.
    pub expected_at: Option<String>,
}

/// One line of `GET /api/v1/connections/{id}/operations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationLine {
    /// Ours; opaque.
    pub id: String,
    /// What it is about.
    pub kind: OperationKind,
    /// The order, where there is one.
    pub order: Option<OrderFacts>,
    /// How it stands.
    pub state: OperationState,
    /// Why; absent when all is well.
    pub cause: Option<Cause>,
    /// Text to `cause`: the till's own words, for instance; text from outside.
    pub detail: Option<String>,
    /// Something a person is to be told.
    pub flag: Option<Flag>,
    /// Tries to send it.
    pub tries: u32,
    /// When it is tried next.
    pub next_try_at: Option<String>,
    /// Whether HubRise has heard.
    pub telling: Telling,
    /// When it came.
    pub received_at: String,
    /// A try may have had it printed, whatever came after.
    pub may_be_printed: bool,
    /// Its latest request was written by a person.
    pub manual: bool,
    /// How often a person had it sent again.
    pub resends: u32,
    /// When somebody marked it as handled.
    pub handled_at: Option<String>,
    /// Changes with the operation; what somebody who changes it must name.
    pub version: String,
    /// Whether and how it can be sent again.
    pub resendable: Resendable,
    /// Of a search: why it is among those found.
    pub matched: Option<Matched>,
    /// Of a send of stock: how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<StockSent>,
}

/// `GET /api/v1/connections/{id}/operations`: newest first, at most 60. The query:
///
/// - `older=`, `newer=`: what the page before gave; `at=2026-11-22T19:30`: jump to a time, in the store's zone.
/// - `q=` (at most 200 characters) with `in=facts` (ids, refs, codes, names, phones, failures' words; the default) or
///   `in=text` (bodies of requests and answers).
/// - `state=`, `cause=`: words of [`OperationState`] and [`Cause`], separated by commas; `channel=`;
///   `direction=from_hubrise` or `own`; `mine=true`: what the caller's role can cure and nobody has marked as handled.
/// - `period=today|yesterday|7d|30d`, or `from=` and `to=` (`2026-11-22` or `2026-11-22T19:30`; a day's end is in it).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationPage {
    /// The lines.
    pub operations: Vec<OperationLine>,
    /// What to ask the next, older page with (`older=`); absent on the last.
    pub next: Option<String>,
    /// What to ask for newer ones with (`newer=`); absent where there are none now.
    pub newer: Option<String>,
    /// The look ended at its bound, before the page was full: so far back it came. `next` goes on there.
    pub searched_to: Option<String>,
    /// The location's time zone (IANA), where it is known.
    pub timezone: Option<String>,
    /// The last 24 hours.
    pub day: OperationCounts,
    /// How the callback at HubRise stands.
    pub callback: CallbackState,
}

/// The last 24 hours of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationCounts {
    /// Waiting, retrying or being sent.
    pub under_way: u64,
    /// Delivered.
    pub delivered: u64,
    /// For a person to look at.
    pub to_look_at: u64,
}

/// How a connection's callback at HubRise stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallbackState {
    /// When HubRise last confirmed it.
    pub verified_at: Option<String>,
    /// When it was last found wrong and put right.
    pub repaired_at: Option<String>,
    /// Whether the last look failed.
    pub failing: bool,
    /// Calls refused for a bad signature since the last good one: if they are HubRise's, the client secret is wrong.
    pub refused: u64,
    /// When the last such call came.
    pub refused_at: Option<String>,
    /// When the last event came.
    pub heard_at: Option<String>,
}

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// `HubRise → Bridge`.
    HubriseToBridge,
    /// `Bridge → HubRise`.
    BridgeToHubrise,
    /// `Bridge →` the till.
    BridgeToTill,
}

/// One request and its answer, without bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExchangeLine {
    /// Ours; opaque.
    pub id: String,
    /// Who called whom.
    pub way: Way,
    /// The HTTP method.
    pub method: String,
    /// The address.
    pub url: String,
    /// The answer's status; absent when none came.
    pub status: Option<u16>,
    /// When it began.
    pub started_at: String,
    /// How long it took, in microseconds.
    pub duration_us: u64,
    /// Why there is no answer, in English.
    pub error: Option<String>,
}

/// `GET /api/v1/connections/{id}/operations/{operation}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Operation {
    /// What a list shows of it.
    pub line: OperationLine,
    /// What the translation noted, in the order's order.
    pub notes: Vec<Note>,
    /// What people did with it, oldest first.
    pub acts: Vec<Act>,
    /// Whether names, phones, e-mails and addresses are masked for this caller, who can have them shown
    /// (`POST …/names`, which is recorded).
    pub names_hidden: bool,
    /// All that was said, in its order.
    pub exchanges: Vec<ExchangeLine>,
    /// The location's time zone (IANA), where it is known.
    pub timezone: Option<String>,
}

/// `GET /api/v1/connections/{id}/exchanges/{exchange}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exchange {
    /// What a list shows of it.
    pub line: ExchangeLine,
    /// `name: value` lines; secrets masked.
    pub request_headers: String,
    /// The body; bytes that are no UTF-8 are shown as U+FFFD.
    pub request_body: String,
    /// `name: value` lines.
    pub response_headers: String,
    /// The body; bytes that are no UTF-8 are shown as U+FFFD.
    pub response_body: String,
}

/// What the translation of an order noted; the app puts it in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Note {
    /// What is noted.
    pub code: NoteCode,
    /// Where in the order (`items[0].options[2]`); empty for the whole order.
    pub path: String,
    /// What it is called there, or the amount it is about; text from outside.
    pub name: String,
    /// A second amount or name, where `code` needs one.
    pub other: Option<String>,
}

/// What a translation can note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoteCode {
    /// An item without a ref: skipped, its options with it.
    ItemSkipped,
    /// An option without a ref: skipped.
    OptionSkipped,
    /// A deal without a ref: its items keep their prices.
    DealSkipped,
    /// A discount without a ref: dropped.
    DiscountSkipped,
    /// A charge without a ref: skipped.
    ChargeSkipped,
    /// A payment without a ref: skipped.
    PaymentSkipped,
    /// A discount took its ref by its name.
    DiscountByName,
    /// A discount took the default ref.
    DiscountByDefault,
    /// A note on an item or an order, which the till cannot take.
    NoteLost,
    /// The till will compute `name`, `other` was paid: it will probably refuse.
    TotalDiffers,
    /// Characters no XML can hold were taken out.
    CharactersRemoved,
    /// An amount or quantity that cannot be read was left out, with what it belongs to.
    AmountUnreadable,
    /// The time the order is wanted at cannot be read: it is sent as one for as soon as possible.
    TimeUnreadable,
    /// The service type has no ref.
    ServiceWithoutRef,
    /// The customer was anonymised.
    CustomerAnonymised,
    /// A ref is not a number, and the till's are.
    RefNotANumber,
}

/// `POST /api/v1/connections/{id}/till_test`: what a call that prints nothing found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TillTest {
    /// Absent: the till answered as it must.
    pub cause: Option<Cause>,
    /// The till's own words; text from outside.
    pub detail: Option<String>,
    /// The operation that recorded it.
    pub operation: String,
    /// How long the till took, in microseconds.
    pub duration_us: u64,
}
