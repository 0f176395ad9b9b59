//! What can go wrong with the store. Owns the translation of both databases' errors into one enum.

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::migrate::MigrateError;

/// What the store answers.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store could not do what was asked. The texts are for logs; they hold no secret.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, is locked, full, read-only or shutting down. Trying later may help.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The row is not in the state the call supposes: somebody else was faster.
    #[error("changed by somebody else in between")]
    Conflict,
    /// The till was disconnected from this account, and only support can release it.
    #[error("the till is locked until support releases it")]
    Locked,
    /// What the database holds cannot be what this crate has written.
    #[error("database content is corrupt: {0}")]
    Corrupt(String),
    /// The schema is not the one this program needs: an unfinished, altered or newer migration.
    #[error("database schema does not fit: {0}")]
    Schema(String),
    /// The database's address cannot be understood. The address itself is left out: it may hold a password.
    #[error("database address: {0}")]
    Address(&'static str),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => from_database(error.as_ref()),
            sqlx::Error::Migrate(error) => (*error).into(),
            sqlx::Error::RowNotFound
            | sqlx::Error::TypeNotFound { .. }
            | sqlx::Error::ColumnIndexOutOfBounds { .. }
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_) => Self::Corrupt(error.to_string()),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) => error.into(),
            other => Self::Schema(other.to_string()),
        }
    }
}

/// Sorts an error by its code: PostgreSQL's are five characters (appendix A of its manual), SQLite's a number
/// (sqlite.org/rescode.html).
fn from_database(error: &dyn DatabaseError) -> StoreError {
    let code = error.code().unwrap_or_default();
    let text = format!("{} ({code})", error.message());
    if matches!(error.kind(), ErrorKind::UniqueViolation) {
        return StoreError::Conflict;
    }
    match code.parse::<i64>() {
        // PostgreSQL has codes made of digits alone, but SQLite's extended codes end at four digits.
        Ok(number) if code.len() < 5 => from_sqlite(number, text),
        _ => from_postgres(&code, text),
    }
}

fn from_sqlite(code: i64, text: String) -> StoreError {
    // The low byte is the primary result code.
    match code & 0xff {
        // ERROR: no such table or column.
        1 => StoreError::Schema(text),
        // CORRUPT, MISMATCH, NOTADB; CONSTRAINT other than unique: a row this crate would never write.
        11 | 19 | 20 | 26 => StoreError::Corrupt(text),
        // BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN and whatever else hinders.
        _ => StoreError::Unavailable(text),
    }
}

fn from_postgres(code: &str, text: String) -> StoreError {
    match code.get(..2) {
        // Data exception, integrity constraint violation, data or index corrupted.
        Some("22" | "23" | "XX") => StoreError::Corrupt(text),
        // Syntax error or access rule violation (no such table, no such column); 42501 is a missing privilege.
        Some("42") if code != "42501" => StoreError::Schema(text),
        // Connection, resources, operator intervention, locks, deadlocks, read-only, authorisation…
        _ => StoreError::Unavailable(text),
    }
}
