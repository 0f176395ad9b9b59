//! [`Store`], by what the files beside do.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::SqlStore;
use crate::grants::Grant;
use crate::{
    Attempt, AttemptId, Choice, Claim, Closing, ConnectionId, ConnectionRow, Granted, Held, NewAttempt, NewSession,
    Result, Revocation, RevocationId, Role, Session, SessionId, Settled, Settlement, Store, Swept, Unwanted,
    migrations,
};

#[async_trait]
impl Store for SqlStore {
    async fn ping(&self) -> Result<()> {
        let applied =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(self.reading()).await?;
        migrations::check_applied(&applied)
    }

    async fn close(&self) {
        self.shut().await;
    }

    async fn create_session(&self, session: NewSession) -> Result<Session> {
        self.insert_session(session).await
    }

    async fn session(&self, token_hash: &[u8; 32], now: Timestamp, idle: SignedDuration) -> Result<Option<Session>> {
        self.live_session(token_hash, now, idle).await
    }

    async fn end_session(&self, id: &SessionId) -> Result<()> {
        self.delete_session(id).await
    }

    async fn begin_attempt(&self, attempt: NewAttempt) -> Result<()> {
        self.insert_attempt(attempt).await
    }

    async fn claim_attempt(&self, state_hash: &[u8; 32], session: &SessionId, now: Timestamp) -> Result<Claim> {
        self.claim(state_hash, session, now).await
    }

    async fn attempt(&self, id: &AttemptId, session: &SessionId) -> Result<Option<Attempt>> {
        self.attempt_of_session(id, session).await
    }

    async fn latest_attempt(&self, session: &SessionId) -> Result<Option<Attempt>> {
        self.last_attempt_of_session(session).await
    }

    async fn fail_attempt(&self, id: &AttemptId, problem: &str) -> Result<()> {
        self.fail(id, problem).await
    }

    async fn hold_attempt(&self, id: &AttemptId, held: Held, now: Timestamp) -> Result<()> {
        self.hold(id, held, now).await
    }

    async fn decline_attempt(&self, id: &AttemptId, now: Timestamp) -> Result<()> {
        self.decline(id, now).await
    }

    async fn reject_attempt(&self, id: &AttemptId, unwanted: Unwanted, problem: &str, now: Timestamp) -> Result<()> {
        self.put_away(id, &unwanted, problem, now).await
    }

    async fn settle_attempt(&self, id: &AttemptId, settlement: Settlement) -> Result<Settled> {
        self.settle(id, settlement).await
    }

    async fn open_connection(&self, vendor: &str, till: &str, hub_key: &str) -> Result<Option<ConnectionRow>> {
        self.connection_by_key(vendor, till, hub_key).await
    }

    async fn connection_bare(&self, id: &ConnectionId) -> Result<Option<ConnectionRow>> {
        self.bare_connection(id).await
    }

    async fn connections_of_installation(&self, vendor: &str, app_instance_id: &str) -> Result<Vec<ConnectionRow>> {
        self.installed_connections(vendor, app_instance_id).await
    }

    async fn connection(&self, id: &ConnectionId, session: &SessionId, now: Timestamp) -> Result<Option<Granted>> {
        self.granted_connection(id, session, now).await
    }

    async fn connection_of_till(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<Granted>> {
        self.last_granted_connection(vendor, till, session, now).await
    }

    async fn known_connection(
        &self,
        vendor: &str,
        till: &str,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<Option<ConnectionId>> {
        self.last_known_connection(vendor, till, session, now).await
    }

    async fn grant(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        role: Role,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        self.give_grant(id, session, Grant { role, granted_at: now, expires_at }, now).await
    }

    async fn choose(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        expected_version: i64,
        choice: Choice,
        now: Timestamp,
    ) -> Result<ConnectionRow> {
        self.complete_connection(id, session, expected_version, choice, now).await
    }

    async fn close_connection(
        &self,
        id: &ConnectionId,
        session: &SessionId,
        lock: bool,
        now: Timestamp,
    ) -> Result<Closing> {
        self.close_granted_connection(id, session, lock, now).await
    }

    async fn close_dead(&self, id: &ConnectionId, expected_fingerprint: &[u8; 32], now: Timestamp) -> Result<bool> {
        self.close_dead_connection(id, expected_fingerprint, now).await
    }

    async fn claim_revocations(&self, now: Timestamp, lease_until: Timestamp, limit: u32) -> Result<Vec<Revocation>> {
        self.lease_revocations(now, lease_until, limit).await
    }

    async fn revocation_done(&self, id: &RevocationId) -> Result<()> {
        self.delete_revocation(id).await
    }

    async fn revocation_failed(&self, id: &RevocationId, due_at: Timestamp, error: &str) -> Result<()> {
        self.postpone_revocation(id, due_at, error).await
    }

    async fn revoking(&self, vendor: &str, till: &str, session: &SessionId) -> Result<bool> {
        self.has_revocation(vendor, till, session).await
    }

    async fn sweep(&self, now: Timestamp, limit: u32) -> Result<Swept> {
        self.sweep_all(now, limit).await
    }
}
