//! Opening the file: who may read it, what SQLite promises about it, its schema.

use std::path::Path;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::SqliteStore;
use super::checkpoints::{self, Checkpoints};
use crate::{OpenOptions, Result, StoreError, migrations};

impl SqliteStore {
    pub(crate) async fn open(path: &Path, options: &OpenOptions) -> Result<Self> {
        create_private(path)
            .await
            .map_err(|error| StoreError::Unavailable(format!("cannot create `{}`: {error}", path.display())))?;
        let connect = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            // What was acknowledged survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(options.acquire_timeout)
            .pragma("wal_autocheckpoint", checkpoints::OWN);
        // Connections to a file do not age.
        let pool = SqlitePoolOptions::new()
            .acquire_timeout(options.acquire_timeout)
            .idle_timeout(None::<Duration>)
            .max_lifetime(None::<Duration>)
            .test_before_acquire(false);
        // Of the indexes, whoever writes touches pages all over; 16 MiB of them stay at hand.
        // Of whatever number of rows, its statements are prepared once (see `batches`).
        let writing = connect.clone().pragma("cache_size", "-16384").statement_cache_capacity(300);
        // SQLite ends a transaction by itself when the disk is full, and sqlx goes on counting it: such a connection would
        // refuse every later one, so it is replaced.
        let writer = pool
            .clone()
            .max_connections(1)
            .before_acquire(|connection, _| {
                let sound = !connection.is_in_transaction();
                Box::pin(async move { Ok(sound) })
            })
            .connect_with(writing)
            .await?;
        let readers =
            pool.max_connections(options.max_connections).connect_lazy_with(connect.clone().pragma("query_only", "ON"));
        let store = Self { writer, readers, checkpoints: Checkpoints::of(connect) };
        // Within a transaction that holds the write lock: of several processes, one migrates and the others wait.
        let mut tx = store.begin().await?;
        migrations::sqlite().run(&mut *tx).await?;
        tx.commit().await?;
        Ok(store)
    }
}

/// Creates the file, readable by its owner alone, unless it exists. SQLite gives its companions (`-wal`, `-shm`) the
/// same mode.
async fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    match options.open(path).await {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn writes_again_once_a_full_disk_has_room() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("store.db"), &OpenOptions::default()).await.unwrap();
        // Told of the one connection that writes; its successor knows no such limit.
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&store.writer).await.unwrap();
        sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}")))
            .fetch_one(&store.writer)
            .await
            .unwrap();
        let write = async |text: &str| {
            let mut tx = store.begin().await?;
            sqlx::query("INSERT INTO users VALUES ($1, 'v', $1, '', '', 0, 0)").bind(text).execute(&mut *tx).await?;
            Ok::<_, StoreError>(tx.commit().await?)
        };
        let error = write(&"x".repeat(1_000_000)).await.unwrap_err();
        assert!(matches!(&error, StoreError::Unavailable(why) if why.contains("full")), "{error}");
        write("short").await.unwrap();
        write(&"x".repeat(1_000_000)).await.unwrap();
    }
}
