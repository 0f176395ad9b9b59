//! Exchanges in PostgreSQL: how they are written, within a transaction. A call that is kept already is not kept twice.

use sqlx::PgConnection;

use crate::Result;
use crate::packing::Packed;
use crate::rows::{ended_word, way_word};
use crate::time::to_micros;

/// An exchange, and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) place: i64,
    pub(super) connection: &'a str,
    /// The operation's number; none for what belongs to the connection itself.
    pub(super) operation: Option<i64>,
    pub(super) exchange: &'a Packed,
}

pub(super) async fn insert(tx: &mut PgConnection, said: &[Said<'_>]) -> Result<()> {
    if said.is_empty() {
        return Ok(());
    }
    let all = |of: fn(&Packed) -> i64| said.iter().map(|said| of(said.exchange)).collect::<Vec<_>>();
    sqlx::query(
        "WITH kept AS (INSERT INTO exchanges (id, place_id, connection_id, operation_seq, way, method, url, status, \
         ended, started_at, duration_us, error, request_size, response_size) \
         SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], \
         $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::bigint[], $14::bigint[]) \
         ON CONFLICT (id) DO NOTHING RETURNING seq, id) \
         INSERT INTO bodies (exchange_seq, packed) SELECT k.seq, b.packed \
         FROM kept k JOIN unnest($1::text[], $15::bytea[]) AS b (id, packed) ON b.id = k.id",
    )
    .bind(said.iter().map(|said| said.exchange.id.as_str()).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.place).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.connection).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.operation).collect::<Vec<_>>())
    .bind(said.iter().map(|said| way_word(said.exchange.way)).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.exchange.method.as_str()).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.exchange.url.as_str()).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.exchange.status).collect::<Vec<_>>())
    .bind(said.iter().map(|said| ended_word(said.exchange.ended)).collect::<Vec<_>>())
    .bind(all(|exchange| to_micros(exchange.started_at)))
    .bind(all(|exchange| exchange.duration_us))
    .bind(said.iter().map(|said| said.exchange.error.as_deref()).collect::<Vec<_>>())
    .bind(all(|exchange| exchange.request_size))
    .bind(all(|exchange| exchange.response_size))
    .bind(said.iter().map(|said| said.exchange.parts.as_slice()).collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}

/// All of one operation, or of the connection itself.
pub(super) async fn insert_of(
    tx: &mut PgConnection,
    place: i64,
    connection: &str,
    operation: Option<i64>,
    exchanges: &[Packed],
) -> Result<()> {
    let said: Vec<_> = exchanges.iter().map(|exchange| Said { place, connection, operation, exchange }).collect();
    insert(tx, &said).await
}
