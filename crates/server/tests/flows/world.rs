//! A world for one test: a sandbox, a database, a server with a clock that can be moved, all of its own.

use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use passerelle_sandbox::{Options, Running, Sandbox};
use passerelle_server::auth::{SessionCookie, session_fingerprint};
use passerelle_server::config::{File, Settings, load};
use passerelle_server::crypto::Vault;
use passerelle_server::state::{AppState, Clock};
use passerelle_server::{assemble, router};
use passerelle_store::testing::{FreshStore, fresh_postgres, fresh_sqlite};
use passerelle_store::{ConnectionId, ConnectionRow, SessionId, Store};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::browser::Browser;

/// Scope of the till `caisse`: HubRise's page chooses.
pub(crate) const CAISSE: &str = "location[orders.write,customer_list.write,catalog.read]";
/// Scope of the till `comptoir`: the console chooses.
pub(crate) const COMPTOIR: &str = "account[orders.write,all_customer_lists.write,all_catalogs.read]";

/// The simple account's user.
pub(crate) const NINA: &str = "nina@bella-pizza.example";
/// The user with three locations, and with Nina's account too.
pub(crate) const MARC: &str = "marc@dubois-restos.example";
/// The user with 200 locations.
pub(crate) const INES: &str = "ines@grande-chaine.example";

/// Carré POS' support, POS HELPER's and SOMM'IT's: with access to nothing at HubRise until somebody gives it.
pub(crate) const CARRE_SUPPORT: &str = "hubrise@carrepos.fr";
pub(crate) const HELPER_SUPPORT: &str = "support@poshelper.fr";
pub(crate) const SOMMIT_SUPPORT: &str = "contact@somm-it.com";

/// Nina's account, and its one location.
pub(crate) const BELLA: &str = "3r4s3";
pub(crate) const BELLA_PARIS: &str = "3r4s3-1";

/// The back offices' origin, as far as the server knows.
pub(crate) const OFFICE: &str = "http://localhost:8083";

/// What a vendor's back office signs its tokens with.
pub(crate) fn embed_secret(slug: &str) -> String {
    format!("{slug}: a secret of its back office and the console").replace(' ', "-")
}

/// The identification key SOMM'IT's support gives out.
pub(crate) const TILL_KEY: &str = "CAVE-2026-ROUGE";

pub(crate) struct World {
    pub(crate) origin: String,
    pub(crate) state: AppState,
    pub(crate) sandbox: Running,
    pub(crate) http: reqwest::Client,
    ahead: Arc<AtomicI64>,
    settings: Settings,
    _server: Server,
    // Dropped last: the database goes after whoever uses it.
    _database: FreshStore,
}

impl World {
    pub(crate) async fn sqlite() -> Self {
        Self::sqlite_with(&[]).await
    }

    /// One whose server has these settings too.
    pub(crate) async fn sqlite_with(more: &[(&str, String)]) -> Self {
        Self::on(fresh_sqlite(&std::env::temp_dir()).await.unwrap(), more).await
    }

    pub(crate) async fn postgres() -> Self {
        Self::postgres_with(&[]).await
    }

    /// One whose server has these settings too.
    pub(crate) async fn postgres_with(more: &[(&str, String)]) -> Self {
        let admin = std::env::var("PASSERELLE_TEST_POSTGRES").expect(
            "PASSERELLE_TEST_POSTGRES is not set: run `cargo xtask test`, which starts a PostgreSQL of its own",
        );
        Self::on(fresh_postgres(&admin).await.unwrap(), more).await
    }

    async fn on(database: FreshStore, more: &[(&str, String)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = Sandbox::start(Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            consoles: vec![origin.clone()],
            quiet: true,
            pixelpoint: Some("127.0.0.1:0".parse().unwrap()),
            offices: None,
        })
        .await
        .unwrap();
        let settings = settings(&origin, &sandbox, more);
        let (vendors, hubrise) = assemble::vendors(&settings).unwrap();
        let ahead = Arc::new(AtomicI64::new(0));
        let clock = clock(&ahead);
        let store: Arc<dyn Store> = database.store();
        let state = assemble::join(&settings, vendors, hubrise, store, Vault::new(&[1; 32]), clock).unwrap();
        let app = router(&settings, state.clone());
        let server = Server(tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }));
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { origin, state, sandbox, http, ahead, settings, _server: server, _database: database }
    }

    /// Another server over the same database, just started; what it answers, nobody asks.
    pub(crate) fn another(&self) -> AppState {
        let (vendors, hubrise) = assemble::vendors(&self.settings).unwrap();
        let store = self.state.store_shared();
        assemble::join(&self.settings, vendors, hubrise, store, Vault::new(&[1; 32]), clock(&self.ahead)).unwrap()
    }

    /// Moves the server's clock, not HubRise's.
    pub(crate) fn later(&self, by: SignedDuration) {
        self.ahead.fetch_add(by.as_secs(), Ordering::SeqCst);
    }

    /// A browser with a session.
    pub(crate) async fn browser(&self) -> Browser {
        let mut browser = Browser::new(self.http.clone(), &self.origin);
        browser.open_session().await;
        browser
    }

    /// A browser that has never been here.
    pub(crate) fn newcomer(&self) -> Browser {
        Browser::new(self.http.clone(), &self.origin)
    }

    /// HubRise's id of a connection's installation.
    pub(crate) async fn installation(&self, connection: &Value) -> String {
        self.row(connection).await.app_instance_id.unwrap()
    }

    /// A connection as it is kept.
    pub(crate) async fn row(&self, connection: &Value) -> ConnectionRow {
        let id = ConnectionId::new(connection["id"].as_str().unwrap());
        self.state.store().connection_bare(&id).await.unwrap().unwrap()
    }

    /// The status of a call that HubRise, or anybody, makes to an address outside the API.
    pub(crate) async fn called(&self, path: &str) -> u16 {
        self.http.get(format!("{}{path}", self.origin)).send().await.unwrap().status().as_u16()
    }

    /// The store's id of a browser's session.
    pub(crate) async fn session_of(&self, browser: &Browser) -> SessionId {
        let value = browser.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
        let hash = session_fingerprint(&SessionCookie::new(value));
        let idle = SignedDuration::from_hours(12);
        self.state.store().session(&hash, self.state.now(), idle).await.unwrap().unwrap().id
    }
}

/// The present, and as far ahead as a test has gone.
fn clock(ahead: &Arc<AtomicI64>) -> Clock {
    let ahead = ahead.clone();
    Arc::new(move || Timestamp::now() + SignedDuration::from_secs(ahead.load(Ordering::SeqCst)))
}

/// The server's task, which ends with its world.
struct Server(JoinHandle<()>);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Every built-in vendor is served, with the client the sandbox knows it by.
fn settings(origin: &str, sandbox: &Running, more: &[(&str, String)]) -> Settings {
    let mut environment = vec![
        ("PASSERELLE_SERVER_PUBLIC_URL".to_owned(), origin.to_owned()),
        ("PASSERELLE_HUBRISE_OAUTH_URL".to_owned(), sandbox.oauth_url()),
        ("PASSERELLE_HUBRISE_API_URL".to_owned(), sandbox.api_url()),
        ("PASSERELLE_HUBRISE_TIMEOUT_SECONDS".to_owned(), "2".to_owned()),
        ("PASSERELLE_PIXELPOINT_EOI_URL".to_owned(), sandbox.pixelpoint_url.clone().unwrap()),
        ("PASSERELLE_VENDORS_SOMM_IT_TILL_KEY".to_owned(), TILL_KEY.to_owned()),
    ];
    for slug in ["carre-pos", "pixelpoint-bridge", "pos-helper", "somm-it"] {
        let variable = |key: &str| format!("PASSERELLE_VENDORS_{}_{key}", slug.replace('-', "_").to_uppercase());
        environment.push((variable("CLIENT_ID"), format!("{slug}-sandbox")));
        environment.push((variable("CLIENT_SECRET"), format!("{slug}-sandbox-secret")));
        environment.push((variable("EMBED_SECRET"), embed_secret(slug)));
        environment.push((variable("EMBED_ORIGINS"), OFFICE.to_owned()));
    }
    environment.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    let environment = environment.into_iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
    load(&File::IfPresent("no-such-file.toml".into()), environment).unwrap().settings
}
