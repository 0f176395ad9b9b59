//! Settling an attempt in SQLite: the transaction that makes a connection.

use sqlx::SqliteConnection;

use super::{SqliteStore, attempts, connection_rows, tokens};
use crate::rules::{self, SettlementPlan};
use crate::text::storable;
use crate::time::to_micros;
use crate::{Attempt, AttemptId, ConnectionRow, Result, Settled, Settlement};

impl SqliteStore {
    pub(super) async fn settle(&self, id: &AttemptId, settlement: Settlement) -> Result<Settled> {
        let mut tx = self.begin().await?;
        let attempt = attempts::find_attempt(&mut tx, id).await?;
        let hub_key = storable(settlement.hub_key.clone());
        let before = connection_rows::find_by_key(&mut tx, &attempt.vendor, &attempt.till, &hub_key).await?;
        let replaced = connection_rows::find_replaced(&mut tx, &attempt, settlement.replaces.as_ref()).await?;
        let (at, grant_expires_at) = (settlement.at, settlement.grant_expires_at);
        let plan = rules::settle(&attempt, settlement, before.as_ref(), replaced)?;

        tokens::call_off(&mut tx, &plan.connection.token_fingerprint, at).await?;
        tokens::drop_held(&mut tx, id).await?;
        match &before {
            None => connection_rows::insert(&mut tx, &plan.connection).await?,
            Some(_) => connection_rows::write_over(&mut tx, &plan.connection).await?,
        }
        if let Some(replaced) = &plan.replaced {
            connection_rows::mark_closed(&mut tx, &replaced.id, at).await?;
        }
        grant(&mut tx, &attempt, &plan.connection, to_micros(at), to_micros(grant_expires_at)).await?;
        mark_done(&mut tx, id, &plan.connection).await?;
        for retired in &plan.retired {
            tokens::retire(&mut tx, retired, None).await?;
        }
        tx.commit().await?;
        let SettlementPlan { connection, replaced, .. } = plan;
        Ok(Settled { connection, before, replaced })
    }
}

async fn grant(
    tx: &mut SqliteConnection,
    attempt: &Attempt,
    connection: &ConnectionRow,
    granted_at: i64,
    expires_at: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO grants (session_id, connection_id, granted_at, expires_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (session_id, connection_id) \
         DO UPDATE SET granted_at = excluded.granted_at, expires_at = excluded.expires_at",
    )
    .bind(attempt.session.as_str())
    .bind(connection.id.as_str())
    .bind(granted_at)
    .bind(expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

async fn mark_done(tx: &mut SqliteConnection, id: &AttemptId, connection: &ConnectionRow) -> Result<()> {
    sqlx::query("UPDATE attempts SET phase = 'done', connection_id = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(connection.id.as_str())
        .execute(tx)
        .await?;
    Ok(())
}
