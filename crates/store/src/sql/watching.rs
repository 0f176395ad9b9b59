//! How connections fare.

use async_trait::async_trait;
use jiff::Timestamp;

use super::SqlStore;
use super::connection_rows::lock_open;
use crate::care::{Noted, noted};
use crate::rows::{self, connection_columns, health_word};
use crate::text::{LONGEST_FACT, shortened};
use crate::time::to_micros;
use crate::{Changes, ConnectionId, ConnectionRow, Health, Result, Store as _, Watching};

#[async_trait]
impl Watching for SqlStore {
    async fn note_call(&self, id: &ConnectionId, health: Health, at: Timestamp) -> Result<bool> {
        // Most calls leave nothing to write.
        let before = self.connection_bare(id).await?;
        if before.is_none_or(|before| noted(&before, health, at) == Noted::Nothing) {
            return Ok(false);
        }
        let (mut tx, changed_at) = self.begin_changing(at).await?;
        let Some(before) = lock_open(&mut tx, id).await? else { return Ok(false) };
        let Noted::Written(outcome) = noted(&before, health, at) else { return Ok(false) };
        sqlx::query(
            "UPDATE connections SET health = $2, health_since = $3, last_failed_at = $4, last_ok_at = $5, \
             probed_until = NULL, changed_at = $6 WHERE id = $1",
        )
        .bind(id.as_str())
        .bind(health_word(outcome.health))
        .bind(to_micros(outcome.health_since))
        .bind(outcome.last_failed_at.map(to_micros))
        .bind(outcome.last_ok_at.map(to_micros))
        .bind(to_micros(changed_at))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(outcome.differs)
    }

    async fn claim_unhealthy(
        &self,
        now: Timestamp,
        stale_before: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ConnectionRow>> {
        let rows = sqlx::query(concat!(
            "UPDATE connections SET probed_until = $3 WHERE id ",
            claimed!(
                "SELECT id FROM connections WHERE closed_at IS NULL AND last_failed_at IS NOT NULL \
              AND last_failed_at <= $2 AND (probed_until IS NULL OR probed_until <= $1) \
              ORDER BY last_failed_at, id LIMIT $4"
            ),
            " RETURNING ",
            connection_columns!()
        ))
        .bind(to_micros(now))
        .bind(to_micros(stale_before))
        .bind(to_micros(lease_until))
        .bind(i64::from(limit))
        .fetch_all(self.writing())
        .await?;
        let mut leased = rows.iter().map(rows::connection).collect::<Result<Vec<_>>>()?;
        // `RETURNING` promises no order.
        leased.sort_by(|a, b| (a.last_failed_at, &a.id).cmp(&(b.last_failed_at, &b.id)));
        Ok(leased)
    }

    async fn note_order(&self, id: &ConnectionId, created_at: Timestamp) -> Result<()> {
        let newer = |row: &ConnectionRow| row.last_order_at.is_none_or(|last| last < created_at);
        if !self.connection_bare(id).await?.is_some_and(|row| newer(&row)) {
            return Ok(());
        }
        // HubRise's clock says nothing about ours: the change comes right after the last one.
        let (mut tx, changed_at) = self.begin_changing(Timestamp::UNIX_EPOCH).await?;
        sqlx::query(
            "UPDATE connections SET last_order_at = $2, changed_at = $3 \
             WHERE id = $1 AND closed_at IS NULL AND (last_order_at IS NULL OR last_order_at < $2)",
        )
        .bind(id.as_str())
        .bind(to_micros(created_at))
        .bind(to_micros(changed_at))
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    async fn note_timezone(&self, id: &ConnectionId, timezone: &str) -> Result<()> {
        let timezone = shortened(timezone, LONGEST_FACT);
        let before = self.connection_bare(id).await?;
        if before.is_none_or(|before| before.timezone.as_deref() == Some(timezone.as_str())) {
            return Ok(());
        }
        // No clock was asked: the change comes right after the last one.
        let (mut tx, changed_at) = self.begin_changing(Timestamp::UNIX_EPOCH).await?;
        sqlx::query("UPDATE connections SET timezone = $2, changed_at = $3 WHERE id = $1 AND closed_at IS NULL")
            .bind(id.as_str())
            .bind(timezone)
            .bind(to_micros(changed_at))
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    async fn changed_since(&self, since: Timestamp, limit: u32) -> Result<Changes> {
        self.changes_since(since, limit).await
    }
}
