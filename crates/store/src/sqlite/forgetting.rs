//! Forgetting operations in SQLite, with all that belongs to them. Small steps: each holds the writer's turn.

use std::sync::LazyLock;

use jiff::Timestamp;

use super::SqliteStore;
use super::batches::{Rows, list};
use crate::Result;
use crate::rows::Cells as _;
use crate::time::to_micros;
use crate::words;

/// Told like this, SQLite looks each of them up; of a list of rows it would read all words there are.
static WORDS: LazyLock<Rows> =
    LazyLock::new(|| Rows::any("DELETE FROM words WHERE ", "(place_id = ? AND word = ? AND seq = ?)"));

/// What goes with an operation, by its number.
const BELONGINGS: &[&str] = &[
    "DELETE FROM exchanges WHERE operation_seq IN (SELECT value FROM json_each($1))",
    "DELETE FROM manual_requests WHERE operation_seq IN (SELECT value FROM json_each($1))",
    "DELETE FROM acts WHERE operation_seq IN (SELECT value FROM json_each($1))",
    "DELETE FROM shares WHERE operation_seq IN (SELECT value FROM json_each($1))",
    "DELETE FROM operations WHERE seq IN (SELECT value FROM json_each($1))",
];

impl SqliteStore {
    pub(super) async fn forget(&self, before: Timestamp, limit: u32) -> Result<u64> {
        let (before, limit) = (to_micros(before), i64::from(limit));
        let mut tx = self.begin().await?;
        let over = sqlx::query(
            "SELECT seq, place_id, words FROM operations WHERE received_at < $1 \
             AND state NOT IN ('queued', 'sending') AND telling <> 'due' ORDER BY received_at, seq LIMIT $2",
        )
        .bind(before)
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?;
        let (mut seqs, mut found_by) = (Vec::with_capacity(over.len()), Vec::new());
        for row in &over {
            let (seq, place) = (row.integer("seq")?, row.integer("place_id")?);
            seqs.push(seq);
            let joined = row.text_or_null("words")?;
            found_by.extend(words::split(joined.as_deref()).map(|word| (place, word.to_owned(), seq)));
        }
        for (text, piece) in WORDS.pieces(&found_by) {
            let mut query = sqlx::query(text);
            for (place, word, seq) in piece {
                query = query.bind(*place).bind(word.as_str()).bind(*seq);
            }
            query.execute(&mut *tx).await?;
        }
        if !seqs.is_empty() {
            let seqs = list(&seqs);
            for statement in BELONGINGS {
                sqlx::query(*statement).bind(&seqs).execute(&mut *tx).await?;
            }
        }
        let old = sqlx::query(
            "DELETE FROM exchanges WHERE seq IN (SELECT seq FROM exchanges WHERE operation_seq IS NULL \
             AND started_at < $1 ORDER BY started_at, seq LIMIT $2)",
        )
        .bind(before)
        .bind(limit)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(u64::try_from(over.len()).unwrap_or(u64::MAX) + old.rows_affected())
    }
}
