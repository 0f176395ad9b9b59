//! Locked tills.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{SqlConnection, SqlStore, audits};
use crate::grants::holders;
use crate::rows::{self, Cells as _, lock_columns};
use crate::time::to_micros;
use crate::{Action, ConnectionId, ConnectionRow, Lock, LockId, Locks, NamedRef, Result, SessionId};

#[async_trait]
impl Locks for SqlStore {
    async fn lock_of(&self, vendor: &str, till: &str, session: &SessionId) -> Result<Option<Lock>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            lock_columns!(),
            " FROM lock_holders h JOIN locks l ON l.id = h.lock_id \
             WHERE l.vendor = $1 AND l.till = $2 AND l.released_at IS NULL AND h.holder IN ",
            holders!("$3", "$1"),
            " ORDER BY l.locked_at DESC, l.id DESC LIMIT 1"
        ))
        .bind(vendor)
        .bind(till)
        .bind(session.as_str())
        .fetch_optional(self.reading())
        .await?;
        row.as_ref().map(rows::lock).transpose()
    }

    async fn release_lock(&self, vendor: &str, id: &LockId, session: &SessionId, now: Timestamp) -> Result<bool> {
        let (mut tx, changed_at) = self.begin_changing(now).await?;
        let released = sqlx::query(
            "UPDATE locks SET released_at = $3, changed_at = $4 \
             WHERE id = $1 AND vendor = $2 AND released_at IS NULL RETURNING id",
        )
        .bind(id.as_str())
        .bind(vendor)
        .bind(to_micros(now))
        .bind(to_micros(changed_at))
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = released else { return Ok(false) };
        let connection = ConnectionId::new(row.text("id")?);
        let actor = audits::actor(&mut tx, session, vendor, "").await?;
        audits::note(&mut tx, &connection, Action::Released, &actor, now).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Whether the till is locked for the account.
pub(crate) async fn in_force(db: &mut SqlConnection, vendor: &str, till: &str, account_id: &str) -> Result<bool> {
    let found = sqlx::query(
        "SELECT 1 FROM locks WHERE vendor = $1 AND till = $2 AND account_id = $3 AND released_at IS NULL LIMIT 1",
    )
    .bind(vendor)
    .bind(till)
    .bind(account_id)
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Locks the till of a connection that is about to be closed; whoever can see it may know of the lock.
pub(crate) async fn put(
    db: &mut SqlConnection,
    connection: &ConnectionRow,
    now: Timestamp,
    changed_at: Timestamp,
) -> Result<()> {
    let (location_id, location_name) = connection.location.clone().map(NamedRef::into_parts).unzip();
    let id = LockId::of(&connection.id);
    sqlx::query(
        "INSERT INTO locks \
         (id, vendor, till, account_id, account_name, location_id, location_name, locked_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id.as_str())
    .bind(&connection.vendor)
    .bind(&connection.till)
    .bind(&connection.account.id)
    .bind(&connection.account.name)
    .bind(location_id)
    .bind(location_name)
    .bind(to_micros(now))
    .bind(to_micros(changed_at))
    .execute(&mut *db)
    .await?;
    sqlx::query("INSERT INTO lock_holders (holder, lock_id) SELECT holder, $1 FROM grants WHERE connection_id = $1")
        .bind(id.as_str())
        .execute(db)
        .await?;
    Ok(())
}
