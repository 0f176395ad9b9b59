//! What the third version of the schema had kept of exchanges, in two tables and without a dictionary, on both databases.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use passerelle_store::testing::fresh_postgres;
use passerelle_store::{
    ConnectionId, Ended, ExchangeId, OpenOptions, OperationFilter, OperationId, OperationState, Start, Store, Term,
    TermKind, Way, open,
};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqlSafeStr as _, SqliteConnection};

fn steps<const N: usize>(texts: [&'static str; N]) -> Migrator {
    let names = ["connect", "people", "orders", "log", "acts"];
    let step = |(version, (name, text)): (i64, (&'static str, &'static str))| {
        Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
    };
    Migrator::with_migrations((1..).zip(names.into_iter().zip(texts)).map(step).collect())
}

/// A connection, an order that was delivered with two calls, and a call of the connection's own; `blob` writes bytes.
fn rows(blob: fn(&[u8]) -> String) -> String {
    let whole = b"a: b\n<Request/>c: d\nno";
    let mut packed = Vec::new();
    for length in [5_u32, 10, 5, 2] {
        packed.extend_from_slice(&length.to_le_bytes());
    }
    packed.extend_from_slice(&zstd::bulk::compress(whole, 3).unwrap());
    let (packed, token) = (blob(&packed), blob(&[7; 32]));
    format!(
        "INSERT INTO places (vendor, till, hub_key) VALUES ('pixelpoint', 'caisse', '3r4s3-1'); \
         INSERT INTO connections (id, vendor, till, state, level, hub_key, account_id, account_name, location_id, \
             location_name, scope, token_key_id, token_sealed, token_bound_to, token_fingerprint, connected_at, \
             connected_by, browser, version, changed_at, place_id) \
         VALUES ('c', 'pixelpoint', 'caisse', 'connected', 'location', '3r4s3-1', '3r4s3', 'Café', '3r4s3-1', 'Évry', \
             '', 'k', {token}, 'c', {token}, 1700000000000000, 's', 'Firefox', 3, 1, 1); \
         INSERT INTO operations (id, place_id, connection_id, kind, event_id, order_id, channel, state, tries, \
             received_at, changed_at) VALUES ('o', 1, 'c', 'order_created', 'e', '5dpm9', 'Web', 'delivered', 1, 5, 6); \
         INSERT INTO exchanges (id, place_id, connection_id, operation_seq, way, method, url, status, ended, \
             started_at, duration_us, error, request_size, response_size) \
         VALUES ('x', 1, 'c', 1, 'hubrise_to_bridge', 'POST', 'https://bridge.example/é', 200, 'answered', 5, 7, NULL, 10, 2), \
             ('y', 1, 'later', 1, 'bridge_to_till', 'POST', 'http://till/', NULL, 'unanswered', 6, 8, 'no answer', 10, 2), \
             ('z', 1, 'c', NULL, 'bridge_to_hubrise', 'GET', 'https://api.example/', 404, 'answered', 7, 9, NULL, 10, 2); \
         INSERT INTO bodies (exchange_seq, packed) VALUES (1, {packed}), (2, {packed}), (3, {packed});"
    )
}

async fn reads(store: &dyn Store) {
    let c = ConnectionId::new("c");
    let page = store.log(&c, &OperationFilter::default(), Start::Newest, 10).await.unwrap();
    let row = &page.rows[0];
    assert_eq!((row.id.as_str(), row.state, row.may_be_printed), ("o", OperationState::Delivered, true));
    assert_eq!((row.sent_with.as_ref(), row.manual, row.resends, row.handled_at), (None, false, 0, None));
    let said = store.exchanges(&c, &OperationId::new("o")).await.unwrap();
    assert_eq!(said.iter().map(|said| said.id.as_str()).collect::<Vec<_>>(), ["x", "y"]);
    let (x, y) = (&said[0], &said[1]);
    assert_eq!(
        (x.way, x.ended, x.status, x.url.as_str()),
        (Way::HubriseToBridge, Ended::Answered, Some(200), "https://bridge.example/é")
    );
    assert_eq!((x.connection.as_str(), x.duration_us, x.request_size, x.response_size), ("c", 7, 10, 2));
    assert_eq!(
        (y.way, y.ended, y.status, y.error.as_deref()),
        (Way::BridgeToTill, Ended::Unanswered, None, Some("no answer"))
    );
    assert_eq!(y.connection.as_str(), "later");
    for id in ["x", "y", "z"] {
        let whole = store.exchange(&c, &ExchangeId::new(id)).await.unwrap().unwrap();
        assert_eq!((whole.request_headers.as_str(), whole.response_headers.as_str()), ("a: b\n", "c: d\n"), "{id}");
        assert_eq!((whole.request_body.as_slice(), whole.response_body.as_slice()), (&b"<Request/>"[..], &b"no"[..]));
        assert_eq!(whole.row.operation.is_some(), id != "z");
    }
    let all = OperationFilter::default();
    let id = Term { kind: TermKind::OrderId, text: "5dpm".into() };
    assert_eq!(store.find(&c, &[id], None, &all, None, 10).await.unwrap().found.len(), 1);
    let found = store.search_bodies(&c, "<request", &all, None, 10).await.unwrap().found;
    assert_eq!((found.len(), found[0].exchange.as_str()), (1, "x"));
    assert_eq!(store.channels(&c).await.unwrap(), ["Web"]);
    assert_eq!(
        store.forget_operations(jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(1), 10).await.unwrap(),
        2
    );
    assert_eq!(store.exchange(&c, &ExchangeId::new("x")).await.unwrap(), None);
}

#[tokio::test]
async fn sqlite_keeps_what_the_third_version_of_the_schema_had() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    let texts = [
        include_str!("../migrations/sqlite/0001_connect.sql"),
        include_str!("../migrations/sqlite/0002_people.sql"),
        include_str!("../migrations/sqlite/0003_orders.sql"),
    ];
    steps(texts).run(&mut other).await.unwrap();
    let hex = |bytes: &[u8]| format!("x'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    sqlx::raw_sql(AssertSqlSafe(rows(hex))).execute(&mut other).await.unwrap();
    let store = open(&format!("sqlite:{}", file.display()), OpenOptions::default()).await.unwrap();
    reads(&*store).await;
}

#[tokio::test]
async fn postgres_keeps_what_the_third_version_of_the_schema_had() {
    let admin = std::env::var("PASSERELLE_TEST_POSTGRES").unwrap();
    let fresh = fresh_postgres(&admin).await.unwrap();
    let mut other = PgConnection::connect(fresh.url()).await.unwrap();
    sqlx::raw_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;").execute(&mut other).await.unwrap();
    let texts = [
        include_str!("../migrations/postgres/0001_connect.sql"),
        include_str!("../migrations/postgres/0002_people.sql"),
        include_str!("../migrations/postgres/0003_orders.sql"),
    ];
    steps(texts).run(&mut other).await.unwrap();
    let hex = |bytes: &[u8]| format!("'\\x{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    sqlx::raw_sql(AssertSqlSafe(rows(hex))).execute(&mut other).await.unwrap();
    let store = open(fresh.url(), OpenOptions::default()).await.unwrap();
    reads(&*store).await;
}

/// SQLite makes the table of operations anew: every column of every row is what it was, and no number is given again.
#[tokio::test]
async fn sqlite_keeps_every_operation_when_stock_comes() {
    const ALL: &str = "SELECT group_concat(json_array(seq, id, place_id, connection_id, kind, event_id, order_id, reference, \
        channel, total, status, ordered_at, expected_at, state, cause, detail, flag, tries, due_at, try_lease, telling, \
        told_tries, told_due_at, told_lease, told_until, received_at, changed_at, notes, hex(sent_with), may_be_printed, \
        manual, resends, handled_at, words), char(10)) FROM (SELECT * FROM operations ORDER BY seq)";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    let texts = [
        include_str!("../migrations/sqlite/0001_connect.sql"),
        include_str!("../migrations/sqlite/0002_people.sql"),
        include_str!("../migrations/sqlite/0003_orders.sql"),
        include_str!("../migrations/sqlite/0004_log.sql"),
        include_str!("../migrations/sqlite/0005_acts.sql"),
    ];
    steps(texts).run(&mut other).await.unwrap();
    let row = |seq: i64, state: &str, due: &str| {
        format!(
            "INSERT INTO operations (seq, id, place_id, connection_id, kind, event_id, order_id, reference, channel, \
             total, status, ordered_at, expected_at, state, cause, detail, flag, tries, due_at, try_lease, telling, \
             told_tries, told_due_at, told_lease, told_until, received_at, changed_at, notes, sent_with, \
             may_be_printed, manual, resends, handled_at, words) VALUES ({seq}, 'o{seq}', 1, 'c', 'order_created', 'e{seq}', '5dpm9', 'r', 'Web', \
             '9.80 EUR', 'new', 11, 12, '{state}', 'till_fault', 'd', 'f', 3, {due}, 14, 'due', 2, 15, 16, 17, 18, 19, \
             'n', x'0708', 1, 1, 4, 20, 'w');"
        )
    };
    let rows = [row(3, "queued", "13"), row(7, "delivered", "NULL"), row(9, "unknown", "NULL")].concat();
    sqlx::raw_sql(AssertSqlSafe(rows + "DELETE FROM operations WHERE seq = 9")).execute(&mut other).await.unwrap();
    let before: String = sqlx::query_scalar(ALL).fetch_one(&mut other).await.unwrap();
    assert_eq!(before.lines().count(), 2);
    drop(open(&format!("sqlite:{}", file.display()), OpenOptions::default()).await.unwrap());
    let after: String = sqlx::query_scalar(ALL).fetch_one(&mut other).await.unwrap();
    assert_eq!(after, before);
    let last: i64 = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'operations'")
        .fetch_one(&mut other)
        .await
        .unwrap();
    assert_eq!(last, 9);
}
