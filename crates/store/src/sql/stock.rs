//! Stock: what is known of it, the switch, asking for a synchronisation or a look. What tills say is
//! `stock_reports`'s.

use async_trait::async_trait;
use jiff::Timestamp;

use super::connection_rows::find_open;
use super::stock_reports::{have_look, lock_till};
use super::{SqlConnection, SqlStore, audits, stock_lanes};
use crate::packing::{pack_text, unpack_text};
use crate::rows::{self, Cells as _, stock_entry_columns, stock_held_columns};
use crate::stock::{CALLS_KEPT, SENDING_OFF, failed, hour_of, kind_word};
use crate::text::storable;
use crate::time::to_micros;
use crate::{
    Action, ConnectionId, ConnectionRow, Result, SessionId, StockCatalog, StockPoint, StockReceipt, StockRef,
    StockReport, StockSync, StockSyncState, StockTill, StockView, Stocks,
};

/// Which entries and which of what is held are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    Differing,
    None,
}

#[async_trait]
impl Stocks for SqlStore {
    async fn report_stock(&self, report: StockReport) -> Result<StockReceipt> {
        self.take_report(report).await
    }

    async fn stock_till(&self, vendor: &str, till: &str, hub_key: &str) -> Result<StockTill> {
        let mut db = self.reading().acquire().await?;
        Ok(till_of(&mut db, vendor, till, hub_key).await?.map_or_else(StockTill::default, |(_, till)| till))
    }

    async fn stock(&self, connection: &ConnectionId) -> Result<Option<StockView>> {
        self.stock_view(connection, Part::All).await
    }

    async fn stock_differing(&self, connection: &ConnectionId) -> Result<Option<StockView>> {
        self.stock_view(connection, Part::Differing).await
    }

    async fn stock_head(&self, connection: &ConnectionId) -> Result<Option<StockView>> {
        self.stock_view(connection, Part::None).await
    }

    async fn stock_history(
        &self,
        connection: &ConnectionId,
        of: &StockRef,
        since: Timestamp,
    ) -> Result<Vec<StockPoint>> {
        let rows = sqlx::query(
            "SELECT y.at, y.named, y.managed, y.available, y.quantity FROM connections c \
             JOIN stock_tills t ON t.vendor = c.vendor AND t.till = c.till AND t.hub_key = c.hub_key \
             JOIN stock_history y ON y.till_id = t.id AND y.kind = $2 AND y.ref = $3 AND y.hour >= $4 \
             WHERE c.id = $1 ORDER BY y.hour DESC LIMIT 1000",
        )
        .bind(connection.as_str())
        .bind(kind_word(of.kind))
        .bind(storable(of.reference.clone()))
        .bind(hour_of(since))
        .fetch_all(self.reading())
        .await?;
        rows.iter().rev().map(rows::stock_point).collect()
    }

    async fn set_sending(
        &self,
        connection: &ConnectionId,
        session: &SessionId,
        sending: bool,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let Some(row) = find_open(&mut tx, connection).await? else { return Ok(()) };
        let (id, till) = lock_till(&mut tx, &row.vendor, &row.till, &row.hub_key).await?;
        if till.sending == sending {
            tx.rollback().await?;
            return Ok(());
        }
        sqlx::query("UPDATE stock_tills SET sending = $2, changes = changes + 1 WHERE id = $1")
            .bind(id)
            .bind(i64::from(sending))
            .execute(&mut *tx)
            .await?;
        if sending {
            if till.sequence.is_some() {
                have_look(&mut tx, &row.vendor, &row.till, &row.hub_key, at).await?;
            }
        } else {
            rest(&mut tx, &row, at).await?;
        }
        let actor = audits::actor(&mut tx, session, &row.vendor, "").await?;
        audits::note(&mut tx, connection, Action::Configured, &actor, at).await?;
        Ok(tx.commit().await?)
    }

    async fn ask_sync(
        &self,
        connection: &ConnectionId,
        session: &SessionId,
        id: &str,
        at: Timestamp,
    ) -> Result<Option<StockSync>> {
        let mut tx = self.begin().await?;
        let Some(row) = find_open(&mut tx, connection).await? else { return Ok(None) };
        sqlx::query("INSERT INTO stock_lanes (connection_id) VALUES ($1) ON CONFLICT (connection_id) DO NOTHING")
            .bind(connection.as_str())
            .execute(&mut *tx)
            .await?;
        let lane = stock_lanes::lock(&mut tx, connection).await?.map(|(_, lane)| lane).unwrap_or_default();
        if let Some(sync) = lane.sync.filter(|sync| sync.state.is_under_way()) {
            tx.rollback().await?;
            return Ok(Some(sync));
        }
        let actor = audits::actor(&mut tx, session, &row.vendor, "").await?;
        let sync = StockSync {
            id: storable(id.to_owned()),
            catalog: row.catalog.map(|catalog| catalog.id),
            state: StockSyncState::Waiting,
            asked_at: at,
            asked_by: actor.name.clone(),
            ended_at: None,
            cause: None,
            result: None,
            operation: None,
        };
        stock_lanes::write_sync(&mut tx, connection, &sync).await?;
        // It does not wait for whatever the lane waits for.
        sqlx::query("UPDATE stock_lanes SET due_at = $2 WHERE connection_id = $1")
            .bind(connection.as_str())
            .bind(to_micros(at))
            .execute(&mut *tx)
            .await?;
        audits::note(&mut tx, connection, Action::Configured, &actor, at).await?;
        tx.commit().await?;
        Ok(Some(sync))
    }

    async fn ask_look(&self, connection: &ConnectionId, due_at: Timestamp) -> Result<()> {
        sqlx::query(
            "UPDATE stock_lanes SET looks = looks + 1, due_at = CASE WHEN coalesce((SELECT t.sending FROM connections c \
             JOIN stock_tills t ON t.vendor = c.vendor AND t.till = c.till AND t.hub_key = c.hub_key \
             WHERE c.id = stock_lanes.connection_id), 1) = 1 \
             THEN coalesce(due_at, $2) ELSE due_at END WHERE connection_id = $1 AND known_catalog IS NOT NULL",
        )
        .bind(connection.as_str())
        .bind(to_micros(due_at))
        .execute(self.writing())
        .await?;
        Ok(())
    }

    async fn stock_catalog(&self, connection: &ConnectionId, catalog: &str) -> Result<Option<StockCatalog>> {
        let row =
            sqlx::query("SELECT read_at, packed FROM stock_catalogs WHERE connection_id = $1 AND catalog_id = $2")
                .bind(connection.as_str())
                .bind(storable(catalog.to_owned()))
                .fetch_optional(self.reading())
                .await?;
        row.map(|row| Ok(StockCatalog { read_at: row.instant("read_at")?, text: unpack_text(&row.bytes("packed")?)? }))
            .transpose()
    }

    async fn keep_stock_catalog(&self, connection: &ConnectionId, catalog: &str, kept: StockCatalog) -> Result<()> {
        let packed = pack_text(&kept.text)?;
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM stock_catalogs WHERE connection_id = $1")
            .bind(connection.as_str())
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO stock_catalogs (connection_id, catalog_id, read_at, packed) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (connection_id, catalog_id) DO UPDATE SET read_at = excluded.read_at, packed = excluded.packed",
        )
        .bind(connection.as_str())
        .bind(storable(catalog.to_owned()))
        .bind(to_micros(kept.read_at))
        .bind(packed)
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    async fn forget_stock_catalog(&self, connection: &ConnectionId, catalog: &str) -> Result<()> {
        sqlx::query("DELETE FROM stock_catalogs WHERE connection_id = $1 AND catalog_id = $2")
            .bind(connection.as_str())
            .bind(storable(catalog.to_owned()))
            .execute(self.writing())
            .await?;
        Ok(())
    }

    async fn forget_stock(&self, history: Timestamp, now: Timestamp, limit: u32) -> Result<u64> {
        let points = sqlx::query(
            "DELETE FROM stock_history WHERE (till_id, kind, ref, hour) IN \
             (SELECT till_id, kind, ref, hour FROM stock_history WHERE hour < $1 ORDER BY hour LIMIT $2)",
        )
        .bind(hour_of(history))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        let calls = sqlx::query(
            "DELETE FROM stock_calls WHERE (till_id, key) IN \
             (SELECT till_id, key FROM stock_calls WHERE at <= $1 ORDER BY at LIMIT $2)",
        )
        .bind(to_micros(now - CALLS_KEPT))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        Ok(points.rows_affected() + calls.rows_affected())
    }
}

impl SqlStore {
    async fn stock_view(&self, connection: &ConnectionId, part: Part) -> Result<Option<StockView>> {
        let mut db = self.reading().acquire().await?;
        let Some(row) = find_open(&mut db, connection).await? else { return Ok(None) };
        // First how far the till has come: what is kept after this counts as still to be done.
        let (id, till) =
            till_of(&mut db, &row.vendor, &row.till, &row.hub_key).await?.unwrap_or((0, StockTill::default()));
        let lane = stock_lanes::find(&mut db, connection).await?.unwrap_or_default();
        let catalog = row.catalog.as_ref().map_or("", |catalog| catalog.id.as_str());
        let (entries, held) = match part {
            Part::None => (Vec::new(), Vec::new()),
            Part::All => (
                sqlx::query(concat!(
                    "SELECT ",
                    stock_entry_columns!(),
                    " FROM stock_entries e WHERE e.till_id = $1 ORDER BY e.kind, e.ref"
                ))
                .bind(id)
                .fetch_all(&mut *db)
                .await?,
                sqlx::query(concat!(
                    "SELECT ",
                    stock_held_columns!(),
                    " FROM stock_held h WHERE h.connection_id = $1 AND h.catalog_id = $2 ORDER BY h.kind, h.ref"
                ))
                .bind(connection.as_str())
                .bind(catalog)
                .fetch_all(&mut *db)
                .await?,
            ),
            Part::Differing => (
                sqlx::query(concat!(
                    "SELECT ",
                    stock_entry_columns!(),
                    " FROM stock_entries e LEFT JOIN stock_held h ON h.connection_id = $2 AND h.catalog_id = $3 \
                     AND h.kind = e.kind AND h.ref = e.ref WHERE e.till_id = $1 \
                     AND (e.wanted IS DISTINCT FROM h.stock OR e.expires_at IS NOT NULL OR h.expires_at IS NOT NULL \
                     OR h.doubt = 1) ORDER BY e.kind, e.ref"
                ))
                .bind(id)
                .bind(connection.as_str())
                .bind(catalog)
                .fetch_all(&mut *db)
                .await?,
                sqlx::query(concat!(
                    "SELECT ",
                    stock_held_columns!(),
                    " FROM stock_held h LEFT JOIN stock_entries e ON e.till_id = $1 AND e.kind = h.kind \
                     AND e.ref = h.ref WHERE h.connection_id = $2 AND h.catalog_id = $3 \
                     AND (h.stock IS DISTINCT FROM e.wanted OR e.expires_at IS NOT NULL OR h.expires_at IS NOT NULL \
                     OR h.doubt = 1) ORDER BY h.kind, h.ref"
                ))
                .bind(id)
                .bind(connection.as_str())
                .bind(catalog)
                .fetch_all(&mut *db)
                .await?,
            ),
        };
        let entries = entries.iter().map(rows::stock_entry).collect::<Result<_>>()?;
        let held = held.iter().map(rows::stock_held).collect::<Result<_>>()?;
        Ok(Some(StockView { till, entries, held, lane }))
    }
}

async fn till_of(db: &mut SqlConnection, vendor: &str, till: &str, hub_key: &str) -> Result<Option<(i64, StockTill)>> {
    let row = sqlx::query(
        "SELECT id, sequence, received_at, sending, entries, changes FROM stock_tills \
         WHERE vendor = $1 AND till = $2 AND hub_key = $3",
    )
    .bind(vendor)
    .bind(till)
    .bind(hub_key)
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((row.integer("id")?, rows::stock_till(&row)?))).transpose()
}

/// Sending was switched off: nothing of this till's waits any more. What is under way is ended by whoever has its lease.
async fn rest(tx: &mut SqlConnection, of: &ConnectionRow, at: Timestamp) -> Result<()> {
    let lanes: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM connections WHERE vendor = $1 AND till = $2 AND hub_key = $3 \
         AND closed_at IS NULL ORDER BY id",
    )
    .bind(&of.vendor)
    .bind(&of.till)
    .bind(&of.hub_key)
    .fetch_all(&mut *tx)
    .await?;
    for id in lanes.into_iter().map(ConnectionId::new) {
        let Some((lease, lane)) = stock_lanes::lock(tx, &id).await? else { continue };
        if lease.is_some() {
            continue;
        }
        if let Some(sync) = lane.sync.filter(|sync| sync.state.is_under_way()) {
            stock_lanes::write_sync(tx, &id, &failed(sync, SENDING_OFF, at)).await?;
        }
        stock_lanes::withdraw(tx, &id, lane.operation.as_ref(), SENDING_OFF, at).await?;
        sqlx::query("UPDATE stock_lanes SET due_at = NULL, failures = 0, cause = NULL WHERE connection_id = $1")
            .bind(id.as_str())
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}
