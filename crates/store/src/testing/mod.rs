//! Throw-away databases for tests, here and in the crates that use the store. Owns their creation and their end; filling
//! them is `filling`'s.

mod filling;
mod loading;
pub mod traffic;

pub use filling::fill;
pub(crate) use loading::Loaded;
pub use loading::Loader;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::{OpenOptions, Result, Store, StoreError, open};

/// A store of its own for one test. Dropping it drops the database.
pub struct FreshStore {
    store: Arc<dyn Store>,
    url: String,
    _guard: Guard,
}

impl FreshStore {
    /// The store.
    pub fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store)
    }

    /// Its address, to open it a second time or to look behind its back.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Held for what its drop does.
enum Guard {
    Folder { _folder: tempfile::TempDir },
    Database { _database: Database },
}

/// A SQLite file in a new folder within `dir`.
pub async fn fresh_sqlite(dir: &Path) -> Result<FreshStore> {
    let folder = tempfile::tempdir_in(dir).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    let store = open(&url, OpenOptions::default()).await?;
    Ok(FreshStore { store, url, _guard: Guard::Folder { _folder: folder } })
}

/// A new database in the cluster of `admin_url`, whose user must be allowed to create databases.
pub async fn fresh_postgres(admin_url: &str) -> Result<FreshStore> {
    let database = Database::create(admin_url).await?;
    let url = database.url();
    let store = open(&url, OpenOptions::default()).await?;
    Ok(FreshStore { store, url, _guard: Guard::Database { _database: database } })
}

/// A database of a PostgreSQL cluster, dropped with it.
struct Database {
    admin_url: String,
    name: String,
}

impl Database {
    async fn create(admin_url: &str) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("passerelle_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mut admin = PgConnection::connect(admin_url).await?;
        // An earlier process of the same number may have been killed before it could tidy up.
        drop_database(&mut admin, &name).await?;
        // A database's name cannot be a parameter; this one is made of digits and letters above.
        let create = format!("CREATE DATABASE {name} TEMPLATE template0");
        sqlx::query(AssertSqlSafe(create)).execute(&mut admin).await?;
        admin.close().await?;
        Ok(Self { admin_url: admin_url.to_owned(), name })
    }

    /// The cluster's address with this database in place of the administrator's.
    fn url(&self) -> String {
        let (base, query) = match self.admin_url.split_once('?') {
            Some((base, query)) => (base, format!("?{query}")),
            None => (self.admin_url.as_str(), String::new()),
        };
        let host_end = base.find("://").map_or(0, |at| at + 3);
        let path_start = base[host_end..].find('/').map_or(base.len(), |at| host_end + at);
        format!("{}/{}{query}", &base[..path_start], self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (admin_url, name) = (self.admin_url.clone(), self.name.clone());
        // The test's runtime cannot be waited for in here; another thread can.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut admin = PgConnection::connect(&admin_url).await?;
                drop_database(&mut admin, &name).await
            })
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            tracing::warn!(database = self.name, "test database was not dropped");
        }
    }
}

async fn drop_database(admin: &mut PgConnection, name: &str) -> sqlx::Result<()> {
    // `FORCE` ends the connections of the store under test.
    let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    sqlx::query(AssertSqlSafe(statement)).execute(admin).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_database_in_place_of_the_administrators() {
        let url = |admin: &str| {
            // Not dropped: there is no such cluster.
            let database = std::mem::ManuallyDrop::new(Database { admin_url: admin.into(), name: "t".into() });
            database.url()
        };
        assert_eq!(url("postgres://u@127.0.0.1:5433/postgres"), "postgres://u@127.0.0.1:5433/t");
        assert_eq!(url("postgres://h"), "postgres://h/t");
        assert_eq!(url("postgres://h/postgres?sslmode=disable"), "postgres://h/t?sslmode=disable");
    }
}
