//! What tills say: one call, one transaction.

use jiff::Timestamp;

use super::{SqlConnection, SqlStore, stock_batches};
use crate::rows::{self, Cells as _};
use crate::stock::{CALLS_KEPT, plan_report};
use crate::text::storable;
use crate::time::to_micros;
use crate::{Result, StockReceipt, StockReport, StockTaken, StockTill};

impl SqlStore {
    pub(crate) async fn take_report(&self, report: StockReport) -> Result<StockReceipt> {
        let mut tx = self.begin().await?;
        let (id, till) = lock_till(&mut tx, &report.vendor, &report.till, &report.hub_key).await?;
        if let Some(answer) = answered_before(&mut tx, id, &till, &report).await? {
            return Ok(answer);
        }
        if let Some(sequence) = till.sequence.filter(|latest| *latest >= report.sequence) {
            return Ok(StockReceipt::Older(sequence));
        }
        let before = stock_batches::entries(&mut tx, id, &report).await?;
        let plan = plan_report(before, &report, till.entries);
        if plan.entries > report.most {
            return Ok(StockReceipt::TooMany);
        }
        stock_batches::put_entries(&mut tx, id, &plan.put, report.at).await?;
        stock_batches::drop_entries(&mut tx, id, &plan.gone, report.at).await?;
        sqlx::query(
            "UPDATE stock_tills SET sequence = $2, received_at = $3, entries = $4, changes = changes + 1 WHERE id = $1",
        )
        .bind(id)
        .bind(report.sequence)
        .bind(to_micros(report.at))
        .bind(i64::from(plan.entries))
        .execute(&mut *tx)
        .await?;
        let taken = StockTaken {
            sequence: report.sequence,
            entries: plan.entries,
            changed: plan.changed(),
            sending: till.sending,
        };
        note_call(&mut tx, id, &report, taken).await?;
        if till.sending {
            have_look(&mut tx, &report.vendor, &report.till, &report.hub_key, report.due_at).await?;
        }
        tx.commit().await?;
        Ok(StockReceipt::Taken(taken))
    }
}

/// A till's row, made if it is not there, and nobody else's until the transaction ends.
pub(crate) async fn lock_till(
    tx: &mut SqlConnection,
    vendor: &str,
    till: &str,
    hub_key: &str,
) -> Result<(i64, StockTill)> {
    sqlx::query(
        "INSERT INTO stock_tills (vendor, till, hub_key) VALUES ($1, $2, $3) \
         ON CONFLICT (vendor, till, hub_key) DO NOTHING",
    )
    .bind(vendor)
    .bind(till)
    .bind(hub_key)
    .execute(&mut *tx)
    .await?;
    let row = sqlx::query(concat!(
        "SELECT id, sequence, received_at, sending, entries, changes FROM stock_tills \
         WHERE vendor = $1 AND till = $2 AND hub_key = $3",
        locked!()
    ))
    .bind(vendor)
    .bind(till)
    .bind(hub_key)
    .fetch_one(tx)
    .await?;
    Ok((row.integer("id")?, rows::stock_till(&row)?))
}

async fn answered_before(
    tx: &mut SqlConnection,
    id: i64,
    till: &StockTill,
    report: &StockReport,
) -> Result<Option<StockReceipt>> {
    let Some((key, hash)) = &report.idempotency else { return Ok(None) };
    let row = sqlx::query(
        "SELECT hash, sequence, entries, changed FROM stock_calls WHERE till_id = $1 AND key = $2 AND at > $3",
    )
    .bind(id)
    .bind(storable(key.clone()))
    .bind(to_micros(report.at - CALLS_KEPT))
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.bytes("hash")? != hash {
        return Ok(Some(StockReceipt::Reused));
    }
    let small = |column: &str| Ok::<_, crate::StoreError>(u32::try_from(row.integer(column)?).unwrap_or(u32::MAX));
    Ok(Some(StockReceipt::Taken(StockTaken {
        sequence: row.integer("sequence")?,
        entries: small("entries")?,
        changed: small("changed")?,
        sending: till.sending,
    })))
}

async fn note_call(tx: &mut SqlConnection, id: i64, report: &StockReport, taken: StockTaken) -> Result<()> {
    let Some((key, hash)) = &report.idempotency else { return Ok(()) };
    sqlx::query(
        "INSERT INTO stock_calls (till_id, key, hash, sequence, entries, changed, at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (till_id, key) DO UPDATE SET hash = excluded.hash, sequence = excluded.sequence, \
         entries = excluded.entries, changed = excluded.changed, at = excluded.at",
    )
    .bind(id)
    .bind(storable(key.clone()))
    .bind(hash.as_slice())
    .bind(taken.sequence)
    .bind(i64::from(taken.entries))
    .bind(i64::from(taken.changed))
    .bind(to_micros(report.at))
    .execute(tx)
    .await?;
    Ok(())
}

/// Has the lane of a till's open connection look, unless it is due before.
pub(crate) async fn have_look(
    tx: &mut SqlConnection,
    vendor: &str,
    till: &str,
    hub_key: &str,
    due_at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO stock_lanes (connection_id, due_at) SELECT id, $4 FROM connections \
         WHERE vendor = $1 AND till = $2 AND hub_key = $3 AND closed_at IS NULL AND state = 'connected' ORDER BY id \
         ON CONFLICT (connection_id) DO UPDATE SET due_at = coalesce(stock_lanes.due_at, excluded.due_at)",
    )
    .bind(vendor)
    .bind(till)
    .bind(hub_key)
    .bind(to_micros(due_at))
    .execute(tx)
    .await?;
    Ok(())
}
