//! Sending again, in SQLite: an order that was over is put back on its way.

use super::{SqliteStore, acts, lanes};
use crate::packing::{aside, pack_bytes};
use crate::time::to_micros;
use crate::turns::may_be_resent;
use crate::{ActKind, OperationRow, Resend, Result, StoreError};

impl SqliteStore {
    pub(super) async fn resend_operation(&self, mut resend: Resend) -> Result<Option<OperationRow>> {
        let request = match resend.request.take() {
            Some(request) => Some(aside(move || pack_bytes(&request)).await?),
            None => None,
        };
        let mut tx = self.begin().await?;
        let Some(before) = acts::find(&mut tx, &resend.connection, &resend.operation).await? else { return Ok(None) };
        let open = sqlx::query("SELECT 1 FROM connections WHERE id = $1 AND closed_at IS NULL")
            .bind(resend.connection.as_str())
            .fetch_optional(&mut *tx)
            .await?
            .is_some();
        if !open || !may_be_resent(&before, &resend) {
            return Err(StoreError::Conflict);
        }
        sqlx::query(
            "UPDATE operations SET state = 'queued', cause = NULL, detail = NULL, flag = NULL, tries = 0, due_at = $2, \
             telling = 'none', told_tries = 0, told_due_at = NULL, told_lease = NULL, told_until = NULL, \
             handled_at = NULL, manual = $3, resends = resends + 1, changed_at = max($2, changed_at + 1) WHERE seq = $1",
        )
        .bind(before.seq)
        .bind(to_micros(resend.at))
        .bind(i64::from(request.is_some()))
        .execute(&mut *tx)
        .await?;
        sqlx::query("DELETE FROM manual_requests WHERE operation_seq = $1").bind(before.seq).execute(&mut *tx).await?;
        let kind = if request.is_some() { ActKind::ResentModified } else { ActKind::Resent };
        if let Some(packed) = request {
            sqlx::query("INSERT INTO manual_requests (operation_seq, packed) VALUES ($1, $2)")
                .bind(before.seq)
                .bind(packed)
                .execute(&mut *tx)
                .await?;
        }
        lanes::hurry(&mut tx, resend.connection.as_str(), resend.at).await?;
        let actor = acts::actor(&mut tx, &resend.connection, &resend.session).await?;
        acts::insert(&mut tx, before.seq, kind, &actor, None, None, resend.at).await?;
        let row = acts::find(&mut tx, &resend.connection, &resend.operation).await?;
        tx.commit().await?;
        Ok(row)
    }
}
