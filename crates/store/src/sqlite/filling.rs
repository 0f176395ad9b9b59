//! Many connections at once in SQLite, for measuring.

use super::SqliteStore;
use super::sql::connection_rows::insert;
use crate::{ConnectionRow, Result};

impl SqliteStore {
    pub(crate) async fn fill(&self, rows: &[ConnectionRow]) -> Result<()> {
        let mut tx = self.begin().await?;
        for row in rows {
            insert(&mut tx, row).await?;
        }
        tx.commit().await?;
        sqlx::query("ANALYZE").execute(&self.writer).await?;
        Ok(())
    }
}
