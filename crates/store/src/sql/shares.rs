//! Links to cases.

use jiff::Timestamp;

use super::{SqlStore, acts};
use crate::packing::{aside, pack_bytes, unpack_bytes};
use crate::rows::{self, share_columns};
use crate::text::storable;
use crate::time::to_micros;
use crate::{ActKind, ConnectionId, NewShare, OperationId, Result, SessionId, ShareRow};

impl SqlStore {
    pub(crate) async fn make_share(&self, share: NewShare) -> Result<bool> {
        let page = share.page;
        let page = aside(move || pack_bytes(&page)).await?;
        let mut tx = self.begin().await?;
        let Some(seq) = acts::number(&mut tx, &share.connection, &share.operation).await? else { return Ok(false) };
        let actor = acts::actor(&mut tx, &share.connection, &share.session).await?;
        sqlx::query(
            "INSERT INTO shares (id, token_hash, operation_seq, name, at, expires_at, page) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(storable(share.id))
        .bind(share.token_hash.as_slice())
        .bind(seq)
        .bind(actor.name.as_deref())
        .bind(to_micros(share.at))
        .bind(to_micros(share.expires_at))
        .bind(page)
        .execute(&mut *tx)
        .await?;
        acts::insert(&mut tx, seq, ActKind::Shared, &actor, None, None, share.at).await?;
        tx.commit().await?;
        Ok(true)
    }

    pub(crate) async fn shares_of(&self, connection: &ConnectionId, operation: &OperationId) -> Result<Vec<ShareRow>> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            share_columns!(),
            " FROM operations o JOIN shares s ON s.operation_seq = o.seq WHERE o.id = $2 \
             AND o.place_id = (SELECT place_id FROM connections WHERE id = $1) ORDER BY s.seq DESC LIMIT 50"
        ))
        .bind(connection.as_str())
        .bind(operation.as_str())
        .fetch_all(self.reading())
        .await?;
        rows.iter().map(rows::share).collect()
    }

    pub(crate) async fn close_share(
        &self,
        connection: &ConnectionId,
        operation: &OperationId,
        share: &str,
        session: &SessionId,
        at: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.begin().await?;
        let Some(seq) = acts::number(&mut tx, connection, operation).await? else { return Ok(false) };
        let ended = sqlx::query(
            "UPDATE shares SET ended_at = $3, page = NULL WHERE id = $1 AND operation_seq = $2 AND ended_at IS NULL",
        )
        .bind(storable(share.to_owned()))
        .bind(seq)
        .bind(to_micros(at))
        .execute(&mut *tx)
        .await?;
        if ended.rows_affected() == 0 {
            let there = sqlx::query("SELECT 1 FROM shares WHERE id = $1 AND operation_seq = $2")
                .bind(storable(share.to_owned()))
                .bind(seq)
                .fetch_optional(&mut *tx)
                .await?;
            return Ok(there.is_some());
        }
        let actor = acts::actor(&mut tx, connection, session).await?;
        acts::insert(&mut tx, seq, ActKind::ShareEnded, &actor, None, None, at).await?;
        tx.commit().await?;
        Ok(true)
    }

    pub(crate) async fn open_share(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<Vec<u8>>> {
        // Anyone may knock: who guesses does not wait for those who write, nor make them wait.
        let there = sqlx::query("SELECT 1 FROM shares WHERE token_hash = $1 AND page IS NOT NULL AND expires_at > $2")
            .bind(token_hash.as_slice())
            .bind(to_micros(now))
            .fetch_optional(self.reading())
            .await?;
        if there.is_none() {
            return Ok(None);
        }
        let page: Option<Vec<u8>> = sqlx::query_scalar(
            "UPDATE shares SET opened = opened + 1 WHERE token_hash = $1 AND page IS NOT NULL AND expires_at > $2 \
             RETURNING page",
        )
        .bind(token_hash.as_slice())
        .bind(to_micros(now))
        .fetch_optional(self.writing())
        .await?;
        match page {
            Some(page) => Ok(Some(aside(move || unpack_bytes(&page)).await?)),
            None => Ok(None),
        }
    }
}
