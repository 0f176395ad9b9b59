//! Connections in PostgreSQL: finding them, completing them, closing them.

use jiff::Timestamp;

use super::connection_rows::{find_by_key, find_granted, lock_granted, mark_closed};
use super::{PostgresStore, tokens};
use crate::rows::{self, connection_columns};
use crate::rules::{CLOSING_LEASE, Retired};
use crate::text::{storable, storable_choice};
use crate::time::to_micros;
use crate::{Choice, Closing, ConnectionId, ConnectionRow, NamedRef, Result, SessionId, StoreError};

impl PostgresStore {
    pub(super) async fn connection_by_key(
        &self,
        vendor: &str,
        till: &str,
        hub_key: &str,
    ) -> Result<Option<ConnectionRow>> {
        let mut connection = self.pool.acquire().await?;
        find_by_key(&mut connection, vendor, till, &storable(hub_key.to_owned())).await
    }

    pub(super) async fn granted_connection(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<ConnectionRow>> {
        let mut connection = self.pool.acquire().await?;
        find_granted(&mut connection, id, session, now).await
    }

    pub(super) async fn last_granted_connection(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<ConnectionRow>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            connection_columns!(),
            " FROM grants g JOIN connections c ON c.id = g.connection_id \
             WHERE g.session_id = $1 AND g.expires_at > $2 AND c.vendor = $3 AND c.till = $4 \
             AND c.closed_at IS NULL ORDER BY g.granted_at DESC, c.id DESC LIMIT 1"
        ))
        .bind(session.as_str())
        .bind(to_micros(now))
        .bind(vendor)
        .bind(till)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(rows::connection).transpose()
    }

    pub(super) async fn complete_connection(
        &self,
        id: &ConnectionId,
        expected_version: i64,
        choice: Choice,
    ) -> Result<ConnectionRow> {
        let choice = storable_choice(choice);
        let (catalog_id, catalog_name) = choice.catalog.map(NamedRef::into_parts).unzip();
        let (list_id, list_name) = choice.customer_list.map(NamedRef::into_parts).unzip();
        let row = sqlx::query(concat!(
            "UPDATE connections SET state = 'connected', location_id = $3, location_name = $4, \
             catalog_id = $5, catalog_name = $6, customer_list_id = $7, customer_list_name = $8, \
             version = version + 1 WHERE id = $1 AND version = $2 AND closed_at IS NULL RETURNING ",
            connection_columns!()
        ))
        .bind(id.as_str())
        .bind(expected_version)
        .bind(choice.location.id)
        .bind(choice.location.name)
        .bind(catalog_id)
        .bind(catalog_name)
        .bind(list_id)
        .bind(list_name)
        .fetch_optional(&self.pool)
        .await?;
        rows::connection(&row.ok_or(StoreError::Conflict)?)
    }

    pub(super) async fn close_granted_connection(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Closing> {
        let mut tx = self.begin_moving().await?;
        let Some(connection) = lock_granted(&mut tx, id, session, now).await? else {
            return Ok(Closing::Unknown);
        };
        mark_closed(&mut tx, id, now).await?;
        let retired = Retired::of_connection(&connection, session, now);
        let revoke = tokens::retire(&mut tx, &retired, Some(now + CLOSING_LEASE)).await?;
        tx.commit().await?;
        Ok(if revoke { Closing::Revoke(Box::new(retired.revocation)) } else { Closing::TokenInUse })
    }
}
