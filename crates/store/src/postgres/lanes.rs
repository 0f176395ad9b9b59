//! Lanes in PostgreSQL, within a transaction: a row for each connection that has something to send.
//!
//! Whoever changes which operations of a connection are under way locks its lane first. A lane is made where there is
//! none, so that there is something to lock; several are locked in the order of their connections.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::PgConnection;

use crate::Result;
use crate::intake::{DISCONNECTED, doubt};
use crate::rows::Cells as _;
use crate::time::to_micros;

/// Notes that connections have something more to send, and locks their lanes. A lane that is there is due when its first
/// operation is.
pub(super) async fn extend(tx: &mut PgConnection, queued: &BTreeMap<&str, Timestamp>) -> Result<()> {
    if queued.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO lanes (connection_id, due_at) \
         SELECT connection_id, due_at FROM unnest($1::text[], $2::bigint[]) AS q (connection_id, due_at) \
         ORDER BY connection_id COLLATE \"C\" \
         ON CONFLICT (connection_id) DO UPDATE SET due_at = lanes.due_at",
    )
    .bind(queued.keys().copied().collect::<Vec<_>>())
    .bind(queued.values().copied().map(to_micros).collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}

/// The first operation of a connection that is under way: its number, and when it is due (one being sent is due now).
async fn first(tx: &mut PgConnection, connection: &str, now: Timestamp) -> Result<Option<(i64, i64)>> {
    let row = sqlx::query(
        "SELECT seq, due_at FROM operations WHERE connection_id = $1 AND state IN ('queued', 'sending') AND kind <> 'stock' \
         ORDER BY seq LIMIT 1",
    )
    .bind(connection)
    .fetch_optional(tx)
    .await?;
    row.map(|row| Ok((row.integer("seq")?, row.integer_or_null("due_at")?.unwrap_or(to_micros(now))))).transpose()
}

/// Gives a lane back: due with its first operation, or gone with its last.
pub(super) async fn give_back(tx: &mut PgConnection, connection: &str, now: Timestamp) -> Result<()> {
    match first(tx, connection, now).await? {
        None => {
            sqlx::query("DELETE FROM lanes WHERE connection_id = $1").bind(connection).execute(tx).await?;
        }
        Some((_, due_at)) => {
            sqlx::query(
                "INSERT INTO lanes (connection_id, due_at) VALUES ($1, $2) ON CONFLICT (connection_id) DO UPDATE \
                 SET due_at = excluded.due_at, lease = NULL, lease_until = NULL",
            )
            .bind(connection)
            .bind(due_at)
            .execute(tx)
            .await?;
        }
    }
    Ok(())
}

/// An operation waits again though its lane is another's, or nobody's: makes the lane due with its first operation, and
/// leaves the lease alone.
pub(super) async fn hurry(tx: &mut PgConnection, connection: &str, now: Timestamp) -> Result<()> {
    if let Some((_, due_at)) = first(tx, connection, now).await? {
        sqlx::query(
            "INSERT INTO lanes (connection_id, due_at) VALUES ($1, $2) ON CONFLICT (connection_id) DO UPDATE \
             SET due_at = excluded.due_at",
        )
        .bind(connection)
        .bind(due_at)
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// Whether one of a connection's operations is being sent.
async fn is_sending(tx: &mut PgConnection, connection: &str) -> Result<bool> {
    let sending = sqlx::query(
        "SELECT 1 FROM operations WHERE connection_id = $1 AND state = 'sending' AND kind <> 'stock' LIMIT 1",
    )
    .bind(connection)
    .fetch_optional(tx)
    .await?;
    Ok(sending.is_some())
}

/// Gives a lane back if the operation that is withdrawn was its first: whoever was about to send it will not begin. One
/// that was put before another being sent was never theirs: the lane stays with who sends.
pub(super) async fn pass_over(tx: &mut PgConnection, connection: &str, withdrawn: i64, now: Timestamp) -> Result<()> {
    match first(tx, connection, now).await? {
        Some((seq, _)) if seq < withdrawn => Ok(()),
        _ if is_sending(tx, connection).await? => hurry(tx, connection, now).await,
        _ => give_back(tx, connection, now).await,
    }
}

/// Ends what closed connections had under way: nobody knows of what may have been printed.
pub(super) async fn empty(tx: &mut PgConnection, connections: &[String], now: Timestamp) -> Result<()> {
    sqlx::query(concat!(
        "UPDATE operations SET cause = CASE WHEN state = 'queued' AND may_be_printed = 0 THEN $2 ELSE ",
        doubt!(),
        " END, detail = NULL, due_at = NULL, changed_at = $3, \
         state = CASE WHEN state = 'queued' AND may_be_printed = 0 THEN 'failed' ELSE 'unknown' END, \
         may_be_printed = CASE state WHEN 'sending' THEN 1 ELSE may_be_printed END \
         WHERE connection_id = ANY ($1) AND state IN ('queued', 'sending') AND kind <> 'stock'"
    ))
    .bind(connections)
    .bind(DISCONNECTED)
    .bind(to_micros(now))
    .execute(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM lanes WHERE connection_id = ANY ($1)").bind(connections).execute(tx).await?;
    Ok(())
}

/// Removes a lane with nothing in it.
pub(super) async fn tidy(tx: &mut PgConnection, connection: &str, now: Timestamp) -> Result<()> {
    if first(tx, connection, now).await?.is_none() {
        sqlx::query("DELETE FROM lanes WHERE connection_id = $1").bind(connection).execute(tx).await?;
    }
    Ok(())
}
