//! Many orders at once in PostgreSQL, for measuring; as they stand when all is over.

use std::collections::HashMap;

use super::exchanges::Said;
use super::{PostgresStore, exchanges, indexing};
use crate::rows::{Cells as _, kind_word, operation_word, telling_word};
use crate::testing::Loaded;
use crate::time::to_micros;
use crate::{ConnectionId, OperationState, OrderFacts, Result, words};

impl PostgresStore {
    /// The connections and their places, the first made first.
    pub(crate) async fn all_places(&self) -> Result<Vec<(ConnectionId, i64)>> {
        let rows = sqlx::query("SELECT id, place_id FROM connections ORDER BY id").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((ConnectionId::new(row.text("id")?), row.integer("place_id")?))).collect()
    }

    pub(crate) async fn load(&self, loaded: &[Loaded], connections: &[(ConnectionId, i64)]) -> Result<()> {
        let mut tx = self.begin().await?;
        // What a crash would cost is made again.
        sqlx::query("SET LOCAL synchronous_commit = off").execute(&mut *tx).await?;
        let nothing = OrderFacts::default();
        let all: Vec<_> = loaded
            .iter()
            .filter_map(|one| Some((connections.get(one.at)?.1, one, one.draft.order.as_ref().unwrap_or(&nothing))))
            .collect();
        let printed = |state| i64::from(matches!(state, OperationState::Delivered | OperationState::Unknown));
        let said = |one: &Loaded| one.exchanges.last().map_or(one.draft.received_at, |exchange| exchange.started_at);
        let rows = sqlx::query(
            "INSERT INTO operations (id, place_id, connection_id, kind, event_id, order_id, reference, channel, total, \
             status, ordered_at, expected_at, state, cause, detail, tries, telling, received_at, changed_at, notes, \
             sent_with, may_be_printed, words) \
             SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], \
             $8::text[], $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::text[], $14::text[], $15::text[], \
             $16::bigint[], $17::text[], $18::bigint[], $19::bigint[], $20::text[], $21::bytea[], $22::bigint[], \
             $23::text[]) RETURNING seq, id",
        )
        .bind(all.iter().map(|(_, one, _)| one.draft.id.as_str()).collect::<Vec<_>>())
        .bind(all.iter().map(|(place, ..)| *place).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| one.draft.connection.as_str()).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| kind_word(one.draft.kind)).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| one.draft.event_id.as_deref()).collect::<Vec<_>>())
        .bind(all.iter().map(|(.., order)| order.order_id.as_str()).collect::<Vec<_>>())
        .bind(all.iter().map(|(.., order)| order.reference.as_deref()).collect::<Vec<_>>())
        .bind(all.iter().map(|(.., order)| order.channel.as_deref()).collect::<Vec<_>>())
        .bind(all.iter().map(|(.., order)| order.total.as_deref()).collect::<Vec<_>>())
        .bind(all.iter().map(|(.., order)| order.status.as_deref()).collect::<Vec<_>>())
        .bind(all.iter().map(|(.., order)| order.ordered_at.map(to_micros)).collect::<Vec<_>>())
        .bind(all.iter().map(|(.., order)| order.expected_at.map(to_micros)).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| operation_word(one.state)).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| one.cause).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| one.detail.as_deref()).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| one.tries).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| telling_word(one.telling)).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| to_micros(one.draft.received_at)).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| to_micros(said(one))).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| one.notes.as_deref()).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| one.sent_with.as_deref()).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| printed(one.state)).collect::<Vec<_>>())
        .bind(all.iter().map(|(_, one, _)| words::joined(&one.draft.words)).collect::<Vec<_>>())
        .fetch_all(&mut *tx)
        .await?;
        let mut numbers = HashMap::with_capacity(rows.len());
        for row in rows {
            numbers.insert(row.text("id")?, row.integer("seq")?);
        }
        let numbered: Vec<_> = all
            .iter()
            .filter_map(|(place, one, order)| Some((*numbers.get(one.draft.id.as_str())?, *place, *one, *order)))
            .collect();
        let found_by: Vec<_> = numbered
            .iter()
            .flat_map(|(seq, place, one, _)| one.draft.words.iter().map(|word| (*place, word.as_str(), *seq)))
            .collect();
        indexing::words(&mut tx, &found_by).await?;
        let channels: Vec<_> =
            numbered.iter().filter_map(|(_, place, _, order)| Some((*place, order.channel.as_deref()?))).collect();
        indexing::channels(&mut tx, &channels).await?;
        let said: Vec<_> = numbered
            .iter()
            .flat_map(|(seq, place, one, _)| {
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

    /// What autovacuum does within a minute, however long it takes here.
    pub(crate) async fn settle_down(&self) -> Result<()> {
        let mut connection = self.pool.acquire().await?;
        for statement in ["SET statement_timeout = 0", "VACUUM ANALYZE", "RESET statement_timeout"] {
            sqlx::query(statement).execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// How many bytes the database takes.
    pub(crate) async fn bytes(&self) -> Result<u64> {
        let bytes: i64 =
            sqlx::query_scalar("SELECT pg_database_size(current_database())").fetch_one(&self.pool).await?;
        Ok(u64::try_from(bytes).unwrap_or(0))
    }
}
