//! Forgetting operations in PostgreSQL, with all that belongs to them.

use jiff::Timestamp;

use super::PostgresStore;
use crate::Result;
use crate::rows::Cells as _;
use crate::time::to_micros;
use crate::words;

/// What goes with an operation, by its number.
const BELONGINGS: &[&str] = &[
    "DELETE FROM exchanges WHERE operation_seq = ANY ($1)",
    "DELETE FROM manual_requests WHERE operation_seq = ANY ($1)",
    "DELETE FROM acts WHERE operation_seq = ANY ($1)",
    "DELETE FROM shares WHERE operation_seq = ANY ($1)",
    "DELETE FROM operations WHERE seq = ANY ($1)",
];

impl PostgresStore {
    pub(super) async fn forget(&self, before: Timestamp, limit: u32) -> Result<u64> {
        let mut tx = self.begin().await?;
        // What another server is forgetting, or somebody is adding to, is passed over.
        let over = sqlx::query(
            "SELECT seq, place_id, words FROM operations WHERE received_at < $1 \
             AND state NOT IN ('queued', 'sending') AND telling <> 'due' ORDER BY received_at, seq LIMIT $2 \
             FOR UPDATE SKIP LOCKED",
        )
        .bind(to_micros(before))
        .bind(i64::from(limit))
        .fetch_all(&mut *tx)
        .await?;
        let mut seqs = Vec::with_capacity(over.len());
        let (mut places, mut found_by, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for row in &over {
            let (seq, place) = (row.integer("seq")?, row.integer("place_id")?);
            seqs.push(seq);
            for word in words::split(row.text_or_null("words")?.as_deref()) {
                places.push(place);
                found_by.push(word.to_owned());
                found.push(seq);
            }
        }
        if !found.is_empty() {
            sqlx::query(
                "DELETE FROM words d USING unnest($1::bigint[], $2::text[], $3::bigint[]) AS w (place_id, word, seq) \
                 WHERE d.place_id = w.place_id AND d.word = w.word AND d.seq = w.seq",
            )
            .bind(places)
            .bind(found_by)
            .bind(found)
            .execute(&mut *tx)
            .await?;
        }
        if !seqs.is_empty() {
            for statement in BELONGINGS {
                sqlx::query(*statement).bind(&seqs).execute(&mut *tx).await?;
            }
        }
        let old = sqlx::query(
            "DELETE FROM exchanges WHERE id = ANY (ARRAY (SELECT id FROM exchanges WHERE operation_seq IS NULL \
             AND started_at < $1 ORDER BY started_at, seq LIMIT $2 FOR UPDATE SKIP LOCKED))",
        )
        .bind(to_micros(before))
        .bind(i64::from(limit))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(u64::try_from(over.len()).unwrap_or(u64::MAX) + old.rows_affected())
    }
}
