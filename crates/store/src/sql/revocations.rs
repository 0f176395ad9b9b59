//! Revocations: who carries them out, and how it went.

use jiff::Timestamp;

use super::SqlStore;
use crate::rows::{self, revocation_columns};
use crate::text::storable;
use crate::time::to_micros;
use crate::{Result, Revocation, RevocationId, SessionId};

impl SqlStore {
    pub(crate) async fn lease_revocations(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Revocation>> {
        let rows = sqlx::query(concat!(
            "UPDATE revocations SET leased_until = $2 WHERE id ",
            claimed!(
                "SELECT id FROM revocations WHERE due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1) \
              ORDER BY due_at, id LIMIT $3"
            ),
            " RETURNING ",
            revocation_columns!()
        ))
        .bind(to_micros(now))
        .bind(to_micros(lease_until))
        .bind(i64::from(limit))
        .fetch_all(self.writing())
        .await?;
        let mut leased = rows.iter().map(rows::revocation).collect::<Result<Vec<_>>>()?;
        // `RETURNING` promises no order.
        leased.sort_by(|a, b| (a.due_at, &a.id).cmp(&(b.due_at, &b.id)));
        Ok(leased)
    }

    pub(crate) async fn delete_revocation(&self, id: &RevocationId) -> Result<()> {
        sqlx::query("DELETE FROM revocations WHERE id = $1").bind(id.as_str()).execute(self.writing()).await?;
        Ok(())
    }

    pub(crate) async fn postpone_revocation(&self, id: &RevocationId, due_at: Timestamp, error: &str) -> Result<()> {
        sqlx::query(
            "UPDATE revocations SET due_at = $2, leased_until = NULL, failures = failures + 1, last_error = $3 \
             WHERE id = $1",
        )
        .bind(id.as_str())
        .bind(to_micros(due_at))
        .bind(storable(error.to_owned()))
        .execute(self.writing())
        .await?;
        Ok(())
    }

    pub(crate) async fn has_revocation(&self, vendor: &str, till: &str, session: &SessionId) -> Result<bool> {
        let found = sqlx::query(
            "SELECT 1 FROM revocations WHERE caused_by = $1 AND vendor = $2 AND till = $3 AND failures > 0 LIMIT 1",
        )
        .bind(session.as_str())
        .bind(vendor)
        .bind(till)
        .fetch_optional(self.reading())
        .await?;
        Ok(found.is_some())
    }
}
