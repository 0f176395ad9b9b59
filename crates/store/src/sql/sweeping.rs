//! Housekeeping. Each kind is a transaction of its own, short enough not to be felt; what another replica is sweeping is
//! skipped.

use jiff::Timestamp;

use super::{SqlStore, tokens};
use crate::care::{KEYS_KEPT, SHARES_KEPT};
use crate::rules::ATTEMPTS_KEPT;
use crate::time::to_micros;
use crate::{AttemptId, EXPIRED, Result, Swept};

impl SqlStore {
    pub(crate) async fn sweep_all(&self, now: Timestamp, limit: u32) -> Result<Swept> {
        Ok(Swept {
            unanswered: self.sweep_unanswered(now, limit).await?,
            attempts: self.sweep_attempts(now, limit).await?,
            grants: self.sweep_grants(now, limit).await?,
            sessions: self.sweep_sessions(now, limit).await?,
            identities: self.sweep_identities(now, limit).await?,
            requests: self.sweep_requests(now, limit).await?,
            key_tries: self.sweep_key_tries(now, limit).await?,
            embed_tokens: self.sweep_embed_tokens(now, limit).await?,
            shares: self.sweep_shares(now, limit).await?,
        })
    }

    async fn sweep_unanswered(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let mut tx = self.begin_moving().await?;
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM attempts WHERE phase = 'confirming' AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
        )
        .bind(to_micros(now))
        .bind(i64::from(limit))
        .fetch_all(&mut *tx)
        .await?;
        let mut count = 0;
        for id in ids {
            tokens::release(&mut tx, &AttemptId::new(id), EXPIRED, now).await?;
            count += 1;
        }
        tx.commit().await?;
        Ok(count)
    }

    async fn sweep_attempts(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let done = sqlx::query(concat!(
            "DELETE FROM attempts WHERE id ",
            claimed!(
                "SELECT id FROM attempts WHERE created_at <= $1 \
             AND phase <> 'confirming' ORDER BY created_at LIMIT $2"
            )
        ))
        .bind(to_micros(now - ATTEMPTS_KEPT))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        Ok(done.rows_affected())
    }

    async fn sweep_grants(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let done = sqlx::query(concat!(
            "WITH over AS MATERIALIZED (SELECT holder, connection_id FROM grants WHERE forget_at <= $1 \
             ORDER BY forget_at LIMIT $2",
            unclaimed!(),
            ") DELETE FROM grants WHERE (holder, connection_id) IN \
             (SELECT holder, connection_id FROM over)"
        ))
        .bind(to_micros(now))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        Ok(done.rows_affected())
    }

    async fn sweep_sessions(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let done = sqlx::query(concat!(
            "DELETE FROM sessions WHERE id ",
            claimed!("SELECT id FROM sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2")
        ))
        .bind(to_micros(now))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        Ok(done.rows_affected())
    }

    async fn sweep_identities(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let done = sqlx::query(concat!(
            "DELETE FROM identity_runs WHERE id ",
            claimed!("SELECT id FROM identity_runs WHERE created_at <= $1 ORDER BY created_at LIMIT $2")
        ))
        .bind(to_micros(now - ATTEMPTS_KEPT))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        Ok(done.rows_affected())
    }

    async fn sweep_requests(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let done = sqlx::query(concat!(
            "DELETE FROM requests WHERE id ",
            claimed!("SELECT id FROM requests WHERE forget_at <= $1 ORDER BY forget_at LIMIT $2")
        ))
        .bind(to_micros(now))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        Ok(done.rows_affected())
    }

    async fn sweep_key_tries(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let done = sqlx::query(concat!(
            "DELETE FROM key_tries WHERE seq ",
            claimed!("SELECT seq FROM key_tries WHERE at <= $1 ORDER BY at LIMIT $2")
        ))
        .bind(to_micros(now - KEYS_KEPT))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        Ok(done.rows_affected())
    }

    async fn sweep_embed_tokens(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let done = sqlx::query(
            "DELETE FROM embed_tokens WHERE (vendor, jti) IN \
             (SELECT vendor, jti FROM embed_tokens WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
        )
        .bind(to_micros(now))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        Ok(done.rows_affected())
    }

    async fn sweep_shares(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let done = sqlx::query(concat!(
            "DELETE FROM shares WHERE seq ",
            claimed!("SELECT seq FROM shares WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2")
        ))
        .bind(to_micros(now - SHARES_KEPT))
        .bind(i64::from(limit))
        .execute(self.writing())
        .await?;
        Ok(done.rows_affected())
    }
}
