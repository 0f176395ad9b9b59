//! Tries at identification keys.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{SqlStore, alone};
use crate::care::{KEYS_KEPT, key_wait};
use crate::rows::Cells as _;
use crate::time::to_micros;
use crate::{KeyTries, Result, SessionId};

#[async_trait]
impl KeyTries for SqlStore {
    async fn key_try(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let mut tx = self.begin().await?;
        // How many were let through cannot be told from rows that are about to be written.
        alone(&mut tx, "key tries").await?;
        let rows = sqlx::query(
            "SELECT session_id, at FROM key_tries WHERE vendor = $1 AND till = $2 AND at > $3 \
             ORDER BY at DESC, seq DESC",
        )
        .bind(vendor)
        .bind(till)
        .bind(to_micros(now - KEYS_KEPT))
        .fetch_all(&mut *tx)
        .await?;
        let wrong = rows.iter().map(|row| Ok((SessionId::new(row.text("session_id")?), row.instant("at")?)));
        if let Some(until) = key_wait(&wrong.collect::<Result<Vec<_>>>()?, session, now) {
            return Ok(Some(until));
        }
        sqlx::query("INSERT INTO key_tries (vendor, till, session_id, at) VALUES ($1, $2, $3, $4)")
            .bind(vendor)
            .bind(till)
            .bind(session.as_str())
            .bind(to_micros(now))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(None)
    }

    async fn key_tried(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        right: bool,
        now: Timestamp,
    ) -> Result<()> {
        let statement = if right {
            "DELETE FROM key_tries WHERE vendor = $1 AND till = $2 AND session_id = $3 AND at <= $4"
        } else {
            // It was counted when it was let through; the wait begins now.
            "UPDATE key_tries SET at = $4 WHERE seq = (SELECT max(seq) FROM key_tries \
             WHERE vendor = $1 AND till = $2 AND session_id = $3) AND at < $4"
        };
        sqlx::query(statement)
            .bind(vendor)
            .bind(till)
            .bind(session.as_str())
            .bind(to_micros(now))
            .execute(self.writing())
            .await?;
        Ok(())
    }
}
