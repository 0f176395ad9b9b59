//! Delivering in PostgreSQL: turns, and how tries begin and end. Lanes are `lanes`'s, telling HubRise is `telling`'s.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{PostgresStore, exchanges, lanes};
use crate::packing::{self, pack_all, pack_text, unpack_bytes};
use crate::rows::{self, Cells as _, operation_columns, operation_word, telling_word};
use crate::text::storable;
use crate::time::{from_micros, to_micros};
use crate::turns::{Outcome, beyond, lease_number, outcome};
use crate::{Delivering, NewExchange, OperationId, OperationState, Result, Telling, ToTell, TryEnded, Turn};

macro_rules! due {
    () => {
        "SELECT l.connection_id FROM lanes l WHERE (l.due_at <= $1 OR l.due_at > $2) \
         AND (l.lease_until IS NULL OR l.lease_until <= $1 OR l.lease_until > $2) \
         ORDER BY l.due_at, l.connection_id LIMIT $3"
    };
}

#[async_trait]
impl Delivering for PostgresStore {
    async fn claim_turns(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Turn>> {
        // Mostly there is nothing to do.
        let look = sqlx::query(due!()).bind(to_micros(now)).bind(beyond(now)).bind(1_i64);
        if look.fetch_optional(&self.pool).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut tx = self.begin().await?;
        let rows = sqlx::query(concat!(
            "WITH due AS MATERIALIZED (",
            due!(),
            " FOR UPDATE SKIP LOCKED) UPDATE lanes l SET lease = nextval('lease_numbers'), lease_until = $4 FROM due \
             WHERE l.connection_id = due.connection_id RETURNING l.connection_id, l.lease, l.due_at"
        ))
        .bind(to_micros(now))
        .bind(beyond(now))
        .bind(i64::from(limit))
        .bind(to_micros(lease_until))
        .fetch_all(&mut *tx)
        .await?;
        let mut leased = Vec::with_capacity(rows.len());
        for row in rows {
            leased.push((row.integer("due_at")?, row.text("connection_id")?, row.integer("lease")?));
        }
        leased.sort();
        let connections: Vec<_> = leased.iter().map(|(_, connection, _)| connection.clone()).collect();
        let open: HashSet<String> =
            sqlx::query_scalar("SELECT id FROM connections WHERE id = ANY ($1) AND closed_at IS NULL")
                .bind(&connections)
                .fetch_all(&mut *tx)
                .await?
                .into_iter()
                .collect();
        let (open, closed): (Vec<_>, Vec<_>) = connections.into_iter().partition(|id| open.contains(id));
        if !closed.is_empty() {
            lanes::empty(&mut tx, &closed, now).await?;
        }
        let mut first = first_operations(&mut tx, &open).await?;
        let mut turns = Vec::with_capacity(first.len());
        for (_, connection, lease) in leased {
            if let Some((operation, event)) = first.remove(&connection) {
                let request = written(&mut tx, &operation).await?;
                turns.push(Turn { operation, lease: lease.to_string(), event, request });
            } else {
                lanes::tidy(&mut tx, &connection, now).await?;
            }
        }
        tx.commit().await?;
        Ok(turns)
    }

    async fn begin_try(&self, id: &OperationId, lease: &str, now: Timestamp, lease_until: Timestamp) -> Result<bool> {
        let Some(lease) = lease_number(lease) else { return Ok(false) };
        let mut tx = self.begin().await?;
        let held = sqlx::query(
            "UPDATE lanes SET lease_until = $3 WHERE lease = $2 AND connection_id = \
             (SELECT connection_id FROM operations WHERE id = $1)",
        )
        .bind(id.as_str())
        .bind(lease)
        .bind(to_micros(lease_until))
        .execute(&mut *tx)
        .await?;
        if held.rows_affected() == 0 {
            return Ok(false);
        }
        let begun = sqlx::query(
            "UPDATE operations SET state = 'sending', cause = NULL, detail = NULL, tries = tries + 1, try_lease = $2, \
             due_at = NULL, changed_at = $3 WHERE id = $1 AND state = 'queued' \
             AND EXISTS (SELECT 1 FROM connections c WHERE c.id = operations.connection_id AND c.closed_at IS NULL)",
        )
        .bind(id.as_str())
        .bind(lease)
        .bind(to_micros(now))
        .execute(&mut *tx)
        .await?;
        if begun.rows_affected() == 0 {
            // Now, and not some time later: a lane still locked would be passed over.
            tx.rollback().await?;
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn end_try(&self, id: &OperationId, lease: &str, mut ended: TryEnded, now: Timestamp) -> Result<()> {
        let exchanges = pack_all(std::mem::take(&mut ended.exchanges)).await?;
        let sent_with = ended.sent_with.as_deref().map(pack_text).transpose()?;
        let mut tx = self.begin().await?;
        // The lane first, then the operation: as everywhere.
        let lane: Option<Option<i64>> = sqlx::query_scalar(
            "SELECT lease FROM lanes WHERE connection_id = (SELECT connection_id FROM operations WHERE id = $1) \
             FOR UPDATE",
        )
        .bind(id.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        let row = sqlx::query(
            "SELECT seq, place_id, connection_id, state, flag, may_be_printed, try_lease FROM operations WHERE id = $1 FOR UPDATE",
        )
        .bind(id.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        let Some(before) = row.as_ref().map(rows::tried).transpose()? else { return Ok(()) };
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
            "SELECT least((SELECT min(greatest(due_at, lease_until)) FROM lanes), \
             (SELECT min(greatest(told_due_at, told_until)) FROM operations WHERE telling = 'due'))",
        )
        .fetch_one(&self.pool)
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

/// The first operation of each connection that is under way, with the event that brought it.
async fn first_operations(
    tx: &mut PgConnection,
    connections: &[String],
) -> Result<HashMap<String, (crate::OperationRow, Vec<u8>)>> {
    if connections.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query(concat!(
        "SELECT ",
        operation_columns!(),
        ", b.facts, b.packed FROM unnest($1::text[]) AS w (connection_id) CROSS JOIN LATERAL \
         (SELECT * FROM operations o WHERE o.connection_id = w.connection_id AND o.state IN ('queued', 'sending') AND o.kind <> 'stock' \
          ORDER BY o.seq LIMIT 1) AS o LEFT JOIN LATERAL \
         (SELECT e.facts, e.packed FROM exchanges e WHERE e.operation_seq = o.seq ORDER BY e.seq LIMIT 1) AS b ON true"
    ))
    .bind(connections)
    .fetch_all(tx)
    .await?;
    let mut first = HashMap::with_capacity(rows.len());
    for row in rows {
        let operation = rows::operation(&row)?;
        let event = match row.bytes_or_null("facts")? {
            Some(facts) => packing::event(&facts, &row.bytes("packed")?)?,
            None => Vec::new(),
        };
        first.insert(operation.connection.as_str().to_owned(), (operation, event));
    }
    Ok(first)
}

/// The request a person wrote for it, if it goes out as written.
async fn written(tx: &mut PgConnection, operation: &crate::OperationRow) -> Result<Option<Vec<u8>>> {
    if !operation.manual {
        return Ok(None);
    }
    let packed: Option<Vec<u8>> = sqlx::query_scalar("SELECT packed FROM manual_requests WHERE operation_seq = $1")
        .bind(operation.seq)
        .fetch_optional(tx)
        .await?;
    packed.map(|packed| unpack_bytes(&packed)).transpose()
}

async fn write(
    tx: &mut PgConnection,
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
