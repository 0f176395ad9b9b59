//! Operations and exchanges in PostgreSQL: reading and forgetting them. They are read by place; no list reads a body.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::{PostgresStore, exchanges};
use crate::packing::{pack_all, unpack};
use crate::rows::{self, Cells as _, count_columns, exchange_columns, operation_columns};
use crate::time::to_micros;
use crate::{
    ConnectionId, ExchangeId, ExchangeRow, ExchangeWhole, NewExchange, OperationCounts, OperationId, OperationPage,
    OperationRow, Operations, Result,
};

/// The longest page.
const PAGE: u32 = 100;

#[async_trait]
impl Operations for PostgresStore {
    async fn operations(&self, connection: &ConnectionId, before: Option<i64>, limit: u32) -> Result<OperationPage> {
        let limit = limit.clamp(1, PAGE);
        let rows = sqlx::query(concat!(
            "SELECT ",
            operation_columns!(),
            " FROM operations o WHERE o.place_id = (SELECT place_id FROM connections WHERE id = $1) AND o.seq < $2 \
             ORDER BY o.seq DESC LIMIT $3"
        ))
        .bind(connection.as_str())
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit) + 1)
        .fetch_all(&self.pool)
        .await?;
        let rows = rows.iter().map(rows::operation).collect::<Result<_>>()?;
        Ok(OperationPage::of(rows, limit))
    }

    async fn operation(&self, connection: &ConnectionId, id: &OperationId) -> Result<Option<OperationRow>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            operation_columns!(),
            " FROM operations o WHERE o.id = $2 \
             AND o.place_id = (SELECT place_id FROM connections WHERE id = $1)"
        ))
        .bind(connection.as_str())
        .bind(id.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(rows::operation).transpose()
    }

    async fn operation_counts(&self, connection: &ConnectionId, now: Timestamp) -> Result<OperationCounts> {
        let row = sqlx::query(concat!(
            "SELECT ",
            count_columns!(),
            " FROM operations WHERE place_id = (SELECT place_id FROM connections WHERE id = $1) AND received_at > $2 \
             AND kind = 'order_created'"
        ))
        .bind(connection.as_str())
        .bind(to_micros(now - SignedDuration::from_hours(24)))
        .fetch_one(&self.pool)
        .await?;
        rows::counts(&row)
    }

    async fn exchanges(&self, connection: &ConnectionId, operation: &OperationId) -> Result<Vec<ExchangeRow>> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            exchange_columns!(),
            " FROM operations o JOIN exchanges e ON e.operation_seq = o.seq WHERE o.id = $2 \
             AND o.place_id = (SELECT place_id FROM connections WHERE id = $1) ORDER BY e.seq LIMIT 1000"
        ))
        .bind(connection.as_str())
        .bind(operation.as_str())
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(rows::exchange).collect()
    }

    async fn exchange(&self, connection: &ConnectionId, id: &ExchangeId) -> Result<Option<ExchangeWhole>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            exchange_columns!(),
            ", b.packed FROM exchanges e JOIN bodies b ON b.exchange_seq = e.seq \
             LEFT JOIN operations o ON o.seq = e.operation_seq WHERE e.id = $2 \
             AND e.place_id = (SELECT place_id FROM connections WHERE id = $1)"
        ))
        .bind(connection.as_str())
        .bind(id.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| rows::whole(rows::exchange(&row)?, unpack(&row.bytes("packed")?)?)).transpose()
    }

    async fn note_exchanges(
        &self,
        connection: &ConnectionId,
        operation: Option<&OperationId>,
        exchanges: Vec<NewExchange>,
    ) -> Result<()> {
        let packed = pack_all(exchanges).await?;
        if packed.is_empty() {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        let place: Option<i64> = sqlx::query_scalar("SELECT place_id FROM connections WHERE id = $1")
            .bind(connection.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(place) = place else { return Ok(()) };
        let seq: Option<i64> = match operation {
            None => None,
            Some(id) => {
                // It is not forgotten before what was said is kept.
                let found = sqlx::query_scalar("SELECT seq FROM operations WHERE id = $1 AND place_id = $2 FOR SHARE")
                    .bind(id.as_str())
                    .bind(place)
                    .fetch_optional(&mut *tx)
                    .await?;
                let Some(found) = found else { return Ok(()) };
                Some(found)
            }
        };
        exchanges::insert_of(&mut tx, place, connection.as_str(), seq, &packed).await?;
        Ok(tx.commit().await?)
    }

    async fn forget_operations(&self, before: Timestamp, limit: u32) -> Result<u64> {
        let mut tx = self.begin().await?;
        // What another server is forgetting, or somebody is adding to, is passed over.
        let over: Vec<i64> = sqlx::query_scalar(
            "SELECT seq FROM operations WHERE received_at < $1 AND state NOT IN ('queued', 'sending') \
             AND telling <> 'due' ORDER BY received_at, seq LIMIT $2 FOR UPDATE SKIP LOCKED",
        )
        .bind(to_micros(before))
        .bind(i64::from(limit))
        .fetch_all(&mut *tx)
        .await?;
        let said: Vec<i64> = sqlx::query_scalar("SELECT seq FROM exchanges WHERE operation_seq = ANY ($1)")
            .bind(&over)
            .fetch_all(&mut *tx)
            .await?;
        let old: Vec<i64> = sqlx::query_scalar(
            "SELECT seq FROM exchanges WHERE operation_seq IS NULL AND started_at < $1 \
             ORDER BY started_at, seq LIMIT $2 FOR UPDATE SKIP LOCKED",
        )
        .bind(to_micros(before))
        .bind(i64::from(limit))
        .fetch_all(&mut *tx)
        .await?;
        for (statement, rows) in [
            ("DELETE FROM bodies WHERE exchange_seq = ANY ($1)", &said),
            ("DELETE FROM exchanges WHERE seq = ANY ($1)", &said),
            ("DELETE FROM operations WHERE seq = ANY ($1)", &over),
            ("DELETE FROM bodies WHERE exchange_seq = ANY ($1)", &old),
            ("DELETE FROM exchanges WHERE seq = ANY ($1)", &old),
        ] {
            if !rows.is_empty() {
                sqlx::query(statement).bind(rows).execute(&mut *tx).await?;
            }
        }
        tx.commit().await?;
        Ok(u64::try_from(over.len() + old.len()).unwrap_or(u64::MAX))
    }
}
