//! Moving what was written from the write-ahead log into the file, beside those who write: whoever commits would otherwise
//! do it now and then, and all who wait to write would wait for it.
//!
//! Under load that never ends, a checkpoint beside the writer never catches up with it, and the log would grow without end.
//! So the writer still makes one of its own at `OWN` pages; then little is left to be moved.

use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinHandle;

/// A rush of orders writes the same pages over and over: they are moved once for all that was written so long.
const GATHERED: Duration = Duration::from_secs(1);
/// Pages of 4 KiB in the log at which the writer makes a checkpoint itself.
pub(super) const OWN: &str = "16384";

/// Checkpoints of one file, until it is dropped.
pub(super) struct Checkpoints {
    written: Arc<Notify>,
    task: Mutex<JoinHandle<()>>,
}

impl Checkpoints {
    pub(super) fn of(file: SqliteConnectOptions) -> Self {
        let written = Arc::new(Notify::new());
        let task = Mutex::new(tokio::spawn(run(file, Arc::clone(&written))));
        Self { written, task }
    }

    /// Something is about to be written.
    pub(super) fn due(&self) {
        self.written.notify_one();
    }

    /// Ends them; whoever closes the file afterwards is the last to have it open.
    pub(super) async fn end(&self) {
        let mut task = self.task.lock().await;
        if !task.is_finished() {
            task.abort();
            // That it was cut short is what was wanted.
            let _cut_short = (&mut *task).await;
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.task.get_mut().abort();
    }
}

async fn run(file: SqliteConnectOptions, written: Arc<Notify>) {
    let mut connection = None;
    loop {
        written.notified().await;
        tokio::time::sleep(GATHERED).await;
        // What fails here is done by the writer in the end.
        connection = checkpoint(&file, connection.take()).await.ok();
    }
}

async fn checkpoint(
    file: &SqliteConnectOptions,
    connection: Option<SqliteConnection>,
) -> Result<SqliteConnection, sqlx::Error> {
    let mut connection = match connection {
        Some(connection) => connection,
        None => file.connect().await?,
    };
    // It waits for nobody, and nobody for it.
    if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").fetch_all(&mut connection).await {
        connection.close().await?;
        return Err(error);
    }
    Ok(connection)
}
