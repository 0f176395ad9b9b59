//! Attempts, up to the moment a token is in hand.

use jiff::Timestamp;

use super::{SqlConnection, SqlStore};
use crate::rows::{self, attempt_columns};
use crate::time::to_micros;
use crate::{Attempt, AttemptId, Claim, NewAttempt, Result, SessionId, StoreError, rules};

impl SqlStore {
    pub(crate) async fn insert_attempt(&self, attempt: NewAttempt) -> Result<()> {
        let mut tx = self.begin().await?;
        insert(&mut tx, attempt).await?;
        Ok(tx.commit().await?)
    }

    pub(crate) async fn claim(&self, state_hash: &[u8; 32], session: &SessionId, now: Timestamp) -> Result<Claim> {
        let mut tx = self.begin().await?;
        let row = sqlx::query(concat!(
            "SELECT ",
            attempt_columns!(),
            " FROM attempts a LEFT JOIN held_tokens h ON h.attempt_id = a.id WHERE a.state_hash = $1",
            locked!("a")
        ))
        .bind(state_hash.as_slice())
        .fetch_optional(&mut *tx)
        .await?;
        let found = row.as_ref().map(rows::attempt).transpose()?;
        let claim = rules::claim(found, session, now);
        if let Claim::Claimed(attempt) = &claim {
            sqlx::query("UPDATE attempts SET phase = 'exchanging' WHERE id = $1")
                .bind(attempt.id.as_str())
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
        }
        Ok(claim)
    }

    pub(crate) async fn attempt_of_session(&self, id: &AttemptId, session: &SessionId) -> Result<Option<Attempt>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            attempt_columns!(),
            " FROM attempts a LEFT JOIN held_tokens h ON h.attempt_id = a.id \
             WHERE a.id = $1 AND a.session_id = $2"
        ))
        .bind(id.as_str())
        .bind(session.as_str())
        .fetch_optional(self.reading())
        .await?;
        row.as_ref().map(rows::attempt).transpose()
    }

    pub(crate) async fn last_attempt_of_session(&self, session: &SessionId) -> Result<Option<Attempt>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            attempt_columns!(),
            " FROM attempts a LEFT JOIN held_tokens h ON h.attempt_id = a.id \
             WHERE a.session_id = $1 ORDER BY a.created_at DESC, a.id DESC LIMIT 1"
        ))
        .bind(session.as_str())
        .fetch_optional(self.reading())
        .await?;
        row.as_ref().map(rows::attempt).transpose()
    }

    pub(crate) async fn fail(&self, id: &AttemptId, problem: &str) -> Result<()> {
        let done = sqlx::query(
            "UPDATE attempts SET phase = 'failed', problem = $2 \
             WHERE id = $1 AND phase IN ('waiting', 'exchanging')",
        )
        .bind(id.as_str())
        .bind(problem)
        .execute(self.writing())
        .await?;
        if done.rows_affected() == 0 { Err(StoreError::Conflict) } else { Ok(()) }
    }
}

/// Keeps an attempt that begins.
pub(crate) async fn insert(tx: &mut SqlConnection, attempt: NewAttempt) -> Result<()> {
    sqlx::query(
        "INSERT INTO attempts \
         (id, state_hash, session_id, vendor, till, scope, replaces, arrival, request_id, phase, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11)",
    )
    .bind(attempt.id.as_str())
    .bind(attempt.state_hash.as_slice())
    .bind(attempt.session.as_str())
    .bind(attempt.vendor)
    .bind(attempt.till)
    .bind(attempt.scope)
    .bind(attempt.replaces.map(String::from))
    .bind(i64::from(attempt.arrival))
    .bind(attempt.request.map(String::from))
    .bind(to_micros(attempt.created_at))
    .bind(to_micros(attempt.expires_at))
    .execute(tx)
    .await?;
    Ok(())
}

/// An attempt that is about to end, within the transaction that ends it. `Conflict` when there is none.
pub(crate) async fn lock_attempt(tx: &mut SqlConnection, id: &AttemptId) -> Result<Attempt> {
    let row = sqlx::query(concat!(
        "SELECT ",
        attempt_columns!(),
        " FROM attempts a LEFT JOIN held_tokens h ON h.attempt_id = a.id WHERE a.id = $1",
        locked!("a")
    ))
    .bind(id.as_str())
    .fetch_optional(tx)
    .await?;
    rows::attempt(&row.ok_or(StoreError::Conflict)?)
}
