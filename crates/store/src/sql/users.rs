//! Users: signing in, and where one is signed in.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{SqlConnection, SqlStore, grants};
use crate::rows::{self, session_columns, user_columns};
use crate::text::storable;
use crate::time::to_micros;
use crate::{NewUser, Result, Session, SessionId, StoreError, User, UserId, Users};

#[async_trait]
impl Users for SqlStore {
    async fn sign_in(
        &self,
        session: &SessionId,
        new_token_hash: &[u8; 32],
        user: NewUser,
        now: Timestamp,
    ) -> Result<User> {
        let (mut tx, _) = self.begin_changing(now).await?;
        let rotated = sqlx::query("UPDATE sessions SET token_hash = $2 WHERE id = $1")
            .bind(session.as_str())
            .bind(new_token_hash.as_slice())
            .execute(&mut *tx)
            .await?;
        if rotated.rows_affected() == 0 {
            return Err(StoreError::Conflict);
        }
        let user = upsert(&mut tx, user, now).await?;
        sqlx::query(
            "INSERT INTO session_users (session_id, vendor, user_id) VALUES ($1, $2, $3) \
             ON CONFLICT (session_id, vendor) DO UPDATE SET user_id = excluded.user_id",
        )
        .bind(session.as_str())
        .bind(&user.vendor)
        .bind(user.id.as_str())
        .execute(&mut *tx)
        .await?;
        grants::hand_over(&mut tx, session, &user.id, &user.vendor, now).await?;
        tx.commit().await?;
        Ok(user)
    }

    async fn users(&self, session: &SessionId) -> Result<Vec<User>> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            user_columns!(),
            " FROM users WHERE id IN (SELECT user_id FROM session_users WHERE session_id = $1) ORDER BY vendor"
        ))
        .bind(session.as_str())
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::user).collect()
    }

    async fn user_sessions(&self, user: &UserId) -> Result<Vec<Session>> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            session_columns!(),
            " FROM sessions WHERE id IN (SELECT session_id FROM session_users WHERE user_id = $1) \
             ORDER BY last_seen_at DESC, id DESC"
        ))
        .bind(user.as_str())
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::session).collect()
    }

    async fn end_user_session(&self, user: &UserId, session: &SessionId) -> Result<bool> {
        let bound = sqlx::query("SELECT 1 FROM session_users WHERE session_id = $1 AND user_id = $2")
            .bind(session.as_str())
            .bind(user.as_str())
            .fetch_optional(self.reading())
            .await?;
        if bound.is_some() {
            self.delete_session(session).await?;
        }
        Ok(bound.is_some())
    }
}

pub(crate) async fn upsert(db: &mut SqlConnection, user: NewUser, now: Timestamp) -> Result<User> {
    let row = sqlx::query(concat!(
        "INSERT INTO users (id, vendor, hub_user_id, email, name, support, signed_in_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (vendor, hub_user_id) DO UPDATE SET email = excluded.email, \
         name = excluded.name, support = excluded.support, signed_in_at = excluded.signed_in_at RETURNING ",
        user_columns!()
    ))
    .bind(user.id.as_str())
    .bind(user.vendor)
    .bind(storable(user.hub_user_id))
    .bind(storable(user.email))
    .bind(storable(user.name))
    .bind(i64::from(user.support))
    .bind(to_micros(now))
    .fetch_one(db)
    .await?;
    rows::user(&row)
}
