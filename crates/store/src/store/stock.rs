//! Stock: a till's keys, what it says, and the lanes that send it to HubRise. A till is one at a place of HubRise's, as
//! operations are: the vendor's name for it is the same for all its merchants.
//!
//! **One lane a connection**, leased to one server at a time, apart from the lanes of orders. What a turn sends is what
//! differs when it begins; what changes meanwhile counts up the till's `changes`, and the lane goes on.
//!
//! **Doubt comes before the call.** What a call may change is in doubt from the commit before it until the commit of what
//! came of it: whoever dies in between leaves the doubt, and what is in doubt is sent again.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    ConnectionId, NewPosKey, PosKeyRow, Result, SessionId, StockCall, StockCatalog, StockLeave, StockLevel, StockPoint,
    StockReceipt, StockRef, StockReport, StockSync, StockSyncState, StockTill, StockTurn, StockTurnEnded, StockView,
};

/// What tills call with.
#[async_trait]
pub trait PosKeys {
    /// Makes a key for the connection's till, noted in the connection's audit. `Conflict` when the till has 20 that work,
    /// when the id or the hash exists, or when the connection is not open.
    async fn make_pos_key(&self, key: NewPosKey) -> Result<PosKeyRow>;

    /// The keys of a connection's till, newest first: those that work, and those revoked after `since`; at most 100.
    async fn pos_keys(&self, connection: &ConnectionId, since: Timestamp) -> Result<Vec<PosKeyRow>>;

    /// Revokes a key of the connection's till, noted in the connection's audit; again does nothing. False when it has none
    /// of that id.
    async fn revoke_pos_key(
        &self,
        connection: &ConnectionId,
        session: &SessionId,
        key: &str,
        at: Timestamp,
    ) -> Result<bool>;

    /// The key that works with this hash; that it was used is noted, at most once a minute.
    async fn use_pos_key(&self, hash: &[u8; 32], at: Timestamp) -> Result<Option<PosKeyRow>>;
}

/// What a till says, and what is known of it.
#[async_trait]
pub trait Stocks {
    /// Keeps a till's call: of calls at once, one after the other. An entry that says what it said before is left alone.
    /// The till's open connection looks at `due_at`, if sending is on. Nothing changes unless `Taken`; one with
    /// the idempotency key and the hash of a call of the last 24 hours is answered as that was.
    async fn report_stock(&self, report: StockReport) -> Result<StockReceipt>;

    /// A till at a place of HubRise's; as one that never said anything, when it did not.
    async fn stock_till(&self, vendor: &str, till: &str, hub_key: &str) -> Result<StockTill>;

    /// All that is known of an open connection's stock, of its catalog as it is; none when it is not open.
    async fn stock(&self, connection: &ConnectionId) -> Result<Option<StockView>>;

    /// The same, of entries and of what is held only what may differ: what is held is not what is wanted, is in doubt, or
    /// may run out.
    async fn stock_differing(&self, connection: &ConnectionId) -> Result<Option<StockView>>;

    /// How a connection's stock stands as a whole, without its entries.
    async fn stock_head(&self, connection: &ConnectionId) -> Result<Option<StockView>>;

    /// A product's history at a connection's till since then, oldest first; at most 1,000 points.
    async fn stock_history(
        &self,
        connection: &ConnectionId,
        of: &StockRef,
        since: Timestamp,
    ) -> Result<Vec<StockPoint>>;

    /// Switches sending at a connection's till, noted in the connection's audit. On, the connection looks at once and
    /// sends what differs. Off, nothing waits any more: a synchronisation fails (`sending_off`), a send that waits for another
    /// try is withdrawn. Changes nothing when it is so already.
    async fn set_sending(
        &self,
        connection: &ConnectionId,
        session: &SessionId,
        sending: bool,
        at: Timestamp,
    ) -> Result<()>;

    /// Asks for a synchronisation of an open connection, noted in its audit; the one under way, if there is one. None when
    /// the connection is not open.
    async fn ask_sync(
        &self,
        connection: &ConnectionId,
        session: &SessionId,
        id: &str,
        at: Timestamp,
    ) -> Result<Option<StockSync>>;

    /// Somebody else changed what HubRise holds: has the connection read it, at `due_at` unless it is due before, if
    /// sending is on and something of its stock is known.
    async fn ask_look(&self, connection: &ConnectionId, due_at: Timestamp) -> Result<()>;

    /// A catalog of the connection's, as it was last read.
    async fn stock_catalog(&self, connection: &ConnectionId, catalog: &str) -> Result<Option<StockCatalog>>;

    /// Keeps a catalog; those of other catalogs of the connection are forgotten.
    async fn keep_stock_catalog(&self, connection: &ConnectionId, catalog: &str, kept: StockCatalog) -> Result<()>;

    /// Forgets what a catalog was read as: it has changed.
    async fn forget_stock_catalog(&self, connection: &ConnectionId, catalog: &str) -> Result<()>;

    /// Forgets what is over: history before `history`, idempotency keys a day before `now`; at most `limit` rows of each.
    /// Says how many.
    async fn forget_stock(&self, history: Timestamp, now: Timestamp, limit: u32) -> Result<u64>;
}

/// What goes out.
#[async_trait]
pub trait StockLanes {
    /// Leases up to `limit` lanes that are due, the longest due first. Lanes of connections that are closed are removed
    /// instead: a send under way there fails (`disconnected`).
    async fn claim_stock(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<StockTurn>>;

    /// The next instant at which a lane is due, or its lease ends; none when nothing waits.
    async fn next_stock_due(&self) -> Result<Option<Timestamp>>;

    /// Commits that a call begins: counted, what it may change in doubt, its operation `Sending` and its tries counted.
    async fn begin_stock_call(&self, call: StockCall) -> Result<StockLeave>;

    /// What HubRise holds of a catalog was read under this lease: all of it. What differs from what was known before is
    /// somebody else's since `at`; what is in doubt stays so. `looks` are the reasons to look that are done with. False,
    /// and nothing is written, when the lease is another's or the connection has another catalog by now.
    async fn note_stock_held(
        &self,
        connection: &ConnectionId,
        lease: &str,
        catalog: &str,
        held: Vec<StockLevel>,
        looks: i64,
        at: Timestamp,
    ) -> Result<bool>;

    /// Says how far a synchronisation has come; nothing happens when the lease is another's.
    async fn note_sync(&self, connection: &ConnectionId, lease: &str, id: &str, state: StockSyncState) -> Result<()>;

    /// Commits what came of a turn, and gives the lane back: due again if something is left to do. Under a lease that is
    /// another's only the exchanges are kept, and what was taken.
    async fn end_stock_turn(&self, connection: &ConnectionId, lease: &str, ended: StockTurnEnded) -> Result<()>;
}
