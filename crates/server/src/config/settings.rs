//! The settings as the rest of the server sees them: typed, checked, complete. Reading them is `reader`'s work.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, time::Duration};

use passerelle_pixelpoint::Dialect;

use super::Secret;

/// Everything that can be configured, after defaults, file and environment were laid over each other.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `[server]`.
    pub server: ServerSettings,
    /// `[database]`.
    pub database: DatabaseSettings,
    /// `[hubrise]`.
    pub hubrise: HubriseSettings,
    /// `[encryption]`.
    pub encryption: EncryptionSettings,
    /// `[sessions]`.
    pub sessions: SessionSettings,
    /// `[attempts]`.
    pub attempts: AttemptSettings,
    /// `[pixelpoint]`.
    pub pixelpoint: PixelpointSettings,
    /// `[operations]`.
    pub operations: OperationSettings,
    /// `[log]`.
    pub log: LogSettings,
    /// `[vendors.<slug>]`, by slug. Whether such a vendor exists is for the registry of profiles to say.
    pub vendors: BTreeMap<String, VendorSettings>,
}

/// Where the server listens, and how the world reaches it.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The origin under which browsers reach the console.
    pub public_url: PublicUrl,
    /// Folder for the embedded database and the generated key.
    pub data_dir: PathBuf,
    /// After this a request is answered with the problem `timeout`.
    pub request_timeout: Duration,
    /// Folder whose vendor profiles are added to the program's own, or replace them.
    pub profiles_dir: Option<PathBuf>,
}

/// The console's origin: `https://host[:port]`, or `http://` on a loopback host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    pub(super) origin: String,
    pub(super) https: bool,
}

impl PublicUrl {
    /// Scheme, host and port as a browser writes them in `Origin`: lower case, default port left out, no slash.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether browsers come by https; if not, the host is a loopback one.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// The absolute URL of `path`, which starts with a slash.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// Where data is kept.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// Driver and place.
    pub url: DatabaseUrl,
}

/// The driver, chosen by the URL's scheme, and where it finds its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The embedded database, in this file.
    Sqlite(PathBuf),
    /// A PostgreSQL server; the URL may hold a password.
    Postgres(Secret),
}

impl DatabaseUrl {
    /// The URL a store is opened with: `sqlite:<path>` or `postgres://…`.
    #[must_use]
    pub fn to_url(&self) -> Secret {
        match self {
            Self::Sqlite(path) => Secret::new(format!("sqlite:{}", path.display())),
            Self::Postgres(url) => url.clone(),
        }
    }
}

/// How HubRise is reached. All URLs are absolute and end without a slash.
#[derive(Clone, Debug)]
pub struct HubriseSettings {
    /// Base of the OAuth pages and calls (`https://manager.hubrise.com/oauth2/v1`).
    pub oauth_url: String,
    /// Base of the API (`https://api.hubrise.com/v1`).
    pub api_url: String,
    /// The back office a user is sent to.
    pub back_office_url: String,
    /// Where a user without an account opens one.
    pub signup_url: String,
    /// How long one call may take, from connecting to the answer's last byte.
    pub timeout: Duration,
}

/// Where the key that encrypts tokens comes from; [`Settings::encryption_key`] fetches it.
#[derive(Clone, Debug, Default)]
pub struct EncryptionSettings {
    /// The key itself: 32 bytes in base64.
    pub key: Option<Secret>,
    /// A file that holds it in the same form.
    pub key_file: Option<PathBuf>,
}

/// How long a browser's session lives.
#[derive(Clone, Debug)]
pub struct SessionSettings {
    /// It ends after this long without a call.
    pub idle: Duration,
    /// It ends after this long whatever happens.
    pub max: Duration,
}

/// How long one run of OAuth may take.
#[derive(Clone, Debug)]
pub struct AttemptSettings {
    /// From `Connect` to HubRise's return.
    pub lifetime: Duration,
}

/// How PixelPoint's External Order Interface is reached, for vendors that bridge orders to it.
#[derive(Clone, Debug)]
pub struct PixelpointSettings {
    /// Where every call for a till goes, and nowhere else (`http://www.pixelpointhq.com/api/v1/eoi`).
    pub eoi_url: String,
    /// How long connecting may take, TLS included.
    pub connect_timeout: Duration,
    /// How long the whole answer may take, from then on.
    pub answer_timeout: Duration,
    /// What is not known of the interface, as assumed.
    pub dialect: Dialect,
}

/// What is kept of operations.
#[derive(Clone, Debug)]
pub struct OperationSettings {
    /// How long those that are over are kept, with all that was said.
    pub retention: Duration,
    /// The most lines of a spreadsheet.
    pub csv_lines: usize,
    /// The most bytes of a HAR file; what is under way when they are reached is finished.
    pub har_bytes: usize,
}

/// What is logged, and how.
#[derive(Clone, Debug)]
pub struct LogSettings {
    /// A level, or a filter such as `info,sqlx=warn`.
    pub level: String,
    /// One JSON object a line, or text for people.
    pub format: LogFormat,
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// Text for people.
    Text,
}

/// A vendor's OAuth client at HubRise, and what else only its operator knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VendorSettings {
    /// The client's id.
    pub client_id: Option<String>,
    /// The client's secret.
    pub client_secret: Option<Secret>,
    /// The identification key that the vendor's support gives out, for tills that ask for one.
    pub till_key: Option<Secret>,
    /// The secret its back office signs embed tokens with, where it shares one instead of a public key.
    pub embed_secret: Option<Secret>,
    /// Origins that may embed its console beside those of its profile: this machine's, for who tries it.
    pub embed_origins: Vec<String>,
}
