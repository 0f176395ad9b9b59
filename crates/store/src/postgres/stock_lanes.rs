//! The lanes of stock in PostgreSQL: whose turn it is, and the pieces others write of them. How turns go is `stock_turns`'s.

use jiff::Timestamp;
use sqlx::PgConnection;

use super::PostgresStore;
use crate::intake::DISCONNECTED;
use crate::rows::{self, Cells as _, stock_lane_columns, sync_word};
use crate::time::{from_micros, to_micros};
use crate::turns::beyond;
use crate::{ConnectionId, OperationId, Result, StockLane, StockSync, StockTurn};

/// The connections whose lanes are due and leased to nobody.
macro_rules! due {
    () => {
        "SELECT connection_id FROM stock_lanes WHERE due_at IS NOT NULL AND (due_at <= $1 OR due_at > $2) \
         AND (lease_until IS NULL OR lease_until <= $1 OR lease_until > $2) ORDER BY due_at, connection_id LIMIT $3"
    };
}

impl PostgresStore {
    pub(super) async fn lease_stock(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<StockTurn>> {
        // Mostly there is nothing to do.
        let look = sqlx::query(due!()).bind(to_micros(now)).bind(beyond(now)).bind(1_i64);
        if look.fetch_optional(&self.pool).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut tx = self.begin().await?;
        let due: Vec<String> = sqlx::query_scalar(concat!(due!(), " FOR UPDATE SKIP LOCKED"))
            .bind(to_micros(now))
            .bind(beyond(now))
            .bind(i64::from(limit))
            .fetch_all(&mut *tx)
            .await?;
        let mut turns = Vec::with_capacity(due.len());
        for connection in due.into_iter().map(ConnectionId::new) {
            let open = sqlx::query("SELECT 1 FROM connections WHERE id = $1 AND closed_at IS NULL")
                .bind(connection.as_str())
                .fetch_optional(&mut *tx)
                .await?;
            if open.is_none() {
                remove(&mut tx, &connection, now).await?;
                continue;
            }
            let row = sqlx::query(concat!(
                "UPDATE stock_lanes SET lease = nextval('lease_numbers'), lease_until = $2 WHERE connection_id = $1 \
                 RETURNING ",
                stock_lane_columns!()
            ))
            .bind(connection.as_str())
            .bind(to_micros(lease_until))
            .fetch_one(&mut *tx)
            .await?;
            let lease = row.integer("lease")?.to_string();
            turns.push(StockTurn { connection, lease, lane: rows::stock_lane(&row)? });
        }
        tx.commit().await?;
        Ok(turns)
    }

    pub(super) async fn next_lane_due(&self) -> Result<Option<Timestamp>> {
        let at: Option<i64> = sqlx::query_scalar(
            "SELECT min(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) FROM stock_lanes \
             WHERE due_at IS NOT NULL",
        )
        .fetch_one(&self.pool)
        .await?;
        at.map(from_micros).transpose()
    }
}

/// A lane.
pub(super) async fn find(db: &mut PgConnection, connection: &ConnectionId) -> Result<Option<StockLane>> {
    let row = sqlx::query(concat!("SELECT ", stock_lane_columns!(), " FROM stock_lanes WHERE connection_id = $1"))
        .bind(connection.as_str())
        .fetch_optional(db)
        .await?;
    row.as_ref().map(rows::stock_lane).transpose()
}

/// A lane and its lease, nobody else's until the transaction ends.
pub(super) async fn lock(tx: &mut PgConnection, connection: &ConnectionId) -> Result<Option<(Option<i64>, StockLane)>> {
    let row =
        sqlx::query(concat!("SELECT ", stock_lane_columns!(), " FROM stock_lanes WHERE connection_id = $1", locked!()))
            .bind(connection.as_str())
            .fetch_optional(tx)
            .await?;
    row.map(|row| Ok((row.integer_or_null("lease")?, rows::stock_lane(&row)?))).transpose()
}

/// A closed connection's lane goes, and what it had under way fails.
async fn remove(tx: &mut PgConnection, connection: &ConnectionId, now: Timestamp) -> Result<()> {
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
    tx: &mut PgConnection,
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
pub(super) async fn write_sync(tx: &mut PgConnection, connection: &ConnectionId, sync: &StockSync) -> Result<()> {
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
