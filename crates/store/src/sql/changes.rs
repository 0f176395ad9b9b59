//! Changes: in which order they were committed, and which there are.

use jiff::Timestamp;

use super::{SqlConnection, SqlStore, SqlTransaction};
use crate::care::read_changes;
use crate::rows::Cells as _;
use crate::time::{from_micros, to_micros};
use crate::{Changes, Result};

impl SqlStore {
    /// Begins a transaction that changes what others watch, and gives it its instant.
    pub(crate) async fn begin_changing(&self, now: Timestamp) -> Result<(SqlTransaction, Timestamp)> {
        let mut tx = self.begin().await?;
        let changed_at = tick(&mut tx, now).await?;
        Ok((tx, changed_at))
    }

    pub(crate) async fn changes_since(&self, since: Timestamp, limit: u32) -> Result<Changes> {
        // First how far there is to read: what is committed after this belongs to the next answer.
        let until: i64 = sqlx::query_scalar("SELECT at FROM last_change").fetch_one(self.reading()).await?;
        let limit = limit.max(16);
        let rows = sqlx::query(
            "SELECT at, connection_id, vendor, till FROM ( \
             SELECT changed_at AS at, id AS connection_id, CASE WHEN remade_at > $1 THEN vendor END AS vendor, till \
             FROM connections WHERE changed_at > $1 AND changed_at <= $2 \
             UNION ALL SELECT changed_at, NULL, vendor, till FROM requests WHERE changed_at > $1 AND changed_at <= $2 \
             UNION ALL SELECT changed_at, NULL, vendor, till FROM locks WHERE changed_at > $1 AND changed_at <= $2 \
             ) AS changes ORDER BY at LIMIT $3",
        )
        .bind(to_micros(since))
        .bind(until)
        .bind(i64::from(limit))
        .fetch_all(self.reading())
        .await?;
        let cells = rows.iter().map(|row| {
            Ok((row.instant("at")?, row.text_or_null("connection_id")?, row.text_or_null("vendor")?, row.text("till")?))
        });
        Ok(read_changes(cells.collect::<Result<_>>()?, from_micros(until)?, limit))
    }
}

/// The instant of the change this transaction makes: after every one committed before, and not before `now`. Later ones
/// wait until it ends.
pub(crate) async fn tick(tx: &mut SqlConnection, now: Timestamp) -> Result<Timestamp> {
    let at = sqlx::query_scalar(concat!("UPDATE last_change SET at = ", greatest!("at + 1", "$1"), " RETURNING at"))
        .bind(to_micros(now))
        .fetch_one(tx)
        .await?;
    from_micros(at)
}
