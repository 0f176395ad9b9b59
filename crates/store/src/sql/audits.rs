//! The audit.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{SqlConnection, SqlStore};
use crate::rows::{self, Cells as _, action_word, audit_columns};
use crate::text::storable;
use crate::time::to_micros;
use crate::{Action, Actor, AuditRow, Audits, ConnectionId, Result, SessionId};

#[async_trait]
impl Audits for SqlStore {
    async fn audit(&self, id: &ConnectionId, session: &SessionId, action: Action, now: Timestamp) -> Result<()> {
        let mut tx = self.begin().await?;
        let vendor = sqlx::query("SELECT vendor FROM connections WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = vendor else { return Ok(()) };
        let actor = actor(&mut tx, session, &row.text("vendor")?, "").await?;
        note(&mut tx, id, action, &actor, now).await?;
        Ok(tx.commit().await?)
    }

    async fn audit_page(&self, id: &ConnectionId, cursor: Option<i64>, limit: u32) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            audit_columns!(),
            " FROM audit WHERE (vendor, till, hub_key) = \
             (SELECT c.vendor, c.till, c.hub_key FROM connections c WHERE c.id = $1) \
             AND seq < $2 ORDER BY seq DESC LIMIT $3"
        ))
        .bind(id.as_str())
        .bind(cursor.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::audit).collect()
    }
}

/// Who acts in this session at this vendor. `browser` is what is known of a session that has ended.
pub(crate) async fn actor(db: &mut SqlConnection, session: &SessionId, vendor: &str, browser: &str) -> Result<Actor> {
    let row = sqlx::query(
        "SELECT s.browser, u.id AS user_id, u.name, u.email, u.support FROM sessions s \
         LEFT JOIN session_users b ON b.session_id = s.id AND b.vendor = $2 \
         LEFT JOIN users u ON u.id = b.user_id WHERE s.id = $1",
    )
    .bind(session.as_str())
    .bind(vendor)
    .fetch_optional(db)
    .await?;
    match row {
        Some(row) => rows::actor(&row),
        None => Ok(Actor { browser: storable(browser.to_owned()), ..Actor::default() }),
    }
}

/// Notes what was done to a connection that is or was there.
pub(crate) async fn note(
    db: &mut SqlConnection,
    connection: &ConnectionId,
    action: Action,
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit (connection_id, vendor, till, hub_key, at, action, name, email, browser, support) \
         SELECT id, vendor, till, hub_key, $2, $3, $4, $5, $6, $7 FROM connections WHERE id = $1",
    )
    .bind(connection.as_str())
    .bind(to_micros(now))
    .bind(action_word(action))
    .bind(&actor.name)
    .bind(&actor.email)
    .bind(&actor.browser)
    .bind(i64::from(actor.support))
    .execute(db)
    .await?;
    Ok(())
}
