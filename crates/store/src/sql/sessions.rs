//! Sessions.

use jiff::{SignedDuration, Timestamp};

use super::{SqlConnection, SqlStore};
use crate::rows::{self, session_columns};
use crate::rules::{self, Presence};
use crate::text::storable;
use crate::time::to_micros;
use crate::{NewSession, Result, Session, SessionId};

impl SqlStore {
    pub(crate) async fn insert_session(&self, session: NewSession) -> Result<Session> {
        let mut tx = self.begin().await?;
        let session = insert(&mut tx, session).await?;
        tx.commit().await?;
        Ok(session)
    }

    pub(crate) async fn live_session(
        &self,
        token_hash: &[u8; 32],
        now: Timestamp,
        idle: SignedDuration,
    ) -> Result<Option<Session>> {
        let row = sqlx::query(concat!("SELECT ", session_columns!(), " FROM sessions WHERE token_hash = $1"))
            .bind(token_hash.as_slice())
            .fetch_optional(self.reading())
            .await?;
        let Some(session) = row.as_ref().map(rows::session).transpose()? else { return Ok(None) };
        match rules::presence(&session, now, idle) {
            Presence::Over => Ok(None),
            Presence::Alive => Ok(Some(session)),
            Presence::Touch => self.touch_session(&session.id, now).await,
        }
    }

    /// None when the session has ended since it was read.
    async fn touch_session(&self, id: &SessionId, now: Timestamp) -> Result<Option<Session>> {
        let row = sqlx::query(concat!(
            "UPDATE sessions SET last_seen_at = ",
            greatest!("last_seen_at", "$2"),
            " WHERE id = $1 RETURNING ",
            session_columns!()
        ))
        .bind(id.as_str())
        .bind(to_micros(now))
        .fetch_optional(self.writing())
        .await?;
        row.as_ref().map(rows::session).transpose()
    }

    pub(crate) async fn delete_session(&self, id: &SessionId) -> Result<()> {
        let mut tx = self.begin().await?;
        // In the order in which signing in takes them.
        sqlx::query("DELETE FROM sessions WHERE id = $1").bind(id.as_str()).execute(&mut *tx).await?;
        sqlx::query("DELETE FROM grants WHERE holder = 's:' || $1").bind(id.as_str()).execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }
}

/// Keeps a session that begins.
pub(crate) async fn insert(tx: &mut SqlConnection, session: NewSession) -> Result<Session> {
    let row = sqlx::query(concat!(
        "INSERT INTO sessions (id, token_hash, browser, created_at, last_seen_at, expires_at) \
         VALUES ($1, $2, $3, $4, $4, $5) RETURNING ",
        session_columns!()
    ))
    .bind(session.id.as_str())
    .bind(session.token_hash.as_slice())
    .bind(storable(session.browser))
    .bind(to_micros(session.created_at))
    .bind(to_micros(session.expires_at))
    .fetch_one(tx)
    .await?;
    rows::session(&row)
}
