//! Turns of stock: how a call begins, what a look found, how a turn ends.

use async_trait::async_trait;
use jiff::Timestamp;

use super::connection_rows::find_open;
use super::{SqlConnection, SqlStore, exchanges, stock_batches, stock_lanes};
use crate::packing::pack_all;
use crate::rows::{self, Cells as _, operation_word, stock_held_columns};
use crate::stock::{counted, looked_rows, next_due, stepped, taken_rows};
use crate::text::{LONGEST_TEXT, shortened, storable};
use crate::time::to_micros;
use crate::turns::lease_number;
use crate::{
    ConnectionId, OperationId, OperationState, Result, StockCall, StockCalls, StockHeld, StockLanes, StockLeave,
    StockLevel, StockSend, StockSent, StockSyncState, StockSyncStep, StockTill, StockTurn, StockTurnEnded,
};

#[async_trait]
impl StockLanes for SqlStore {
    async fn claim_stock(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<StockTurn>> {
        self.lease_stock(now, lease_until, limit).await
    }

    async fn next_stock_due(&self) -> Result<Option<Timestamp>> {
        self.next_lane_due().await
    }

    async fn begin_stock_call(&self, call: StockCall) -> Result<StockLeave> {
        let mut tx = self.begin().await?;
        let leave = leave(&mut tx, &call).await?;
        // Given back before it is answered: who claims skips a lane that is held.
        match leave {
            StockLeave::Given => tx.commit().await?,
            StockLeave::Limited(_) | StockLeave::Off | StockLeave::Lost => tx.rollback().await?,
        }
        Ok(leave)
    }

    async fn note_stock_held(
        &self,
        connection: &ConnectionId,
        lease: &str,
        catalog: &str,
        held: Vec<StockLevel>,
        looks: i64,
        at: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let Some((holder, lane)) = stock_lanes::lock(&mut tx, connection).await? else { return Ok(false) };
        if holder.is_none() || holder != lease_number(lease) {
            tx.rollback().await?;
            return Ok(false);
        }
        let row = find_open(&mut tx, connection).await?;
        if row.and_then(|row| row.catalog).is_none_or(|own| own.id != catalog) {
            tx.rollback().await?;
            return Ok(false);
        }
        let before = sqlx::query(concat!(
            "SELECT ",
            stock_held_columns!(),
            " FROM stock_held h WHERE h.connection_id = $1 AND h.catalog_id = $2"
        ))
        .bind(connection.as_str())
        .bind(catalog)
        .fetch_all(&mut *tx)
        .await?;
        let before = before.iter().map(rows::stock_held).collect::<Result<Vec<StockHeld>>>()?;
        let known = lane.known_catalog.as_deref() == Some(catalog);
        let changed = looked_rows(before, held, known, at);
        stock_batches::put_held(&mut tx, connection, catalog, &changed).await?;
        sqlx::query("DELETE FROM stock_held WHERE connection_id = $1 AND catalog_id <> $2")
            .bind(connection.as_str())
            .bind(catalog)
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE stock_lanes SET looked = $2, known_catalog = $3, known_at = $4 WHERE connection_id = $1")
            .bind(connection.as_str())
            .bind(looks)
            .bind(catalog)
            .bind(to_micros(at))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn note_sync(&self, connection: &ConnectionId, lease: &str, id: &str, state: StockSyncState) -> Result<()> {
        let mut tx = self.begin().await?;
        let Some((holder, lane)) = stock_lanes::lock(&mut tx, connection).await? else { return Ok(()) };
        let Some(sync) = lane.sync.filter(|_| holder.is_some() && holder == lease_number(lease)) else {
            tx.rollback().await?;
            return Ok(());
        };
        let at = sync.asked_at;
        let step = StockSyncStep { id: id.to_owned(), state, cause: None, result: None, operation: None };
        stock_lanes::write_sync(&mut tx, connection, &stepped(sync, step, at)).await?;
        Ok(tx.commit().await?)
    }

    async fn end_stock_turn(&self, connection: &ConnectionId, lease: &str, mut ended: StockTurnEnded) -> Result<()> {
        let said = ended.sent.as_mut().map(|sent| std::mem::take(&mut sent.exchanges)).unwrap_or_default();
        let said = pack_all(said).await?;
        let mut tx = self.begin().await?;
        let lane = stock_lanes::lock(&mut tx, connection).await?;
        let held = lane.filter(|(holder, _)| holder.is_some() && *holder == lease_number(lease));
        if let Some(sent) = &ended.sent {
            let row = sqlx::query("SELECT seq, place_id, connection_id FROM operations WHERE id = $1")
                .bind(sent.operation.as_str())
                .fetch_optional(&mut *tx)
                .await?;
            if let Some(row) = row {
                let (seq, place, of) = (row.integer("seq")?, row.integer("place_id")?, row.text("connection_id")?);
                exchanges::insert_of(&mut tx, place, &of, Some(seq), &said).await?;
            }
        }
        let Some((_, mut lane)) = held else { return Ok(tx.commit().await?) };
        if let Some(sent) = &ended.sent {
            end_send(&mut tx, connection, sent, &ended).await?;
            if sent.taken.is_some() {
                lane.sent_at = Some(ended.at);
                if sent.whole {
                    (lane.known_catalog, lane.known_at) = (Some(sent.catalog.clone()), Some(ended.at));
                }
            }
            if sent.state != OperationState::Queued {
                lane.operation = None;
            }
        }
        if let Some(sync) = lane.sync.take() {
            let sync = match ended.sync.take() {
                Some(step) => stepped(sync, step, ended.at),
                None => sync,
            };
            stock_lanes::write_sync(&mut tx, connection, &sync).await?;
            lane.sync = Some(sync);
        }
        // Sent for a catalog that was swapped meanwhile: the new one has yet to get it.
        let swapped = match &ended.sent {
            Some(sent) => !has_catalog(&mut tx, connection, &sent.catalog).await?,
            None => false,
        };
        lane.done = ended.done.filter(|_| !swapped).map_or(lane.done, |done| done.max(lane.done));
        lane.failures = if ended.cause.is_some() { lane.failures.saturating_add(1) } else { 0 };
        let till = till_of(&mut tx, connection).await?;
        let due_at = next_due(&lane, &till, ended.not_before, ended.at);
        sqlx::query(
            "UPDATE stock_lanes SET lease = NULL, lease_until = NULL, due_at = $2, failures = $3, cause = $4, done = $5, \
             known_catalog = $6, known_at = $7, operation_id = $8, sent_at = $9 WHERE connection_id = $1",
        )
        .bind(connection.as_str())
        .bind(due_at.map(to_micros))
        .bind(i64::from(lane.failures))
        .bind(ended.cause.as_deref())
        .bind(lane.done)
        .bind(lane.known_catalog.as_deref())
        .bind(lane.known_at.map(to_micros))
        .bind(lane.operation.as_ref().map(OperationId::as_str))
        .bind(lane.sent_at.map(to_micros))
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }
}

/// Whether a call may leave; if so it is counted, and what it sends is in doubt.
async fn leave(tx: &mut SqlConnection, call: &StockCall) -> Result<StockLeave> {
    let Some((lease, lane)) = stock_lanes::lock(tx, &call.connection).await? else { return Ok(StockLeave::Lost) };
    if lease.is_none() || lease != lease_number(&call.lease) {
        return Ok(StockLeave::Lost);
    }
    let Some(row) = find_open(tx, &call.connection).await? else { return Ok(StockLeave::Lost) };
    if row.catalog.as_ref().is_none_or(|catalog| catalog.id != call.catalog) {
        return Ok(StockLeave::Lost);
    }
    if !till_of(tx, &call.connection).await?.sending {
        return Ok(StockLeave::Off);
    }
    let calls = match counted(lane.calls, call.limits, call.at) {
        Ok(calls) => calls,
        Err(until) => return Ok(StockLeave::Limited(until)),
    };
    count(tx, call, calls).await?;
    if let Some(send) = &call.send {
        begin_send(tx, call, send).await?;
    }
    Ok(StockLeave::Given)
}

/// Whether a connection is open and has this catalog.
async fn has_catalog(tx: &mut SqlConnection, connection: &ConnectionId, catalog: &str) -> Result<bool> {
    let row = find_open(tx, connection).await?;
    Ok(row.and_then(|row| row.catalog).is_some_and(|own| own.id == catalog))
}

/// The connection's till.
async fn till_of(tx: &mut SqlConnection, connection: &ConnectionId) -> Result<StockTill> {
    let row = sqlx::query(
        "SELECT t.sequence, t.received_at, t.sending, t.entries, t.changes FROM connections c \
         JOIN stock_tills t ON t.vendor = c.vendor AND t.till = c.till AND t.hub_key = c.hub_key WHERE c.id = $1",
    )
    .bind(connection.as_str())
    .fetch_optional(tx)
    .await?;
    row.as_ref().map_or_else(|| Ok(StockTill::default()), rows::stock_till)
}

async fn count(tx: &mut SqlConnection, call: &StockCall, calls: StockCalls) -> Result<()> {
    sqlx::query(
        "UPDATE stock_lanes SET lease_until = $2, minute_at = $3, minute_calls = $4, hour_at = $5, hour_calls = $6, \
         day_at = $7, day_calls = $8 WHERE connection_id = $1",
    )
    .bind(call.connection.as_str())
    .bind(to_micros(call.lease_until))
    .bind(calls.minute.0)
    .bind(i64::from(calls.minute.1))
    .bind(calls.hour.0)
    .bind(i64::from(calls.hour.1))
    .bind(calls.day.0)
    .bind(i64::from(calls.day.1))
    .execute(tx)
    .await?;
    Ok(())
}

async fn begin_send(tx: &mut SqlConnection, call: &StockCall, send: &StockSend) -> Result<()> {
    sqlx::query(
        "INSERT INTO operations (id, place_id, connection_id, kind, state, tries, received_at, changed_at, notes) \
         SELECT $1, place_id, id, 'stock', 'sending', 1, $3, $3, $4 FROM connections WHERE id = $2 \
         ON CONFLICT (id) DO UPDATE SET state = 'sending', due_at = NULL, cause = NULL, detail = NULL, \
         tries = operations.tries + 1, changed_at = excluded.changed_at, notes = excluded.notes \
         WHERE operations.state IN ('queued', 'sending')",
    )
    .bind(send.operation.as_str())
    .bind(call.connection.as_str())
    .bind(to_micros(call.at))
    .bind(storable(send.notes.clone()))
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "UPDATE stock_lanes SET operation_id = $2, last_operation = $2, \
         known_catalog = CASE WHEN $3 = 1 THEN NULL ELSE known_catalog END WHERE connection_id = $1",
    )
    .bind(call.connection.as_str())
    .bind(send.operation.as_str())
    .bind(i64::from(send.whole))
    .execute(&mut *tx)
    .await?;
    stock_batches::doubt(tx, &call.connection, &call.catalog, &send.refs).await
}

async fn end_send(
    tx: &mut SqlConnection,
    connection: &ConnectionId,
    sent: &StockSent,
    ended: &StockTurnEnded,
) -> Result<()> {
    let due_at = (sent.state == OperationState::Queued).then(|| ended.not_before.unwrap_or(ended.at));
    sqlx::query(
        "UPDATE operations SET state = $2, cause = $3, detail = $4, due_at = $5, changed_at = $6 \
         WHERE id = $1 AND kind = 'stock' AND state IN ('queued', 'sending')",
    )
    .bind(sent.operation.as_str())
    .bind(operation_word(sent.state))
    .bind(sent.cause.clone().map(storable))
    .bind(sent.detail.as_deref().map(|detail| shortened(detail, LONGEST_TEXT)))
    .bind(due_at.map(to_micros))
    .bind(to_micros(ended.at))
    .execute(&mut *tx)
    .await?;
    let Some(taken) = &sent.taken else { return Ok(()) };
    if sent.whole {
        sqlx::query(
            "UPDATE stock_held SET sent_at = CASE WHEN stock IS NULL THEN sent_at ELSE $3 END, \
             operation_id = CASE WHEN stock IS NULL THEN operation_id ELSE $4 END, stock = NULL, expires_at = NULL, \
             doubt = 0, known_at = $3, others_at = NULL WHERE connection_id = $1 AND catalog_id = $2",
        )
        .bind(connection.as_str())
        .bind(&sent.catalog)
        .bind(to_micros(ended.at))
        .bind(sent.operation.as_str())
        .execute(&mut *tx)
        .await?;
    }
    let rows = taken_rows(taken, &sent.operation, ended.at);
    stock_batches::put_held(tx, connection, &sent.catalog, &rows).await
}
