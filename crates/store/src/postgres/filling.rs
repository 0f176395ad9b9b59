//! Many connections at once in PostgreSQL, for measuring.

use super::PostgresStore;
use super::sql::connection_rows::insert;
use crate::{ConnectionRow, Result};

impl PostgresStore {
    pub(crate) async fn fill(&self, rows: &[ConnectionRow]) -> Result<()> {
        let mut tx = self.begin().await?;
        for row in rows {
            insert(&mut tx, row).await?;
        }
        tx.commit().await?;
        // What autovacuum does within a minute.
        sqlx::query("VACUUM ANALYZE connections").execute(&self.pool).await?;
        Ok(())
    }
}
