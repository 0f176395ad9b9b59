//! What being made, or closed, does to a connection's row and to all that hangs on it.

use jiff::Timestamp;

use super::SqlConnection;
use crate::care::WITHDRAWN_KEPT;
use crate::time::to_micros;
use crate::{ConnectionId, Result};

/// Notes that a connection was made or made again; what was verified of the former token is forgotten, its callback too.
pub(crate) async fn mark_made(db: &mut SqlConnection, id: &ConnectionId) -> Result<()> {
    sqlx::query("UPDATE connections SET remade_at = changed_at WHERE id = $1")
        .bind(id.as_str())
        .execute(&mut *db)
        .await?;
    for forgotten in [
        "DELETE FROM permission_checks WHERE connection_id = $1",
        "UPDATE registrations SET due_at = 0, leased_until = NULL, verified_at = NULL, repaired_at = NULL, \
         error = NULL WHERE connection_id = $1",
    ] {
        sqlx::query(forgotten).bind(id.as_str()).execute(&mut *db).await?;
    }
    Ok(())
}

/// Closes a connection: its token and its till's settings are gone, nobody has a right to it any more, a request that it
/// fulfilled is over, and what it has to send is due at once, to be ended.
pub(crate) async fn mark_closed(
    db: &mut SqlConnection,
    id: &ConnectionId,
    now: Timestamp,
    changed_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE connections SET closed_at = $2, token_key_id = NULL, token_sealed = NULL, token_bound_to = NULL, \
         token_fingerprint = NULL, version = version + 1, changed_at = $3, remade_at = $3 WHERE id = $1",
    )
    .bind(id.as_str())
    .bind(to_micros(now))
    .bind(to_micros(changed_at))
    .execute(&mut *db)
    .await?;
    for forgotten in [
        "DELETE FROM grants WHERE connection_id = $1",
        "DELETE FROM till_settings WHERE connection_id = $1",
        "DELETE FROM permission_checks WHERE connection_id = $1",
        "DELETE FROM registrations WHERE connection_id = $1",
        "UPDATE lanes SET due_at = 0 WHERE connection_id = $1",
    ] {
        sqlx::query(forgotten).bind(id.as_str()).execute(&mut *db).await?;
    }
    sqlx::query(
        "UPDATE requests SET state = 'withdrawn', forget_at = $2, changed_at = $3 \
         WHERE connection_id = $1 AND state = 'connected'",
    )
    .bind(id.as_str())
    .bind(to_micros(now + WITHDRAWN_KEPT))
    .bind(to_micros(changed_at))
    .execute(db)
    .await?;
    Ok(())
}
