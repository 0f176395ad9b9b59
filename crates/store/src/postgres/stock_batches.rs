//! Many rows of stock at once, in PostgreSQL, within a transaction.

use jiff::Timestamp;
use sqlx::PgConnection;

use crate::rows::{self, stock_entry_columns};
use crate::stock::{hour_of, kind_word};
use crate::text::storable;
use crate::time::to_micros;
use crate::{ConnectionId, OperationId, Result, StockEntry, StockHeld, StockRef, StockReport};

/// The entries a call names, as they are; all of them where it is whole.
pub(super) async fn entries(tx: &mut PgConnection, till: i64, report: &StockReport) -> Result<Vec<StockEntry>> {
    let all = sqlx::query(concat!("SELECT ", stock_entry_columns!(), " FROM stock_entries e WHERE e.till_id = $1"));
    let named = sqlx::query(concat!(
        "SELECT ",
        stock_entry_columns!(),
        " FROM unnest($2::text[], $3::text[]) AS n (kind, ref) \
         JOIN stock_entries e ON e.till_id = $1 AND e.kind = n.kind AND e.ref = n.ref"
    ));
    let rows = if report.whole {
        all.bind(till).fetch_all(tx).await?
    } else {
        let refs: Vec<String> = report.entries.iter().map(|entry| storable(entry.of.reference.clone())).collect();
        named
            .bind(till)
            .bind(report.entries.iter().map(|entry| kind_word(entry.of.kind)).collect::<Vec<_>>())
            .bind(refs)
            .fetch_all(tx)
            .await?
    };
    rows.iter().map(rows::stock_entry).collect()
}

/// Writes entries, and notes in the history how they stand from now on.
pub(super) async fn put_entries(tx: &mut PgConnection, till: i64, entries: &[StockEntry], at: Timestamp) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let kinds: Vec<_> = entries.iter().map(|entry| kind_word(entry.of.kind)).collect();
    let refs: Vec<_> = entries.iter().map(|entry| entry.of.reference.as_str()).collect();
    let managed: Vec<_> = entries.iter().map(|entry| i64::from(entry.managed)).collect();
    let available: Vec<_> = entries.iter().map(|entry| i64::from(entry.available)).collect();
    let quantities: Vec<_> = entries.iter().map(|entry| entry.quantity.as_deref()).collect();
    sqlx::query(
        "INSERT INTO stock_entries (till_id, kind, ref, name, managed, quantity, available, expires_at, wanted, changed_at) \
         SELECT $1, n.*, $2 FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[], \
         $9::bigint[], $10::text[]) AS n (kind, ref, name, managed, quantity, available, expires_at, wanted) \
         ON CONFLICT (till_id, kind, ref) DO UPDATE SET name = excluded.name, managed = excluded.managed, \
         quantity = excluded.quantity, available = excluded.available, expires_at = excluded.expires_at, \
         wanted = excluded.wanted, changed_at = excluded.changed_at",
    )
    .bind(till)
    .bind(to_micros(at))
    .bind(&kinds)
    .bind(&refs)
    .bind(entries.iter().map(|entry| entry.name.as_deref()).collect::<Vec<_>>())
    .bind(&managed)
    .bind(&quantities)
    .bind(&available)
    .bind(entries.iter().map(|entry| entry.expires_at.map(to_micros)).collect::<Vec<_>>())
    .bind(entries.iter().map(|entry| entry.wanted.as_deref()).collect::<Vec<_>>())
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "INSERT INTO stock_history (till_id, kind, ref, hour, at, named, managed, available, quantity) \
         SELECT $1, n.kind, n.ref, $2, $3, 1, n.managed, n.available, n.quantity \
         FROM unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[]) \
         AS n (kind, ref, managed, available, quantity) \
         ON CONFLICT (till_id, kind, ref, hour) DO UPDATE SET at = excluded.at, named = excluded.named, \
         managed = excluded.managed, available = excluded.available, quantity = excluded.quantity",
    )
    .bind(till)
    .bind(hour_of(at))
    .bind(to_micros(at))
    .bind(&kinds)
    .bind(&refs)
    .bind(&managed)
    .bind(&available)
    .bind(&quantities)
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets entries the till names no more, and notes that in the history.
pub(super) async fn drop_entries(tx: &mut PgConnection, till: i64, gone: &[StockRef], at: Timestamp) -> Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    let kinds: Vec<_> = gone.iter().map(|of| kind_word(of.kind)).collect();
    let refs: Vec<_> = gone.iter().map(|of| of.reference.as_str()).collect();
    sqlx::query(
        "DELETE FROM stock_entries e USING unnest($2::text[], $3::text[]) AS n (kind, ref) \
         WHERE e.till_id = $1 AND e.kind = n.kind AND e.ref = n.ref",
    )
    .bind(till)
    .bind(&kinds)
    .bind(&refs)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "INSERT INTO stock_history (till_id, kind, ref, hour, at, named, managed, available, quantity) \
         SELECT $1, n.kind, n.ref, $2, $3, 0, 0, 0, NULL FROM unnest($4::text[], $5::text[]) AS n (kind, ref) \
         ON CONFLICT (till_id, kind, ref, hour) DO UPDATE SET at = excluded.at, named = 0, managed = 0, available = 0, \
         quantity = NULL",
    )
    .bind(till)
    .bind(hour_of(at))
    .bind(to_micros(at))
    .bind(&kinds)
    .bind(&refs)
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes what HubRise holds.
pub(super) async fn put_held(
    tx: &mut PgConnection,
    connection: &ConnectionId,
    catalog: &str,
    held: &[StockHeld],
) -> Result<()> {
    if held.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO stock_held (connection_id, catalog_id, kind, ref, stock, expires_at, doubt, known_at, others_at, \
         sent_at, operation_id) SELECT $1, $2, n.* FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[], \
         $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[]) AS n (kind, ref, stock, expires_at, doubt, \
         known_at, others_at, sent_at, operation_id) \
         ON CONFLICT (connection_id, catalog_id, kind, ref) DO UPDATE SET stock = excluded.stock, \
         expires_at = excluded.expires_at, doubt = excluded.doubt, known_at = excluded.known_at, \
         others_at = excluded.others_at, sent_at = excluded.sent_at, operation_id = excluded.operation_id",
    )
    .bind(connection.as_str())
    .bind(catalog)
    .bind(held.iter().map(|row| kind_word(row.of.kind)).collect::<Vec<_>>())
    .bind(held.iter().map(|row| row.of.reference.as_str()).collect::<Vec<_>>())
    .bind(held.iter().map(|row| row.stock.as_deref()).collect::<Vec<_>>())
    .bind(held.iter().map(|row| row.expires_at.map(to_micros)).collect::<Vec<_>>())
    .bind(held.iter().map(|row| i64::from(row.doubt)).collect::<Vec<_>>())
    .bind(held.iter().map(|row| row.known_at.map(to_micros)).collect::<Vec<_>>())
    .bind(held.iter().map(|row| row.others_at.map(to_micros)).collect::<Vec<_>>())
    .bind(held.iter().map(|row| row.sent_at.map(to_micros)).collect::<Vec<_>>())
    .bind(held.iter().map(|row| row.operation.as_ref().map(OperationId::as_str)).collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}

/// Puts what HubRise holds of these in doubt.
pub(super) async fn doubt(
    tx: &mut PgConnection,
    connection: &ConnectionId,
    catalog: &str,
    refs: &[StockRef],
) -> Result<()> {
    if refs.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO stock_held (connection_id, catalog_id, kind, ref, doubt) \
         SELECT $1, $2, n.kind, n.ref, 1 FROM unnest($3::text[], $4::text[]) AS n (kind, ref) \
         ON CONFLICT (connection_id, catalog_id, kind, ref) DO UPDATE SET doubt = 1",
    )
    .bind(connection.as_str())
    .bind(catalog)
    .bind(refs.iter().map(|of| kind_word(of.kind)).collect::<Vec<_>>())
    .bind(refs.iter().map(|of| storable(of.reference.clone())).collect::<Vec<_>>())
    .execute(tx)
    .await?;
    Ok(())
}
