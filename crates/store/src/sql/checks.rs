//! Permission checks.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::SqlStore;
use super::connection_rows::lock_open;
use crate::rows::{self, verdict_word};
use crate::text::storable;
use crate::time::to_micros;
use crate::{CheckRow, Checks, ConnectionId, Result, Store as _, StoreError};

#[async_trait]
impl Checks for SqlStore {
    async fn permission_checks(&self, id: &ConnectionId) -> Result<Vec<CheckRow>> {
        let rows = sqlx::query(
            "SELECT resource, verdict, checked_at FROM permission_checks WHERE connection_id = $1 ORDER BY resource",
        )
        .bind(id.as_str())
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::check).collect()
    }

    async fn claim_permission_check(
        &self,
        id: &ConnectionId,
        now: Timestamp,
        not_after_last: SignedDuration,
    ) -> Result<Option<Timestamp>> {
        let claimed = sqlx::query(
            "UPDATE connections SET checks_asked_at = $2 WHERE id = $1 AND closed_at IS NULL \
             AND (checks_asked_at IS NULL OR checks_asked_at <= $3)",
        )
        .bind(id.as_str())
        .bind(to_micros(now))
        .bind(to_micros(now - not_after_last))
        .execute(self.writing())
        .await?;
        if claimed.rows_affected() > 0 {
            return Ok(None);
        }
        let connection = self.connection_bare(id).await?.ok_or(StoreError::Conflict)?;
        Ok(Some(connection.checks_asked_at.map_or(now, |last| last + not_after_last)))
    }

    async fn note_permission_checks(&self, id: &ConnectionId, checks: Vec<CheckRow>) -> Result<()> {
        let Some(latest) = checks.iter().map(|check| check.checked_at).max() else { return Ok(()) };
        let (mut tx, changed_at) = self.begin_changing(latest).await?;
        if lock_open(&mut tx, id).await?.is_none() {
            return Ok(());
        }
        for check in checks {
            sqlx::query(
                "INSERT INTO permission_checks (connection_id, resource, verdict, checked_at) \
                 VALUES ($1, $2, $3, $4) ON CONFLICT (connection_id, resource) \
                 DO UPDATE SET verdict = excluded.verdict, checked_at = excluded.checked_at",
            )
            .bind(id.as_str())
            .bind(storable(check.resource))
            .bind(verdict_word(check.verdict))
            .bind(to_micros(check.checked_at))
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query("UPDATE connections SET changed_at = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(to_micros(changed_at))
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }
}
