//! Many rows of stock at once, in SQLite, within a transaction.

use std::sync::LazyLock;

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::batches::Rows;
use crate::rows::{self, stock_entry_columns};
use crate::stock::{hour_of, kind_word};
use crate::text::storable;
use crate::time::to_micros;
use crate::{ConnectionId, OperationId, Result, StockEntry, StockHeld, StockRef, StockReport};

/// Naming more than these, a call has all of the till's entries read.
const FEW: usize = 200;

static ENTRIES: LazyLock<Rows> = LazyLock::new(|| {
    let tail = " ON CONFLICT (till_id, kind, ref) DO UPDATE SET name = excluded.name, managed = excluded.managed, \
                quantity = excluded.quantity, available = excluded.available, expires_at = excluded.expires_at, \
                wanted = excluded.wanted, changed_at = excluded.changed_at";
    let head = "INSERT OR FAIL INTO stock_entries (till_id, kind, ref, name, managed, quantity, available, expires_at, \
                wanted, changed_at) VALUES ";
    Rows::new(head, 10, tail)
});
static HISTORY: LazyLock<Rows> = LazyLock::new(|| {
    let tail = " ON CONFLICT (till_id, kind, ref, hour) DO UPDATE SET at = excluded.at, named = excluded.named, \
                managed = excluded.managed, available = excluded.available, quantity = excluded.quantity";
    let head =
        "INSERT OR FAIL INTO stock_history (till_id, kind, ref, hour, at, named, managed, available, quantity) VALUES ";
    Rows::new(head, 9, tail)
});
static HELD: LazyLock<Rows> = LazyLock::new(|| {
    let tail = " ON CONFLICT (connection_id, catalog_id, kind, ref) DO UPDATE SET stock = excluded.stock, \
                expires_at = excluded.expires_at, doubt = excluded.doubt, known_at = excluded.known_at, \
                others_at = excluded.others_at, sent_at = excluded.sent_at, operation_id = excluded.operation_id";
    let head = "INSERT OR FAIL INTO stock_held (connection_id, catalog_id, kind, ref, stock, expires_at, doubt, known_at, \
                others_at, sent_at, operation_id) VALUES ";
    Rows::new(head, 11, tail)
});
static DOUBT: LazyLock<Rows> = LazyLock::new(|| {
    let tail = " ON CONFLICT (connection_id, catalog_id, kind, ref) DO UPDATE SET doubt = 1";
    Rows::new("INSERT OR FAIL INTO stock_held (connection_id, catalog_id, kind, ref, doubt) VALUES ", 5, tail)
});

/// The entries a call names, as they are; all of them where it is whole or names many.
pub(super) async fn entries(tx: &mut SqliteConnection, till: i64, report: &StockReport) -> Result<Vec<StockEntry>> {
    let mut found = Vec::new();
    if report.whole || report.entries.len() > FEW {
        let rows =
            sqlx::query(concat!("SELECT ", stock_entry_columns!(), " FROM stock_entries e WHERE e.till_id = $1"))
                .bind(till)
                .fetch_all(tx)
                .await?;
        return rows.iter().map(rows::stock_entry).collect();
    }
    for entry in &report.entries {
        let row = sqlx::query(concat!(
            "SELECT ",
            stock_entry_columns!(),
            " FROM stock_entries e WHERE e.till_id = $1 AND e.kind = $2 AND e.ref = $3"
        ))
        .bind(till)
        .bind(kind_word(entry.of.kind))
        .bind(storable(entry.of.reference.clone()))
        .fetch_optional(&mut *tx)
        .await?;
        found.extend(row.as_ref().map(rows::stock_entry).transpose()?);
    }
    Ok(found)
}

/// Writes entries, and notes in the history how they stand from now on.
pub(super) async fn put_entries(
    tx: &mut SqliteConnection,
    till: i64,
    entries: &[StockEntry],
    at: Timestamp,
) -> Result<()> {
    for (text, piece) in ENTRIES.pieces(entries) {
        let mut query = sqlx::query(text);
        for entry in piece {
            query = query
                .bind(till)
                .bind(kind_word(entry.of.kind))
                .bind(entry.of.reference.as_str())
                .bind(entry.name.as_deref())
                .bind(i64::from(entry.managed))
                .bind(entry.quantity.as_deref())
                .bind(i64::from(entry.available))
                .bind(entry.expires_at.map(to_micros))
                .bind(entry.wanted.as_deref())
                .bind(to_micros(at));
        }
        query.execute(&mut *tx).await?;
    }
    for (text, piece) in HISTORY.pieces(entries) {
        let mut query = sqlx::query(text);
        for entry in piece {
            query = query
                .bind(till)
                .bind(kind_word(entry.of.kind))
                .bind(entry.of.reference.as_str())
                .bind(hour_of(at))
                .bind(to_micros(at))
                .bind(1_i64)
                .bind(i64::from(entry.managed))
                .bind(i64::from(entry.available))
                .bind(entry.quantity.as_deref());
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

/// Forgets entries the till names no more, and notes that in the history.
pub(super) async fn drop_entries(tx: &mut SqliteConnection, till: i64, gone: &[StockRef], at: Timestamp) -> Result<()> {
    for of in gone {
        sqlx::query("DELETE FROM stock_entries WHERE till_id = $1 AND kind = $2 AND ref = $3")
            .bind(till)
            .bind(kind_word(of.kind))
            .bind(of.reference.as_str())
            .execute(&mut *tx)
            .await?;
    }
    for (text, piece) in HISTORY.pieces(gone) {
        let mut query = sqlx::query(text);
        for of in piece {
            query = query
                .bind(till)
                .bind(kind_word(of.kind))
                .bind(of.reference.as_str())
                .bind(hour_of(at))
                .bind(to_micros(at))
                .bind(0_i64)
                .bind(0_i64)
                .bind(0_i64)
                .bind(None::<&str>);
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

/// Writes what HubRise holds.
pub(super) async fn put_held(
    tx: &mut SqliteConnection,
    connection: &ConnectionId,
    catalog: &str,
    held: &[StockHeld],
) -> Result<()> {
    for (text, piece) in HELD.pieces(held) {
        let mut query = sqlx::query(text);
        for row in piece {
            query = query
                .bind(connection.as_str())
                .bind(catalog)
                .bind(kind_word(row.of.kind))
                .bind(row.of.reference.as_str())
                .bind(row.stock.as_deref())
                .bind(row.expires_at.map(to_micros))
                .bind(i64::from(row.doubt))
                .bind(row.known_at.map(to_micros))
                .bind(row.others_at.map(to_micros))
                .bind(row.sent_at.map(to_micros))
                .bind(row.operation.as_ref().map(OperationId::as_str));
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

/// Puts what HubRise holds of these in doubt.
pub(super) async fn doubt(
    tx: &mut SqliteConnection,
    connection: &ConnectionId,
    catalog: &str,
    refs: &[StockRef],
) -> Result<()> {
    for (text, piece) in DOUBT.pieces(refs) {
        let mut query = sqlx::query(text);
        for of in piece {
            query = query
                .bind(connection.as_str())
                .bind(catalog)
                .bind(kind_word(of.kind))
                .bind(storable(of.reference.clone()))
                .bind(1_i64);
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}
