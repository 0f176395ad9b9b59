//! Opening a store: the address's scheme chooses the database.

use std::sync::Arc;
use std::time::Duration;

use crate::{Result, Store, StoreError};

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Connections to PostgreSQL, or readers of SQLite (which has one writer beside them), at most.
    pub max_connections: u32,
    /// How long a call waits for a connection, or for another process that is writing.
    pub acquire_timeout: Duration,
    /// How long PostgreSQL may take for one statement. SQLite, being in this process, has no such limit.
    pub statement_timeout: Duration,
}

impl Default for OpenOptions {
    /// Eight connections, five seconds to wait for one, five seconds a statement.
    fn default() -> Self {
        Self { max_connections: 8, acquire_timeout: Duration::from_secs(5), statement_timeout: Duration::from_secs(5) }
    }
}

/// Opens the database at `url` and brings its schema up to date; several processes may do so at once.
///
/// - `sqlite:PATH` (`sqlite:/var/lib/x.db`, `sqlite:x.db`, `sqlite:///var/lib/x.db`): a file, created with mode 0600
///   when missing. Its folder must exist.
/// - `postgres://…` or `postgresql://…`: as libpq knows it, with `sslmode` and `sslrootcert` in the query. The database
///   must exist.
///
/// Fails with `Address` when `url` is neither, `Schema` when the schema is unfinished, altered or newer than this
/// program.
pub async fn open(url: &str, options: OpenOptions) -> Result<Arc<dyn Store>> {
    let _ = (url, options);
    Err(StoreError::Address("no driver yet"))
}
