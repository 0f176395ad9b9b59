//! Exchanges in SQLite: how they are written, within a transaction. A call that is kept already is not kept twice.

use std::sync::LazyLock;

use sqlx::SqliteConnection;

use super::batches::Rows;
use crate::Result;
use crate::packing::Packed;
use crate::time::to_micros;

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

static EXCHANGES: LazyLock<Rows> = LazyLock::new(|| {
    let head = "INSERT OR FAIL INTO exchanges (seq, id, place_id, operation_seq, connection_id, started_at, facts, packed) VALUES ";
    Rows::new(head, 8, " ON CONFLICT (id) DO NOTHING")
});

pub(super) async fn insert(tx: &mut SqliteConnection, said: &[Said<'_>]) -> Result<()> {
    if said.is_empty() {
        return Ok(());
    }
    // Nobody else gives numbers meanwhile: this transaction is the only one that writes.
    let last: Option<i64> =
        sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'exchanges'").fetch_optional(&mut *tx).await?;
    let numbered: Vec<_> = (last.unwrap_or(0) + 1..).zip(said).collect();
    for (text, piece) in EXCHANGES.pieces(&numbered) {
        let mut query = sqlx::query(text);
        for (seq, said) in piece {
            let exchange = said.exchange;
            query = query
                .bind(*seq)
                .bind(exchange.id.as_str())
                .bind(said.place)
                .bind(said.operation)
                .bind(said.connection)
                .bind(to_micros(exchange.started_at))
                .bind(exchange.facts.as_slice())
                .bind(exchange.parts.as_slice());
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

/// All of one operation of this connection, or of the connection itself.
pub(super) async fn insert_of(
    tx: &mut SqliteConnection,
    place: i64,
    connection: &str,
    operation: Option<i64>,
    exchanges: &[Packed],
) -> Result<()> {
    let connection = Some(connection).filter(|_| operation.is_none());
    let said: Vec<_> = exchanges.iter().map(|exchange| Said { place, connection, operation, exchange }).collect();
    insert(tx, &said).await
}
