//! What people do with operations: marks, and what is noted of them. Sending again is `resending`'s, links are
//! `shares`', saved filters are `views`'.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::{SqlConnection, SqlStore, audits};
use crate::grants::{Holder, holders};
use crate::rows::{self, Cells as _, act_columns, act_word, operation_columns};
use crate::text::{LONGEST_ACT_NOTE, shortened};
use crate::time::to_micros;
use crate::{
    ActKind, ActRow, Actor, Acts, ConnectionId, NewShare, OperationId, OperationRow, Resend, Result, SessionId,
    ShareRow, ViewRow,
};

/// How long names stay shown.
const NAMES_SHOWN: SignedDuration = SignedDuration::from_hours(24);

#[async_trait]
impl Acts for SqlStore {
    async fn resend(&self, resend: Resend) -> Result<Option<OperationRow>> {
        self.resend_operation(resend).await
    }

    async fn mark_handled(
        &self,
        connection: &ConnectionId,
        operation: &OperationId,
        session: &SessionId,
        handled: bool,
        note: Option<&str>,
        at: Timestamp,
    ) -> Result<Option<OperationRow>> {
        let mut tx = self.begin().await?;
        let marked: Option<i64> = sqlx::query_scalar(
            concat!("UPDATE operations SET handled_at = CASE CAST($3 AS BIGINT) WHEN 1 THEN CAST($4 AS BIGINT) END, changed_at = ",
             greatest!("$4", "changed_at + 1"), " WHERE id = $2 AND place_id = (SELECT place_id FROM connections WHERE id = $1) \
             AND (handled_at IS NULL) = (CAST($3 AS BIGINT) = 1) RETURNING CAST(seq AS BIGINT)"),
        )
        .bind(connection.as_str())
        .bind(operation.as_str())
        .bind(i64::from(handled))
        .bind(to_micros(at))
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(seq) = marked {
            let actor = actor(&mut tx, connection, session).await?;
            let kind = if handled { ActKind::Handled } else { ActKind::Reopened };
            insert(&mut tx, seq, kind, &actor, note, None, at).await?;
        }
        let row = find(&mut tx, connection, operation).await?;
        tx.commit().await?;
        Ok(row)
    }

    async fn note_act(
        &self,
        connection: &ConnectionId,
        operation: &OperationId,
        session: &SessionId,
        kind: ActKind,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        let Some(seq) = number(&mut tx, connection, operation).await? else { return Ok(()) };
        let actor = actor(&mut tx, connection, session).await?;
        let holder = (kind == ActKind::NamesShown).then(|| Holder::of(session, actor.user.as_ref()));
        insert(&mut tx, seq, kind, &actor, None, holder.as_ref(), at).await?;
        Ok(tx.commit().await?)
    }

    async fn names_shown(
        &self,
        connection: &ConnectionId,
        operation: &OperationId,
        session: &SessionId,
        now: Timestamp,
    ) -> Result<bool> {
        let shown = sqlx::query(concat!(
            "SELECT 1 FROM operations o JOIN acts a ON a.operation_seq = o.seq WHERE o.id = $2 \
             AND o.place_id = (SELECT place_id FROM connections WHERE id = $1) AND a.kind = 'names_shown' \
             AND a.at > $4 AND a.holder IN ",
            holders!("$3", "(SELECT vendor FROM connections WHERE id = $1)"),
            " LIMIT 1"
        ))
        .bind(connection.as_str())
        .bind(operation.as_str())
        .bind(session.as_str())
        .bind(to_micros(now - NAMES_SHOWN))
        .fetch_optional(self.reading())
        .await?;
        Ok(shown.is_some())
    }

    async fn acts(&self, connection: &ConnectionId, operation: &OperationId) -> Result<Vec<ActRow>> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            act_columns!(),
            " FROM operations o JOIN acts a ON a.operation_seq = o.seq WHERE o.id = $2 \
             AND o.place_id = (SELECT place_id FROM connections WHERE id = $1) ORDER BY a.seq LIMIT 200"
        ))
        .bind(connection.as_str())
        .bind(operation.as_str())
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::act).collect()
    }

    async fn share(&self, share: NewShare) -> Result<bool> {
        self.make_share(share).await
    }

    async fn shares(&self, connection: &ConnectionId, operation: &OperationId) -> Result<Vec<ShareRow>> {
        self.shares_of(connection, operation).await
    }

    async fn end_share(
        &self,
        connection: &ConnectionId,
        operation: &OperationId,
        share: &str,
        session: &SessionId,
        at: Timestamp,
    ) -> Result<bool> {
        self.close_share(connection, operation, share, session, at).await
    }

    async fn shared(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Vec<u8>>> {
        self.open_share(token_hash, now).await
    }

    async fn views(&self, session: &SessionId, vendor: &str) -> Result<Vec<ViewRow>> {
        self.views_of(session, vendor).await
    }

    async fn keep_view(&self, session: &SessionId, vendor: &str, view: ViewRow, _now: Timestamp) -> Result<()> {
        self.put_view(session, vendor, view).await
    }

    async fn forget_view(&self, session: &SessionId, vendor: &str, view: &str) -> Result<bool> {
        self.delete_view(session, vendor, view).await
    }
}

/// An operation that the connection shows.
pub(crate) async fn find(
    db: &mut SqlConnection,
    connection: &ConnectionId,
    operation: &OperationId,
) -> Result<Option<OperationRow>> {
    let row = sqlx::query(concat!(
        "SELECT ",
        operation_columns!(),
        " FROM operations o WHERE o.id = $2 AND o.place_id = (SELECT place_id FROM connections WHERE id = $1)"
    ))
    .bind(connection.as_str())
    .bind(operation.as_str())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(rows::operation).transpose()
}

/// Its number; it is not forgotten before the transaction ends.
pub(crate) async fn number(
    db: &mut SqlConnection,
    connection: &ConnectionId,
    operation: &OperationId,
) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar(concat!(
        "SELECT CAST(seq AS BIGINT) FROM operations WHERE id = $2 AND place_id = (SELECT place_id FROM connections WHERE id = $1)",
        kept!()
    ))
    .bind(connection.as_str())
    .bind(operation.as_str())
    .fetch_optional(db)
    .await?)
}

/// Who acts in this session at the connection's vendor.
pub(crate) async fn actor(db: &mut SqlConnection, connection: &ConnectionId, session: &SessionId) -> Result<Actor> {
    let row = sqlx::query("SELECT vendor FROM connections WHERE id = $1")
        .bind(connection.as_str())
        .fetch_optional(&mut *db)
        .await?;
    match row {
        Some(row) => audits::actor(db, session, &row.text("vendor")?, "").await,
        None => Ok(Actor::default()),
    }
}

/// Notes what somebody did.
pub(crate) async fn insert(
    db: &mut SqlConnection,
    operation: i64,
    kind: ActKind,
    actor: &Actor,
    note: Option<&str>,
    holder: Option<&Holder>,
    at: Timestamp,
) -> Result<()> {
    sqlx::query("INSERT INTO acts (operation_seq, kind, name, note, at, holder) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(operation)
        .bind(act_word(kind))
        .bind(actor.name.as_deref())
        .bind(note.map(|note| shortened(note, LONGEST_ACT_NOTE)))
        .bind(to_micros(at))
        .bind(holder.map(Holder::key))
        .execute(db)
        .await?;
    Ok(())
}
