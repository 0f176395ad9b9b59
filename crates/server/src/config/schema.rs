//! Every key that can be set: its name, its shape in TOML, whether it is secret, and how it enters the settings.
//!
//! What the keys mean is told in `config.default.toml`; a test keeps the two alike.

use std::time::Duration;

use passerelle_pixelpoint::Dialect;

use super::{
    DatabaseSettings, DatabaseUrl, Secret, Settings, VendorSettings,
    settings::{
        AttemptSettings, EncryptionSettings, HubriseSettings, LogFormat, LogSettings, OperationSettings,
        PixelpointSettings, PublicUrl, ServerSettings, SessionSettings,
    },
    values::{self, Checked},
};

/// The form a value takes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A string.
    Text,
    /// A whole number.
    Number,
    /// A string that comes from the environment alone, and is never shown.
    Secret,
}

/// One key of a table that is read into a `T`.
pub(super) struct Key<T> {
    /// `section.key`, or the key alone for a vendor's.
    pub(super) name: &'static str,
    /// Its form.
    pub(super) shape: Shape,
    /// Checks a value and puts it in its place.
    pub(super) set: fn(&mut T, &str) -> Checked<()>,
}

const fn text<T>(name: &'static str, set: fn(&mut T, &str) -> Checked<()>) -> Key<T> {
    Key { name, shape: Shape::Text, set }
}

const fn number<T>(name: &'static str, set: fn(&mut T, &str) -> Checked<()>) -> Key<T> {
    Key { name, shape: Shape::Number, set }
}

const fn secret<T>(name: &'static str, set: fn(&mut T, &str) -> Checked<()>) -> Key<T> {
    Key { name, shape: Shape::Secret, set }
}

/// The fixed keys.
pub(super) static KEYS: &[Key<Settings>] = &[
    text("server.listen", |s, v| values::listen(v).map(|v| s.server.listen = v)),
    text("server.public_url", |s, v| values::public_url(v).map(|v| s.server.public_url = v)),
    text("server.data_dir", |s, v| values::path(v).map(|v| s.server.data_dir = v)),
    number("server.request_timeout_seconds", |s, v| {
        values::number(v, 1, 300).map(|v| s.server.request_timeout = Duration::from_secs(v))
    }),
    text("server.profiles_dir", |s, v| values::path(v).map(|v| s.server.profiles_dir = Some(v))),
    text("database.url", |s, v| values::database_url(v).map(|v| s.database.url = v)),
    text("hubrise.oauth_url", |s, v| values::base_url(v).map(|v| s.hubrise.oauth_url = v)),
    text("hubrise.api_url", |s, v| values::base_url(v).map(|v| s.hubrise.api_url = v)),
    text("hubrise.back_office_url", |s, v| values::base_url(v).map(|v| s.hubrise.back_office_url = v)),
    text("hubrise.signup_url", |s, v| values::base_url(v).map(|v| s.hubrise.signup_url = v)),
    number("hubrise.timeout_seconds", |s, v| {
        values::number(v, 1, 60).map(|v| s.hubrise.timeout = Duration::from_secs(v))
    }),
    secret("encryption.key", |s, v| values::encryption_key(v).map(|_key| s.encryption.key = Some(Secret::new(v)))),
    text("encryption.key_file", |s, v| values::path(v).map(|v| s.encryption.key_file = Some(v))),
    number("sessions.idle_hours", |s, v| values::number(v, 1, 720).map(|v| s.sessions.idle = hours(v))),
    number("sessions.max_hours", |s, v| values::number(v, 1, 720).map(|v| s.sessions.max = hours(v))),
    number("attempts.minutes", |s, v| {
        values::number(v, 1, 60).map(|v| s.attempts.lifetime = Duration::from_secs(v * 60))
    }),
    text("pixelpoint.eoi_url", |s, v| values::call_url(v).map(|v| s.pixelpoint.eoi_url = v)),
    // A try is over within 35 seconds: a lane's lease is made for that.
    number("pixelpoint.connect_timeout_seconds", |s, v| {
        values::number(v, 1, 5).map(|v| s.pixelpoint.connect_timeout = Duration::from_secs(v))
    }),
    number("pixelpoint.answer_timeout_seconds", |s, v| {
        values::number(v, 1, 30).map(|v| s.pixelpoint.answer_timeout = Duration::from_secs(v))
    }),
    text("pixelpoint.member_place", |s, v| named(v).map(|v| s.pixelpoint.dialect.member_place = v)),
    text("pixelpoint.schedule_time", |s, v| named(v).map(|v| s.pixelpoint.dialect.schedule_time = v)),
    text("pixelpoint.forced_answer", |s, v| named(v).map(|v| s.pixelpoint.dialect.forced_answer = v)),
    text("pixelpoint.discount_sign", |s, v| named(v).map(|v| s.pixelpoint.dialect.discount_sign = v)),
    text("pixelpoint.payments", |s, v| named(v).map(|v| s.pixelpoint.dialect.payments = v)),
    number("pixelpoint.discounts_request_type", |s, v| {
        let number = values::number(v, 1, u16::MAX.into())?;
        s.pixelpoint.dialect.discounts_request_type = u16::try_from(number).ok();
        Ok(())
    }),
    number("operations.retention_days", |s, v| {
        values::number(v, 1, 3650).map(|v| s.operations.retention = hours(v * 24))
    }),
    number("operations.csv_lines", |s, v| {
        values::number(v, 1, 1_000_000).map(|v| s.operations.csv_lines = usize::try_from(v).unwrap_or(usize::MAX))
    }),
    number("operations.har_mib", |s, v| {
        let bytes = |v: u64| usize::try_from(v << 20).unwrap_or(usize::MAX);
        values::number(v, 1, 1_024).map(|v| s.operations.har_bytes = bytes(v))
    }),
    text("log.level", |s, v| values::log_level(v).map(|v| s.log.level = v)),
    text("log.format", |s, v| values::log_format(v).map(|v| s.log.format = v)),
];

/// The keys of each `[vendors.<slug>]`.
pub(super) static VENDOR_KEYS: &[Key<VendorSettings>] = &[
    text("client_id", |s, v| values::client_id(v).map(|v| s.client_id = Some(v))),
    secret("client_secret", |s, v| values::client_secret(v).map(|v| s.client_secret = Some(v))),
    secret("till_key", |s, v| values::till_key(v).map(|v| s.till_key = Some(v))),
    secret("embed_secret", |s, v| values::embed_secret(v).map(|v| s.embed_secret = Some(v))),
    text("embed_origins", |s, v| values::embed_origins(v).map(|v| s.embed_origins = v)),
];

/// One of a closed list of names.
fn named<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Checked<T> {
    text.parse().map_err(|wrong: T::Err| wrong.to_string())
}

fn hours(count: u64) -> Duration {
    Duration::from_secs(count * 3600)
}

/// Settings with nothing in them, for the defaults to be laid over.
pub(super) fn blank() -> Settings {
    Settings {
        server: ServerSettings {
            listen: std::net::SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: PublicUrl { origin: String::new(), https: false },
            data_dir: std::path::PathBuf::new(),
            request_timeout: Duration::ZERO,
            profiles_dir: None,
        },
        database: DatabaseSettings { url: DatabaseUrl::Sqlite(std::path::PathBuf::new()) },
        hubrise: HubriseSettings {
            oauth_url: String::new(),
            api_url: String::new(),
            back_office_url: String::new(),
            signup_url: String::new(),
            timeout: Duration::ZERO,
        },
        encryption: EncryptionSettings::default(),
        sessions: SessionSettings { idle: Duration::ZERO, max: Duration::ZERO },
        attempts: AttemptSettings { lifetime: Duration::ZERO },
        pixelpoint: PixelpointSettings {
            eoi_url: String::new(),
            connect_timeout: Duration::ZERO,
            answer_timeout: Duration::ZERO,
            dialect: Dialect::default(),
        },
        operations: OperationSettings { retention: Duration::ZERO, csv_lines: 0, har_bytes: 0 },
        log: LogSettings { level: String::new(), format: LogFormat::Json },
        vendors: std::collections::BTreeMap::new(),
    }
}
