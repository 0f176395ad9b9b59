//! What a configuration may be, and how a wrong one is refused.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::{fs, time::Duration};

use super::*;

mod vendors;

/// Loads a file of this content and these variables; the file's name is cut down to `passerelle.toml`.
fn attempt(file: &str, environment: &[(&str, &str)]) -> Result<Loaded, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passerelle.toml");
    fs::write(&path, file).unwrap();
    load(&File::Named(path), variables(environment))
        .map_err(|faults| faults.to_string().replace(&format!("{}/", folder.path().display()), ""))
}

fn variables(environment: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    environment.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))).collect()
}

#[track_caller]
fn check_refused(file: &str, environment: &[(&str, &str)], expected: &str) {
    assert_eq!(attempt(file, environment).map(|loaded| loaded.report()).expect_err("should be refused"), expected);
}

const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

#[test]
fn the_defaults_set_every_key_but_those_without_one() {
    let loaded = load(&File::IfPresent("/nowhere/passerelle.toml".into()), []).unwrap();
    let unset: Vec<_> =
        schema::KEYS.iter().map(|key| key.name).filter(|key| !loaded.in_force.contains_key(*key)).collect();
    assert_eq!(
        unset,
        ["server.profiles_dir", "encryption.key", "encryption.key_file", "pixelpoint.discounts_request_type"]
    );
    for key in schema::KEYS {
        let name = key.name.rsplit_once('.').unwrap().1;
        assert!(DEFAULTS.contains(name) || DEFAULTS.contains(&variable(key.name)), "{name} is not documented");
    }
    let settings = loaded.settings;
    assert_eq!(settings.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.server.public_url.origin(), "http://127.0.0.1:8080");
    assert_eq!(settings.server.request_timeout, Duration::from_secs(30));
    assert_eq!(settings.database.url, DatabaseUrl::Sqlite("./data/passerelle.db".into()));
    assert_eq!(settings.hubrise.oauth_url, "https://manager.hubrise.com/oauth2/v1");
    assert_eq!(settings.sessions.max, Duration::from_secs(24 * 3600));
    assert_eq!(settings.attempts.lifetime, Duration::from_secs(15 * 60));
    assert_eq!(settings.pixelpoint.eoi_url, "http://www.pixelpointhq.com/api/v1/eoi");
    assert_eq!(settings.operations.retention, Duration::from_secs(30 * 24 * 3600));
    assert_eq!((settings.operations.csv_lines, settings.operations.har_bytes), (50_000, 64 * 1024 * 1024));
    assert!(settings.vendors.is_empty());
}

#[test]
fn the_file_covers_the_defaults_and_the_environment_covers_the_file() {
    let file = "server.listen = '0.0.0.0:80'\nlog = { format = 'text' }\n[hubrise]\napi_url = 'http://file/v1/'\n";
    let settings = attempt(file, &[("PASSERELLE_SERVER_LISTEN", "[::1]:9000"), ("HOME", "/root")]).unwrap().settings;
    assert_eq!(settings.server.listen.to_string(), "[::1]:9000");
    assert_eq!(settings.log.format, LogFormat::Text);
    assert_eq!(settings.hubrise.api_url, "http://file/v1");
    assert_eq!(settings.hubrise.oauth_url, "https://manager.hubrise.com/oauth2/v1");
}

#[test]
fn reports_every_fault_at_once_with_line_key_and_variable() {
    check_refused(
        "[server]\nlisten = 8080\npublic_ur = 'x'\nrequest_timeout_seconds = 0\n\n[sever]\nport = 1\n\n\
         [log]\nlevel = 'loud'\nformat = ['json']\n",
        &[("PASSERELLE_HUBRISE_API_URL", "api.hubrise.com"), ("PASSERELLE_PORT", "80"), ("PASSERELLE_LOG_LEVEL", "")],
        "the configuration has 9 faults:
  passerelle.toml:2: `server.listen`: must be a string, not an integer
  passerelle.toml:3: `server.public_ur`: there is no such key; `server` has listen, public_url, data_dir, request_timeout_seconds, profiles_dir
  passerelle.toml:4: `server.request_timeout_seconds`: `0` is not a whole number from 1 to 300
  passerelle.toml:6: `sever`: there is no such section; there are server, database, hubrise, encryption, sessions, attempts, pixelpoint, operations, log, vendors
  passerelle.toml:10: `log.level`: `loud` is not error, warn, info, debug or trace, nor a filter such as `info,sqlx=warn`
  passerelle.toml:11: `log.format`: must be a string, not an array
  environment PASSERELLE_HUBRISE_API_URL: `hubrise.api_url`: `api.hubrise.com` is not an absolute URL: relative URL without a base
  environment PASSERELLE_LOG_LEVEL: `log.level`: is empty: give it a value, or leave it out
  environment PASSERELLE_PORT: there is no such setting",
    );
}

#[test]
fn a_file_that_is_not_toml_still_has_its_line_told() {
    check_refused(
        "[server]\nlisten = \n",
        &[("PASSERELLE_LOG_FORMAT", "xml")],
        "the configuration has 2 faults:
  passerelle.toml:2: not valid TOML: string values must be quoted, expected literal string
  environment PASSERELLE_LOG_FORMAT: `log.format`: `xml` is neither `json` nor `text`",
    );
}

#[test]
fn a_named_file_must_be_there() {
    let faults = load(&File::Named("/nowhere/own.toml".into()), []).unwrap_err().to_string();
    assert!(
        faults.starts_with("the configuration is wrong: the file `/nowhere/own.toml` cannot be read: "),
        "{faults}"
    );
}

#[test]
fn secrets_are_refused_in_files() {
    check_refused(
        &format!("[encryption]\nkey = '{KEY}'\n[vendors.pos-helper]\nclient_secret = 'hush'\n"),
        &[],
        "the configuration has 2 faults:
  passerelle.toml:2: `encryption.key`: secret: set it in the environment, as PASSERELLE_ENCRYPTION_KEY
  passerelle.toml:4: `vendors.pos-helper.client_secret`: secret: set it in the environment, as PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET",
    );
}

#[test]
fn a_wrong_secret_is_refused_without_being_repeated() {
    check_refused(
        "",
        &[
            ("PASSERELLE_ENCRYPTION_KEY", "hush-hush"),
            ("PASSERELLE_DATABASE_URL", "mysql://u:hush@h/d"),
            ("PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET", "hush hush"),
        ],
        "the configuration has 3 faults:
  environment PASSERELLE_DATABASE_URL: `database.url`: expected `sqlite:`, `sqlite:/path/to/file.db` or `postgres://…`
  environment PASSERELLE_ENCRYPTION_KEY: `encryption.key`: expected 32 bytes in base64, as `openssl rand -base64 32` makes
  environment PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET: `vendors.pos-helper.client_secret`: an OAuth client secret holds no spaces",
    );
}

#[test]
fn pixelpoints_unknowns_are_named_settings() {
    let own = "[pixelpoint]\nmember_place = 'beside'\ndiscounts_request_type = 512\nanswer_timeout_seconds = 12\n";
    let moved = [("PASSERELLE_PIXELPOINT_EOI_URL", "http://127.0.0.1:8082/api/v1/eoi")];
    let settings = attempt(own, &moved).unwrap().settings.pixelpoint;
    assert_eq!(settings.eoi_url, "http://127.0.0.1:8082/api/v1/eoi");
    assert_eq!(settings.dialect.member_place.name(), "beside");
    assert_eq!(
        (settings.dialect.discounts_request_type, settings.answer_timeout),
        (Some(512), Duration::from_secs(12))
    );
    check_refused(
        "[pixelpoint]\nmember_place = 'within'\nanswer_timeout_seconds = 31\n",
        &[],
        "the configuration has 2 faults:
  passerelle.toml:2: `pixelpoint.member_place`: `within` is none of `inside`, `beside`
  passerelle.toml:3: `pixelpoint.answer_timeout_seconds`: `31` is not a whole number from 1 to 30",
    );
}

#[test]
fn variables_of_tests_and_task_runner_are_left_alone() {
    let environment = [("PASSERELLE_TEST_POSTGRES", "x"), ("PASSERELLE_CACHE", "x"), ("PASSERELLE_CHROMIUM", "x")];
    assert!(attempt("", &environment).is_ok());
}

#[test]
fn the_public_url_is_an_origin_and_https_unless_local() {
    let origin = |text: &str| values::public_url(text).map(|url| (url.origin().to_owned(), url.is_https()));
    let https = |text: &str| Ok((text.to_owned(), true));
    let http = |text: &str| Ok((text.to_owned(), false));
    assert_eq!(origin("https://Console.Example.com:443/"), https("https://console.example.com"));
    assert_eq!(origin("https://console.example.com:8443"), https("https://console.example.com:8443"));
    assert_eq!(origin("http://localhost:8080"), http("http://localhost:8080"));
    assert_eq!(origin("http://127.0.0.2"), http("http://127.0.0.2"));
    assert_eq!(origin("http://[::1]:1"), http("http://[::1]:1"));
    for (wrong, part) in [
        ("http://console.example.com", "must be https"),
        ("http://192.168.1.2:8080", "must be https"),
        ("http://localhost.example.com", "must be https"),
        ("https://example.com/console", "without a path"),
        ("https://example.com/?a=b", "query"),
        ("https://user:pass@example.com", "password"),
        ("ftp://example.com", "scheme"),
        ("example.com", "not an absolute URL"),
    ] {
        assert!(origin(wrong).unwrap_err().contains(part), "{wrong}");
    }
}

#[test]
fn database_urls_choose_the_driver() {
    let sqlite = |path: &str| Ok(DatabaseUrl::Sqlite(path.into()));
    assert_eq!(values::database_url("sqlite:/var/lib/p.db"), sqlite("/var/lib/p.db"));
    assert_eq!(values::database_url("sqlite:///var/lib/p.db"), sqlite("/var/lib/p.db"));
    assert_eq!(values::database_url("sqlite:"), sqlite(""));
    assert!(values::database_url("sqlite::memory:").is_err());
    assert!(values::database_url("sqlite:/p.db?mode=ro").is_err());
    assert_eq!(
        values::database_url("postgres://u:p@h/d"),
        Ok(DatabaseUrl::Postgres(Secret::new("postgres://u:p@h/d")))
    );
}

#[test]
fn rules_between_keys_are_checked() {
    check_refused(
        "[sessions]\nidle_hours = 48\n[encryption]\nkey_file = '/k'\n",
        &[("PASSERELLE_ENCRYPTION_KEY", KEY)],
        "the configuration has 2 faults:
  passerelle.toml:2: `sessions.idle_hours`: must not be more than `sessions.max_hours`
  passerelle.toml:4: `encryption.key_file`: the key itself is set too: give one of the two",
    );
    check_refused(
        "",
        &[("PASSERELLE_DATABASE_URL", "postgres://h/d")],
        "the configuration is wrong: `encryption.key`: PostgreSQL needs a key that outlives this machine: \
         set PASSERELLE_ENCRYPTION_KEY or PASSERELLE_ENCRYPTION_KEY_FILE",
    );
}

#[test]
fn check_prints_toml_with_origins_and_no_secret() {
    let loaded = attempt(
        "[server]\ndata_dir = 'C:\\x\"y'\n[vendors.pos-helper]\nclient_id = 'abc'\n",
        &[
            ("PASSERELLE_DATABASE_URL", "postgres://me:hush@db.example.com/p?password=hush"),
            ("PASSERELLE_ENCRYPTION_KEY", KEY),
            ("PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET", "hush"),
        ],
    )
    .unwrap();
    let report = loaded.report();
    assert!(!report.contains("hush") && !report.contains(KEY), "{report}");
    let parsed: toml_edit::DocumentMut = report.parse().unwrap();
    assert_eq!(parsed["server"]["data_dir"].as_str(), Some("C:\\x\"y"));
    assert_eq!(parsed["attempts"]["minutes"].as_integer(), Some(15));
    assert_eq!(parsed["encryption"]["key"].as_str(), Some(MASK));
    assert_eq!(parsed["vendors"]["pos-helper"]["client_secret"].as_str(), Some(MASK));
    assert_eq!(parsed["database"]["url"].as_str(), Some("postgres://me:********@db.example.com/p?********"));
    for line in [
        "listen = \"127.0.0.1:8080\"  # default",
        "client_secret = \"********\"  # environment PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET",
        "[vendors.pos-helper]",
    ] {
        assert!(report.lines().any(|found| found == line), "{line} not in\n{report}");
    }
    let client_id = report.lines().find(|line| line.starts_with("client_id")).unwrap();
    assert!(client_id.ends_with("passerelle.toml:4"), "{client_id}");
}
