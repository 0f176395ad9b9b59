//! A till's settings in PostgreSQL.

use async_trait::async_trait;
use jiff::Timestamp;

use super::connection_rows::lock_managed;
use super::{PostgresStore, audits};
use crate::rows;
use crate::text::storable;
use crate::time::to_micros;
use crate::{Action, ConnectionId, Result, Sealed, SessionId, Settings, StoreError, TillSettingsRow};

impl crate::Receiving for PostgresStore {}
impl crate::Delivering for PostgresStore {}
impl crate::Operations for PostgresStore {}

#[async_trait]
impl Settings for PostgresStore {
    async fn till_settings(&self, id: &ConnectionId) -> Result<Option<TillSettingsRow>> {
        let row = sqlx::query(
            "SELECT token_key_id, token_sealed, token_bound_to, token_tail, debug FROM till_settings \
             WHERE connection_id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(rows::till_settings).transpose()
    }

    async fn set_till_settings(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        token: Option<(Sealed, String)>,
        debug: bool,
        now: Timestamp,
    ) -> Result<()> {
        let (mut tx, changed_at) = self.begin_changing(now).await?;
        let connection = lock_managed(&mut tx, id, session, now).await?.ok_or(StoreError::Conflict)?;
        let (sealed, tail) = token.unzip();
        let (key_id, bytes, bound_to) =
            sealed.map_or((None, None, None), |s| (Some(s.key_id), Some(s.bytes), Some(s.bound_to)));
        sqlx::query(
            "INSERT INTO till_settings (connection_id, token_key_id, token_sealed, token_bound_to, token_tail, debug) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (connection_id) DO UPDATE SET \
             token_key_id = coalesce(excluded.token_key_id, till_settings.token_key_id), \
             token_sealed = coalesce(excluded.token_sealed, till_settings.token_sealed), \
             token_bound_to = coalesce(excluded.token_bound_to, till_settings.token_bound_to), \
             token_tail = coalesce(excluded.token_tail, till_settings.token_tail), debug = excluded.debug",
        )
        .bind(id.as_str())
        .bind(key_id)
        .bind(bytes)
        .bind(bound_to)
        .bind(tail.map(storable))
        .bind(i64::from(debug))
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE connections SET changed_at = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(to_micros(changed_at))
            .execute(&mut *tx)
            .await?;
        let actor = audits::actor(&mut tx, session, &connection.vendor, "").await?;
        audits::note(&mut tx, id, Action::Configured, &actor, now).await?;
        Ok(tx.commit().await?)
    }
}
