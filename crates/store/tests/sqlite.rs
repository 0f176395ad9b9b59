//! The conformance suite on SQLite, and what is SQLite's alone.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;

use passerelle_store::testing::{FreshStore, fresh_sqlite};
use passerelle_store::{
    Claim, ConnectionId, DeskQuery, Health, NewOperation, NewSession, OpenOptions, OperationId, OperationKind,
    OperationState, Receipt, Role, SessionId, StoreError, open,
};
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};

passerelle_store::conformance_suite!(fresh);

async fn fresh() -> FreshStore {
    fresh_sqlite(&std::env::temp_dir()).await.unwrap()
}

fn path(fresh: &FreshStore) -> &str {
    fresh.url().strip_prefix("sqlite:").unwrap()
}

/// A connection behind the store's back.
async fn behind(path: &str) -> SqliteConnection {
    SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.unwrap()
}

fn session(id: &str) -> NewSession {
    let now = jiff::Timestamp::now();
    NewSession { id: SessionId::new(id), token_hash: [7; 32], browser: String::new(), created_at: now, expires_at: now }
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_and_its_companions_are_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let fresh = fresh().await;
    fresh.store().create_session(session("s")).await.unwrap();
    for suffix in ["", "-wal", "-shm"] {
        let mode = std::fs::metadata(format!("{}{suffix}", path(&fresh))).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{suffix}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_when_opened_again() {
    let fresh = fresh().await;
    fresh.store().create_session(session("s")).await.unwrap();
    // Without closing the first: as if the process had been killed.
    let again = open(fresh.url(), OpenOptions::default()).await.unwrap();
    assert!(matches!(again.create_session(session("s")).await, Err(StoreError::Conflict)));
}

#[tokio::test]
async fn is_unavailable_while_another_process_keeps_it_locked() {
    let fresh = fresh().await;
    let patience = OpenOptions { acquire_timeout: Duration::from_millis(50), ..OpenOptions::default() };
    let store = open(fresh.url(), patience).await.unwrap();
    let mut other = behind(path(&fresh)).await;
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let error = store.create_session(session("s")).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    // Reading goes on meanwhile, and writing afterwards.
    store.ping().await.unwrap();
    lock.rollback().await.unwrap();
    store.create_session(session("s")).await.unwrap();
}

#[tokio::test]
async fn is_unavailable_when_it_cannot_be_created() {
    let folder = tempfile::tempdir().unwrap();
    let missing = format!("sqlite:{}/missing/store.db", folder.path().display());
    let error = open(&missing, OpenOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
}

#[tokio::test]
async fn refuses_a_file_that_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    std::fs::write(&file, "anything but a database, and long enough to have a header".repeat(40)).unwrap();
    let error = open(&format!("sqlite:{}", file.display()), OpenOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::Corrupt(_)), "{error:?}");
}

#[tokio::test]
async fn tells_a_missing_migration_and_refuses_a_newer_or_altered_one() {
    let fresh = fresh().await;
    let mut other = behind(path(&fresh)).await;
    sqlx::query("UPDATE _sqlx_migrations SET version = 99 WHERE version = 2").execute(&mut other).await.unwrap();
    let error = fresh.store().ping().await.unwrap_err();
    assert!(matches!(error, StoreError::Schema(_)), "{error:?}");
    let error = open(fresh.url(), OpenOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::Schema(_)), "{error:?}");

    sqlx::query("UPDATE _sqlx_migrations SET version = 2, checksum = x'00' WHERE version = 99")
        .execute(&mut other)
        .await
        .unwrap();
    let error = open(fresh.url(), OpenOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::Schema(_)), "{error:?}");
}

#[tokio::test]
async fn a_row_it_cannot_have_written_is_corrupt() {
    let fresh = fresh().await;
    fresh.store().create_session(session("s")).await.unwrap();
    let mut other = behind(path(&fresh)).await;
    let sql = "UPDATE sessions SET created_at = 9223372036854775807";
    sqlx::query(sql).execute(&mut other).await.unwrap();
    let now = jiff::Timestamp::now();
    let found = fresh.store().session(&[7; 32], now, jiff::SignedDuration::from_hours(1)).await;
    assert!(matches!(found, Err(StoreError::Corrupt(_))), "{found:?}");
}

/// Errors SQLite itself gives, each provoked for real.
#[tokio::test]
async fn sorts_sqlites_errors() {
    let fresh = fresh().await;
    let insert = "INSERT INTO sessions VALUES ('x', zeroblob(32), printf('%*c', 9000000, 'x'), 0, 0, 0)";

    let read_only = SqliteConnectOptions::new().filename(path(&fresh)).read_only(true);
    let mut read_only = SqliteConnection::connect_with(&read_only).await.unwrap();
    let error = StoreError::from(sqlx::query(insert).execute(&mut read_only).await.unwrap_err());
    assert!(matches!(error, StoreError::Unavailable(_)), "read-only: {error:?}");

    let mut full = behind(path(&fresh)).await;
    sqlx::query("PRAGMA max_page_count = 100").execute(&mut full).await.unwrap();
    let error = StoreError::from(sqlx::query(insert).execute(&mut full).await.unwrap_err());
    assert!(matches!(error, StoreError::Unavailable(_)), "full: {error:?}");

    let check = "INSERT INTO sessions VALUES ('x', zeroblob(31), '', 0, 0, 0)";
    let error = StoreError::from(sqlx::query(check).execute(&mut full).await.unwrap_err());
    assert!(matches!(error, StoreError::Corrupt(_)), "check: {error:?}");

    let error = StoreError::from(sqlx::query("SELECT 1 FROM missing").execute(&mut full).await.unwrap_err());
    assert!(matches!(error, StoreError::Schema(_)), "missing table: {error:?}");
}

/// What the first version of the schema had is there, and means what it meant.
#[tokio::test]
async fn keeps_what_the_first_version_of_the_schema_had() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    let first = Migration::new(
        1,
        "connect".into(),
        MigrationType::Simple,
        include_str!("../migrations/sqlite/0001_connect.sql").into_sql_str(),
        false,
    );
    Migrator::with_migrations(vec![first]).run(&mut other).await.unwrap();
    let now = jiff::Timestamp::from_second(1_795_289_462).unwrap();
    let rows = "INSERT INTO sessions VALUES ('s', zeroblob(32), 'Firefox', 0, 0, 9000000000000000); \
        INSERT INTO connections (id, vendor, till, state, level, hub_key, account_id, account_name, location_id, \
            location_name, scope, token_key_id, token_sealed, token_bound_to, token_fingerprint, connected_at, \
            connected_by, browser, version) \
        VALUES ('c', 'pos-helper', 'caisse', 'connected', 'location', '3r4s3-1', '3r4s3', 'CAFÉ', '3r4s3-1', 'Évry', \
            'location[orders.write]', 'k', x'01', 'c', zeroblob(32), 1700000000000000, 's', 'Firefox', 3); \
        INSERT INTO grants VALUES ('s', 'c', 1700000000000000, 1795289463000000); \
        INSERT INTO attempts (id, state_hash, session_id, vendor, till, scope, phase, created_at, expires_at) \
        VALUES ('a', x'0909090909090909090909090909090909090909090909090909090909090909', 's', 'pos-helper', 'caisse', '', 'waiting', 0, 9000000000000000);";
    sqlx::raw_sql(rows).execute(&mut other).await.unwrap();

    let store = open(&format!("sqlite:{}", file.display()), OpenOptions::default()).await.unwrap();
    let granted = store.connection(&ConnectionId::new("c"), &SessionId::new("s"), now).await.unwrap().unwrap();
    assert_eq!(granted.role, Role::Manage);
    let connection = granted.connection;
    assert_eq!((connection.version, connection.health, connection.health_since), (3, Health::Unknown, None));
    assert_eq!(connection.changed_at, connection.connected_at);
    let later = now + jiff::SignedDuration::from_secs(1);
    assert_eq!(store.connection(&ConnectionId::new("c"), &SessionId::new("s"), later).await.unwrap(), None);
    for text in ["café", "ÉVRY", "3R4S3"] {
        let query = DeskQuery { text: text.into(), limit: 10, ..DeskQuery::default() };
        let page = store.desk_page("pos-helper", &SessionId::new("s"), query, now).await.unwrap();
        assert_eq!((page.total, page.rows.iter().filter(|row| row.granted).count()), (1, 1), "{text}");
    }
    let claim = store.claim_attempt(&[9; 32], &SessionId::new("s"), now).await.unwrap();
    assert!(matches!(claim, Claim::Claimed(attempt) if !attempt.arrival && attempt.request.is_none()));
    // What changes now is told; what was here before is not.
    let changes = store.changed_since(connection.changed_at, 16).await.unwrap();
    assert_eq!((changes.connections, changes.until), (vec![], connection.changed_at));
}

/// What its second version had: a till's settings had one choice, and nothing was known of places or callbacks.
#[tokio::test]
async fn keeps_what_the_second_version_of_the_schema_had() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    let step = |version, name: &'static str, text: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
    };
    let steps = vec![
        step(1, "connect", include_str!("../migrations/sqlite/0001_connect.sql")),
        step(2, "people", include_str!("../migrations/sqlite/0002_people.sql")),
    ];
    Migrator::with_migrations(steps).run(&mut other).await.unwrap();
    let rows = "INSERT INTO connections (id, vendor, till, state, level, hub_key, account_id, account_name, location_id, \
            location_name, scope, token_key_id, token_sealed, token_bound_to, token_fingerprint, connected_at, \
            connected_by, browser, closed_at, version, changed_at) \
        VALUES ('c', 'pixelpoint', 'caisse', 'connected', 'location', '3r4s3-1', '3r4s3', 'Café', '3r4s3-1', 'Évry', \
            'location[orders.write]', 'k', x'01', 'c', x'0707070707070707070707070707070707070707070707070707070707070707', 1700000000000000, 's', 'Firefox', NULL, 3, \
            1700000000000001), \
        ('former', 'pixelpoint', 'caisse', 'connected', 'location', '3r4s3-1', '3r4s3', 'Café', '3r4s3-1', 'Évry', \
            '', NULL, NULL, NULL, NULL, 1600000000000000, 's', 'Firefox', 1700000000000000, 3, 1), \
        ('d', 'pixelpoint', 'comptoir', 'connected', 'location', '3r4s3-1', '3r4s3', 'Café', '3r4s3-1', 'Évry', \
            '', 'k', x'02', 'd', x'0808080808080808080808080808080808080808080808080808080808080808', 1700000000000000, 's', 'Firefox', NULL, 3, 2); \
        INSERT INTO till_settings (connection_id, token_key_id, token_sealed, token_bound_to, token_tail, debug) \
        VALUES ('c', 'k', x'03', 't', '54321', 1), ('d', NULL, NULL, NULL, NULL, 0);";
    sqlx::raw_sql(rows).execute(&mut other).await.unwrap();

    let store = open(&format!("sqlite:{}", file.display()), OpenOptions::default()).await.unwrap();
    let (c, d) = (ConnectionId::new("c"), ConnectionId::new("d"));
    let settings = store.till_settings(&c).await.unwrap().unwrap();
    assert_eq!((settings.token_tail.as_deref(), settings.choices.as_str()), (Some("54321"), r#"{"debug":true}"#));
    assert_eq!((settings.version, settings.changed_at.as_microsecond()), (1, 1_700_000_000_000_001));
    let settings = store.till_settings(&d).await.unwrap().unwrap();
    assert_eq!((settings.token, settings.choices.as_str(), settings.version), (None, "{}", 1));
    assert_eq!(store.connection_bare(&c).await.unwrap().unwrap().timezone, None);
    // Open connections have callbacks to look at, and places that former ones share.
    let now = jiff::Timestamp::from_second(1_795_289_462).unwrap();
    let vendors = ["pixelpoint".to_owned()];
    assert_eq!(store.claim_registrations(&vendors, now, now, 10).await.unwrap(), [c.clone(), d.clone()]);
    let operation = NewOperation {
        terms: Vec::new(),
        erases: None,
        id: OperationId::new("o"),
        connection: c.clone(),
        kind: OperationKind::OrderCreated,
        event_id: Some("e".into()),
        order: None,
        state: OperationState::Queued,
        cause: None,
        detail: None,
        received_at: now,
        exchange: None,
    };
    assert_eq!(store.receive(vec![operation]).await.unwrap(), [Receipt::Kept(OperationState::Queued)]);
    for (id, seen) in [(c, 1), (ConnectionId::new("former"), 1), (d, 0)] {
        assert_eq!(store.operations(&id, None, 10).await.unwrap().rows.len(), seen, "{id}");
    }
}
