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
    let names = ["connect", "people", "orders", "log", "acts", "stock"];
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

/// PostgreSQL writes its largest tables anew: every column of every row is what it was, and is found as it was.
#[tokio::test]
async fn postgres_keeps_everything_when_it_grows_slim() {
    const ALL: &str = "SELECT concat_ws(chr(10), (SELECT json_agg(o ORDER BY seq) FROM operations o), \
        (SELECT json_agg(w ORDER BY seq, word) FROM words w), (SELECT json_agg(e ORDER BY seq) FROM exchanges e))";
    let admin = std::env::var("PASSERELLE_TEST_POSTGRES").unwrap();
    let fresh = fresh_postgres(&admin).await.unwrap();
    let mut other = PgConnection::connect(fresh.url()).await.unwrap();
    sqlx::raw_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;").execute(&mut other).await.unwrap();
    let texts = [
        include_str!("../migrations/postgres/0001_connect.sql"),
        include_str!("../migrations/postgres/0002_people.sql"),
        include_str!("../migrations/postgres/0003_orders.sql"),
        include_str!("../migrations/postgres/0004_log.sql"),
        include_str!("../migrations/postgres/0005_acts.sql"),
        include_str!("../migrations/postgres/0006_stock.sql"),
    ];
    steps(texts).run(&mut other).await.unwrap();
    // Of three operations one is forgotten; each has two calls, and there are two of the connection's own.
    let rows = "INSERT INTO places (vendor, till, hub_key) VALUES ('pixelpoint', 'caisse', '3r4s3-1'); \
        INSERT INTO connections (id, vendor, till, state, level, hub_key, account_id, account_name, location_id, \
            location_name, scope, token_key_id, token_sealed, token_bound_to, token_fingerprint, connected_at, \
            connected_by, browser, version, changed_at, place_id) \
        VALUES ('c', 'pixelpoint', 'caisse', 'connected', 'location', '3r4s3-1', '3r4s3', 'Café', '3r4s3-1', 'Évry', \
            '', 'k', decode(repeat('07', 32), 'hex'), 'c', decode(repeat('07', 32), 'hex'), 1700000000000000, 's', \
            'Firefox', 3, 1, 1); \
        INSERT INTO operations (id, place_id, connection_id, kind, event_id, order_id, reference, channel, total, status, \
            ordered_at, expected_at, state, cause, detail, flag, tries, due_at, try_lease, telling, told_tries, told_due_at, \
            told_lease, told_until, received_at, changed_at, notes, sent_with, may_be_printed, manual, resends, handled_at, \
            words) \
        SELECT 'o' || n, 1, 'c', 'order_created', 'e' || n, '5dpm9', 'r', 'Web', '9.80 EUR', 'new', 11, 12, \
            CASE n WHEN 1 THEN 'queued' ELSE 'delivered' END, 'till_fault', 'd', 'f', 70000 + n, CASE n WHEN 1 THEN 13 END, \
            14, 'due', 60000 + n, 15, 16, 17, 5000000000 + n, 5000000000 + n, 'n', '\\x0048', 1, n % 2, 40000 + n, 20, \
            'nzola' || n || chr(10) || 'uk9' FROM generate_series(1, 3) AS n; \
        INSERT INTO words (place_id, word, seq) SELECT place_id, unnest(string_to_array(words, chr(10))), seq FROM operations; \
        INSERT INTO exchanges (operation_seq, started_at, place_id, id, connection_id, facts, packed) \
        SELECT nullif(n / 2, 4), 5000000000 + n, 1, 'x' || n, CASE n / 2 WHEN 4 THEN 'c' END, \
            '\\x00' || convert_to(concat_ws(chr(31), 'bridge_to_till', 'answered', 200, n, 2, 3, 'POST', '/'), 'UTF8'), \
            '\\x0000' FROM generate_series(2, 9) AS n; \
        DELETE FROM exchanges WHERE operation_seq = 3; DELETE FROM words WHERE seq = 3; DELETE FROM operations WHERE seq = 3;";
    sqlx::raw_sql(rows).execute(&mut other).await.unwrap();
    let before: String = sqlx::query_scalar(ALL).fetch_one(&mut other).await.unwrap();
    let store = open(fresh.url(), OpenOptions::default()).await.unwrap();
    let after: String = sqlx::query_scalar(ALL).fetch_one(&mut other).await.unwrap();
    assert_eq!(after, before);

    let c = ConnectionId::new("c");
    let row = store.operation(&c, &OperationId::new("o1")).await.unwrap().unwrap();
    assert_eq!((row.tries, row.told_tries, row.resends), (70_001, 60_001, 40_001));
    assert_eq!((row.may_be_printed, row.manual, row.sent_with.as_deref()), (true, true, Some("H")));
    let zola = Term { kind: TermKind::Customer, text: "zola2".into() };
    let found = store.find(&c, &[zola], None, &OperationFilter::default(), None, 10).await.unwrap().found;
    assert_eq!(found.iter().map(|(row, _)| row.id.as_str()).collect::<Vec<_>>(), ["o2"]);
    let said = store.exchanges(&c, &OperationId::new("o2")).await.unwrap();
    assert_eq!(
        said.iter().map(|said| (said.id.as_str(), said.duration_us)).collect::<Vec<_>>(),
        [("x4", 4), ("x5", 5)]
    );
    // An id that is there is refused, and numbers go on where they were.
    let insert = "INSERT INTO exchanges (started_at, place_id, id, connection_id, facts, packed) \
        VALUES (1, 1, $1, 'c', '', '') RETURNING seq";
    let refused = sqlx::query(insert).bind("x4").execute(&mut other).await.unwrap_err();
    assert_eq!(refused.as_database_error().and_then(|error| error.code()).as_deref(), Some("23P01"));
    let next: i64 = sqlx::query_scalar(insert).bind("new").fetch_one(&mut other).await.unwrap();
    assert!(next > 8, "{next}");
}
