//! Opening the database: how long it may take to answer, its schema.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection};

use super::PostgresStore;
use crate::{OpenOptions, Result, StoreError, migrations};

/// How long migrations may take, waiting for another replica's included. Of 20 million exchanges, 0007 takes some minutes, and
/// one that is given up begins anew at the next start.
const MIGRATION_TIMEOUT: Duration = Duration::from_secs(30 * 60);

impl PostgresStore {
    pub(crate) async fn open(url: &str, options: &OpenOptions) -> Result<Self> {
        // The error is dropped: it may repeat the password.
        let connect = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::Address("not a PostgreSQL address"))?
            .application_name("passerelle");
        tokio::time::timeout(MIGRATION_TIMEOUT, migrate(&connect))
            .await
            .map_err(|_| StoreError::Unavailable("migrations take too long".to_owned()))??;

        let timeout = options.statement_timeout.as_millis();
        let connect = connect.options([
            ("statement_timeout", timeout.to_string()),
            // A replica that hangs in the middle of a transaction lets go of its locks.
            ("idle_in_transaction_session_timeout", timeout.saturating_mul(2).to_string()),
            // For disks without moving heads (4 by default): else orders of a large place that need somebody, which are few, are
            // sought by going through all orders of all places.
            ("random_page_cost", "1.1".to_owned()),
            // Every statement here is short: compiling one takes longer than running it.
            ("jit", "off".to_owned()),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(options.max_connections)
            .acquire_timeout(options.acquire_timeout)
            .connect_with(connect)
            .await?;
        Ok(Self { pool })
    }
}

/// On a connection of its own, without the limits of the others. The migrator holds an advisory lock meanwhile: of
/// several replicas, one migrates and the others wait.
async fn migrate(connect: &PgConnectOptions) -> Result<()> {
    let mut connection = PgConnection::connect_with(connect).await?;
    migrations::postgres().run(&mut connection).await?;
    Ok(connection.close().await?)
}
