//! Whose turn it is to forget a customer, in SQLite.

use jiff::Timestamp;

use super::sql::erasing::due;
use super::{SqliteStore, lanes};
use crate::rows;
use crate::time::to_micros;
use crate::turns::beyond;
use crate::{Erasure, Result};

impl SqliteStore {
    /// Leases what is due.
    pub(super) async fn lease_erasures(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Erasure>> {
        let mut tx = self.begin().await?;
        let due: Vec<i64> = sqlx::query_scalar(due!())
            .bind(to_micros(now))
            .bind(beyond(now))
            .bind(i64::from(limit))
            .fetch_all(&mut *tx)
            .await?;
        let first = lanes::lease_numbers(&mut tx, due.len()).await?;
        let mut leased = Vec::with_capacity(due.len());
        for (lease, id) in (first..).zip(due) {
            let row = sqlx::query(
                "UPDATE erasures SET lease = $2, lease_until = $3 WHERE id = $1 \
                 RETURNING id, connection_id, customer_id, lease",
            )
            .bind(id)
            .bind(lease)
            .bind(to_micros(lease_until))
            .fetch_one(&mut *tx)
            .await?;
            leased.push(rows::erasure(&row)?);
        }
        tx.commit().await?;
        Ok(leased)
    }
}
