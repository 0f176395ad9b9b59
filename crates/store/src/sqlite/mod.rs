//! The store in a SQLite file. Owns its connections and how it is opened; the statements are in the files beside.
//!
//! One writer, so that writing waits in a fair queue here instead of racing for SQLite's lock; readers beside it see
//! the last committed state (write-ahead log). Other processes may use the file: transactions that write begin
//! `IMMEDIATE`, so that what they have read cannot change under them.

/// What locks the rows a transaction reads, or those of one of its tables: the transaction is the only one that writes anyway.
macro_rules! locked {
    ($($of:literal)?) => {
        ""
    };
}

/// What keeps others from writing the rows a transaction reads.
macro_rules! kept {
    () => {
        ""
    };
}

/// What a statement claims of the rows that `which` names.
macro_rules! claimed {
    ($which:literal) => {
        concat!("IN (", $which, ")")
    };
}

/// What leaves out the rows that somebody else is claiming: nobody is.
macro_rules! unclaimed {
    () => {
        ""
    };
}

/// The greater of two values.
macro_rules! greatest {
    ($one:literal, $other:literal) => {
        concat!("max(", $one, ", ", $other, ")")
    };
}

/// Whether a text contains another.
macro_rules! contains {
    ($text:literal, $part:literal) => {
        concat!("instr(", $text, ", ", $part, ") > 0")
    };
}

/// By which index a table is read.
macro_rules! by_index {
    ($index:literal) => {
        concat!(" INDEXED BY ", $index)
    };
}

mod batches;
mod checkpoints;
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

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};

use self::checkpoints::Checkpoints;
use self::sql::{acts, cancelling, erasing};
use crate::Result;

// By these names `sql` knows what is ours.
use SqliteConnection as SqlConnection;
use SqliteStore as SqlStore;
type SqlTransaction = Transaction<'static, Sqlite>;

pub(crate) struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    checkpoints: Checkpoints,
}

impl SqliteStore {
    /// Begins a transaction that writes.
    async fn begin(&self) -> Result<SqlTransaction> {
        self.checkpoints.due();
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Begins a transaction that moves tokens: there is one writer, so they follow one another.
    async fn begin_moving(&self) -> Result<SqlTransaction> {
        self.begin().await
    }

    fn reading(&self) -> &SqlitePool {
        &self.readers
    }

    fn writing(&self) -> &SqlitePool {
        &self.writer
    }

    async fn shut(&self) {
        self.readers.close().await;
        self.checkpoints.end().await;
        // The last connection to close merges the write-ahead log into the file.
        self.writer.close().await;
    }
}

/// Lets nobody else do what is called `what` until the transaction ends: nobody else writes.
async fn alone(_tx: &mut SqliteConnection, _what: &str) -> Result<()> {
    Ok(())
}
