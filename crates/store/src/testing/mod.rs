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
        let template = template(admin_url, &mut admin).await?;
        // An earlier process of the same number may have been killed before it could tidy up.
        drop_database(&mut admin, &name).await?;
        copy_database(&mut admin, &name, &template).await?;
        admin.close().await?;
        Ok(Self { admin_url: admin_url.to_owned(), name })
    }

    fn url(&self) -> String {
        url_of(&self.admin_url, &self.name)
    }
}

/// The name of a database with the schema and nothing in it, made by whichever test is first: copying it takes a quarter of the
/// time that migrating takes, and a run needs a thousand of them. The name tells the schema, as a cluster may outlive it.
async fn template(admin_url: &str, admin: &mut PgConnection) -> Result<String> {
    let name = format!("passerelle_schema_{:016x}", crate::migrations::fingerprint());
    // Until the connection is closed; the number is arbitrary but for being ours.
    sqlx::query("SELECT pg_advisory_lock($1)").bind(i64::from_be_bytes(*b"template")).execute(&mut *admin).await?;
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(&name)
        .fetch_one(&mut *admin)
        .await?;
    if !there {
        // It gets its name when it is whole: whoever makes it may be killed.
        let half = format!("{name}_half");
        drop_database(admin, &half).await?;
        copy_database(admin, &half, "template0").await?;
        let store = open(&url_of(admin_url, &half), OpenOptions::default()).await?;
        store.close().await;
        drop(store);
        sqlx::query(AssertSqlSafe(format!("ALTER DATABASE {half} RENAME TO {name}"))).execute(&mut *admin).await?;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(i64::from_be_bytes(*b"template")).execute(&mut *admin).await?;
    Ok(name)
}

/// A name cannot be a parameter; ours are made of digits and letters.
async fn copy_database(admin: &mut PgConnection, name: &str, of: &str) -> sqlx::Result<()> {
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {of}"))).execute(admin).await?;
    Ok(())
}

/// A cluster's address with this database in place of the administrator's.
fn url_of(admin_url: &str, name: &str) -> String {
    let (base, query) = match admin_url.split_once('?') {
        Some((base, query)) => (base, format!("?{query}")),
        None => (admin_url, String::new()),
    };
    let host_end = base.find("://").map_or(0, |at| at + 3);
    let path_start = base[host_end..].find('/').map_or(base.len(), |at| host_end + at);
    format!("{}/{name}{query}", &base[..path_start])
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
        let url = |admin| url_of(admin, "t");
        assert_eq!(url("postgres://u@127.0.0.1:5433/postgres"), "postgres://u@127.0.0.1:5433/t");
        assert_eq!(url("postgres://h"), "postgres://h/t");
        assert_eq!(url("postgres://h/postgres?sslmode=disable"), "postgres://h/t?sslmode=disable");
    }
}
