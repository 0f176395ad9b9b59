//! Receiving in SQLite: one transaction for a batch. What it writes is decided in `intake`, how callbacks stand is
//! `registering`'s.

use std::sync::LazyLock;

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::batches::Rows;
use super::exchanges::Said;
use super::{SqliteStore, cancelling, erasing, exchanges, indexing, knowing, lanes, registering};
use crate::intake::{self, Draft, Entry};
use crate::rows::{kind_word, operation_word};
use crate::time::to_micros;
use crate::words;
use crate::{ConnectionId, OperationState, OrderFacts, Receipt, Receiving, Registration, Result};

static OPERATIONS: LazyLock<Rows> = LazyLock::new(|| {
    let head = "INSERT OR FAIL INTO operations (seq, id, place_id, connection_id, kind, event_id, order_id, reference, channel, \
                total, status, ordered_at, expected_at, state, cause, detail, due_at, received_at, changed_at, words) VALUES ";
    Rows::new(head, 20, "")
});

#[async_trait]
impl Receiving for SqliteStore {
    async fn receive_drafts(&self, drafts: &[Draft]) -> Result<Vec<Receipt>> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.begin().await?;
        let known = knowing::look_up(&mut tx, drafts).await?;
        let intake = intake::decide(drafts, &known);
        insert(&mut tx, drafts, &intake.entries).await?;
        indexing::channels(&mut tx, &intake::channels(drafts, &intake.entries)).await?;
        lanes::extend(&mut tx, &intake.queued(drafts)).await?;
        for cancelled in &intake.cancelled {
            cancelling::cancel(&mut tx, cancelled).await?;
        }
        erasing::begin(&mut tx, &intake.erases).await?;
        for (connection, at) in &intake.heard {
            registering::heard(&mut tx, connection, *at).await?;
        }
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
async fn insert(tx: &mut SqliteConnection, drafts: &[Draft], entries: &[Entry]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    // Nobody else gives numbers meanwhile: this transaction is the only one that writes.
    let last: Option<i64> = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'operations'")
        .fetch_optional(&mut *tx)
        .await?;
    let numbered: Vec<_> = (last.unwrap_or(0) + 1..)
        .zip(entries)
        .filter_map(|(seq, entry)| Some((seq, entry, drafts.get(entry.draft)?)))
        .collect();
    let nothing = OrderFacts::default();
    for (text, piece) in OPERATIONS.pieces(&numbered) {
        let mut query = sqlx::query(text);
        for (seq, entry, draft) in piece {
            let order = draft.order.as_ref().unwrap_or(&nothing);
            let received_at = to_micros(draft.received_at);
            query = query
                .bind(*seq)
                .bind(draft.id.as_str())
                .bind(entry.place)
                .bind(draft.connection.as_str())
                .bind(kind_word(draft.kind))
                .bind(draft.event_id.as_deref())
                .bind(draft.order.as_ref().map(|order| order.order_id.as_str()))
                .bind(order.reference.as_deref())
                .bind(order.channel.as_deref())
                .bind(order.total.as_deref())
                .bind(order.status.as_deref())
                .bind(order.ordered_at.map(to_micros))
                .bind(order.expected_at.map(to_micros))
                .bind(operation_word(entry.state))
                .bind(entry.cause.as_deref())
                .bind(entry.detail.as_deref())
                .bind((entry.state == OperationState::Queued).then_some(received_at))
                .bind(received_at)
                .bind(received_at)
                .bind(words::joined(&draft.words));
        }
        query.execute(&mut *tx).await?;
    }
    let found_by: Vec<_> = numbered
        .iter()
        .flat_map(|(seq, entry, draft)| draft.words.iter().map(|word| (entry.place, word.as_str(), *seq)))
        .collect();
    indexing::words(tx, &found_by).await?;
    let said: Vec<_> = numbered
        .iter()
        .filter_map(|(seq, entry, draft)| {
            let exchange = draft.exchange.as_ref()?;
            Some(Said { place: entry.place, connection: None, operation: Some(*seq), exchange })
        })
        .collect();
    exchanges::insert(tx, &said).await
}
