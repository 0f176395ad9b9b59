//! Sending again, in PostgreSQL: an order that was over is put back on its way.

use std::collections::BTreeMap;

use super::{PostgresStore, acts, lanes};
use crate::packing::{aside, pack_bytes};
use crate::time::to_micros;
use crate::turns::may_be_resent;
use crate::{ActKind, OperationRow, Resend, Result, StoreError};

impl PostgresStore {
    pub(super) async fn resend_operation(&self, mut resend: Resend) -> Result<Option<OperationRow>> {
        let request = match resend.request.take() {
            Some(request) => Some(aside(move || pack_bytes(&request)).await?),
            None => None,
        };
        let mut tx = self.begin().await?;
        // The lane first, then the operation: as everywhere.
        lanes::extend(&mut tx, &BTreeMap::from([(resend.connection.as_str(), resend.at)])).await?;
        sqlx::query("SELECT seq FROM operations WHERE id = $1 FOR UPDATE")
            .bind(resend.operation.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(before) = acts::find(&mut tx, &resend.connection, &resend.operation).await? else {
            // Now, and not some time later: a lane still locked would be passed over.
            tx.rollback().await?;
            return Ok(None);
        };
        let open = sqlx::query("SELECT 1 FROM connections WHERE id = $1 AND closed_at IS NULL")
            .bind(resend.connection.as_str())
            .fetch_optional(&mut *tx)
            .await?
            .is_some();
        if !open || !may_be_resent(&before, &resend) {
            tx.rollback().await?;
            return Err(StoreError::Conflict);
        }
        sqlx::query(
            "UPDATE operations SET state = 'queued', cause = NULL, detail = NULL, flag = NULL, tries = 0, due_at = $2, \
             telling = 'none', told_tries = 0, told_due_at = NULL, told_lease = NULL, told_until = NULL, \
             handled_at = NULL, manual = $3, resends = resends + 1, changed_at = greatest($2, changed_at + 1) WHERE seq = $1",
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
