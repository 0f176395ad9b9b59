//! What a cancelled order leaves to do, within a transaction: its lanes are locked.

use super::{SqlConnection, lanes};
use crate::Result;
use crate::intake::{CANCELLED_AFTER_SENDING, CANCELLED_BEFORE, Cancelled, doubt};
use crate::rows::Cells as _;
use crate::time::to_micros;

/// Withdraws an order that is not sent yet; flags one that may be.
pub(crate) async fn cancel(tx: &mut SqlConnection, cancelled: &Cancelled) -> Result<()> {
    // One that waits for another try although an earlier may have been printed is not tried again: a person looks.
    let doubtful = sqlx::query(concat!(
        "UPDATE operations SET state = 'unknown', flag = $3, due_at = NULL, changed_at = $4, cause = ",
        doubt!(),
        " WHERE place_id = $1 AND order_id = $2 AND kind = 'order_created' AND state = 'queued' \
         AND may_be_printed = 1 RETURNING seq, connection_id"
    ))
    .bind(cancelled.place)
    .bind(&cancelled.order)
    .bind(CANCELLED_AFTER_SENDING)
    .bind(to_micros(cancelled.at))
    .fetch_all(&mut *tx)
    .await?;
    for row in doubtful {
        lanes::pass_over(tx, &row.text("connection_id")?, row.integer("seq")?, cancelled.at).await?;
    }
    let rows = sqlx::query(
        "UPDATE operations SET flag = CASE state WHEN 'queued' THEN flag ELSE $3 END, \
         cause = CASE state WHEN 'queued' THEN $4 ELSE cause END, \
         detail = CASE state WHEN 'queued' THEN NULL ELSE detail END, \
         state = CASE state WHEN 'queued' THEN 'withdrawn' ELSE state END, due_at = NULL, changed_at = $5 \
         WHERE place_id = $1 AND order_id = $2 AND kind = 'order_created' \
         AND (state IN ('queued', 'sending') OR may_be_printed = 1) RETURNING seq, connection_id, state",
    )
    .bind(cancelled.place)
    .bind(&cancelled.order)
    .bind(CANCELLED_AFTER_SENDING)
    .bind(CANCELLED_BEFORE)
    .bind(to_micros(cancelled.at))
    .fetch_all(&mut *tx)
    .await?;
    for row in rows {
        if row.text("state")? == "withdrawn" {
            lanes::pass_over(tx, &row.text("connection_id")?, row.integer("seq")?, cancelled.at).await?;
        }
    }
    Ok(())
}
