//! Delivering in SQLite: turns, and how tries begin and end. Lanes are `lanes`'s, telling HubRise is `telling`'s.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::{SqliteStore, exchanges, lanes};
use crate::packing::{self, pack_all, pack_text, unpack_bytes};
use crate::rows::{self, Cells as _, operation_columns, operation_word, telling_word};
use crate::text::storable;
use crate::time::{from_micros, to_micros};
use crate::turns::{Outcome, beyond, lease_number, outcome};
use crate::{Delivering, NewExchange, OperationId, OperationState, Result, Telling, ToTell, TryEnded, Turn};

#[async_trait]
impl Delivering for SqliteStore {
    async fn claim_turns(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Turn>> {
        // Mostly there is nothing to do, and looking does not wait for those who write.
        let mut reader = self.readers.acquire().await?;
        if due(&mut reader, now, 1).await?.is_empty() {
            return Ok(Vec::new());
        }
        drop(reader);
        let mut tx = self.begin().await?;
        let due = due(&mut tx, now, limit).await?;
        let mut lease = lanes::lease_numbers(&mut tx, due.len()).await?;
        let mut turns = Vec::with_capacity(due.len());
        for (connection, open) in due {
            if !open {
                lanes::empty(&mut tx, &connection, now).await?;
            } else if let Some(turn) = take(&mut tx, &connection, lease, lease_until).await? {
                turns.push(turn);
                lease += 1;
            } else {
                lanes::give_back(&mut tx, &connection, now).await?;
            }
        }
        tx.commit().await?;
        Ok(turns)
    }

    async fn begin_try(&self, id: &OperationId, lease: &str, now: Timestamp, lease_until: Timestamp) -> Result<bool> {
        let Some(lease) = lease_number(lease) else { return Ok(false) };
        let mut tx = self.begin().await?;
        let begun = sqlx::query(
            "UPDATE operations SET state = 'sending', cause = NULL, detail = NULL, tries = tries + 1, try_lease = $2, \
             due_at = NULL, changed_at = $3 WHERE id = $1 AND state = 'queued' \
             AND connection_id IN (SELECT l.connection_id FROM lanes l JOIN connections c ON c.id = l.connection_id \
             WHERE l.lease = $2 AND c.closed_at IS NULL)",
        )
        .bind(id.as_str())
        .bind(lease)
        .bind(to_micros(now))
        .execute(&mut *tx)
        .await?;
        if begun.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "UPDATE lanes SET lease_until = $2 WHERE connection_id = \
             (SELECT connection_id FROM operations WHERE id = $1)",
        )
        .bind(id.as_str())
        .bind(to_micros(lease_until))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn end_try(&self, id: &OperationId, lease: &str, mut ended: TryEnded, now: Timestamp) -> Result<()> {
        let exchanges = pack_all(std::mem::take(&mut ended.exchanges)).await?;
        let sent_with = ended.sent_with.as_deref().map(pack_text).transpose()?;
        let mut tx = self.begin().await?;
        let row = sqlx::query(
            "SELECT seq, place_id, connection_id, state, flag, may_be_printed, try_lease FROM operations WHERE id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        let Some(before) = row.as_ref().map(rows::tried).transpose()? else { return Ok(()) };
        let lane: Option<Option<i64>> = sqlx::query_scalar("SELECT lease FROM lanes WHERE connection_id = $1")
            .bind(&before.connection)
            .fetch_optional(&mut *tx)
            .await?;
        let lane = lane.flatten();
        // Number 0 is nobody's.
        let lease = lease_number(lease).unwrap_or(0);
        let taken = outcome(&before, lane, lease, &ended, now);
        if let Some(taken) = &taken {
            write(&mut tx, before.seq, taken, ended.notes, sent_with, now).await?;
        }
        exchanges::insert_of(&mut tx, before.place, &before.connection, Some(before.seq), &exchanges).await?;
        if lane == Some(lease) {
            lanes::give_back(&mut tx, &before.connection, now).await?;
        } else if taken.is_some_and(|taken| taken.state == OperationState::Queued) {
            lanes::hurry(&mut tx, &before.connection, now).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn next_due(&self) -> Result<Option<Timestamp>> {
        let at: Option<i64> = sqlx::query_scalar(
            "SELECT min(at) FROM (SELECT min(max(due_at, coalesce(lease_until, due_at))) AS at FROM lanes \
             UNION ALL SELECT min(max(told_due_at, coalesce(told_until, told_due_at))) FROM operations \
             WHERE telling = 'due')",
        )
        .fetch_one(&self.readers)
        .await?;
        at.map(from_micros).transpose()
    }

    async fn claim_tellings(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<ToTell>> {
        self.lease_tellings(now, lease_until, limit).await
    }

    async fn end_telling(
        &self,
        id: &OperationId,
        lease: &str,
        telling: Telling,
        due_at: Option<Timestamp>,
        exchanges: Vec<NewExchange>,
        now: Timestamp,
    ) -> Result<()> {
        self.note_telling(id, lease, telling, due_at.unwrap_or(now), exchanges, now).await
    }
}

/// The connections whose lanes are due and leased to nobody, and whether they are open.
async fn due(db: &mut SqliteConnection, now: Timestamp, limit: u32) -> Result<Vec<(String, bool)>> {
    let rows = sqlx::query(
        "SELECT l.connection_id, c.id IS NOT NULL AND c.closed_at IS NULL AS open \
         FROM lanes l LEFT JOIN connections c ON c.id = l.connection_id \
         WHERE (l.due_at <= $1 OR l.due_at > $2) \
         AND (l.lease_until IS NULL OR l.lease_until <= $1 OR l.lease_until > $2) \
         ORDER BY l.due_at, l.connection_id LIMIT $3",
    )
    .bind(to_micros(now))
    .bind(beyond(now))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok((row.text("connection_id")?, row.flag("open")?))).collect()
}

/// Leases a lane, if there is an operation in it.
async fn take(tx: &mut SqliteConnection, connection: &str, lease: i64, lease_until: Timestamp) -> Result<Option<Turn>> {
    let row = sqlx::query(concat!(
        "SELECT ",
        operation_columns!(),
        " FROM operations o WHERE o.connection_id = $1 AND o.state IN ('queued', 'sending') AND o.kind <> 'stock' ORDER BY o.seq LIMIT 1"
    ))
    .bind(connection)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(operation) = row.as_ref().map(rows::operation).transpose()? else { return Ok(None) };
    sqlx::query("UPDATE lanes SET lease = $2, lease_until = $3 WHERE connection_id = $1")
        .bind(connection)
        .bind(lease)
        .bind(to_micros(lease_until))
        .execute(&mut *tx)
        .await?;
    let brought = sqlx::query("SELECT facts, packed FROM exchanges WHERE operation_seq = $1 ORDER BY seq LIMIT 1")
        .bind(operation.seq)
        .fetch_optional(&mut *tx)
        .await?;
    let event = match brought {
        Some(row) => packing::event(&row.bytes("facts")?, &row.bytes("packed")?)?,
        None => Vec::new(),
    };
    let request = if operation.manual {
        let packed: Option<Vec<u8>> = sqlx::query_scalar("SELECT packed FROM manual_requests WHERE operation_seq = $1")
            .bind(operation.seq)
            .fetch_optional(tx)
            .await?;
        packed.map(|packed| unpack_bytes(&packed)).transpose()?
    } else {
        None
    };
    Ok(Some(Turn { operation, lease: lease.to_string(), event, request }))
}

async fn write(
    tx: &mut SqliteConnection,
    seq: i64,
    outcome: &Outcome,
    notes: Option<String>,
    sent_with: Option<Vec<u8>>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE operations SET state = $2, cause = $3, detail = $4, flag = $5, due_at = $6, telling = $7, \
         told_due_at = $8, told_lease = NULL, told_until = NULL, notes = coalesce($9, notes), changed_at = $10, \
         sent_with = coalesce($11, sent_with), may_be_printed = $12 WHERE seq = $1",
    )
    .bind(seq)
    .bind(operation_word(outcome.state))
    .bind(outcome.cause.as_deref())
    .bind(outcome.detail.as_deref())
    .bind(outcome.flag.as_deref())
    .bind(outcome.due_at)
    .bind(telling_word(outcome.telling))
    .bind(outcome.told_due_at)
    .bind(notes.map(storable))
    .bind(to_micros(now))
    .bind(sent_with)
    .bind(i64::from(outcome.may_be_printed))
    .execute(tx)
    .await?;
    Ok(())
}
