//! How callbacks at HubRise stand, in PostgreSQL. Each open connection has a row from the day it is made.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::PgConnection;

use super::PostgresStore;
use crate::rows::{self, Cells as _};
use crate::text::{LONGEST_TEXT, shortened};
use crate::time::to_micros;
use crate::turns::{beyond, beyond_looks};
use crate::{ConnectionId, Registration, Result};

/// Events came: what was refused before is of no interest any more. A row that somebody else is writing is passed over:
/// the next event notes it.
pub(super) async fn heard(tx: &mut PgConnection, heard: &BTreeMap<String, Timestamp>) -> Result<()> {
    if heard.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE registrations r SET heard_at = greatest(r.heard_at, h.at), refused = 0 FROM \
         (SELECT x.connection_id, w.at FROM registrations x \
          JOIN unnest($1::text[], $2::bigint[]) AS w (connection_id, at) ON w.connection_id = x.connection_id \
          FOR UPDATE OF x SKIP LOCKED) AS h WHERE r.connection_id = h.connection_id",
    )
    .bind(heard.keys().map(String::as_str).collect::<Vec<_>>())
    .bind(heard.values().copied().map(to_micros).collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}

impl PostgresStore {
    pub(super) async fn count_refused(&self, connection: &ConnectionId, at: Timestamp) -> Result<()> {
        sqlx::query("UPDATE registrations SET refused = refused + 1, refused_at = $2 WHERE connection_id = $1")
            .bind(connection.as_str())
            .bind(to_micros(at))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub(super) async fn registration_of(&self, connection: &ConnectionId) -> Result<Registration> {
        let row = sqlx::query(
            "SELECT due_at, verified_at, repaired_at, error, refused, refused_at, heard_at FROM registrations \
             WHERE connection_id = $1",
        )
        .bind(connection.as_str())
        .fetch_optional(&self.pool)
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
        let rows = sqlx::query(
            "WITH due AS MATERIALIZED (SELECT r.connection_id FROM registrations r \
             JOIN connections c ON c.id = r.connection_id \
             WHERE c.vendor = ANY ($1) AND c.closed_at IS NULL AND (r.due_at <= $2 OR r.due_at > $3) \
             AND (r.leased_until IS NULL OR r.leased_until <= $2 OR r.leased_until > $4) \
             ORDER BY r.due_at, r.connection_id LIMIT $5 FOR UPDATE OF r SKIP LOCKED) \
             UPDATE registrations r SET leased_until = $6 FROM due WHERE r.connection_id = due.connection_id \
             RETURNING r.due_at, r.connection_id",
        )
        .bind(vendors)
        .bind(to_micros(now))
        .bind(beyond_looks(now))
        .bind(beyond(now))
        .bind(i64::from(limit))
        .bind(to_micros(lease_until))
        .fetch_all(&self.pool)
        .await?;
        let mut leased = Vec::with_capacity(rows.len());
        for row in rows {
            leased.push((row.integer("due_at")?, row.text("connection_id")?));
        }
        leased.sort();
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
             verified_at = CASE WHEN $3::text IS NULL THEN $4 ELSE verified_at END, \
             repaired_at = CASE WHEN $5 = 1 THEN $4 ELSE repaired_at END WHERE connection_id = $1",
        )
        .bind(connection.as_str())
        .bind(to_micros(due_at))
        .bind(error.map(|error| shortened(error, LONGEST_TEXT)))
        .bind(to_micros(now))
        .bind(i64::from(repaired))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub(super) async fn ask_look(&self, connection: &ConnectionId, now: Timestamp) -> Result<()> {
        sqlx::query(
            "UPDATE registrations SET due_at = least(due_at, $2), leased_until = NULL WHERE connection_id = $1",
        )
        .bind(connection.as_str())
        .bind(to_micros(now))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub(super) async fn ask_looks(&self, vendors: &[String], now: Timestamp) -> Result<()> {
        // Locked in one order: two servers that start at once wait for each other.
        sqlx::query(
            "UPDATE registrations SET due_at = least(due_at, $2), leased_until = NULL WHERE connection_id IN \
             (SELECT r.connection_id FROM registrations r JOIN connections c ON c.id = r.connection_id \
              WHERE c.vendor = ANY ($1) AND c.closed_at IS NULL ORDER BY r.connection_id FOR UPDATE OF r)",
        )
        .bind(vendors)
        .bind(to_micros(now))
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
