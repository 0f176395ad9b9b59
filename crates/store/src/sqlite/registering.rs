//! How callbacks at HubRise stand, in SQLite. Each open connection has a row from the day it is made.

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::SqliteStore;
use crate::rows::{self, Cells as _};
use crate::text::{LONGEST_TEXT, shortened};
use crate::time::to_micros;
use crate::turns::{beyond, beyond_looks};
use crate::{ConnectionId, Registration, Result};

/// An event came: what was refused before is of no interest any more.
pub(super) async fn heard(tx: &mut SqliteConnection, connection: &str, at: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE registrations SET heard_at = max(coalesce(heard_at, $2), $2), refused = 0 WHERE connection_id = $1",
    )
    .bind(connection)
    .bind(to_micros(at))
    .execute(tx)
    .await?;
    Ok(())
}

impl SqliteStore {
    pub(super) async fn count_refused(&self, connection: &ConnectionId, at: Timestamp) -> Result<()> {
        sqlx::query("UPDATE registrations SET refused = refused + 1, refused_at = $2 WHERE connection_id = $1")
            .bind(connection.as_str())
            .bind(to_micros(at))
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    pub(super) async fn registration_of(&self, connection: &ConnectionId) -> Result<Registration> {
        let row = sqlx::query(
            "SELECT due_at, verified_at, repaired_at, error, refused, refused_at, heard_at FROM registrations \
             WHERE connection_id = $1",
        )
        .bind(connection.as_str())
        .fetch_optional(&self.readers)
        .await?;
        row.map_or_else(|| Ok(Registration::default()), |row| rows::registration(&row))
    }

    pub(super) async fn lease_registrations(
        &self,
        vendors: &[String],
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ConnectionId>> {
        let mut leased = Vec::new();
        let mut tx = self.begin().await?;
        for vendor in vendors {
            let due = sqlx::query(
                "SELECT r.connection_id, r.due_at FROM registrations r JOIN connections c ON c.id = r.connection_id \
                 WHERE c.vendor = $1 AND c.closed_at IS NULL AND (r.due_at <= $2 OR r.due_at > $3) \
                 AND (r.leased_until IS NULL OR r.leased_until <= $2 OR r.leased_until > $4) \
                 ORDER BY r.due_at, r.connection_id LIMIT $5",
            )
            .bind(vendor)
            .bind(to_micros(now))
            .bind(beyond_looks(now))
            .bind(beyond(now))
            .bind(i64::from(limit))
            .fetch_all(&mut *tx)
            .await?;
            for row in due {
                leased.push((row.integer("due_at")?, row.text("connection_id")?));
            }
        }
        leased.sort();
        leased.dedup();
        leased.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        for (_, connection) in &leased {
            sqlx::query("UPDATE registrations SET leased_until = $2 WHERE connection_id = $1")
                .bind(connection)
                .bind(to_micros(lease_until))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(leased.into_iter().map(|(_, connection)| ConnectionId::new(connection)).collect())
    }

    pub(super) async fn end_look(
        &self,
        connection: &ConnectionId,
        now: Timestamp,
        error: Option<&str>,
        repaired: bool,
        due_at: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "UPDATE registrations SET due_at = $2, leased_until = NULL, error = $3, \
             verified_at = CASE WHEN $3 IS NULL THEN $4 ELSE verified_at END, \
             repaired_at = CASE WHEN $5 = 1 THEN $4 ELSE repaired_at END WHERE connection_id = $1",
        )
        .bind(connection.as_str())
        .bind(to_micros(due_at))
        .bind(error.map(|error| shortened(error, LONGEST_TEXT)))
        .bind(to_micros(now))
        .bind(i64::from(repaired))
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    pub(super) async fn ask_look(&self, connection: &ConnectionId, now: Timestamp) -> Result<()> {
        sqlx::query("UPDATE registrations SET due_at = min(due_at, $2), leased_until = NULL WHERE connection_id = $1")
            .bind(connection.as_str())
            .bind(to_micros(now))
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    pub(super) async fn ask_looks(&self, vendors: &[String], now: Timestamp) -> Result<()> {
        let mut tx = self.begin().await?;
        for vendor in vendors {
            sqlx::query(
                "UPDATE registrations SET due_at = min(due_at, $2), leased_until = NULL WHERE connection_id IN \
                 (SELECT id FROM connections WHERE vendor = $1 AND closed_at IS NULL)",
            )
            .bind(vendor)
            .bind(to_micros(now))
            .execute(&mut *tx)
            .await?;
        }
        Ok(tx.commit().await?)
    }
}
