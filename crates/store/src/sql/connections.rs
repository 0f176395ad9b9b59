//! Connections: finding them, completing them, closing them.

use jiff::Timestamp;

use super::connection_rows::{find_by_key, find_granted, find_open, lock_granted, lock_managed, lock_open, write_over};
use super::marking::mark_closed;
use super::{SqlStore, audits, changes, grants, locks, tokens};
use crate::grants::{Grant, Holder, holders};
use crate::rows::{self, Cells as _, connection_columns};
use crate::rules::{self, CLOSING_LEASE, Retired};
use crate::text::storable;
use crate::time::to_micros;
use crate::{
    Action, Actor, Choice, Closing, ConnectionId, ConnectionRow, Granted, Result, Role, SessionId, StoreError,
};

impl SqlStore {
    pub(crate) async fn connection_by_key(
        &self,
        vendor: &str,
        till: &str,
        hub_key: &str,
    ) -> Result<Option<ConnectionRow>> {
        let mut reader = self.reading().acquire().await?;
        find_by_key(&mut reader, vendor, till, &storable(hub_key.to_owned())).await
    }

    pub(crate) async fn granted_connection(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<Granted>> {
        let mut reader = self.reading().acquire().await?;
        find_granted(&mut reader, id, session, now).await
    }

    pub(crate) async fn last_granted_connection(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<Granted>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            connection_columns!(),
            ", g.role FROM grants g JOIN connections c ON c.id = g.connection_id \
             WHERE g.expires_at > $2 AND c.vendor = $3 AND c.till = $4 AND c.closed_at IS NULL AND g.holder IN ",
            holders!("$1", "$3"),
            " ORDER BY g.granted_at DESC, c.id DESC, g.role LIMIT 1"
        ))
        .bind(session.as_str())
        .bind(to_micros(now))
        .bind(vendor)
        .bind(till)
        .fetch_optional(self.reading())
        .await?;
        row.as_ref().map(rows::granted).transpose()
    }

    pub(crate) async fn bare_connection(&self, id: &ConnectionId) -> Result<Option<ConnectionRow>> {
        let mut reader = self.reading().acquire().await?;
        find_open(&mut reader, id).await
    }

    pub(crate) async fn installed_connections(
        &self,
        vendor: &str,
        app_instance_id: &str,
    ) -> Result<Vec<ConnectionRow>> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            connection_columns!(),
            " FROM connections c WHERE c.vendor = $1 AND c.app_instance_id = $2 AND c.closed_at IS NULL \
             ORDER BY c.connected_at DESC, c.id DESC"
        ))
        .bind(vendor)
        .bind(storable(app_instance_id.to_owned()))
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::connection).collect()
    }

    pub(crate) async fn last_known_connection(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<ConnectionId>> {
        let row = sqlx::query(
            "SELECT c.id FROM session_users b JOIN grants g ON g.holder = 'u:' || b.user_id \
             JOIN connections c ON c.id = g.connection_id \
             WHERE b.session_id = $1 AND b.vendor = $3 AND g.expires_at <= $2 AND c.vendor = $3 AND c.till = $4 \
             AND c.closed_at IS NULL ORDER BY g.expires_at DESC, c.id DESC LIMIT 1",
        )
        .bind(session.as_str())
        .bind(to_micros(now))
        .bind(vendor)
        .bind(till)
        .fetch_optional(self.reading())
        .await?;
        row.map(|row| Ok(ConnectionId::new(row.text("id")?))).transpose()
    }

    pub(crate) async fn give_grant(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        grant: Grant,
        now: Timestamp,
    ) -> Result<()> {
        let (mut tx, changed_at) = self.begin_changing(now).await?;
        let connection = lock_open(&mut tx, id).await?.ok_or(StoreError::Conflict)?;
        let actor = audits::actor(&mut tx, session, &connection.vendor, "").await?;
        grants::put(&mut tx, &Holder::of(session, actor.user.as_ref()), id, grant, now).await?;
        if actor.support {
            sqlx::query("UPDATE connections SET support_verified_at = $2, changed_at = $3 WHERE id = $1")
                .bind(id.as_str())
                .bind(to_micros(now))
                .bind(to_micros(changed_at))
                .execute(&mut *tx)
                .await?;
        }
        audits::note(&mut tx, id, Action::Viewed, &actor, now).await?;
        Ok(tx.commit().await?)
    }

    pub(crate) async fn complete_connection(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        expected_version: i64,
        choice: Choice,
        now: Timestamp,
    ) -> Result<ConnectionRow> {
        let (mut tx, changed_at) = self.begin_changing(now).await?;
        let before = lock_managed(&mut tx, id, session, now).await?;
        let before = before.filter(|before| before.version == expected_version).ok_or(StoreError::Conflict)?;
        let connection = rules::chosen(before, choice, changed_at);
        write_over(&mut tx, &connection).await?;
        let actor = audits::actor(&mut tx, session, &connection.vendor, "").await?;
        audits::note(&mut tx, id, Action::Chosen, &actor, now).await?;
        tx.commit().await?;
        Ok(connection)
    }

    pub(crate) async fn close_granted_connection(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        lock: bool,
        now: Timestamp,
    ) -> Result<Closing> {
        let mut tx = self.begin_moving().await?;
        let changed_at = changes::tick(&mut tx, now).await?;
        let connection = match lock_granted(&mut tx, id, session, now).await? {
            None => return Ok(Closing::Unknown),
            Some(Granted { role: Role::View, .. }) => return Ok(Closing::ViewOnly),
            Some(Granted { connection, .. }) => connection,
        };
        if lock {
            locks::put(&mut tx, &connection, now, changed_at).await?;
        }
        let actor = audits::actor(&mut tx, session, &connection.vendor, "").await?;
        audits::note(&mut tx, id, Action::Disconnected, &actor, now).await?;
        mark_closed(&mut tx, id, now, changed_at).await?;
        let retired = Retired::of_connection(&connection, session, now);
        let revoke = tokens::retire(&mut tx, &retired, Some(now + CLOSING_LEASE)).await?;
        tx.commit().await?;
        Ok(if revoke { Closing::Revoke(Box::new(retired.revocation)) } else { Closing::TokenInUse })
    }

    pub(crate) async fn close_dead_connection(
        &self,
        id: &ConnectionId,
        expected_fingerprint: &[u8; 32],
        now: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.begin_moving().await?;
        let changed_at = changes::tick(&mut tx, now).await?;
        let found = lock_open(&mut tx, id).await?;
        if found.is_none_or(|found| found.token_fingerprint != *expected_fingerprint) {
            return Ok(false);
        }
        audits::note(&mut tx, id, Action::DisconnectedAtHubrise, &Actor::default(), now).await?;
        mark_closed(&mut tx, id, now, changed_at).await?;
        tx.commit().await?;
        Ok(true)
    }
}
