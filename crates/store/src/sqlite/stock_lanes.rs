//! The lanes of stock in SQLite: whose turn it is, and the pieces others write of them. How turns go is `stock_turns`'s.

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::{SqliteStore, lanes};
use crate::intake::DISCONNECTED;
use crate::rows::{self, Cells as _, stock_lane_columns, sync_word};
use crate::time::{from_micros, to_micros};
use crate::turns::beyond;
use crate::{ConnectionId, OperationId, Result, StockLane, StockSync, StockTurn};

impl SqliteStore {
    pub(super) async fn lease_stock(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<StockTurn>> {
        // Mostly there is nothing to do, and looking does not wait for those who write.
        let mut reader = self.readers.acquire().await?;
        if due(&mut reader, now, 1).await?.is_empty() {
            return Ok(Vec::new());
        }
        drop(reader);
        let mut tx = self.begin().await?;
        let due = due(&mut tx, now, limit).await?;
        let mut lease = lanes::lease_numbers(&mut tx, due.len()).await?;
        let mut turns = Vec::with_capacity(due.len());
        for (connection, open) in due {
            if !open {
                remove(&mut tx, &connection, now).await?;
                continue;
            }
            let row = sqlx::query(concat!(
                "UPDATE stock_lanes SET lease = $2, lease_until = $3 WHERE connection_id = $1 RETURNING ",
                stock_lane_columns!()
            ))
            .bind(connection.as_str())
            .bind(lease)
            .bind(to_micros(lease_until))
            .fetch_one(&mut *tx)
            .await?;
            turns.push(StockTurn { connection, lease: lease.to_string(), lane: rows::stock_lane(&row)? });
            lease += 1;
        }
        tx.commit().await?;
        Ok(turns)
    }

    pub(super) async fn next_lane_due(&self) -> Result<Option<Timestamp>> {
        let at: Option<i64> = sqlx::query_scalar(
            "SELECT min(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) FROM stock_lanes \
             WHERE due_at IS NOT NULL",
        )
        .fetch_one(&self.readers)
        .await?;
        at.map(from_micros).transpose()
    }
}

/// The connections whose lanes are due and leased to nobody, and whether they are open.
async fn due(db: &mut SqliteConnection, now: Timestamp, limit: u32) -> Result<Vec<(ConnectionId, bool)>> {
    let rows = sqlx::query(
        "SELECT l.connection_id, CASE WHEN EXISTS (SELECT 1 FROM connections c WHERE c.id = l.connection_id \
         AND c.closed_at IS NULL) THEN 1 ELSE 0 END AS open FROM stock_lanes l \
         WHERE l.due_at IS NOT NULL AND (l.due_at <= $1 OR l.due_at > $2) \
         AND (l.lease_until IS NULL OR l.lease_until <= $1 OR l.lease_until > $2) \
         ORDER BY l.due_at, l.connection_id LIMIT $3",
    )
    .bind(to_micros(now))
    .bind(beyond(now))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok((ConnectionId::new(row.text("connection_id")?), row.flag("open")?))).collect()
}

/// A lane.
pub(super) async fn find(db: &mut SqliteConnection, connection: &ConnectionId) -> Result<Option<StockLane>> {
    let row = sqlx::query(concat!("SELECT ", stock_lane_columns!(), " FROM stock_lanes WHERE connection_id = $1"))
        .bind(connection.as_str())
        .fetch_optional(db)
        .await?;
    row.as_ref().map(rows::stock_lane).transpose()
}

/// A lane and its lease, nobody else's until the transaction ends.
pub(super) async fn lock(
    tx: &mut SqliteConnection,
    connection: &ConnectionId,
) -> Result<Option<(Option<i64>, StockLane)>> {
    let row =
        sqlx::query(concat!("SELECT ", stock_lane_columns!(), " FROM stock_lanes WHERE connection_id = $1", locked!()))
            .bind(connection.as_str())
            .fetch_optional(tx)
            .await?;
    row.map(|row| Ok((row.integer_or_null("lease")?, rows::stock_lane(&row)?))).transpose()
}

/// A closed connection's lane goes, and what it had under way fails.
async fn remove(tx: &mut SqliteConnection, connection: &ConnectionId, now: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE operations SET state = 'failed', cause = $2, detail = NULL, due_at = NULL, changed_at = $3 \
         WHERE id = (SELECT operation_id FROM stock_lanes WHERE connection_id = $1) AND kind = 'stock' \
         AND state IN ('queued', 'sending')",
    )
    .bind(connection.as_str())
    .bind(DISCONNECTED)
    .bind(to_micros(now))
    .execute(&mut *tx)
    .await?;
    for over in [
        "DELETE FROM stock_lanes WHERE connection_id = $1",
        "DELETE FROM stock_held WHERE connection_id = $1",
        "DELETE FROM stock_catalogs WHERE connection_id = $1",
    ] {
        sqlx::query(over).bind(connection.as_str()).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Withdraws a lane's send that waits for another try.
pub(super) async fn withdraw(
    tx: &mut SqliteConnection,
    connection: &ConnectionId,
    operation: Option<&OperationId>,
    cause: &str,
    at: Timestamp,
) -> Result<()> {
    let Some(operation) = operation else { return Ok(()) };
    sqlx::query(
        "UPDATE operations SET state = 'withdrawn', cause = $2, detail = NULL, due_at = NULL, changed_at = $3 \
         WHERE id = $1 AND kind = 'stock' AND state IN ('queued', 'sending')",
    )
    .bind(operation.as_str())
    .bind(cause)
    .bind(to_micros(at))
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE stock_lanes SET operation_id = NULL WHERE connection_id = $1")
        .bind(connection.as_str())
        .execute(tx)
        .await?;
    Ok(())
}

/// Writes how a synchronisation stands.
pub(super) async fn write_sync(tx: &mut SqliteConnection, connection: &ConnectionId, sync: &StockSync) -> Result<()> {
    sqlx::query(
        "UPDATE stock_lanes SET sync_id = $2, sync_catalog = $3, sync_state = $4, sync_asked_at = $5, sync_by = $6, \
         sync_ended_at = $7, sync_cause = $8, sync_result = $9, sync_operation = $10 WHERE connection_id = $1",
    )
    .bind(connection.as_str())
    .bind(&sync.id)
    .bind(sync.catalog.as_deref())
    .bind(sync_word(sync.state))
    .bind(to_micros(sync.asked_at))
    .bind(sync.asked_by.as_deref())
    .bind(sync.ended_at.map(to_micros))
    .bind(sync.cause.as_deref())
    .bind(sync.result.as_deref())
    .bind(sync.operation.as_ref().map(OperationId::as_str))
    .execute(tx)
    .await?;
    Ok(())
}
