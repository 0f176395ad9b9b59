//! Many orders at once in SQLite, for measuring; as they stand when all is over.

use std::sync::LazyLock;

use super::batches::Rows;
use super::exchanges::Said;
use super::{SqliteStore, exchanges, indexing};
use crate::rows::{Cells as _, kind_word, operation_word, telling_word};
use crate::testing::Loaded;
use crate::time::to_micros;
use crate::{ConnectionId, OperationState, OrderFacts, Result, words};

static OPERATIONS: LazyLock<Rows> = LazyLock::new(|| {
    let head = "INSERT INTO operations (seq, id, place_id, connection_id, kind, event_id, order_id, reference, channel, \
                total, status, ordered_at, expected_at, state, cause, detail, tries, telling, received_at, changed_at, \
                notes, sent_with, may_be_printed, words) VALUES ";
    Rows::new(head, 24, "")
});

impl SqliteStore {
    /// The connections and their places, the first made first.
    pub(crate) async fn all_places(&self) -> Result<Vec<(ConnectionId, i64)>> {
        let rows = sqlx::query("SELECT id, place_id FROM connections ORDER BY id").fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((ConnectionId::new(row.text("id")?), row.integer("place_id")?))).collect()
    }

    pub(crate) async fn load(&self, loaded: &[Loaded], connections: &[(ConnectionId, i64)]) -> Result<()> {
        let mut tx = self.begin().await?;
        let last: Option<i64> = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'operations'")
            .fetch_optional(&mut *tx)
            .await?;
        let numbered: Vec<_> = (last.unwrap_or(0) + 1..)
            .zip(loaded)
            .filter_map(|(seq, loaded)| Some((seq, connections.get(loaded.at)?.1, loaded)))
            .collect();
        let nothing = OrderFacts::default();
        for (text, piece) in OPERATIONS.pieces(&numbered) {
            let mut query = sqlx::query(text);
            for (seq, place, one) in piece {
                let order = one.draft.order.as_ref().unwrap_or(&nothing);
                let printed = matches!(one.state, OperationState::Delivered | OperationState::Unknown);
                let said = one.exchanges.last().map_or(one.draft.received_at, |exchange| exchange.started_at);
                query = query
                    .bind(*seq)
                    .bind(one.draft.id.as_str())
                    .bind(*place)
                    .bind(one.draft.connection.as_str())
                    .bind(kind_word(one.draft.kind))
                    .bind(one.draft.event_id.as_deref())
                    .bind(order.order_id.as_str())
                    .bind(order.reference.as_deref())
                    .bind(order.channel.as_deref())
                    .bind(order.total.as_deref())
                    .bind(order.status.as_deref())
                    .bind(order.ordered_at.map(to_micros))
                    .bind(order.expected_at.map(to_micros))
                    .bind(operation_word(one.state))
                    .bind(one.cause)
                    .bind(one.detail.as_deref())
                    .bind(one.tries)
                    .bind(telling_word(one.telling))
                    .bind(to_micros(one.draft.received_at))
                    .bind(to_micros(said))
                    .bind(one.notes.as_deref())
                    .bind(one.sent_with.as_deref())
                    .bind(i64::from(printed))
                    .bind(words::joined(&one.draft.words));
            }
            query.execute(&mut *tx).await?;
        }
        let found_by: Vec<_> = numbered
            .iter()
            .flat_map(|(seq, place, one)| one.draft.words.iter().map(|word| (*place, word.as_str(), *seq)))
            .collect();
        indexing::words(&mut tx, &found_by).await?;
        let channels: Vec<_> = numbered
            .iter()
            .filter_map(|(_, place, one)| Some((*place, one.draft.order.as_ref()?.channel.as_deref()?)))
            .collect();
        indexing::channels(&mut tx, &channels).await?;
        let said: Vec<_> = numbered
            .iter()
            .flat_map(|(seq, place, one)| {
                one.draft.exchange.iter().chain(&one.exchanges).map(|exchange| Said {
                    place: *place,
                    connection: None,
                    operation: Some(*seq),
                    exchange,
                })
            })
            .collect();
        exchanges::insert(&mut tx, &said).await?;
        Ok(tx.commit().await?)
    }

    /// For loading alone: what a crash would cost is made again, and indexes that nobody reads yet stay at hand.
    pub(crate) async fn hurry(&self) -> Result<()> {
        for pragma in ["PRAGMA synchronous = OFF", "PRAGMA cache_size = -2000000"] {
            sqlx::query(pragma).execute(&self.writer).await?;
        }
        Ok(())
    }

    /// What the database does by itself in a quiet hour.
    pub(crate) async fn settle_down(&self) -> Result<()> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(&self.writer).await?;
        Ok(())
    }

    /// How many bytes the file takes.
    pub(crate) async fn bytes(&self) -> Result<u64> {
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&self.writer).await?;
        let size: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&self.writer).await?;
        Ok(u64::try_from(pages * size).unwrap_or(0))
    }
}
