//! A till's stock: what the till says, what HubRise holds, and the lanes between them. Owns no rule of what should be held:
//! the server decides, and hands it in with each entry.

use jiff::Timestamp;

use super::{ConnectionId, NewExchange, OperationId, OperationState, SessionId};

/// What a stock is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StockKind {
    /// A product's sku.
    Sku,
    /// An option.
    Option,
}

/// A product or option by its ref; at most 800 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StockRef {
    /// What it is.
    pub kind: StockKind,
    /// Its ref; case matters.
    pub reference: String,
}

/// What a till says of a product or option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockEntry {
    /// Which.
    pub of: StockRef,
    /// What the till calls it.
    pub name: Option<String>,
    /// Whether its stock is managed.
    pub managed: bool,
    /// How much there is, as a decimal in its one written form.
    pub quantity: Option<String>,
    /// Whether it is available.
    pub available: bool,
    /// When what is unavailable or exhausted comes back.
    pub expires_at: Option<Timestamp>,
    /// What HubRise should hold until then; none: no entry.
    pub wanted: Option<String>,
}

/// A call of a till's.
#[derive(Clone, Debug)]
pub struct StockReport {
    /// The vendor's slug.
    pub vendor: String,
    /// The till.
    pub till: String,
    /// HubRise's id of the place it is at.
    pub hub_key: String,
    /// All the till has, rather than what has changed.
    pub whole: bool,
    /// The till's own number; 0 or more.
    pub sequence: i64,
    /// Each ref once.
    pub entries: Vec<StockEntry>,
    /// The call's idempotency key, and a hash of all it said.
    pub idempotency: Option<(String, [u8; 32])>,
    /// The most entries a till may have.
    pub most: u32,
    /// When it came.
    pub at: Timestamp,
    /// When the lanes of the till's connections are to look, unless they are due before.
    pub due_at: Timestamp,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StockReceipt {
    /// It is kept; or was, when it came before.
    Taken(StockTaken),
    /// A state as new, or newer, is kept: its number.
    Older(i64),
    /// Its idempotency key was used with another body.
    Reused,
    /// The till would have more entries than allowed.
    TooMany,
}

/// A call that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockTaken {
    /// Its number.
    pub sequence: i64,
    /// Entries the till has.
    pub entries: u32,
    /// Entries that differ from before.
    pub changed: u32,
    /// Whether stock leaves for HubRise.
    pub sending: bool,
}

/// A till as far as stock goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockTill {
    /// The number of its latest state.
    pub sequence: Option<i64>,
    /// When that came.
    pub received_at: Option<Timestamp>,
    /// Whether stock leaves for HubRise.
    pub sending: bool,
    /// Entries it has.
    pub entries: u32,
    /// Counts its states, and whatever else has all its lanes look.
    pub changes: i64,
}

impl Default for StockTill {
    /// A till that never said anything.
    fn default() -> Self {
        Self { sequence: None, received_at: None, sending: true, entries: 0, changes: 0 }
    }
}

/// What HubRise holds of a product or option, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockHeld {
    /// Which.
    pub of: StockRef,
    /// How much; none: no entry.
    pub stock: Option<String>,
    /// When a stock of 0 ends.
    pub expires_at: Option<Timestamp>,
    /// A send of it is under way, or died.
    pub doubt: bool,
    /// When that was last known.
    pub known_at: Option<Timestamp>,
    /// Since when it is known that somebody else changed it.
    pub others_at: Option<Timestamp>,
    /// When it was last sent and taken.
    pub sent_at: Option<Timestamp>,
    /// The operation that did.
    pub operation: Option<OperationId>,
}

/// How much, until when: what is sent, or was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockLevel {
    /// Of which.
    pub of: StockRef,
    /// How much; none: no entry.
    pub stock: Option<String>,
    /// When a stock of 0 ends.
    pub expires_at: Option<Timestamp>,
}

/// How a connection's sending stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StockLane {
    /// When there is something to do; none when there is not.
    pub due_at: Option<Timestamp>,
    /// Until when somebody has it.
    pub lease_until: Option<Timestamp>,
    /// Tries that failed since the last that did not.
    pub failures: u32,
    /// Why the latest did.
    pub cause: Option<String>,
    /// The till's `changes` up to which all was sent.
    pub done: i64,
    /// Reasons to read what HubRise holds.
    pub looks: i64,
    /// Those of them that are done with.
    pub looked: i64,
    /// The catalog of which all that is held is known.
    pub known_catalog: Option<String>,
    /// Since when.
    pub known_at: Option<Timestamp>,
    /// The operation under way.
    pub operation: Option<OperationId>,
    /// The latest one.
    pub last_operation: Option<OperationId>,
    /// When something was last sent and taken.
    pub sent_at: Option<Timestamp>,
    /// Calls in HubRise's windows.
    pub calls: StockCalls,
    /// The latest synchronisation.
    pub sync: Option<StockSync>,
}

/// Calls made in HubRise's windows, each with when it began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StockCalls {
    /// The minute, in seconds since 1970, and its calls.
    pub minute: (i64, u32),
    /// The hour.
    pub hour: (i64, u32),
    /// The day.
    pub day: (i64, u32),
}

/// How many calls may be made in a minute, an hour and a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockLimits {
    /// A minute.
    pub minute: u32,
    /// An hour.
    pub hour: u32,
    /// A day.
    pub day: u32,
}

/// How far a synchronisation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StockSyncState {
    /// Asked for.
    Waiting,
    /// Reading.
    Reading,
    /// Sending.
    Sending,
    /// Comparing.
    Comparing,
    /// Over.
    Done,
    /// Given up.
    Failed,
}

impl StockSyncState {
    /// Whether it is still to end.
    pub const fn is_under_way(self) -> bool {
        !matches!(self, Self::Done | Self::Failed)
    }
}

/// A run over the whole state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockSync {
    /// Names it.
    pub id: String,
    /// The catalog it was asked for.
    pub catalog: Option<String>,
    /// How far it has come.
    pub state: StockSyncState,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// By whom, where the session had a name.
    pub asked_by: Option<String>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it failed, or its latest try did.
    pub cause: Option<String>,
    /// What it did, as the server's JSON.
    pub result: Option<String>,
    /// Its operation.
    pub operation: Option<OperationId>,
}

/// A lane that is due, leased to the caller.
#[derive(Clone, Debug)]
pub struct StockTurn {
    /// Whose.
    pub connection: ConnectionId,
    /// Names this lease.
    pub lease: String,
    /// How it stands.
    pub lane: StockLane,
}

/// All that is known of a connection's stock.
#[derive(Clone, Debug, Default)]
pub struct StockView {
    /// The till.
    pub till: StockTill,
    /// What it says, by ref.
    pub entries: Vec<StockEntry>,
    /// What HubRise holds, by ref.
    pub held: Vec<StockHeld>,
    /// How sending stands.
    pub lane: StockLane,
}

/// A catalog as the server packs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockCatalog {
    /// When it was read.
    pub read_at: Timestamp,
    /// The server's JSON.
    pub text: String,
}

/// A call to HubRise is about to be made for a lane.
#[derive(Clone, Debug)]
pub struct StockCall {
    /// The lane's connection.
    pub connection: ConnectionId,
    /// The lease it is made under.
    pub lease: String,
    /// Until when the lease is to hold.
    pub lease_until: Timestamp,
    /// The catalog the connection must still have.
    pub catalog: String,
    /// How many calls there may be.
    pub limits: StockLimits,
    /// When.
    pub at: Timestamp,
    /// What is sent; none of a call that reads.
    pub send: Option<StockSend>,
}

/// What is about to be sent.
#[derive(Clone, Debug)]
pub struct StockSend {
    /// The operation; made if it is not there.
    pub operation: OperationId,
    /// What the operation notes, as the server's JSON.
    pub notes: String,
    /// The whole state: what was known of what is held is so no more. Else only of these.
    pub whole: bool,
    /// What is in doubt until it is known how the call ended; none of a whole state.
    pub refs: Vec<StockRef>,
}

/// Whether a call may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StockLeave {
    /// It may: it is counted, and what it puts in doubt is noted.
    Given,
    /// As many were made as may be: from then on another may.
    Limited(Timestamp),
    /// Sending is switched off.
    Off,
    /// The lease is another's, the connection was ended, or has another catalog by now.
    Lost,
}

/// What came of a send.
#[derive(Clone, Debug)]
pub struct StockSent {
    /// The operation.
    pub operation: OperationId,
    /// How it stands: `Queued` to be tried again with the lane.
    pub state: OperationState,
    /// Why.
    pub cause: Option<String>,
    /// Text to `cause`.
    pub detail: Option<String>,
    /// The catalog it was sent for.
    pub catalog: String,
    /// The whole state.
    pub whole: bool,
    /// Of a send that was taken: what HubRise holds of these now. Whatever else it held is gone, if the state was whole.
    pub taken: Option<Vec<StockLevel>>,
    /// What was said.
    pub exchanges: Vec<NewExchange>,
}

/// A turn is over: what came of it, and when the lane goes on.
#[derive(Clone, Debug)]
pub struct StockTurnEnded {
    /// What was sent, if something was.
    pub sent: Option<StockSent>,
    /// The till's `changes` that are done with.
    pub done: Option<i64>,
    /// Why it failed; none when it did not.
    pub cause: Option<String>,
    /// What became of the synchronisation.
    pub sync: Option<StockSyncStep>,
    /// The lane goes on no earlier, if there is something left to do.
    pub not_before: Option<Timestamp>,
    /// When.
    pub at: Timestamp,
}

/// How far a synchronisation has come.
#[derive(Clone, Debug)]
pub struct StockSyncStep {
    /// Which; another is left alone.
    pub id: String,
    /// So far.
    pub state: StockSyncState,
    /// Why it failed, or its latest try did.
    pub cause: Option<String>,
    /// What it did, as the server's JSON.
    pub result: Option<String>,
    /// Its operation.
    pub operation: Option<OperationId>,
}

/// How a product stood from an hour on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockPoint {
    /// Since when.
    pub at: Timestamp,
    /// Whether the till named it.
    pub named: bool,
    /// Whether its stock was managed.
    pub managed: bool,
    /// Whether it was available.
    pub available: bool,
    /// How much there was.
    pub quantity: Option<String>,
}

/// A key to be made for a till.
#[derive(Clone, Debug)]
pub struct NewPosKey {
    /// Made up by the caller.
    pub id: String,
    /// The connection whose till it is for.
    pub connection: ConnectionId,
    /// Who makes it.
    pub session: SessionId,
    /// SHA-256 of its secret.
    pub hash: [u8; 32],
    /// The end of its secret.
    pub tail: String,
    /// What tells it from others.
    pub label: String,
    /// When.
    pub at: Timestamp,
}

/// A till's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PosKeyRow {
    /// Its id.
    pub id: String,
    /// The vendor whose till it is for.
    pub vendor: String,
    /// The till.
    pub till: String,
    /// HubRise's id of the place the till is at.
    pub hub_key: String,
    /// What tells it from others.
    pub label: String,
    /// The end of its secret.
    pub tail: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom, where the session had a name.
    pub created_by: Option<String>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}
