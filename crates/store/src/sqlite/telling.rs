//! Telling HubRise what became of an order, in SQLite.

use jiff::Timestamp;

use super::{SqliteStore, exchanges, lanes};
use crate::rows::{self, Cells as _, operation_columns, telling_word};
use crate::time::to_micros;
use crate::turns::{beyond, lease_number};
use crate::{NewExchange, OperationId, Result, Telling, ToTell};

macro_rules! due {
    () => {
        " FROM operations o WHERE o.telling = 'due' AND (o.told_due_at <= $1 OR o.told_due_at > $2) \
         AND (o.told_until IS NULL OR o.told_until <= $1 OR o.told_until > $2) \
         ORDER BY o.told_due_at, o.seq LIMIT $3"
    };
}

impl SqliteStore {
    pub(super) async fn lease_tellings(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ToTell>> {
        let nothing = sqlx::query(concat!("SELECT o.seq", due!()))
            .bind(to_micros(now))
            .bind(beyond(now))
            .bind(1)
            .fetch_optional(&self.readers)
            .await?
            .is_none();
        if nothing {
            return Ok(Vec::new());
        }
        let mut tx = self.begin().await?;
        let due = sqlx::query(concat!(
            "SELECT ",
            operation_columns!(),
            ", (SELECT e.status FROM operations e WHERE e.place_id = o.place_id AND e.order_id = o.order_id \
             AND e.order_id IS NOT NULL AND e.status IS NOT NULL ORDER BY e.seq DESC LIMIT 1) AS latest",
            due!()
        ))
        .bind(to_micros(now))
        .bind(beyond(now))
        .bind(i64::from(limit))
        .fetch_all(&mut *tx)
        .await?;
        let first = lanes::lease_numbers(&mut tx, due.len()).await?;
        let mut leased = Vec::with_capacity(due.len());
        for (lease, row) in (first..).zip(due) {
            let mut operation = rows::operation(&row)?;
            operation.told_tries = operation.told_tries.saturating_add(1);
            sqlx::query(
                "UPDATE operations SET told_lease = $2, told_until = $3, told_tries = told_tries + 1 WHERE seq = $1",
            )
            .bind(operation.seq)
            .bind(lease)
            .bind(to_micros(lease_until))
            .execute(&mut *tx)
            .await?;
            leased.push(ToTell { operation, status: row.text_or_null("latest")?, lease: lease.to_string() });
        }
        tx.commit().await?;
        Ok(leased)
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
