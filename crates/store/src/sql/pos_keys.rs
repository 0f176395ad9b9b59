//! Tills' keys.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::connection_rows::find_open;
use super::stock_reports::lock_till;
use super::{SqlStore, audits};
use crate::rows::{self, pos_key_columns};
use crate::stock::MOST_KEYS;
use crate::text::{LONGEST_FACT, shortened, storable};
use crate::time::to_micros;
use crate::{Action, ConnectionId, NewPosKey, PosKeyRow, PosKeys, Result, SessionId, StoreError};

/// How often it is noted that a key was used.
const USE_NOTED: SignedDuration = SignedDuration::from_mins(1);

#[async_trait]
impl PosKeys for SqlStore {
    async fn make_pos_key(&self, key: NewPosKey) -> Result<PosKeyRow> {
        let mut tx = self.begin().await?;
        let connection = find_open(&mut tx, &key.connection).await?.ok_or(StoreError::Conflict)?;
        // Of two at once, the second counts the first.
        lock_till(&mut tx, &connection.vendor, &connection.till, &connection.hub_key).await?;
        let working: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pos_keys WHERE vendor = $1 AND till = $2 AND hub_key = $3 AND revoked_at IS NULL",
        )
        .bind(&connection.vendor)
        .bind(&connection.till)
        .bind(&connection.hub_key)
        .fetch_one(&mut *tx)
        .await?;
        if working >= MOST_KEYS {
            return Err(StoreError::Conflict);
        }
        let actor = audits::actor(&mut tx, &key.session, &connection.vendor, "").await?;
        let row = sqlx::query(concat!(
            "INSERT INTO pos_keys (id, hash, vendor, till, hub_key, label, tail, created_at, created_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ",
            pos_key_columns!()
        ))
        .bind(storable(key.id))
        .bind(key.hash.as_slice())
        .bind(&connection.vendor)
        .bind(&connection.till)
        .bind(&connection.hub_key)
        .bind(shortened(&key.label, LONGEST_FACT * 2))
        .bind(storable(key.tail))
        .bind(to_micros(key.at))
        .bind(actor.name.as_deref())
        .fetch_one(&mut *tx)
        .await?;
        let made = rows::pos_key(&row)?;
        audits::note(&mut tx, &key.connection, Action::Configured, &actor, key.at).await?;
        tx.commit().await?;
        Ok(made)
    }

    async fn pos_keys(&self, connection: &ConnectionId, since: Timestamp) -> Result<Vec<PosKeyRow>> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            pos_key_columns!(),
            " FROM pos_keys WHERE (vendor, till, hub_key) = (SELECT c.vendor, c.till, c.hub_key FROM connections c WHERE c.id = $1) \
             AND (revoked_at IS NULL OR revoked_at > $2) ORDER BY created_at DESC, id LIMIT 100"
        ))
        .bind(connection.as_str())
        .bind(to_micros(since))
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::pos_key).collect()
    }

    async fn revoke_pos_key(
        &self,
        connection: &ConnectionId,
        session: &SessionId,
        key: &str,
        at: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let Some(row) = find_open(&mut tx, connection).await? else { return Ok(false) };
        let revoked = sqlx::query(
            "UPDATE pos_keys SET revoked_at = $5 WHERE id = $1 AND vendor = $2 AND till = $3 AND hub_key = $4 \
             AND revoked_at IS NULL",
        )
        .bind(storable(key.to_owned()))
        .bind(&row.vendor)
        .bind(&row.till)
        .bind(&row.hub_key)
        .bind(to_micros(at))
        .execute(&mut *tx)
        .await?;
        if revoked.rows_affected() == 0 {
            let there =
                sqlx::query("SELECT 1 FROM pos_keys WHERE id = $1 AND vendor = $2 AND till = $3 AND hub_key = $4")
                    .bind(storable(key.to_owned()))
                    .bind(&row.vendor)
                    .bind(&row.till)
                    .bind(&row.hub_key)
                    .fetch_optional(&mut *tx)
                    .await?;
            return Ok(there.is_some());
        }
        let actor = audits::actor(&mut tx, session, &row.vendor, "").await?;
        audits::note(&mut tx, connection, Action::Configured, &actor, at).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn use_pos_key(&self, hash: &[u8; 32], at: Timestamp) -> Result<Option<PosKeyRow>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            pos_key_columns!(),
            " FROM pos_keys WHERE hash = $1 AND revoked_at IS NULL"
        ))
        .bind(hash.as_slice())
        .fetch_optional(self.reading())
        .await?;
        let Some(mut key) = row.as_ref().map(rows::pos_key).transpose()? else { return Ok(None) };
        // Mostly there is nothing to note.
        if key.last_used_at.is_none_or(|last| last + USE_NOTED <= at) {
            sqlx::query("UPDATE pos_keys SET last_used_at = $2 WHERE hash = $1")
                .bind(hash.as_slice())
                .bind(to_micros(at))
                .execute(self.writing())
                .await?;
            key.last_used_at = Some(at);
        }
        Ok(Some(key))
    }
}
