//! Grants, within a transaction.

use jiff::Timestamp;

use super::{SqlConnection, views};
use crate::grants::{Grant, Holder, joined};
use crate::rows::{self, Cells as _, role_word};
use crate::time::to_micros;
use crate::{ConnectionId, Result, SessionId, UserId};

/// Gives a holder a grant, together with the one it has.
pub(crate) async fn put(
    db: &mut SqlConnection,
    holder: &Holder,
    connection: &ConnectionId,
    new: Grant,
    now: Timestamp,
) -> Result<()> {
    let had = sqlx::query("SELECT role, granted_at, expires_at FROM grants WHERE holder = $1 AND connection_id = $2")
        .bind(holder.key())
        .bind(connection.as_str())
        .fetch_optional(&mut *db)
        .await?;
    let grant = joined(had.as_ref().map(rows::grant).transpose()?, new, now);
    sqlx::query(
        "INSERT INTO grants (holder, connection_id, role, granted_at, expires_at, forget_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (holder, connection_id) DO UPDATE SET role = excluded.role, \
         granted_at = excluded.granted_at, expires_at = excluded.expires_at, forget_at = excluded.forget_at",
    )
    .bind(holder.key())
    .bind(connection.as_str())
    .bind(role_word(grant.role))
    .bind(to_micros(grant.granted_at))
    .bind(to_micros(grant.expires_at))
    .bind(to_micros(holder.forgets_at(grant.expires_at)))
    .execute(db)
    .await?;
    Ok(())
}

/// A session's own grants, locks and views at a vendor become its user's.
pub(crate) async fn hand_over(
    db: &mut SqlConnection,
    session: &SessionId,
    user: &UserId,
    vendor: &str,
    now: Timestamp,
) -> Result<()> {
    let (from, to) = (Holder::Session(session.clone()), Holder::User(user.clone()));
    let own = sqlx::query(
        "DELETE FROM grants WHERE holder = $1 AND connection_id IN \
         (SELECT g.connection_id FROM grants g JOIN connections c ON c.id = g.connection_id \
          WHERE g.holder = $1 AND c.vendor = $2) RETURNING connection_id, role, granted_at, expires_at",
    )
    .bind(from.key())
    .bind(vendor)
    .fetch_all(&mut *db)
    .await?;
    for row in &own {
        let connection = ConnectionId::new(row.text("connection_id")?);
        put(db, &to, &connection, rows::grant(row)?, now).await?;
    }
    views::hand_over(db, session, user, vendor).await?;
    sqlx::query(
        "INSERT INTO lock_holders (holder, lock_id) SELECT $2, h.lock_id FROM lock_holders h \
         JOIN locks l ON l.id = h.lock_id WHERE h.holder = $1 AND l.vendor = $3 \
         ON CONFLICT (holder, lock_id) DO NOTHING",
    )
    .bind(from.key())
    .bind(to.key())
    .bind(vendor)
    .execute(&mut *db)
    .await?;
    Ok(())
}
