//! Receiving in PostgreSQL: one transaction for a batch. What it writes is decided in `intake`, how callbacks stand is
//! `registering`'s.
//!
//! Locks are taken in one order everywhere, so that nobody waits in a circle: what a batch names, then lanes, then
//! operations. Rows of `registrations` are never waited for here.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::PgConnection;

use super::exchanges::Said;
use super::{PostgresStore, cancelling, erasing, exchanges, indexing, knowing, lanes, registering};
use crate::intake::{self, Cancelled, Draft, Entry};
use crate::rows::{Cells as _, kind_word, operation_word};
use crate::time::to_micros;
use crate::words;
use crate::{ConnectionId, OperationState, OrderFacts, Receipt, Receiving, Registration, Result};

#[async_trait]
impl Receiving for PostgresStore {
    async fn receive_drafts(&self, drafts: &[Draft]) -> Result<Vec<Receipt>> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.begin().await?;
        knowing::lock(&mut tx, drafts).await?;
        let known = knowing::look_up(&mut tx, drafts).await?;
        let intake = intake::decide(drafts, &known);
        insert(&mut tx, drafts, &intake.entries).await?;
        indexing::channels(&mut tx, &intake::channels(drafts, &intake.entries)).await?;
        let hit = under_way(&mut tx, &intake.cancelled).await?;
        let mut changed: BTreeMap<&str, Timestamp> =
            hit.iter().map(|(connection, at)| (connection.as_str(), *at)).collect();
        changed.extend(intake.queued(drafts));
        lanes::extend(&mut tx, &changed).await?;
        for cancelled in &intake.cancelled {
            cancelling::cancel(&mut tx, cancelled).await?;
        }
        // A lane that was made to be locked, for an order that has ended meanwhile.
        for (connection, at) in &hit {
            lanes::tidy(&mut tx, connection, *at).await?;
        }
        erasing::begin(&mut tx, &intake.erases).await?;
        registering::heard(&mut tx, &intake.heard).await?;
        tx.commit().await?;
        Ok(intake.receipts)
    }

    async fn note_refused_callback(&self, connection: &ConnectionId, at: Timestamp) -> Result<()> {
        self.count_refused(connection, at).await
    }

    async fn registration(&self, connection: &ConnectionId) -> Result<Registration> {
        self.registration_of(connection).await
    }

    async fn claim_registrations(
        &self,
        vendors: &[String],
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ConnectionId>> {
        self.lease_registrations(vendors, now, lease_until, limit).await
    }

    async fn note_registration(
        &self,
        connection: &ConnectionId,
        now: Timestamp,
        error: Option<&str>,
        repaired: bool,
        due_at: Timestamp,
    ) -> Result<()> {
        self.end_look(connection, now, error, repaired, due_at).await
    }

    async fn ask_registration(&self, connection: &ConnectionId, now: Timestamp) -> Result<()> {
        self.ask_look(connection, now).await
    }

    async fn ask_registrations(&self, vendors: &[String], now: Timestamp) -> Result<()> {
        self.ask_looks(vendors, now).await
    }
}

/// Writes operations, each with the call that brought it.
async fn insert(tx: &mut PgConnection, drafts: &[Draft], entries: &[Entry]) -> Result<()> {
    let entries: Vec<_> = entries.iter().filter_map(|entry| Some((entry, drafts.get(entry.draft)?))).collect();
    if entries.is_empty() {
        return Ok(());
    }
    let nothing = OrderFacts::default();
    let orders: Vec<_> = entries.iter().map(|(_, draft)| draft.order.as_ref().unwrap_or(&nothing)).collect();
    let received: Vec<_> = entries.iter().map(|(_, draft)| to_micros(draft.received_at)).collect();
    let due = entries
        .iter()
        .map(|(entry, draft)| (entry.state == OperationState::Queued).then(|| to_micros(draft.received_at)));
    // Numbers are given in the order of the rows.
    let rows = sqlx::query(
        "INSERT INTO operations (id, place_id, connection_id, kind, event_id, order_id, reference, channel, total, \
         status, ordered_at, expected_at, state, cause, detail, due_at, received_at, changed_at, words) \
         SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], \
         $8::text[], $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::text[], $14::text[], $15::text[], \
         $16::bigint[], $17::bigint[], $17::bigint[], $18::text[]) RETURNING seq, id",
    )
    .bind(entries.iter().map(|(_, draft)| draft.id.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|(entry, _)| entry.place).collect::<Vec<_>>())
    .bind(entries.iter().map(|(_, draft)| draft.connection.as_str()).collect::<Vec<_>>())
    .bind(entries.iter().map(|(_, draft)| kind_word(draft.kind)).collect::<Vec<_>>())
    .bind(entries.iter().map(|(_, draft)| draft.event_id.as_deref()).collect::<Vec<_>>())
    .bind(
        entries.iter().map(|(_, draft)| draft.order.as_ref().map(|order| order.order_id.as_str())).collect::<Vec<_>>(),
    )
    .bind(orders.iter().map(|order| order.reference.as_deref()).collect::<Vec<_>>())
    .bind(orders.iter().map(|order| order.channel.as_deref()).collect::<Vec<_>>())
    .bind(orders.iter().map(|order| order.total.as_deref()).collect::<Vec<_>>())
    .bind(orders.iter().map(|order| order.status.as_deref()).collect::<Vec<_>>())
    .bind(orders.iter().map(|order| order.ordered_at.map(to_micros)).collect::<Vec<_>>())
    .bind(orders.iter().map(|order| order.expected_at.map(to_micros)).collect::<Vec<_>>())
    .bind(entries.iter().map(|(entry, _)| operation_word(entry.state)).collect::<Vec<_>>())
    .bind(entries.iter().map(|(entry, _)| entry.cause.as_deref()).collect::<Vec<_>>())
    .bind(entries.iter().map(|(entry, _)| entry.detail.as_deref()).collect::<Vec<_>>())
    .bind(due.collect::<Vec<_>>())
    .bind(received)
    .bind(entries.iter().map(|(_, draft)| words::joined(&draft.words)).collect::<Vec<_>>())
    .fetch_all(&mut *tx)
    .await?;
    let mut numbers = HashMap::with_capacity(rows.len());
    for row in rows {
        numbers.insert(row.text("id")?, row.integer("seq")?);
    }
    let found_by: Vec<_> = entries
        .iter()
        .filter_map(|(entry, draft)| Some((entry.place, numbers.get(draft.id.as_str())?, draft)))
        .flat_map(|(place, seq, draft)| draft.words.iter().map(move |word| (place, word.as_str(), *seq)))
        .collect();
    indexing::words(tx, &found_by).await?;
    let said: Vec<_> = entries
        .iter()
        .filter_map(|(entry, draft)| {
            let exchange = draft.exchange.as_ref()?;
            let operation = Some(*numbers.get(draft.id.as_str())?);
            Some(Said { place: entry.place, connection: None, operation, exchange })
        })
        .collect();
    exchanges::insert(tx, &said).await
}

/// The connections whose lanes cancellations may change, and when.
async fn under_way(tx: &mut PgConnection, cancelled: &[Cancelled]) -> Result<BTreeMap<String, Timestamp>> {
    let mut connections = BTreeMap::new();
    for cancelled in cancelled {
        let rows = sqlx::query(
            "SELECT DISTINCT connection_id FROM operations WHERE place_id = $1 AND order_id = $2 \
             AND kind = 'order_created' AND state IN ('queued', 'sending')",
        )
        .bind(cancelled.place)
        .bind(&cancelled.order)
        .fetch_all(&mut *tx)
        .await?;
        for row in rows {
            connections.insert(row.text("connection_id")?, cancelled.at);
        }
    }
    Ok(connections)
}
