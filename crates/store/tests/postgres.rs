//! The conformance suite on PostgreSQL, and what is PostgreSQL's alone.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;

use passerelle_store::testing::{FreshStore, fresh_postgres};
use passerelle_store::{
    Claim, ConnectionId, DeskQuery, Health, NewOperation, NewSession, OpenOptions, OperationId, OperationKind,
    OperationState, Receipt, Role, SessionId, StoreError, open,
};
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Connection as _, PgConnection};

passerelle_store::conformance_suite!(fresh);

fn admin_url() -> String {
    match std::env::var("PASSERELLE_TEST_POSTGRES") {
        Ok(url) => url,
        Err(_) => panic!(
            "these tests need a PostgreSQL: run them through `cargo xtask test`, which starts one, or set \
             PASSERELLE_TEST_POSTGRES to the address of a superuser, such as postgres://postgres@127.0.0.1:5432/postgres"
        ),
    }
}

async fn fresh() -> FreshStore {
    fresh_postgres(&admin_url()).await.unwrap()
}

/// A connection behind the store's back.
async fn behind(fresh: &FreshStore) -> PgConnection {
    PgConnection::connect(fresh.url()).await.unwrap()
}

fn session(id: &str) -> NewSession {
    let now = jiff::Timestamp::now();
    NewSession { id: SessionId::new(id), token_hash: [7; 32], browser: String::new(), created_at: now, expires_at: now }
}

#[tokio::test]
async fn is_unavailable_when_the_database_is_gone() {
    let fresh = fresh().await;
    let store = fresh.store();
    drop(fresh);
    let error = store.ping().await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    let error = store.create_session(session("s")).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
}

#[tokio::test]
async fn is_unavailable_when_nothing_listens() {
    // Port 1 is reserved (tcpmux) and unused.
    let error = open("postgres://nobody:secret@127.0.0.1:1/none", OpenOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn is_unavailable_while_the_database_is_read_only() {
    let fresh = fresh().await;
    let mut other = behind(&fresh).await;
    let read_only = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', \
                     current_database()); END $$";
    sqlx::query(read_only).execute(&mut other).await.unwrap();
    end_other_connections(&mut other).await;
    let error = fresh.store().create_session(session("s")).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    fresh.store().ping().await.unwrap();
}

#[tokio::test]
async fn survives_the_end_of_its_connections() {
    let fresh = fresh().await;
    fresh.store().ping().await.unwrap();
    end_other_connections(&mut behind(&fresh).await).await;
    fresh.store().ping().await.unwrap();
    fresh.store().create_session(session("s")).await.unwrap();
}

async fn end_other_connections(connection: &mut PgConnection) {
    let end = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    sqlx::query(end).execute(connection).await.unwrap();
}

#[tokio::test]
async fn is_unavailable_while_another_transaction_keeps_the_rows() {
    let fresh = fresh().await;
    let patience = OpenOptions { statement_timeout: Duration::from_millis(50), ..OpenOptions::default() };
    let store = open(fresh.url(), patience).await.unwrap();
    let mut other = behind(&fresh).await;
    let mut lock = other.begin().await.unwrap();
    sqlx::query("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE").execute(&mut *lock).await.unwrap();
    let error = store.create_session(session("s")).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    lock.rollback().await.unwrap();
    store.create_session(session("s")).await.unwrap();
}

#[tokio::test]
async fn tells_a_missing_migration_and_refuses_a_newer_or_altered_one() {
    let fresh = fresh().await;
    let mut other = behind(&fresh).await;
    sqlx::query("UPDATE _sqlx_migrations SET version = 99 WHERE version = 2").execute(&mut other).await.unwrap();
    let error = fresh.store().ping().await.unwrap_err();
    assert!(matches!(error, StoreError::Schema(_)), "{error:?}");
    let error = open(fresh.url(), OpenOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::Schema(_)), "{error:?}");

    let altered = r"UPDATE _sqlx_migrations SET version = 2, checksum = '\x00' WHERE version = 99";
    sqlx::query(altered).execute(&mut other).await.unwrap();
    let error = open(fresh.url(), OpenOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::Schema(_)), "{error:?}");
}

#[tokio::test]
async fn a_row_it_cannot_have_written_is_corrupt() {
    let fresh = fresh().await;
    fresh.store().create_session(session("s")).await.unwrap();
    let sql = "UPDATE sessions SET created_at = 9223372036854775807";
    sqlx::query(sql).execute(&mut behind(&fresh).await).await.unwrap();
    let now = jiff::Timestamp::now();
    let found = fresh.store().session(&[7; 32], now, jiff::SignedDuration::from_hours(1)).await;
    assert!(matches!(found, Err(StoreError::Corrupt(_))), "{found:?}");
}

/// Errors PostgreSQL itself gives, each provoked for real.
#[tokio::test]
async fn sorts_postgresqls_errors() {
    let fresh = fresh().await;
    let mut other = behind(&fresh).await;
    let check = r"INSERT INTO sessions VALUES ('x', '\x00', '', 0, 0, 0)";
    let error = StoreError::from(sqlx::query(check).execute(&mut other).await.unwrap_err());
    assert!(matches!(error, StoreError::Corrupt(_)), "check: {error:?}");
    let error = StoreError::from(sqlx::query("SELECT 1 FROM missing").execute(&mut other).await.unwrap_err());
    assert!(matches!(error, StoreError::Schema(_)), "missing table: {error:?}");
    let full = "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$";
    let error = StoreError::from(sqlx::query(full).execute(&mut other).await.unwrap_err());
    assert!(matches!(error, StoreError::Unavailable(_)), "full: {error:?}");
}

#[tokio::test]
async fn a_database_is_dropped_with_its_store() {
    let fresh = fresh().await;
    let name = fresh.url().rsplit('/').next().unwrap().to_owned();
    drop(fresh);
    let mut admin = PgConnection::connect(&admin_url()).await.unwrap();
    let found = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(name).fetch_optional(&mut admin).await;
    assert!(found.unwrap().is_none());
}

/// What the first version of the schema had is there, and means what it meant.
#[tokio::test]
async fn keeps_what_the_first_version_of_the_schema_had() {
    let fresh = fresh().await;
    let mut other = behind(&fresh).await;
    sqlx::raw_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public").execute(&mut other).await.unwrap();
    let first = Migration::new(
        1,
        "connect".into(),
        MigrationType::Simple,
        include_str!("../migrations/postgres/0001_connect.sql").into_sql_str(),
        false,
    );
    Migrator::with_migrations(vec![first]).run(&mut other).await.unwrap();
    let now = jiff::Timestamp::from_second(1_795_289_462).unwrap();
    let rows = "INSERT INTO sessions VALUES ('s', '\\x0707070707070707070707070707070707070707070707070707070707070707', 'Firefox', 0, 0, 9000000000000000); \
        INSERT INTO connections (id, vendor, till, state, level, hub_key, account_id, account_name, location_id, \
            location_name, scope, token_key_id, token_sealed, token_bound_to, token_fingerprint, connected_at, \
            connected_by, browser, version) \
        VALUES ('c', 'pos-helper', 'caisse', 'connected', 'location', '3r4s3-1', '3r4s3', 'CAFÉ', '3r4s3-1', 'Évry', \
            'location[orders.write]', 'k', '\\x01', 'c', '\\x0808080808080808080808080808080808080808080808080808080808080808', 1700000000000000, 's', 'Firefox', 3); \
        INSERT INTO grants VALUES ('s', 'c', 1700000000000000, 1795289463000000); \
        INSERT INTO attempts (id, state_hash, session_id, vendor, till, scope, phase, created_at, expires_at) \
        VALUES ('a', '\\x0909090909090909090909090909090909090909090909090909090909090909', 's', 'pos-helper', 'caisse', '', 'waiting', 0, 9000000000000000);";
    sqlx::raw_sql(rows).execute(&mut other).await.unwrap();

    let store = open(fresh.url(), OpenOptions::default()).await.unwrap();
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
    let fresh = fresh().await;
    let mut other = behind(&fresh).await;
    sqlx::raw_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public").execute(&mut other).await.unwrap();
    let step = |version, name: &'static str, text: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
    };
    let steps = vec![
        step(1, "connect", include_str!("../migrations/postgres/0001_connect.sql")),
        step(2, "people", include_str!("../migrations/postgres/0002_people.sql")),
    ];
    Migrator::with_migrations(steps).run(&mut other).await.unwrap();
    let rows = "INSERT INTO connections (id, vendor, till, state, level, hub_key, account_id, account_name, location_id, \
            location_name, scope, token_key_id, token_sealed, token_bound_to, token_fingerprint, connected_at, \
            connected_by, browser, closed_at, version, changed_at) \
        VALUES ('c', 'pixelpoint', 'caisse', 'connected', 'location', '3r4s3-1', '3r4s3', 'Café', '3r4s3-1', 'Évry', \
            'location[orders.write]', 'k', '\\x01', 'c', '\\x0707070707070707070707070707070707070707070707070707070707070707', 1700000000000000, 's', 'Firefox', NULL, 3, \
            1700000000000001), \
        ('former', 'pixelpoint', 'caisse', 'connected', 'location', '3r4s3-1', '3r4s3', 'Café', '3r4s3-1', 'Évry', \
            '', NULL, NULL, NULL, NULL, 1600000000000000, 's', 'Firefox', 1700000000000000, 3, 1), \
        ('d', 'pixelpoint', 'comptoir', 'connected', 'location', '3r4s3-1', '3r4s3', 'Café', '3r4s3-1', 'Évry', \
            '', 'k', '\\x02', 'd', '\\x0808080808080808080808080808080808080808080808080808080808080808', 1700000000000000, 's', 'Firefox', NULL, 3, 2); \
        INSERT INTO till_settings (connection_id, token_key_id, token_sealed, token_bound_to, token_tail, debug) \
        VALUES ('c', 'k', '\\x03', 't', '54321', 1), ('d', NULL, NULL, NULL, NULL, 0);";
    sqlx::raw_sql(rows).execute(&mut other).await.unwrap();

    let store = open(fresh.url(), OpenOptions::default()).await.unwrap();
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
