//! The support desk. No statement here reads a token.

use async_trait::async_trait;
use jiff::Timestamp;

use super::SqlStore;
use crate::grants::holders;
use crate::rows::{self, Cells as _, desk_columns, health_word, lock_columns, request_columns};
use crate::search::{Cursor, wanted};
use crate::time::to_micros;
use crate::{Desk, DeskPage, DeskQuery, Desks, Result, SessionId};

#[async_trait]
impl Desks for SqlStore {
    async fn desk(&self, vendor: &str) -> Result<Desk> {
        let counts = sqlx::query(
            "SELECT count(*) AS connections, count(CASE WHEN health NOT IN ('unknown', 'ok') THEN 1 END) AS failing \
             FROM connections WHERE vendor = $1 AND closed_at IS NULL",
        )
        .bind(vendor)
        .fetch_one(self.reading())
        .await?;
        let requests = sqlx::query(concat!(
            "SELECT ",
            request_columns!(),
            " FROM requests r JOIN users u ON u.id = r.user_id WHERE r.vendor = $1 AND r.state = 'waiting' \
             ORDER BY r.created_at, r.id LIMIT 100"
        ))
        .bind(vendor)
        .fetch_all(self.reading())
        .await?;
        let locks = sqlx::query(concat!(
            "SELECT ",
            lock_columns!(),
            " FROM locks l WHERE l.vendor = $1 AND l.released_at IS NULL ORDER BY l.locked_at, l.id LIMIT 100"
        ))
        .bind(vendor)
        .fetch_all(self.reading())
        .await?;
        Ok(Desk {
            connections: counts.count("connections")?,
            failing: counts.count("failing")?,
            requests: requests.iter().map(rows::request).collect::<Result<_>>()?,
            locks: locks.iter().map(rows::lock).collect::<Result<_>>()?,
        })
    }

    async fn desk_page(&self, vendor: &str, session: &SessionId, query: DeskQuery, now: Timestamp) -> Result<DeskPage> {
        let text = wanted(&query.text);
        let state = query.state.map(health_word);
        let cursor = Cursor::read(query.cursor.as_deref());
        // The inner query finds its rows in the index alone; of ten thousand searched, only those shown are read.
        let found = sqlx::query(concat!(
            "SELECT ",
            desk_columns!(),
            ", CAST(CASE WHEN EXISTS (SELECT 1 FROM grants g WHERE g.connection_id = c.id AND g.expires_at > $6 \
             AND g.holder IN ",
            holders!("$7", "$1"),
            ") THEN 1 ELSE 0 END AS BIGINT) AS granted \
             FROM (SELECT f.id FROM connections f WHERE f.vendor = $1 AND f.closed_at IS NULL \
             AND ($2 IS NULL OR f.health = $2) AND ($3 = '' OR ",
            contains!("f.searched", "$3"),
            ") \
             AND (f.connected_at, f.id) < ($4, $5) ORDER BY f.connected_at DESC, f.id DESC LIMIT $8) AS found \
             JOIN connections c ON c.id = found.id ORDER BY c.connected_at DESC, c.id DESC"
        ))
        .bind(vendor)
        .bind(state)
        .bind(&text)
        .bind(cursor.connected_at)
        .bind(cursor.id)
        .bind(to_micros(now))
        .bind(session.as_str())
        // One more tells whether anything follows.
        .bind(i64::from(query.limit) + 1)
        .fetch_all(self.reading())
        .await?;
        let mut rows = found.iter().map(rows::desk_row).collect::<Result<Vec<_>>>()?;
        let follows = rows.len() > usize::try_from(query.limit).unwrap_or(usize::MAX);
        rows.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
        let next = rows.last().filter(|_| follows).map(|(row, connected_at)| Cursor::after(*connected_at, &row.id));
        let rows: Vec<_> = rows.into_iter().map(|(row, _)| row).collect();
        let total = if query.cursor.is_none() && !follows {
            // All there is.
            u64::try_from(rows.len()).unwrap_or(u64::MAX)
        } else {
            self.count_lines(vendor, state, &text).await?
        };
        Ok(DeskPage { rows, total, next })
    }
}

impl SqlStore {
    /// How many of a vendor's open connections match.
    async fn count_lines(&self, vendor: &str, state: Option<&str>, text: &str) -> Result<u64> {
        let total = sqlx::query(concat!(
            "SELECT count(*) AS total FROM connections c WHERE c.vendor = $1 AND c.closed_at IS NULL \
             AND ($2 IS NULL OR c.health = $2) AND ($3 = '' OR ",
            contains!("c.searched", "$3"),
            ")"
        ))
        .bind(vendor)
        .bind(state)
        .bind(text)
        .fetch_one(self.reading())
        .await?;
        total.count("total")
    }
}
