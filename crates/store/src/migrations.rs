//! The schema's history, compiled in. Owns which migrations there are and in which order; their text lies in
//! `migrations/sqlite` and `migrations/postgres`, and is never changed once released: its checksum is kept.

#[cfg(feature = "conformance")]
use std::hash::{Hash as _, Hasher as _};

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::{Result, StoreError};

/// Version, name, text for SQLite, text for PostgreSQL.
type Step = (i64, &'static str, &'static str, &'static str);

const STEPS: &[Step] = &[
    (
        1,
        "connect",
        include_str!("../migrations/sqlite/0001_connect.sql"),
        include_str!("../migrations/postgres/0001_connect.sql"),
    ),
    (
        2,
        "people",
        include_str!("../migrations/sqlite/0002_people.sql"),
        include_str!("../migrations/postgres/0002_people.sql"),
    ),
    (
        3,
        "orders",
        include_str!("../migrations/sqlite/0003_orders.sql"),
        include_str!("../migrations/postgres/0003_orders.sql"),
    ),
    (4, "log", include_str!("../migrations/sqlite/0004_log.sql"), include_str!("../migrations/postgres/0004_log.sql")),
    (
        5,
        "acts",
        include_str!("../migrations/sqlite/0005_acts.sql"),
        include_str!("../migrations/postgres/0005_acts.sql"),
    ),
    (
        6,
        "stock",
        include_str!("../migrations/sqlite/0006_stock.sql"),
        include_str!("../migrations/postgres/0006_stock.sql"),
    ),
    (
        7,
        "slim",
        include_str!("../migrations/sqlite/0007_slim.sql"),
        include_str!("../migrations/postgres/0007_slim.sql"),
    ),
    (
        8,
        "embedding",
        include_str!("../migrations/sqlite/0008_embedding.sql"),
        include_str!("../migrations/postgres/0008_embedding.sql"),
    ),
    (
        9,
        "channels",
        include_str!("../migrations/sqlite/0009_channels.sql"),
        include_str!("../migrations/postgres/0009_channels.sql"),
    ),
];

pub(crate) fn sqlite() -> Migrator {
    migrator(|(.., sqlite, _)| sqlite)
}

pub(crate) fn postgres() -> Migrator {
    migrator(|(.., postgres)| postgres)
}

fn migrator(text: impl Fn(&Step) -> &'static str) -> Migrator {
    let migration =
        |step: &Step| Migration::new(step.0, step.1.into(), MigrationType::Simple, text(step).into_sql_str(), false);
    Migrator::with_migrations(STEPS.iter().map(migration).collect())
}

/// A number that changes with any of PostgreSQL's texts.
#[cfg(feature = "conformance")]
pub(crate) fn fingerprint() -> u64 {
    let mut hash = std::hash::DefaultHasher::new();
    STEPS.iter().for_each(|(.., text)| text.hash(&mut hash));
    hash.finish()
}

/// Checks the versions a database says it has; more than this program knows are fine while a newer one is rolled out.
pub(crate) fn check_applied(applied: &[i64]) -> Result<()> {
    match STEPS.iter().find(|step| !applied.contains(&step.0)) {
        None => Ok(()),
        Some((version, name, ..)) => Err(StoreError::Schema(format!("migration {version} `{name}` is missing"))),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn files(folder: &str) -> Vec<(String, String)> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap())
            })
            .collect();
        files.sort();
        files
    }

    #[test]
    fn every_file_is_compiled_in_under_its_own_number() {
        let sqlite: Vec<_> = STEPS.iter().map(|s| (format!("{:04}_{}.sql", s.0, s.1), s.2.to_owned())).collect();
        let postgres: Vec<_> = STEPS.iter().map(|s| (format!("{:04}_{}.sql", s.0, s.1), s.3.to_owned())).collect();
        assert_eq!(files("sqlite"), sqlite);
        assert_eq!(files("postgres"), postgres);
    }

    #[test]
    fn a_missing_migration_is_named_and_a_newer_one_is_not_minded() {
        assert!(check_applied(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 99]).is_ok());
        let error = check_applied(&[]).unwrap_err();
        assert_eq!(error.to_string(), "database schema does not fit: migration 1 `connect` is missing");
    }
}
