//! Saved views. They belong to the session's user at the vendor, or to the session where nobody is signed in.

use super::{SqlConnection, SqlStore, alone, audits};
use crate::grants::Holder;
use crate::rows;
use crate::text::{LONGEST_TEXT, LONGEST_VIEW_NAME, shortened, storable};
use crate::{Result, SessionId, StoreError, UserId, ViewRow};

/// The views a holder may have at a vendor.
const MOST: i64 = 50;

impl SqlStore {
    pub(crate) async fn views_of(&self, session: &SessionId, vendor: &str) -> Result<Vec<ViewRow>> {
        let mut reader = self.reading().acquire().await?;
        let holder = holder(&mut reader, session, vendor).await?;
        let rows =
            sqlx::query("SELECT id, name, query FROM views WHERE holder = $1 AND vendor = $2 ORDER BY name LIMIT $3")
                .bind(holder.key())
                .bind(storable(vendor.to_owned()))
                .bind(MOST)
                .fetch_all(&mut *reader)
                .await?;
        rows.iter().map(rows::view).collect()
    }

    pub(crate) async fn put_view(&self, session: &SessionId, vendor: &str, view: ViewRow) -> Result<()> {
        let (vendor, name) = (storable(vendor.to_owned()), shortened(&view.name, LONGEST_VIEW_NAME));
        let mut tx = self.begin().await?;
        let there = sqlx::query(concat!("SELECT 1 FROM sessions WHERE id = $1", kept!()))
            .bind(session.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let holder = holder(&mut tx, session, &vendor).await?;
        // How many there are cannot be told from rows that another is about to write.
        alone(&mut tx, &["views ", &holder.key()].concat()).await?;
        let others: i64 =
            sqlx::query_scalar("SELECT count(*) FROM views WHERE holder = $1 AND vendor = $2 AND name <> $3")
                .bind(holder.key())
                .bind(&vendor)
                .bind(&name)
                .fetch_one(&mut *tx)
                .await?;
        if there.is_none() || others >= MOST {
            return Err(StoreError::Conflict);
        }
        sqlx::query(
            "INSERT INTO views (id, holder, session_id, vendor, name, query) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (holder, vendor, name) DO UPDATE SET id = excluded.id, query = excluded.query",
        )
        .bind(storable(view.id))
        .bind(holder.key())
        .bind(matches!(holder, Holder::Session(_)).then_some(session.as_str()))
        .bind(&vendor)
        .bind(name)
        .bind(shortened(&view.query, LONGEST_TEXT))
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    pub(crate) async fn delete_view(&self, session: &SessionId, vendor: &str, view: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let holder = holder(&mut tx, session, vendor).await?;
        let done = sqlx::query("DELETE FROM views WHERE id = $1 AND holder = $2 AND vendor = $3")
            .bind(storable(view.to_owned()))
            .bind(holder.key())
            .bind(storable(vendor.to_owned()))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

async fn holder(db: &mut SqlConnection, session: &SessionId, vendor: &str) -> Result<Holder> {
    let actor = audits::actor(db, session, &storable(vendor.to_owned()), "").await?;
    Ok(Holder::of(session, actor.user.as_ref()))
}

/// A session's own views at a vendor become its user's, as far as there is room; of two of one name, the user's counts.
pub(crate) async fn hand_over(db: &mut SqlConnection, session: &SessionId, user: &UserId, vendor: &str) -> Result<()> {
    let (from, to) = (Holder::Session(session.clone()).key(), Holder::User(user.clone()).key());
    sqlx::query(concat!(
        "UPDATE views SET holder = $2, session_id = NULL WHERE id IN (SELECT v.id FROM views v WHERE v.holder = $1 \
         AND v.vendor = $3 AND NOT EXISTS \
         (SELECT 1 FROM views o WHERE o.holder = $2 AND o.vendor = $3 AND o.name = v.name) ORDER BY v.name \
         LIMIT ",
        greatest!("0", "$4 - (SELECT count(*) FROM views u WHERE u.holder = $2 AND u.vendor = $3)"),
        ")"
    ))
    .bind(&from)
    .bind(&to)
    .bind(vendor)
    .bind(MOST)
    .execute(&mut *db)
    .await?;
    sqlx::query("DELETE FROM views WHERE holder = $1 AND vendor = $2").bind(&from).bind(vendor).execute(db).await?;
    Ok(())
}
