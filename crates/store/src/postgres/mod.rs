//! The store in PostgreSQL. Owns its connections and how it is opened; the statements are in the files beside.
//!
//! Several replicas of the server may use the database at once. A transaction locks the rows it decides upon; those
//! that move tokens also wait for one another, see [`PostgresStore::begin_moving`].

/// What locks the rows a transaction reads, or those of one of its tables.
macro_rules! locked {
    () => {
        " FOR UPDATE"
    };
    ($of:literal) => {
        concat!(" FOR UPDATE OF ", $of)
    };
}

/// What keeps others from writing the rows a transaction reads.
macro_rules! kept {
    () => {
        " FOR SHARE"
    };
}

/// What a statement claims of the rows that `which` names: not those that somebody else is claiming. `ARRAY` makes the inner
/// query run once, whatever the planner thinks of `IN`.
macro_rules! claimed {
    ($which:literal) => {
        concat!("= ANY (ARRAY (", $which, " FOR UPDATE SKIP LOCKED))")
    };
}

/// What leaves out the rows that somebody else is claiming.
macro_rules! unclaimed {
    () => {
        " FOR UPDATE SKIP LOCKED"
    };
}

/// The greater of two values.
macro_rules! greatest {
    ($one:literal, $other:literal) => {
        concat!("greatest(", $one, ", ", $other, ")")
    };
}

/// Whether a text contains another.
macro_rules! contains {
    ($text:literal, $part:literal) => {
        concat!("strpos(", $text, ", ", $part, ") > 0")
    };
}

/// By which index a table is read: the planner knows.
macro_rules! by_index {
    ($index:literal) => {
        ""
    };
}

mod delivering;
mod erasures;
mod exchanges;
#[cfg(feature = "conformance")]
mod filling;
mod forgetting;
mod indexing;
mod knowing;
mod lanes;
#[cfg(feature = "conformance")]
mod loading;
mod opening;
mod receiving;
mod registering;
mod resending;
mod shelf;
#[path = "../sql/mod.rs"]
mod sql;
mod stock_batches;
mod stock_lanes;
mod telling;

use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use self::sql::{acts, cancelling, erasing};
use crate::{Result, StoreError};

// By these names `sql` knows what is ours.
use PgConnection as SqlConnection;
use PostgresStore as SqlStore;
type SqlTransaction = Transaction<'static, Postgres>;

/// Held while a transaction moves tokens; the number is arbitrary but for being ours (`passerel` in ASCII).
const MOVING: i64 = i64::from_be_bytes(*b"passerel");

pub(crate) struct PostgresStore {
    pool: PgPool,
}

impl PostgresStore {
    /// Begins a transaction, in a task of its own: sqlx does not notice a `BEGIN` that is given up midway, as when a browser
    /// hangs up, and would hand on the connection within a transaction that nobody commits.
    async fn begin(&self) -> Result<SqlTransaction> {
        let pool = self.pool.clone();
        match tokio::spawn(async move { pool.begin().await }).await {
            Ok(begun) => Ok(begun?),
            Err(error) => Err(StoreError::Unavailable(error.to_string())),
        }
    }

    /// Begins a transaction that moves tokens. One at a time: whether a token is still needed elsewhere cannot be told
    /// from rows that another transaction is about to write. These transactions are short, and there is one for each
    /// time a person connects or disconnects.
    async fn begin_moving(&self) -> Result<SqlTransaction> {
        let mut tx = self.begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(MOVING).execute(&mut *tx).await?;
        Ok(tx)
    }

    fn reading(&self) -> &PgPool {
        &self.pool
    }

    fn writing(&self) -> &PgPool {
        &self.pool
    }

    async fn shut(&self) {
        self.pool.close().await;
    }
}

/// Lets nobody else do what is called `what` until the transaction ends.
async fn alone(tx: &mut PgConnection, what: &str) -> Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 5))").bind(what).execute(tx).await?;
    Ok(())
}
