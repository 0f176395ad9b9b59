//! Telling HubRise what became of an order, in PostgreSQL.

use jiff::Timestamp;

use super::{PostgresStore, exchanges};
use crate::rows::{self, Cells as _, operation_columns, telling_word};
use crate::time::to_micros;
use crate::turns::{beyond, lease_number};
use crate::{NewExchange, OperationId, Result, Telling, ToTell};

impl PostgresStore {
    pub(super) async fn lease_tellings(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ToTell>> {
        let rows = sqlx::query(concat!(
            "WITH due AS MATERIALIZED (SELECT seq, told_due_at AS was_due FROM operations WHERE telling = 'due' \
             AND (told_due_at <= $1 OR told_due_at > $2) \
             AND (told_until IS NULL OR told_until <= $1 OR told_until > $2) \
             ORDER BY told_due_at, seq LIMIT $3 FOR UPDATE SKIP LOCKED) \
             UPDATE operations o SET told_lease = nextval('lease_numbers'), told_until = $4, \
             told_tries = o.told_tries + 1 FROM due WHERE o.seq = due.seq RETURNING o.told_lease, due.was_due, \
             (SELECT e.status FROM operations e WHERE e.place_id = o.place_id AND e.order_id = o.order_id \
             AND e.status IS NOT NULL ORDER BY e.seq DESC LIMIT 1) AS latest, ",
            operation_columns!()
        ))
        .bind(to_micros(now))
        .bind(beyond(now))
        .bind(i64::from(limit))
        .bind(to_micros(lease_until))
        .fetch_all(&self.pool)
        .await?;
        let mut leased = Vec::with_capacity(rows.len());
        for row in rows {
            let telling = ToTell {
                operation: rows::operation(&row)?,
                status: row.text_or_null("latest")?,
                lease: row.integer("told_lease")?.to_string(),
            };
            leased.push((row.integer("was_due")?, telling.operation.seq, telling));
        }
        // `RETURNING` promises no order.
        leased.sort_by_key(|(due_at, seq, _)| (*due_at, *seq));
        Ok(leased.into_iter().map(|(.., telling)| telling).collect())
    }

    pub(super) async fn note_telling(
        &self,
        id: &OperationId,
        lease: &str,
        telling: Telling,
        due_at: Timestamp,
        exchanges: Vec<NewExchange>,
        now: Timestamp,
    ) -> Result<()> {
        let Some(lease) = lease_number(lease) else { return Ok(()) };
        let mut tx = self.begin().await?;
        let row = sqlx::query(
            "UPDATE operations SET telling = $3, told_due_at = $4, told_lease = NULL, told_until = NULL, \
             changed_at = $5 WHERE id = $1 AND told_lease = $2 AND telling = 'due' \
             RETURNING seq, place_id, connection_id",
        )
        .bind(id.as_str())
        .bind(lease)
        .bind(telling_word(telling))
        .bind((telling == Telling::Due).then(|| to_micros(due_at)))
        .bind(to_micros(now))
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else { return Ok(()) };
        let (place, connection) = (row.integer("place_id")?, row.text("connection_id")?);
        exchanges::insert_after_event(&mut tx, place, &connection, row.integer("seq")?, exchanges).await?;
        Ok(tx.commit().await?)
    }
}
