//! `Log`: how looks go is `looking`'s, what they ask of the database is `shelf`'s.

use async_trait::async_trait;
use jiff::Timestamp;

use super::SqlStore;
use crate::looking;
use crate::rows::{self, Cells as _};
use crate::time::{from_micros, to_micros};
use crate::{
    BodiesPage, ConnectionId, FailureGroup, FoundPage, Log, LogPage, OperationFilter, OperationId, Result, Start,
    Tally, Term,
};

/// How many of the newest orders in need of somebody are grouped.
const GROUPED: i64 = 5_000;

#[async_trait]
impl Log for SqlStore {
    async fn log(
        &self,
        connection: &ConnectionId,
        filter: &OperationFilter,
        start: Start,
        limit: u32,
    ) -> Result<LogPage> {
        looking::log(self, connection, filter, start, limit).await
    }

    async fn find(
        &self,
        connection: &ConnectionId,
        any: &[Term],
        detail: Option<&str>,
        filter: &OperationFilter,
        older: Option<i64>,
        limit: u32,
    ) -> Result<FoundPage> {
        looking::find(self, connection, any, detail, filter, older, limit).await
    }

    async fn search_bodies(
        &self,
        connection: &ConnectionId,
        needle: &str,
        filter: &OperationFilter,
        older: Option<i64>,
        limit: u32,
    ) -> Result<BodiesPage> {
        looking::search_bodies(self, connection, needle, filter, older, limit).await
    }

    async fn tallies(&self, connection: &ConnectionId, from: Timestamp) -> Result<Vec<Tally>> {
        let rows = sqlx::query(concat!(
            "SELECT received_at / 900000000 * 900000000 AS quarter, state, count(*) AS orders \
             FROM operations",
            by_index!("orders_of_day"),
            " WHERE place_id = (SELECT place_id FROM connections WHERE id = $1) \
             AND kind = 'order_created' AND received_at >= $2 GROUP BY 1, state ORDER BY 1, state"
        ))
        .bind(connection.as_str())
        .bind(to_micros(from))
        .fetch_all(self.reading())
        .await?;
        rows.iter()
            .map(|row| {
                let from = from_micros(row.integer("quarter")?)?;
                Ok(Tally { from, state: rows::operation_state(row)?, orders: row.count("orders")? })
            })
            .collect()
    }

    async fn failures(&self, connection: &ConnectionId, from: Timestamp) -> Result<Vec<FailureGroup>> {
        let Some((place, first)) = looking::since(self, connection, from).await? else { return Ok(Vec::new()) };
        let rows = sqlx::query(concat!(
            "SELECT g.cause, g.detail, g.orders, o.id FROM (SELECT cause, detail, count(*) AS orders, max(seq) AS newest \
             FROM (SELECT o.cause, o.detail, o.seq FROM operations o", by_index!("operations_to_look_at"), " \
             WHERE o.place_id = $1 AND o.seq >= $4 AND ",
            rows::odd!(),
            " AND o.kind = 'order_created' AND o.state IN ('attention', 'unknown', 'refused', 'failed') \
             AND o.handled_at IS NULL AND o.received_at >= $2 ORDER BY o.seq DESC LIMIT $3) AS newest \
             GROUP BY cause, detail ORDER BY 3 DESC, 4 DESC LIMIT 20) AS g JOIN operations o ON o.seq = g.newest \
             ORDER BY g.orders DESC, g.newest DESC"
        ))
        .bind(place)
        .bind(to_micros(from))
        .bind(GROUPED)
        .bind(first)
        .fetch_all(self.reading())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(FailureGroup {
                    cause: row.text_or_null("cause")?,
                    detail: row.text_or_null("detail")?,
                    orders: row.count("orders")?,
                    newest: OperationId::new(row.text("id")?),
                })
            })
            .collect()
    }

    async fn channels(&self, connection: &ConnectionId) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar(
            "SELECT channel FROM channels WHERE place_id = (SELECT place_id FROM connections WHERE id = $1) \
             ORDER BY channel LIMIT 50",
        )
        .bind(connection.as_str())
        .fetch_all(self.reading())
        .await?)
    }
}
