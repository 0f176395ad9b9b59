//! Embedded users.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{SqlConnection, SqlStore, attempts, grants, sessions, users};
use crate::grants::Holder;
use crate::rows::{self, Cells as _, connection_columns, embed_role_word, session_columns};
use crate::text::storable;
use crate::time::to_micros;
use crate::{
    Actor, AttemptId, AttemptPhase, ConnectionRow, EmbedToken, Embedded, Embedding, NewAttempt, NewEmbedded, NewPopup,
    NewSession, PopupOpening, Result, Session, SessionId, UserId, embedding as rules,
};

#[async_trait]
impl Embedding for SqlStore {
    async fn embed(
        &self,
        token: EmbedToken,
        user: NewEmbedded,
        session: NewSession,
        renewing: Option<&SessionId>,
    ) -> Result<Option<Session>> {
        let now = session.created_at;
        let (mut tx, _) = self.begin_changing(now).await?;
        let used = sqlx::query(
            "INSERT INTO embed_tokens (vendor, jti, expires_at) VALUES ($1, $2, $3) ON CONFLICT (vendor, jti) DO NOTHING",
        )
        .bind(&user.vendor)
        .bind(storable(token.jti))
        .bind(to_micros(token.expires_at))
        .execute(&mut *tx)
        .await?;
        if used.rows_affected() == 0 {
            tx.rollback().await?;
            return Ok(None);
        }
        let id = keep(&mut tx, &user, now).await?;
        let begun = match renewing {
            Some(former) => go_on(&mut tx, former, &id, &session).await?,
            None => None,
        };
        let begun = match begun {
            Some(begun) => begun,
            None => begin(&mut tx, session, &id, &user.vendor).await?,
        };
        for connection in of_merchant(&mut tx, &user.vendor, &user.merchant).await? {
            if user.tills.contains(&connection.till) {
                let grant = rules::grant(user.role, &connection, begun.expires_at);
                grants::put(&mut tx, &Holder::User(id.clone()), &connection.id, grant, now).await?;
            }
        }
        tx.commit().await?;
        Ok(Some(begun))
    }

    async fn exchange_session(
        &self,
        token_hash: &[u8; 32],
        new_token_hash: &[u8; 32],
        since: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Option<Session>> {
        let row = sqlx::query(concat!(
            "UPDATE sessions SET token_hash = $2, expires_at = $4 WHERE token_hash = $1 AND created_at >= $3 RETURNING ",
            session_columns!()
        ))
        .bind(token_hash.as_slice())
        .bind(new_token_hash.as_slice())
        .bind(to_micros(since))
        .bind(to_micros(expires_at))
        .fetch_optional(self.writing())
        .await?;
        row.as_ref().map(rows::session).transpose()
    }

    async fn embedded(&self, session: &SessionId) -> Result<Option<Embedded>> {
        let row = sqlx::query(
            "SELECT e.user_id, e.vendor, e.merchant, e.tills, e.role FROM session_users b \
             JOIN embedded_users e ON e.user_id = b.user_id WHERE b.session_id = $1",
        )
        .bind(session.as_str())
        .fetch_optional(self.reading())
        .await?;
        row.as_ref().map(rows::embedded).transpose()
    }

    async fn begin_in_popup(&self, attempt: NewAttempt, popup: NewPopup) -> Result<()> {
        let mut tx = self.begin().await?;
        let id = attempt.id.clone();
        attempts::insert(&mut tx, attempt).await?;
        sqlx::query("INSERT INTO popups (attempt_id, nonce_hash, user_id, return_to) VALUES ($1, $2, $3, $4)")
            .bind(id.as_str())
            .bind(popup.nonce_hash.as_slice())
            .bind(popup.user.as_str())
            .bind(popup.return_to.map(storable))
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    async fn open_popup(
        &self,
        nonce_hash: &[u8; 32],
        session: &SessionId,
        state_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<PopupOpening> {
        let mut tx = self.begin().await?;
        let row = sqlx::query(concat!(
            "SELECT attempt_id, return_to, session_id FROM popups WHERE nonce_hash = $1",
            locked!()
        ))
        .bind(nonce_hash.as_slice())
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else { return Ok(PopupOpening::Unknown) };
        let id = AttemptId::new(row.text("attempt_id")?);
        let attempt = attempts::lock_attempt(&mut tx, &id).await?;
        let waits = attempt.phase == AttemptPhase::Waiting && now < attempt.expires_at;
        if row.text_or_null("session_id")?.is_some() || !waits {
            return Ok(PopupOpening::Used);
        }
        sqlx::query("UPDATE popups SET session_id = $2 WHERE attempt_id = $1")
            .bind(id.as_str())
            .bind(session.as_str())
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE attempts SET state_hash = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(state_hash.as_slice())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(PopupOpening::Opened { attempt: Box::new(attempt), return_to: row.text_or_null("return_to")? })
    }

    async fn popup_opened(&self, attempt: &AttemptId) -> Result<bool> {
        let opened: Option<bool> =
            sqlx::query_scalar("SELECT session_id IS NOT NULL FROM popups WHERE attempt_id = $1")
                .bind(attempt.as_str())
                .fetch_optional(self.reading())
                .await?;
        Ok(opened.unwrap_or_default())
    }

    async fn popup_owner(&self, state_hash: &[u8; 32], session: &SessionId) -> Result<Option<SessionId>> {
        let owner: Option<String> = sqlx::query_scalar(
            "SELECT a.session_id FROM attempts a JOIN popups p ON p.attempt_id = a.id \
             WHERE a.state_hash = $1 AND p.session_id = $2",
        )
        .bind(state_hash.as_slice())
        .bind(session.as_str())
        .fetch_optional(self.reading())
        .await?;
        Ok(owner.map(SessionId::new))
    }

    async fn popup_owner_of(&self, attempt: &AttemptId, session: &SessionId) -> Result<Option<SessionId>> {
        let owner: Option<String> = sqlx::query_scalar(
            "SELECT a.session_id FROM attempts a JOIN popups p ON p.attempt_id = a.id \
             WHERE a.id = $1 AND p.session_id = $2",
        )
        .bind(attempt.as_str())
        .bind(session.as_str())
        .fetch_optional(self.reading())
        .await?;
        Ok(owner.map(SessionId::new))
    }
}

/// The user of these claims.
async fn keep(tx: &mut SqlConnection, user: &NewEmbedded, now: Timestamp) -> Result<UserId> {
    let kept = users::upsert(tx, rules::user(user), now).await?;
    sqlx::query(
        "INSERT INTO embedded_users (user_id, vendor, merchant, tills, role) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (user_id) DO NOTHING",
    )
    .bind(kept.id.as_str())
    .bind(&user.vendor)
    .bind(storable(user.merchant.clone()))
    .bind(user.tills.join("\n"))
    .bind(embed_role_word(user.role))
    .execute(tx)
    .await?;
    Ok(kept.id)
}

/// Goes on with a session of this user's that has not ended.
async fn go_on(
    tx: &mut SqlConnection,
    former: &SessionId,
    user: &UserId,
    session: &NewSession,
) -> Result<Option<Session>> {
    let row = sqlx::query(concat!(
        "UPDATE sessions SET token_hash = $3, expires_at = $4, last_seen_at = ",
        greatest!("last_seen_at", "$5"),
        " \
         WHERE id = $1 AND expires_at > $5 AND EXISTS \
         (SELECT 1 FROM session_users b WHERE b.session_id = $1 AND b.user_id = $2) RETURNING ",
        session_columns!()
    ))
    .bind(former.as_str())
    .bind(user.as_str())
    .bind(session.token_hash.as_slice())
    .bind(to_micros(session.expires_at))
    .bind(to_micros(session.created_at))
    .fetch_optional(tx)
    .await?;
    row.as_ref().map(rows::session).transpose()
}

async fn begin(tx: &mut SqlConnection, session: NewSession, user: &UserId, vendor: &str) -> Result<Session> {
    let begun = sessions::insert(tx, session).await?;
    sqlx::query("INSERT INTO session_users (session_id, vendor, user_id) VALUES ($1, $2, $3)")
        .bind(begun.id.as_str())
        .bind(vendor)
        .bind(user.as_str())
        .execute(tx)
        .await?;
    Ok(begun)
}

/// The open connections of a merchant's.
async fn of_merchant(tx: &mut SqlConnection, vendor: &str, merchant: &str) -> Result<Vec<ConnectionRow>> {
    let rows = sqlx::query(concat!(
        "SELECT ",
        connection_columns!(),
        " FROM connections WHERE closed_at IS NULL AND id IN \
         (SELECT m.connection_id FROM merchant_connections m WHERE m.vendor = $1 AND m.merchant = $2)"
    ))
    .bind(vendor)
    .bind(storable(merchant.to_owned()))
    .fetch_all(tx)
    .await?;
    rows.iter().map(rows::connection).collect()
}

/// A connection that a user made or asked for is the user's merchant's, if the user has one: whoever looks at that
/// merchant's tills at the moment sees it from now on.
pub(crate) async fn attach(
    tx: &mut SqlConnection,
    user: &UserId,
    connection: &ConnectionRow,
    now: Timestamp,
) -> Result<()> {
    let made = sqlx::query(
        "INSERT INTO merchant_connections (vendor, merchant, connection_id) \
         SELECT e.vendor, e.merchant, $2 FROM embedded_users e WHERE e.user_id = $1 \
         ON CONFLICT (vendor, merchant, connection_id) DO UPDATE SET connection_id = excluded.connection_id \
         RETURNING merchant",
    )
    .bind(user.as_str())
    .bind(connection.id.as_str())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = made else { return Ok(()) };
    let looking = sqlx::query(
        "SELECT e.user_id, e.vendor, e.merchant, e.tills, e.role, max(s.expires_at) AS expires_at \
         FROM embedded_users e JOIN session_users b ON b.user_id = e.user_id JOIN sessions s ON s.id = b.session_id \
         WHERE e.vendor = $1 AND e.merchant = $2 AND s.expires_at > $3 \
         GROUP BY e.user_id, e.vendor, e.merchant, e.tills, e.role",
    )
    .bind(&connection.vendor)
    .bind(row.text("merchant")?)
    .bind(to_micros(now))
    .fetch_all(&mut *tx)
    .await?;
    for row in &looking {
        let (who, until) = (rows::embedded(row)?, row.instant("expires_at")?);
        if who.tills.contains(&connection.till) {
            let grant = rules::grant(who.role, connection, until);
            grants::put(tx, &Holder::User(who.user), &connection.id, grant, now).await?;
        }
    }
    Ok(())
}

/// Who began an attempt that goes on in a window.
pub(crate) async fn beginner(tx: &mut SqlConnection, attempt: &AttemptId, browser: &str) -> Result<Option<Actor>> {
    let row = sqlx::query(
        "SELECT CAST($2 AS TEXT) AS browser, u.id AS user_id, u.name, u.email, u.support FROM popups p \
         JOIN users u ON u.id = p.user_id WHERE p.attempt_id = $1",
    )
    .bind(attempt.as_str())
    .bind(storable(browser.to_owned()))
    .fetch_optional(tx)
    .await?;
    row.as_ref().map(rows::actor).transpose()
}
