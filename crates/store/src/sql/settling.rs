//! Settling an attempt: the transaction that makes a connection.

use super::{
    SqlConnection, SqlStore, attempts, audits, changes, connection_rows, embedding, grants, locks, marking, requests,
    tokens,
};
use crate::grants::{Grant, Holder};
use crate::rules::{self, SettlementPlan};
use crate::text::storable;
use crate::{Action, AttemptId, ConnectionRow, LOCKED, Result, Role, Settled, Settlement, StoreError, Unwanted};

impl SqlStore {
    pub(crate) async fn settle(&self, id: &AttemptId, settlement: Settlement) -> Result<Settled> {
        let mut tx = self.begin_moving().await?;
        let attempt = attempts::lock_attempt(&mut tx, id).await?;
        rules::check_phase(&attempt, &settlement)?;
        let (vendor, till, at) = (attempt.vendor.as_str(), attempt.till.as_str(), settlement.at);
        if locks::in_force(&mut tx, vendor, till, &storable(settlement.account.id.clone())).await? {
            let Settlement { token, token_fingerprint, .. } = settlement;
            tokens::reject(&mut tx, &attempt, &Unwanted { token, token_fingerprint }, LOCKED, at).await?;
            tx.commit().await?;
            return Err(StoreError::Locked);
        }
        let changed_at = changes::tick(&mut tx, at).await?;
        let actor = match embedding::beginner(&mut tx, id, &settlement.browser).await? {
            Some(beginner) => beginner,
            None => audits::actor(&mut tx, &attempt.session, vendor, &settlement.browser).await?,
        };
        let hub_key = storable(settlement.hub_key.clone());
        let before = connection_rows::lock_by_key(&mut tx, vendor, till, &hub_key).await?;
        let replaced = connection_rows::lock_replaced(&mut tx, &attempt, settlement.replaces.as_ref()).await?;
        let grant = Grant { role: Role::Manage, granted_at: at, expires_at: settlement.grant_expires_at };
        let plan = rules::settle(&attempt, settlement, before.as_ref(), replaced, &actor, changed_at);
        let made = &plan.connection.id;

        tokens::call_off(&mut tx, &plan.connection.token_fingerprint, at).await?;
        tokens::drop_held(&mut tx, id).await?;
        match &before {
            None => connection_rows::insert(&mut tx, &plan.connection).await?,
            Some(_) => connection_rows::write_over(&mut tx, &plan.connection).await?,
        }
        marking::mark_made(&mut tx, made).await?;
        audits::note(&mut tx, made, plan.action, &actor, at).await?;
        if let Some(replaced) = &plan.replaced {
            audits::note(&mut tx, &replaced.id, Action::Disconnected, &actor, at).await?;
            marking::mark_closed(&mut tx, &replaced.id, at, changed_at).await?;
        }
        grants::put(&mut tx, &Holder::of(&attempt.session, actor.user.as_ref()), made, grant, at).await?;
        let asked = requests::fulfil(&mut tx, &attempt, made, Grant { role: Role::View, ..grant }, changed_at).await?;
        for user in actor.user.iter().chain(&asked) {
            embedding::attach(&mut tx, user, &plan.connection, at).await?;
        }
        mark_done(&mut tx, id, &plan.connection).await?;
        for retired in &plan.retired {
            tokens::retire(&mut tx, retired, None).await?;
        }
        tx.commit().await?;
        let SettlementPlan { connection, replaced, .. } = plan;
        Ok(Settled { connection, before, replaced })
    }
}

async fn mark_done(tx: &mut SqlConnection, id: &AttemptId, connection: &ConnectionRow) -> Result<()> {
    sqlx::query("UPDATE attempts SET phase = 'done', connection_id = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(connection.id.as_str())
        .execute(tx)
        .await?;
    Ok(())
}
