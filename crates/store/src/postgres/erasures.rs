//! Whose turn it is to forget a customer, in PostgreSQL.

use jiff::Timestamp;

use super::PostgresStore;
use super::sql::erasing::due;
use crate::rows::{self, Cells as _};
use crate::time::to_micros;
use crate::turns::beyond;
use crate::{Erasure, Result};

impl PostgresStore {
    /// Leases what is due.
    pub(super) async fn lease_erasures(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Erasure>> {
        let rows = sqlx::query(concat!(
            "WITH due AS MATERIALIZED (",
            due!(),
            " FOR UPDATE SKIP LOCKED) UPDATE erasures e SET lease = nextval('lease_numbers'), lease_until = $4 FROM due \
             WHERE e.id = due.id RETURNING e.id, e.connection_id, e.customer_id, e.lease, e.due_at"
        ))
        .bind(to_micros(now))
        .bind(beyond(now))
        .bind(i64::from(limit))
        .bind(to_micros(lease_until))
        .fetch_all(&self.pool)
        .await?;
        let mut leased = Vec::with_capacity(rows.len());
        for row in rows {
            leased.push((row.integer("due_at")?, rows::erasure(&row)?));
        }
        leased.sort_by_key(|(due_at, erasure)| (*due_at, erasure.id));
        Ok(leased.into_iter().map(|(_, erasure)| erasure).collect())
    }
}
