//! Exchanges in PostgreSQL: how they are written, within a transaction. A call that is kept already is not kept twice.

use sqlx::PgConnection;

use crate::packing::{First, Packed, with_packer};
use crate::time::to_micros;
use crate::{NewExchange, Result};

/// Of `exchanges e`: how the first exchange of its operation is packed, where that is needed to unpack it.
macro_rules! first_packed {
    () => {
        "CASE WHEN substr(e.packed, 1, 1) = '\\x02'::bytea THEN (SELECT f.packed FROM exchanges f \
         WHERE f.operation_seq = e.operation_seq ORDER BY f.seq LIMIT 1) END AS first_packed"
    };
}

pub(super) use first_packed;

/// An exchange, and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) place: i64,
    /// The connection; none where it is the operation's.
    pub(super) connection: Option<&'a str>,
    /// The operation's number; none for what belongs to the connection itself.
    pub(super) operation: Option<i64>,
    pub(super) exchange: &'a Packed,
}

pub(super) async fn insert(tx: &mut PgConnection, said: &[Said<'_>]) -> Result<()> {
    if said.is_empty() {
        return Ok(());
    }
    // Whoever else writes the same id at this moment is waited for. The conflict names no column: what keeps ids apart is an
    // exclusion, not a unique index (migrations/postgres/0007_slim.sql).
    sqlx::query(
        "INSERT INTO exchanges (id, place_id, operation_seq, connection_id, started_at, facts, packed) \
         SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bytea[], \
         $7::bytea[]) ON CONFLICT DO NOTHING",
    )
    .bind(said.iter().map(|said| said.exchange.id.as_str()).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.place).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.operation).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.connection).collect::<Vec<_>>())
    .bind(said.iter().map(|said| to_micros(said.exchange.started_at)).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.exchange.facts.as_slice()).collect::<Vec<_>>())
    .bind(said.iter().map(|said| said.exchange.parts.as_slice()).collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}

/// All of one operation of this connection, or of the connection itself.
pub(super) async fn insert_of(
    tx: &mut PgConnection,
    place: i64,
    connection: &str,
    operation: Option<i64>,
    exchanges: &[Packed],
) -> Result<()> {
    let connection = Some(connection).filter(|_| operation.is_none());
    let said: Vec<_> = exchanges.iter().map(|exchange| Said { place, connection, operation, exchange }).collect();
    insert(tx, &said).await
}

/// What was said of an operation, which repeats much of what its event said.
pub(super) async fn insert_after_event(
    tx: &mut PgConnection,
    place: i64,
    connection: &str,
    operation: i64,
    exchanges: Vec<NewExchange>,
) -> Result<()> {
    let first: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT packed FROM exchanges WHERE operation_seq = $1 ORDER BY seq LIMIT 1")
            .bind(operation)
            .fetch_optional(&mut *tx)
            .await?;
    let first = first.map(|packed| First::of(&packed)).transpose()?;
    let packed = with_packer(|packer| {
        exchanges.into_iter().map(|exchange| packer.pack_after(exchange, first.as_ref())).collect::<Result<Vec<_>>>()
    })?;
    insert_of(tx, place, connection, Some(operation), &packed).await
}
