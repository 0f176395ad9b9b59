//! Rows of stock. Owns their column lists.

use super::{Cells, word};
use crate::{
    OperationId, PosKeyRow, Result, StockCalls, StockEntry, StockHeld, StockKind, StockLane, StockPoint, StockRef,
    StockSync, StockSyncState, StockTill,
};

const KINDS: &[(&str, StockKind)] = &[("sku", StockKind::Sku), ("option", StockKind::Option)];

pub(crate) const SYNC_STATES: &[(&str, StockSyncState)] = &[
    ("waiting", StockSyncState::Waiting),
    ("reading", StockSyncState::Reading),
    ("sending", StockSyncState::Sending),
    ("comparing", StockSyncState::Comparing),
    ("done", StockSyncState::Done),
    ("failed", StockSyncState::Failed),
];

/// The word a state of a synchronisation is stored as.
pub(crate) fn sync_word(state: StockSyncState) -> &'static str {
    SYNC_STATES.iter().find(|(_, of)| *of == state).map_or("failed", |(word, _)| word)
}

macro_rules! pos_key_columns {
    () => {
        "id, vendor, till, hub_key, label, tail, created_at, created_by, last_used_at, revoked_at"
    };
}

/// Of `stock_entries e`.
macro_rules! stock_entry_columns {
    () => {
        "e.kind, e.ref, e.name, e.managed, e.quantity, e.available, e.expires_at, e.wanted"
    };
}

/// Of `stock_held h`.
macro_rules! stock_held_columns {
    () => {
        "h.kind, h.ref, h.stock, h.expires_at, h.doubt, h.known_at, h.others_at, h.sent_at, h.operation_id"
    };
}

macro_rules! stock_lane_columns {
    () => {
        "connection_id, due_at, lease, lease_until, failures, cause, done, looks, looked, known_catalog, known_at, \
         operation_id, last_operation, sent_at, minute_at, minute_calls, hour_at, hour_calls, day_at, day_calls, \
         sync_id, sync_catalog, sync_state, sync_asked_at, sync_by, sync_ended_at, sync_cause, sync_result, sync_operation"
    };
}

pub(crate) use {pos_key_columns, stock_entry_columns, stock_held_columns, stock_lane_columns};

pub(crate) fn pos_key(row: &impl Cells) -> Result<PosKeyRow> {
    Ok(PosKeyRow {
        id: row.text("id")?,
        vendor: row.text("vendor")?,
        till: row.text("till")?,
        hub_key: row.text("hub_key")?,
        label: row.text("label")?,
        tail: row.text("tail")?,
        created_at: row.instant("created_at")?,
        created_by: row.text_or_null("created_by")?,
        last_used_at: row.instant_or_null("last_used_at")?,
        revoked_at: row.instant_or_null("revoked_at")?,
    })
}

pub(crate) fn stock_till(row: &impl Cells) -> Result<StockTill> {
    Ok(StockTill {
        sequence: row.integer_or_null("sequence")?,
        received_at: row.instant_or_null("received_at")?,
        sending: row.flag("sending")?,
        entries: small(row, "entries")?,
        changes: row.integer("changes")?,
    })
}

fn stock_ref(row: &impl Cells) -> Result<StockRef> {
    Ok(StockRef { kind: word(row, "kind", KINDS)?, reference: row.text("ref")? })
}

pub(crate) fn stock_entry(row: &impl Cells) -> Result<StockEntry> {
    Ok(StockEntry {
        of: stock_ref(row)?,
        name: row.text_or_null("name")?,
        managed: row.flag("managed")?,
        quantity: row.text_or_null("quantity")?,
        available: row.flag("available")?,
        expires_at: row.instant_or_null("expires_at")?,
        wanted: row.text_or_null("wanted")?,
    })
}

pub(crate) fn stock_held(row: &impl Cells) -> Result<StockHeld> {
    Ok(StockHeld {
        of: stock_ref(row)?,
        stock: row.text_or_null("stock")?,
        expires_at: row.instant_or_null("expires_at")?,
        doubt: row.flag("doubt")?,
        known_at: row.instant_or_null("known_at")?,
        others_at: row.instant_or_null("others_at")?,
        sent_at: row.instant_or_null("sent_at")?,
        operation: row.text_or_null("operation_id")?.map(OperationId::new),
    })
}

pub(crate) fn stock_lane(row: &impl Cells) -> Result<StockLane> {
    let sync = match row.text_or_null("sync_id")? {
        None => None,
        Some(id) => Some(StockSync {
            id,
            catalog: row.text_or_null("sync_catalog")?,
            state: word(row, "sync_state", SYNC_STATES)?,
            asked_at: row.instant("sync_asked_at")?,
            asked_by: row.text_or_null("sync_by")?,
            ended_at: row.instant_or_null("sync_ended_at")?,
            cause: row.text_or_null("sync_cause")?,
            result: row.text_or_null("sync_result")?,
            operation: row.text_or_null("sync_operation")?.map(OperationId::new),
        }),
    };
    let window = |at: &str, calls: &str| Ok::<_, crate::StoreError>((row.integer(at)?, small(row, calls)?));
    Ok(StockLane {
        due_at: row.instant_or_null("due_at")?,
        lease_until: row.instant_or_null("lease_until")?,
        failures: small(row, "failures")?,
        cause: row.text_or_null("cause")?,
        done: row.integer("done")?,
        looks: row.integer("looks")?,
        looked: row.integer("looked")?,
        known_catalog: row.text_or_null("known_catalog")?,
        known_at: row.instant_or_null("known_at")?,
        operation: row.text_or_null("operation_id")?.map(OperationId::new),
        last_operation: row.text_or_null("last_operation")?.map(OperationId::new),
        sent_at: row.instant_or_null("sent_at")?,
        calls: StockCalls {
            minute: window("minute_at", "minute_calls")?,
            hour: window("hour_at", "hour_calls")?,
            day: window("day_at", "day_calls")?,
        },
        sync,
    })
}

pub(crate) fn stock_point(row: &impl Cells) -> Result<StockPoint> {
    Ok(StockPoint {
        at: row.instant("at")?,
        named: row.flag("named")?,
        managed: row.flag("managed")?,
        available: row.flag("available")?,
        quantity: row.text_or_null("quantity")?,
    })
}

fn small(row: &impl Cells, column: &str) -> Result<u32> {
    Ok(u32::try_from(row.integer(column)?).unwrap_or(u32::MAX))
}
