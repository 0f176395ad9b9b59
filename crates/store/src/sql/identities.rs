//! Identity runs.

use async_trait::async_trait;
use jiff::Timestamp;

use super::SqlStore;
use crate::rows::{self, identity_columns};
use crate::text::storable;
use crate::time::to_micros;
use crate::{Identities, IdentityClaim, NewIdentity, Result, SessionId, rules};

#[async_trait]
impl Identities for SqlStore {
    async fn begin_identity(&self, identity: NewIdentity) -> Result<()> {
        sqlx::query(
            "INSERT INTO identity_runs (id, state_hash, session_id, vendor, target, return_to, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(identity.id.as_str())
        .bind(identity.state_hash.as_slice())
        .bind(identity.session.as_str())
        .bind(identity.vendor)
        .bind(identity.target.map(String::from))
        .bind(storable(identity.return_to))
        .bind(to_micros(identity.created_at))
        .bind(to_micros(identity.expires_at))
        .execute(self.writing())
        .await?;
        Ok(())
    }

    async fn claim_identity(
        &self,
        state_hash: &[u8; 32],
        session: &SessionId,
        now: Timestamp,
    ) -> Result<IdentityClaim> {
        let mut tx = self.begin().await?;
        let row = sqlx::query(concat!(
            "SELECT ",
            identity_columns!(),
            " FROM identity_runs WHERE state_hash = $1",
            locked!()
        ))
        .bind(state_hash.as_slice())
        .fetch_optional(&mut *tx)
        .await?;
        let claim = rules::claim_identity(row.as_ref().map(rows::identity).transpose()?, session, now);
        if let IdentityClaim::Claimed(identity) = &claim {
            sqlx::query("UPDATE identity_runs SET claimed_at = $2 WHERE id = $1")
                .bind(identity.id.as_str())
                .bind(to_micros(now))
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
        }
        Ok(claim)
    }
}
