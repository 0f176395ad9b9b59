//! Operations and exchanges: reading and forgetting them. They are read by place; no list reads a body.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::SqlStore;
use super::exchanges::{self, Said, first_packed};
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
impl Operations for SqlStore {
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
        .fetch_all(self.reading())
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
        .fetch_optional(self.reading())
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
        .fetch_one(self.reading())
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
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::exchange).collect()
    }

    async fn exchange(&self, connection: &ConnectionId, id: &ExchangeId) -> Result<Option<ExchangeWhole>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            exchange_columns!(),
            ", e.packed, ",
            first_packed!(),
            " FROM exchanges e LEFT JOIN operations o ON o.seq = e.operation_seq WHERE e.id = $2 \
             AND e.place_id = (SELECT place_id FROM connections WHERE id = $1)"
        ))
        .bind(connection.as_str())
        .bind(id.as_str())
        .fetch_optional(self.reading())
        .await?;
        row.map(|row| {
            let (packed, first) = (row.bytes("packed")?, row.bytes_or_null("first_packed")?);
            rows::whole(rows::exchange(&row)?, unpack(&packed, first.as_deref())?)
        })
        .transpose()
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
        let (seq, owner): (Option<i64>, Option<String>) = match operation {
            None => (None, None),
            Some(id) => {
                // It is not forgotten before what was said is kept.
                let found = sqlx::query_as(concat!(
                    "SELECT CAST(seq AS BIGINT), connection_id FROM operations WHERE id = $1 AND place_id = $2",
                    kept!()
                ))
                .bind(id.as_str())
                .bind(place)
                .fetch_optional(&mut *tx)
                .await?;
                let Some((seq, owner)) = found else { return Ok(()) };
                (Some(seq), Some(owner))
            }
        };
        // The connection may be a later one of the same till than the operation's.
        let connection = Some(connection.as_str()).filter(|connection| owner.as_deref() != Some(*connection));
        let said: Vec<_> = packed.iter().map(|exchange| Said { place, connection, operation: seq, exchange }).collect();
        exchanges::insert(&mut tx, &said).await?;
        Ok(tx.commit().await?)
    }

    async fn forget_operations(&self, before: Timestamp, limit: u32) -> Result<u64> {
        self.forget(before, limit).await
    }
}
