//! Forgetting a customer: what is due, which operations it concerns, and making them unreadable.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{SqlConnection, SqlStore};
use crate::erasing::{Erased, packed, parted, word};
use crate::intake::{At, Erases};
use crate::packing::{alone, needs_first};
use crate::rows::{self, Cells as _, operation_columns};
use crate::time::to_micros;
use crate::turns::{beyond, lease_number};
use crate::{Erasing, Erasure, OperationId, OperationRow, Result, Retold, Rewritten, words};

/// The erasures that are due and leased to nobody.
macro_rules! due {
    () => {
        "SELECT id FROM erasures WHERE (due_at <= $1 OR due_at > $2) \
         AND (lease_until IS NULL OR lease_until <= $1 OR lease_until > $2) ORDER BY due_at, id LIMIT $3"
    };
}

pub(crate) use due;

#[async_trait]
impl Erasing for SqlStore {
    async fn claim_erasures(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Erasure>> {
        // Mostly there is nothing to do, and looking does not wait for those who write.
        let look = sqlx::query(due!()).bind(to_micros(now)).bind(beyond(now)).bind(1_i64);
        if look.fetch_optional(self.reading()).await?.is_none() {
            return Ok(Vec::new());
        }
        self.lease_erasures(now, lease_until, limit).await
    }

    async fn operations_to_erase(&self, erasure: &Erasure, after: i64, limit: u32) -> Result<Vec<OperationRow>> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            operation_columns!(),
            " FROM words w JOIN operations o ON o.seq = w.seq \
             WHERE w.place_id = (SELECT place_id FROM connections WHERE id = $1) AND w.word = $2 AND w.seq > $3 \
             ORDER BY w.seq LIMIT $4"
        ))
        .bind(erasure.connection.as_str())
        .bind(word(&erasure.customer_id))
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::operation).collect()
    }

    async fn erase(&self, operation: &OperationId, rewritten: Vec<Rewritten>, retold: &[Retold]) -> Result<()> {
        let erased = packed(rewritten).await?;
        let mut tx = self.begin().await?;
        let row = sqlx::query(concat!("SELECT seq, place_id, words FROM operations WHERE id = $1", locked!()))
            .bind(operation.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = row else { return Ok(()) };
        let (seq, place, found_by) = (row.integer("seq")?, row.integer("place_id")?, row.text_or_null("words")?);
        release(&mut tx, seq, &erased).await?;
        for exchange in &erased {
            let facts: Option<Vec<u8>> =
                sqlx::query_scalar("SELECT facts FROM exchanges WHERE id = $1 AND operation_seq = $2")
                    .bind(exchange.id.as_str())
                    .bind(seq)
                    .fetch_optional(&mut *tx)
                    .await?;
            let Some(facts) = facts else { continue };
            sqlx::query("UPDATE exchanges SET facts = $3, packed = $4 WHERE id = $1 AND operation_seq = $2")
                .bind(exchange.id.as_str())
                .bind(seq)
                .bind(exchange.facts(&facts)?)
                .bind(exchange.parts.as_slice())
                .execute(&mut *tx)
                .await?;
        }
        let (kept, gone) = parted(found_by.as_deref());
        for gone in &gone {
            sqlx::query("DELETE FROM words WHERE place_id = $1 AND word = $2 AND seq = $3")
                .bind(place)
                .bind(gone)
                .bind(seq)
                .execute(&mut *tx)
                .await?;
        }
        // What a person wrote is in the exchanges, if it was sent; one still to be sent goes as its translation.
        sqlx::query(
            "UPDATE operations SET words = $2, \
             manual = CASE WHEN state IN ('queued', 'sending') THEN 0 ELSE manual END WHERE seq = $1",
        )
        .bind(seq)
        .bind(words::joined(&kept))
        .execute(&mut *tx)
        .await?;
        for text in retold {
            for replaced in [
                "UPDATE operations SET detail = $3 WHERE seq = $1 AND detail = $2",
                "UPDATE operations SET notes = $3 WHERE seq = $1 AND notes = $2",
                "UPDATE acts SET note = $3 WHERE operation_seq = $1 AND note = $2",
            ] {
                sqlx::query(replaced).bind(seq).bind(&text.was).bind(&text.now).execute(&mut *tx).await?;
            }
        }
        for forgotten in
            ["DELETE FROM manual_requests WHERE operation_seq = $1", "DELETE FROM shares WHERE operation_seq = $1"]
        {
            sqlx::query(forgotten).bind(seq).execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn end_erasure(&self, erasure: &Erasure) -> Result<()> {
        let Some(lease) = lease_number(&erasure.lease) else { return Ok(()) };
        sqlx::query("DELETE FROM erasures WHERE id = $1 AND lease = $2")
            .bind(erasure.id)
            .bind(lease)
            .execute(self.writing())
            .await?;
        Ok(())
    }
}

/// Where the first exchange of an operation is rewritten, others that are told by it are told by themselves from now on.
async fn release(tx: &mut SqlConnection, operation: i64, erased: &[Erased]) -> Result<()> {
    let first = sqlx::query("SELECT id, packed FROM exchanges WHERE operation_seq = $1 ORDER BY seq LIMIT 1")
        .bind(operation)
        .fetch_optional(&mut *tx)
        .await?;
    let Some(first) = first else { return Ok(()) };
    let id = first.text("id")?;
    if !erased.iter().any(|erased| erased.id.as_str() == id) {
        return Ok(());
    }
    let first = first.bytes("packed")?;
    let all = sqlx::query("SELECT id, packed FROM exchanges WHERE operation_seq = $1")
        .bind(operation)
        .fetch_all(&mut *tx)
        .await?;
    for row in all {
        let packed = row.bytes("packed")?;
        if needs_first(&packed) {
            sqlx::query("UPDATE exchanges SET packed = $2 WHERE id = $1")
                .bind(row.text("id")?)
                .bind(alone(&packed, &first)?)
                .execute(&mut *tx)
                .await?;
        }
    }
    Ok(())
}

/// Begins what a batch asks for; what is under way for the same customer begins anew.
pub(crate) async fn begin(tx: &mut SqlConnection, erases: &BTreeMap<At, Erases>) -> Result<()> {
    for erases in erases.values() {
        sqlx::query(
            "INSERT INTO erasures (place_id, connection_id, customer_id, due_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (place_id, customer_id) DO UPDATE SET connection_id = excluded.connection_id, \
             due_at = excluded.due_at, lease = NULL, lease_until = NULL",
        )
        .bind(erases.place)
        .bind(&erases.connection)
        .bind(&erases.customer)
        .bind(to_micros(erases.at))
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}
