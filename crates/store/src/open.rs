//! Opening a store: the address's scheme chooses the database.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::postgres::PostgresStore;
use crate::sqlite::SqliteStore;
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
    match Address::parse(url)? {
        Address::Sqlite(path) => Ok(Arc::new(SqliteStore::open(path, &options).await?)),
        Address::Postgres => Ok(Arc::new(PostgresStore::open(url, &options).await?)),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Address<'a> {
    Sqlite(&'a Path),
    Postgres,
}

impl<'a> Address<'a> {
    fn parse(url: &'a str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres);
        }
        let Some(path) = url.strip_prefix("sqlite:") else {
            return Err(StoreError::Address("it must begin with `sqlite:` or `postgres://`"));
        };
        match path.strip_prefix("//").unwrap_or(path) {
            "" => Err(StoreError::Address("`sqlite:` must be followed by the file's path")),
            path if path.starts_with(':') => Err(StoreError::Address("SQLite in memory is not supported: name a file")),
            path => Ok(Self::Sqlite(Path::new(path))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Result<Address<'_>>) {
        assert_eq!(format!("{:?}", Address::parse(url)), format!("{expected:?}"), "{url}");
    }

    #[test]
    fn the_scheme_chooses_the_database() {
        check("sqlite:x.db", Ok(Address::Sqlite(Path::new("x.db"))));
        check("sqlite:/var/lib/x.db", Ok(Address::Sqlite(Path::new("/var/lib/x.db"))));
        check("sqlite:///var/lib/x.db", Ok(Address::Sqlite(Path::new("/var/lib/x.db"))));
        check("postgres://u:p@h/d", Ok(Address::Postgres));
        check("postgresql://h/d", Ok(Address::Postgres));
    }

    #[test]
    fn refuses_what_it_cannot_open_without_repeating_it() {
        check("mysql://u:secret@h/d", Err(StoreError::Address("it must begin with `sqlite:` or `postgres://`")));
        check("sqlite:", Err(StoreError::Address("`sqlite:` must be followed by the file's path")));
        let memory = "SQLite in memory is not supported: name a file";
        check("sqlite::memory:", Err(StoreError::Address(memory)));
    }
}
