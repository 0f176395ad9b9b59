//! Tokens on the move: held, let go, called back. Owns that a token is never in two places, nor in none.
//!
//! Every transaction here begins by [`SqlStore::begin_moving`]: one at a time.

use jiff::Timestamp;

use super::{SqlConnection, SqlStore, attempts};
use crate::rules::Retired;
use crate::text::storable_access;
use crate::time::to_micros;
use crate::{Attempt, AttemptId, DECLINED, Held, NamedRef, Result, RevocationId, StoreError, Unwanted};

impl SqlStore {
    pub(crate) async fn hold(&self, id: &AttemptId, held: Held, now: Timestamp) -> Result<()> {
        let mut tx = self.begin_moving().await?;
        let moved = sqlx::query(
            "UPDATE attempts SET phase = 'confirming', expires_at = $2 WHERE id = $1 AND phase = 'exchanging'",
        )
        .bind(id.as_str())
        .bind(to_micros(held.expires_at))
        .execute(&mut *tx)
        .await?;
        if moved.rows_affected() == 0 {
            return Err(StoreError::Conflict);
        }
        call_off(&mut tx, &held.token_fingerprint, now).await?;
        insert_held(&mut tx, id, held).await?;
        Ok(tx.commit().await?)
    }

    pub(crate) async fn decline(&self, id: &AttemptId, now: Timestamp) -> Result<()> {
        let mut tx = self.begin_moving().await?;
        release(&mut tx, id, DECLINED, now).await?;
        Ok(tx.commit().await?)
    }

    pub(crate) async fn put_away(
        &self,
        id: &AttemptId,
        unwanted: &Unwanted,
        problem: &str,
        now: Timestamp,
    ) -> Result<()> {
        let mut tx = self.begin_moving().await?;
        let attempt = attempts::lock_attempt(&mut tx, id).await?;
        reject(&mut tx, &attempt, unwanted, problem, now).await?;
        Ok(tx.commit().await?)
    }
}

async fn insert_held(tx: &mut SqlConnection, id: &AttemptId, held: Held) -> Result<()> {
    let access = storable_access(held.access);
    let (location_id, location_name) = access.location.map(NamedRef::into_parts).unzip();
    let (catalog_id, catalog_name) = access.catalog.map(NamedRef::into_parts).unzip();
    let (list_id, list_name) = access.customer_list.map(NamedRef::into_parts).unzip();
    sqlx::query(
        "INSERT INTO held_tokens \
         (attempt_id, token_key_id, token_sealed, token_bound_to, token_fingerprint, account_id, account_name, \
          location_id, location_name, catalog_id, catalog_name, customer_list_id, customer_list_name, \
          app_instance_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(id.as_str())
    .bind(held.token.key_id)
    .bind(held.token.bytes)
    .bind(held.token.bound_to)
    .bind(held.token_fingerprint.as_slice())
    .bind(access.account.id)
    .bind(access.account.name)
    .bind(location_id)
    .bind(location_name)
    .bind(catalog_id)
    .bind(catalog_name)
    .bind(list_id)
    .bind(list_name)
    .bind(access.app_instance_id)
    .execute(tx)
    .await?;
    Ok(())
}

/// Fails an attempt that holds a token, and lets the token go. `Conflict` when it holds none.
pub(crate) async fn release(tx: &mut SqlConnection, id: &AttemptId, problem: &str, now: Timestamp) -> Result<()> {
    let attempt = attempts::lock_attempt(tx, id).await?;
    let retired = Retired::of_attempt(&attempt, now)?;
    drop_held(tx, id).await?;
    sqlx::query("UPDATE attempts SET phase = 'failed', problem = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(problem)
        .execute(&mut *tx)
        .await?;
    retire(tx, &retired, None).await?;
    Ok(())
}

/// Fails an attempt that has just got a token, and lets the token go. `Conflict` when it waits for none.
pub(crate) async fn reject(
    tx: &mut SqlConnection,
    attempt: &Attempt,
    unwanted: &Unwanted,
    problem: &str,
    now: Timestamp,
) -> Result<()> {
    let retired = Retired::of_unwanted(attempt, unwanted, now)?;
    drop_held(tx, &attempt.id).await?;
    sqlx::query("UPDATE attempts SET phase = 'failed', problem = $2 WHERE id = $1")
        .bind(attempt.id.as_str())
        .bind(problem)
        .execute(&mut *tx)
        .await?;
    retire(tx, &retired, None).await?;
    Ok(())
}

/// Takes a token out of an attempt's hands, if it holds one.
pub(crate) async fn drop_held(tx: &mut SqlConnection, id: &AttemptId) -> Result<()> {
    sqlx::query("DELETE FROM held_tokens WHERE attempt_id = $1").bind(id.as_str()).execute(tx).await?;
    Ok(())
}

/// Calls off the revocation of a token that is wanted again. `Conflict` when somebody is carrying it out: the token may
/// be dead in a moment.
pub(crate) async fn call_off(tx: &mut SqlConnection, token_fingerprint: &[u8; 32], now: Timestamp) -> Result<()> {
    let id = RevocationId::of(token_fingerprint);
    sqlx::query("DELETE FROM revocations WHERE id = $1 AND (leased_until IS NULL OR leased_until <= $2)")
        .bind(id.as_str())
        .bind(to_micros(now))
        .execute(&mut *tx)
        .await?;
    let leased = sqlx::query("SELECT 1 FROM revocations WHERE id = $1").bind(id.as_str()).fetch_optional(tx).await?;
    if leased.is_some() { Err(StoreError::Conflict) } else { Ok(()) }
}

/// Moves a token that has just left its place to a revocation, and says whether it did: not when the token is still in
/// another place. One that waits to be revoked already goes on waiting.
pub(crate) async fn retire(tx: &mut SqlConnection, retired: &Retired, leased_until: Option<Timestamp>) -> Result<bool> {
    let used = sqlx::query(
        "SELECT 1 FROM connections WHERE token_fingerprint = $1 AND closed_at IS NULL \
         UNION ALL SELECT 1 FROM held_tokens WHERE token_fingerprint = $1",
    )
    .bind(retired.token_fingerprint.as_slice())
    .fetch_optional(&mut *tx)
    .await?;
    if used.is_some() {
        return Ok(false);
    }
    let revocation = &retired.revocation;
    sqlx::query(
        "INSERT INTO revocations \
         (id, vendor, till, token_key_id, token_sealed, token_bound_to, caused_by, created_at, due_at, leased_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
    )
    .bind(revocation.id.as_str())
    .bind(&revocation.vendor)
    .bind(&revocation.till)
    .bind(&revocation.token.key_id)
    .bind(&revocation.token.bytes)
    .bind(&revocation.token.bound_to)
    .bind(revocation.caused_by.as_str())
    .bind(to_micros(revocation.created_at))
    .bind(to_micros(revocation.due_at))
    .bind(leased_until.map(to_micros))
    .execute(tx)
    .await?;
    Ok(true)
}
