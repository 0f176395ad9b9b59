//! A till's settings.

use async_trait::async_trait;
use jiff::Timestamp;

use super::connection_rows::lock_managed;
use super::{SqlStore, audits};
use crate::rows;
use crate::text::storable;
use crate::time::to_micros;
use crate::{Action, ConnectionId, Result, Sealed, SessionId, Settings, StoreError, TillSettingsRow};

#[async_trait]
impl Settings for SqlStore {
    async fn till_settings(&self, id: &ConnectionId) -> Result<Option<TillSettingsRow>> {
        let row = sqlx::query(
            "SELECT token_key_id, token_sealed, token_bound_to, token_tail, choices, version, changed_at, changed_by \
             FROM till_settings WHERE connection_id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(self.reading())
        .await?;
        row.as_ref().map(rows::till_settings).transpose()
    }

    async fn set_till_settings(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        expected_version: i64,
        token: Option<(Sealed, String)>,
        choices: &str,
        now: Timestamp,
    ) -> Result<()> {
        let (mut tx, changed_at) = self.begin_changing(now).await?;
        let connection = lock_managed(&mut tx, id, session, now).await?.ok_or(StoreError::Conflict)?;
        let version: Option<i64> = sqlx::query_scalar("SELECT version FROM till_settings WHERE connection_id = $1")
            .bind(id.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        if version.unwrap_or(0) != expected_version {
            return Err(StoreError::Conflict);
        }
        let actor = audits::actor(&mut tx, session, &connection.vendor, "").await?;
        let (sealed, tail) = token.unzip();
        let (key_id, bytes, bound_to) =
            sealed.map_or((None, None, None), |s| (Some(s.key_id), Some(s.bytes), Some(s.bound_to)));
        sqlx::query(
            "INSERT INTO till_settings (connection_id, token_key_id, token_sealed, token_bound_to, token_tail, \
             choices, version, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (connection_id) DO UPDATE SET \
             token_key_id = coalesce(excluded.token_key_id, till_settings.token_key_id), \
             token_sealed = coalesce(excluded.token_sealed, till_settings.token_sealed), \
             token_bound_to = coalesce(excluded.token_bound_to, till_settings.token_bound_to), \
             token_tail = coalesce(excluded.token_tail, till_settings.token_tail), choices = excluded.choices, \
             version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        )
        .bind(id.as_str())
        .bind(key_id)
        .bind(bytes)
        .bind(bound_to)
        .bind(tail.map(storable))
        .bind(storable(choices.to_owned()))
        .bind(expected_version + 1)
        .bind(to_micros(now))
        .bind(actor.name.as_deref())
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE connections SET changed_at = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(to_micros(changed_at))
            .execute(&mut *tx)
            .await?;
        audits::note(&mut tx, id, Action::Configured, &actor, now).await?;
        Ok(tx.commit().await?)
    }
}
