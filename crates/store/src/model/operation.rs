//! Operations: one business event each, and how it stands. Owns no rule of delivery: the server decides, the store keeps.

use jiff::Timestamp;

use super::{ConnectionId, NewExchange, OperationId, Term};

/// What an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// HubRise told of a new order.
    OrderCreated,
    /// HubRise told of a change to an order.
    OrderUpdated,
    /// HubRise told, well signed, of something not understood.
    Unhandled,
    /// The bridge's own: registering its callback, testing the till, reading the menu.
    System,
    /// A till's stock was sent to HubRise. In no lane of orders: the lanes of stock send it.
    Stock,
}

/// How an operation stands. Only `Queued` and `Sending` are under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationState {
    /// Waits for its turn: for the first try, or for another.
    Queued,
    /// A try is under way; if the server dies now, its outcome is unknown.
    Sending,
    /// The till has it.
    Delivered,
    /// Tried for as long as it made sense; a person must look.
    Attention,
    /// It may have been printed or not: a person must look at the till.
    Unknown,
    /// The till said no, for good.
    Refused,
    /// It could not be sent: nothing to send, two currencies, no order in the event.
    Failed,
    /// Cancelled before it was sent.
    Withdrawn,
    /// Kept for the record; nothing was to be done.
    Noted,
    /// Well signed and not understood.
    NotHandled,
}

/// Whether HubRise has yet to hear what became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Telling {
    /// Nothing to tell.
    None,
    /// To be told: at its due time, until HubRise has heard.
    Due,
    /// HubRise has heard.
    Told,
    /// HubRise knew better: it had moved the order on by itself.
    Skipped,
    /// HubRise said no for good.
    Failed,
}

/// What a list shows of an order; all of it text from outside, each at most 200 bytes (longer is cut by the store).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFacts {
    /// HubRise's id; case matters.
    pub order_id: String,
    /// What customer and kitchen call it (`ref` or `collection_code`).
    pub reference: Option<String>,
    /// Where it was placed (`connection_name`, `Uber Eats`).
    pub channel: Option<String>,
    /// As HubRise writes money (`9.80 EUR`).
    pub total: Option<String>,
    /// HubRise's status at the event (`new`).
    pub status: Option<String>,
    /// When it was placed.
    pub ordered_at: Option<Timestamp>,
    /// When it is wanted; none is as soon as possible.
    pub expected_at: Option<Timestamp>,
}

/// An operation to be kept: with the event that caused it.
#[derive(Clone, Debug)]
pub struct NewOperation {
    /// Made up by the caller.
    pub id: OperationId,
    /// The connection it belongs to; must be open.
    pub connection: ConnectionId,
    /// What it is about.
    pub kind: OperationKind,
    /// HubRise's id of the event: the same one twice at one connection is kept once. None for the bridge's own.
    pub event_id: Option<String>,
    /// The order, where there is one. Of [`OperationKind::OrderCreated`], always.
    pub order: Option<OrderFacts>,
    /// As the caller sees it: `Queued` for what is to be sent, else an end.
    pub state: OperationState,
    /// Why it stands so, from the server's closed list of causes (`nothing_to_send`); none when all is well.
    pub cause: Option<String>,
    /// Text to `cause`: from outside, or ours; at most 2,000 bytes (longer is cut by the store).
    pub detail: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
    /// The call that brought it, if one did. The event is the body of its request where HubRise called
    /// ([`Way::HubriseToBridge`](super::Way::HubriseToBridge)), and of its answer where the bridge fetched it.
    pub exchange: Option<NewExchange>,
    /// What people may look for it by, normalised by the caller; at most 16.
    pub terms: Vec<Term>,
    /// HubRise's id of a customer of whom nothing may be kept any more: an erasure begins.
    pub erases: Option<String>,
}

/// What became of an operation to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// Kept. The state may differ from the one handed in: an order HubRise had already cancelled is `Withdrawn`, an order
    /// that an earlier event brought is `Noted` with the cause `duplicate_order`.
    Kept(OperationState),
    /// The same event was kept before; nothing was written.
    Repeated,
    /// The connection is not open; nothing was written.
    NoConnection,
}

/// An operation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationRow {
    /// In the order of arrival, over all connections; a list's cursor.
    pub seq: i64,
    /// Its id.
    pub id: OperationId,
    /// Its connection.
    pub connection: ConnectionId,
    /// What it is about.
    pub kind: OperationKind,
    /// HubRise's id of the event.
    pub event_id: Option<String>,
    /// The order.
    pub order: Option<OrderFacts>,
    /// How it stands.
    pub state: OperationState,
    /// Why.
    pub cause: Option<String>,
    /// Text to `cause`.
    pub detail: Option<String>,
    /// Set when a person is to be told something beside the state (`cancelled_after_sending`).
    pub flag: Option<String>,
    /// Tries to send it, the one under way included.
    pub tries: u32,
    /// When it is tried next, of one that is queued.
    pub due_at: Option<Timestamp>,
    /// Whether HubRise has yet to hear.
    pub telling: Telling,
    /// Tries to tell HubRise.
    pub told_tries: u32,
    /// What the translation noted, as the server's JSON; at most 64 KiB.
    pub notes: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// What its latest translation was made with, as the server's JSON: the translation can be made again.
    pub sent_with: Option<String>,
    /// A try may have had it printed, whatever came after: `Delivered` or `Unknown` was its state once.
    pub may_be_printed: bool,
    /// Its latest request was written by a person.
    pub manual: bool,
    /// How often a person had it sent again.
    pub resends: u32,
    /// When somebody marked it as handled.
    pub handled_at: Option<Timestamp>,
}

/// The first operation of a connection whose turn has come, leased to the caller: nobody else gets one of this connection
/// before the lease ends.
#[derive(Clone, Debug)]
pub struct Turn {
    /// The operation. If it is `Sending`, whoever sent it has died since: its outcome is unknown, and it must not be sent.
    pub operation: OperationRow,
    /// Names this lease; what it holds up no more is refused.
    pub lease: String,
    /// The event's whole body, as it came.
    pub event: Vec<u8>,
    /// The request a person wrote, to be sent in place of the event's translation; its token is a mask.
    pub request: Option<Vec<u8>>,
}

/// What came of a try, written in one transaction with what was said.
#[derive(Clone, Debug)]
pub struct TryEnded {
    /// How it stands now: `Queued` to be tried again at `due_at`.
    pub state: OperationState,
    /// Why.
    pub cause: Option<String>,
    /// Text to `cause`.
    pub detail: Option<String>,
    /// When it is tried again; of `Queued`, always.
    pub due_at: Option<Timestamp>,
    /// `Due` when HubRise is to hear of it.
    pub telling: Telling,
    /// What the translation noted; none leaves what was noted before.
    pub notes: Option<String>,
    /// What the translation was made with; none leaves what was kept before.
    pub sent_with: Option<String>,
    /// Whether this try may have had it printed. Once true of an operation, it stays so.
    pub may_be_printed: bool,
    /// What was said on the way.
    pub exchanges: Vec<NewExchange>,
}

/// An order HubRise has to hear of, leased to the caller.
#[derive(Clone, Debug)]
pub struct ToTell {
    /// The operation.
    pub operation: OperationRow,
    /// HubRise's status of the order by the latest event of it that was kept.
    pub status: Option<String>,
    /// Names this lease.
    pub lease: String,
}

/// A page of a list; no body is read for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationPage {
    /// Newest first.
    pub rows: Vec<OperationRow>,
    /// What the next page is asked with (`seq` below it); none on the last.
    pub next: Option<i64>,
}

impl OperationPage {
    /// Of rows that were read with one more than `limit`, to see whether there are more.
    pub(crate) fn of(mut rows: Vec<OperationRow>, limit: u32) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|last| last.seq);
        Self { rows, next }
    }
}

/// How many orders stand how, over a connection's last 24 hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OperationCounts {
    /// Queued or being sent.
    pub under_way: u64,
    /// Delivered.
    pub delivered: u64,
    /// Attention, unknown, refused or failed.
    pub to_look_at: u64,
}

/// How a connection's callback at HubRise stands, as far as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registration {
    /// When HubRise last confirmed that it is as it must be.
    pub verified_at: Option<Timestamp>,
    /// When it was last found wrong or missing and put right.
    pub repaired_at: Option<Timestamp>,
    /// The last failure's text, ours; none when the last look succeeded.
    pub error: Option<String>,
    /// When it is looked at next.
    pub due_at: Option<Timestamp>,
    /// Calls refused for a bad signature that named this connection, since the last good one.
    pub refused: u64,
    /// When the last such call came.
    pub refused_at: Option<Timestamp>,
    /// When the last event came, by call or by drain; to ten seconds.
    pub heard_at: Option<Timestamp>,
}
