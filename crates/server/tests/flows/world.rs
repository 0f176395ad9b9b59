//! A world for one test: a sandbox, a database, a server with a clock that can be moved, all of its own.

use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use passerelle_sandbox::{Options, Running, Sandbox};
use passerelle_server::config::{File, Settings, load};
use passerelle_server::crypto::Vault;
use passerelle_server::state::AppState;
use passerelle_server::{assemble, router};
use passerelle_store::Store;
use passerelle_store::testing::{FreshStore, fresh_postgres, fresh_sqlite};
use serde_json::{Value, json};
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

pub(crate) struct World {
    pub(crate) origin: String,
    pub(crate) state: AppState,
    pub(crate) sandbox: Running,
    pub(crate) http: reqwest::Client,
    ahead: Arc<AtomicI64>,
    _server: Server,
    // Dropped last: the database goes after whoever uses it.
    _database: FreshStore,
}

impl World {
    pub(crate) async fn sqlite() -> Self {
        Self::on(fresh_sqlite(&std::env::temp_dir()).await.unwrap()).await
    }

    pub(crate) async fn postgres() -> Self {
        let admin = std::env::var("PASSERELLE_TEST_POSTGRES").expect(
            "PASSERELLE_TEST_POSTGRES is not set: run `cargo xtask test`, which starts a PostgreSQL of its own",
        );
        Self::on(fresh_postgres(&admin).await.unwrap()).await
    }

    async fn on(database: FreshStore) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = Sandbox::start(Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            consoles: vec![origin.clone()],
            quiet: true,
        })
        .await
        .unwrap();
        let settings = settings(&origin, &sandbox);
        let (vendors, hubrise) = assemble::vendors(&settings).unwrap();
        let ahead = Arc::new(AtomicI64::new(0));
        let clock = {
            let ahead = ahead.clone();
            Arc::new(move || Timestamp::now() + SignedDuration::from_secs(ahead.load(Ordering::SeqCst)))
        };
        let store: Arc<dyn Store> = database.store();
        let state = assemble::join(&settings, vendors, hubrise, store, Vault::new(&[1; 32]), clock);
        let app = router(&settings, state.clone());
        let server = Server(tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }));
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { origin, state, sandbox, http, ahead, _server: server, _database: database }
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

    /// Presses **Allow** as `email` and gives the code HubRise returns with.
    pub(crate) async fn allow(&self, email: &str, scope: &str, choices: Value) -> String {
        let mut body = json!({"client_id": "pos-helper-sandbox", "email": email, "scope": scope});
        if scope.starts_with("account") {
            body["device_id"] = "comptoir".into();
        }
        // Marc has several of everything: what a test does not care about is picked for it.
        match scope {
            CAISSE if email == MARC => {
                body["catalog"] = "Carte restaurants".into();
                body["customer_list"] = "Clients Web".into();
            }
            COMPTOIR if email == MARC => body["account"] = "Dubois Restos".into(),
            _ => {}
        }
        body.as_object_mut().unwrap().extend(choices.as_object().unwrap().clone());
        let answer = self.control("grant", body).await;
        answer["code"].as_str().unwrap_or_else(|| panic!("no code: {answer}")).to_owned()
    }

    /// A call to the sandbox's control.
    pub(crate) async fn control(&self, call: &str, body: Value) -> Value {
        let url = format!("{}/_sandbox/{call}", self.sandbox.base_url);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{call}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Has part of HubRise fail: `mode` and `target` as the sandbox names them.
    pub(crate) async fn fault(&self, target: &str, mode: &str) {
        self.control("faults", json!({"target": target, "mode": mode, "delay_ms": 15_000})).await;
    }

    /// The requests HubRise received, as `METHOD path`, in order.
    pub(crate) async fn received(&self) -> Vec<String> {
        let url = format!("{}/_sandbox/requests", self.sandbox.base_url);
        let answer: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        let list = answer.as_array().or_else(|| answer["requests"].as_array()).unwrap();
        list.iter()
            .map(|call| format!("{} {}", call["method"].as_str().unwrap(), call["path"].as_str().unwrap()))
            .collect()
    }

    /// Connects the till `caisse` as `email` and gives the connection.
    pub(crate) async fn connect_caisse(&self, browser: &Browser, email: &str, choices: Value) -> Value {
        let state = browser.begin("caisse").await;
        let code = self.allow(email, CAISSE, choices).await;
        let outcome = browser.finish(&state, &code).await.ok();
        assert_eq!(outcome["kind"], "connected", "{outcome}");
        outcome["connection"].clone()
    }

    /// Authorises the till `comptoir` as `email` and gives the connection, with its choices still to make.
    pub(crate) async fn authorise_comptoir(&self, browser: &Browser, email: &str) -> Value {
        let state = browser.begin("comptoir").await;
        let code = self.allow(email, COMPTOIR, json!({})).await;
        let outcome = browser.finish(&state, &code).await.ok();
        assert_eq!(outcome["kind"], "choose", "{outcome}");
        outcome["connection"].clone()
    }
}

/// The server's task, which ends with its world.
struct Server(JoinHandle<()>);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn settings(origin: &str, sandbox: &Running) -> Settings {
    let environment = [
        ("PASSERELLE_SERVER_PUBLIC_URL", origin.to_owned()),
        ("PASSERELLE_HUBRISE_OAUTH_URL", sandbox.oauth_url()),
        ("PASSERELLE_HUBRISE_API_URL", sandbox.api_url()),
        ("PASSERELLE_HUBRISE_TIMEOUT_SECONDS", "2".to_owned()),
        ("PASSERELLE_VENDORS_POS_HELPER_CLIENT_ID", "pos-helper-sandbox".to_owned()),
        ("PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET", "pos-helper-sandbox-secret".to_owned()),
    ];
    let environment = environment.map(|(name, value)| (OsString::from(name), OsString::from(value)));
    load(&File::IfPresent("no-such-file.toml".into()), environment).unwrap().settings
}
