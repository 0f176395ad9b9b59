//! Merchants' requests.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{SqlConnection, SqlStore, grants};
use crate::care::{DECLINED_KEPT, WITHDRAWN_KEPT};
use crate::grants::{Grant, Holder};
use crate::rows::{self, request_columns};
use crate::text::storable;
use crate::time::to_micros;
use crate::{Attempt, ConnectionId, NewRequest, Request, RequestId, Requests, Result, SessionId, StoreError, UserId};

#[async_trait]
impl Requests for SqlStore {
    async fn send_request(&self, request: NewRequest) -> Result<Request> {
        let now = request.created_at;
        let (mut tx, changed_at) = self.begin_changing(now).await?;
        let bound = sqlx::query("SELECT 1 FROM session_users WHERE session_id = $1 AND vendor = $2 AND user_id = $3")
            .bind(request.session.as_str())
            .bind(&request.vendor)
            .bind(request.user.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        if bound.is_none() {
            return Err(StoreError::Conflict);
        }
        sqlx::query(
            "UPDATE requests SET state = 'withdrawn', forget_at = $4, changed_at = $5 \
             WHERE user_id = $1 AND vendor = $2 AND till = $3 AND state <> 'withdrawn'",
        )
        .bind(request.user.as_str())
        .bind(&request.vendor)
        .bind(&request.till)
        .bind(to_micros(now + WITHDRAWN_KEPT))
        .bind(to_micros(changed_at))
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "INSERT INTO requests \
             (id, vendor, till, user_id, hubrise_id, location_name, language, state, created_at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9)",
        )
        .bind(request.id.as_str())
        .bind(&request.vendor)
        .bind(&request.till)
        .bind(request.user.as_str())
        .bind(storable(request.hubrise_id))
        .bind(storable(request.location_name))
        .bind(storable(request.language))
        .bind(to_micros(now))
        .bind(to_micros(changed_at))
        .execute(&mut *tx)
        .await?;
        let sent = find(&mut tx, &request.vendor, &request.id).await?.ok_or(StoreError::Conflict)?;
        tx.commit().await?;
        Ok(sent)
    }

    async fn request_of(&self, vendor: &str, till: &str, session: &SessionId) -> Result<Option<Request>> {
        let row = sqlx::query(concat!(
            "SELECT ",
            request_columns!(),
            " FROM requests r JOIN users u ON u.id = r.user_id WHERE r.vendor = $1 AND r.till = $2 \
             AND r.state <> 'withdrawn' AND r.user_id = \
             (SELECT b.user_id FROM session_users b WHERE b.session_id = $3 AND b.vendor = $1)"
        ))
        .bind(vendor)
        .bind(till)
        .bind(session.as_str())
        .fetch_optional(self.reading())
        .await?;
        row.as_ref().map(rows::request).transpose()
    }

    async fn request(&self, vendor: &str, id: &RequestId) -> Result<Option<Request>> {
        let mut reader = self.reading().acquire().await?;
        find(&mut reader, vendor, id).await
    }

    async fn withdraw_request(&self, id: &RequestId, session: &SessionId, now: Timestamp) -> Result<bool> {
        let (mut tx, changed_at) = self.begin_changing(now).await?;
        let done = sqlx::query(
            "UPDATE requests SET state = 'withdrawn', forget_at = $3, changed_at = $4 \
             WHERE id = $1 AND state <> 'withdrawn' AND user_id = \
             (SELECT b.user_id FROM session_users b WHERE b.session_id = $2 AND b.vendor = requests.vendor)",
        )
        .bind(id.as_str())
        .bind(session.as_str())
        .bind(to_micros(now + WITHDRAWN_KEPT))
        .bind(to_micros(changed_at))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    async fn decline_request(&self, vendor: &str, id: &RequestId, answer: &str, now: Timestamp) -> Result<bool> {
        let (mut tx, changed_at) = self.begin_changing(now).await?;
        let done = sqlx::query(
            "UPDATE requests SET state = 'declined', answer = $3, forget_at = $4, changed_at = $5 \
             WHERE id = $1 AND vendor = $2 AND state = 'waiting'",
        )
        .bind(id.as_str())
        .bind(vendor)
        .bind(storable(answer.to_owned()))
        .bind(to_micros(now + DECLINED_KEPT))
        .bind(to_micros(changed_at))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

async fn find(db: &mut SqlConnection, vendor: &str, id: &RequestId) -> Result<Option<Request>> {
    let row = sqlx::query(concat!(
        "SELECT ",
        request_columns!(),
        " FROM requests r JOIN users u ON u.id = r.user_id \
         WHERE r.id = $1 AND r.vendor = $2 AND r.state <> 'withdrawn'"
    ))
    .bind(id.as_str())
    .bind(vendor)
    .fetch_optional(db)
    .await?;
    row.as_ref().map(rows::request).transpose()
}

/// Fulfils the request an attempt answers, if it still waits: its user alone gets the grant.
pub(crate) async fn fulfil(
    db: &mut SqlConnection,
    attempt: &Attempt,
    connection: &ConnectionId,
    grant: Grant,
    changed_at: Timestamp,
) -> Result<Option<UserId>> {
    let Some(request) = &attempt.request else { return Ok(None) };
    let user: Option<String> = sqlx::query_scalar(
        "UPDATE requests SET state = 'connected', connection_id = $4, changed_at = $5 \
         WHERE id = $1 AND vendor = $2 AND till = $3 AND state = 'waiting' RETURNING user_id",
    )
    .bind(request.as_str())
    .bind(&attempt.vendor)
    .bind(&attempt.till)
    .bind(connection.as_str())
    .bind(to_micros(changed_at))
    .fetch_optional(&mut *db)
    .await?;
    let user = user.map(UserId::new);
    if let Some(user) = &user {
        grants::put(db, &Holder::User(user.clone()), connection, grant, grant.granted_at).await?;
    }
    Ok(user)
}
