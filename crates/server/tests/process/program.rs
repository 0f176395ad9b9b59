//! The binary as an operator runs it: settings from the environment, a data folder, a log; and a sandbox beside it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use passerelle_sandbox::{Options, Running, Sandbox};
use serde_json::Value;

use crate::browser::Browser;

/// How long a start may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long HubRise may hear nothing: longer than any lease of a server that was killed.
const LONGEST: Duration = Duration::from_secs(90);

pub(crate) struct Program {
    child: Child,
    folder: tempfile::TempDir,
    origin: String,
    sandbox: Running,
    http: reqwest::Client,
}

impl Program {
    pub(crate) async fn start() -> Self {
        // Of the ports that are free now, one that stays ours for long enough.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let origin = format!("http://127.0.0.1:{port}");
        let listen = "127.0.0.1:0".parse().unwrap();
        let options =
            Options { listen, consoles: vec![origin.clone()], quiet: true, pixelpoint: Some(listen), offices: None };
        let sandbox = Sandbox::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        // The client of these tests needs a TLS provider though it speaks plain http.
        passerelle_hubrise::Http::new(passerelle_hubrise::Limits::default()).unwrap();
        let http = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        let child = spawn(&origin, &sandbox, folder.path());
        let mut program = Self { child, folder, origin, sandbox, http };
        program.until_ready().await;
        program
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) async fn browser(&self) -> Browser {
        let mut browser = Browser::new(self.http.clone(), &self.origin);
        browser.open_session().await;
        browser
    }

    /// `kill -9`, and a start on the same data.
    pub(crate) async fn kill_and_restart(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.child = spawn(&self.origin, &self.sandbox, self.folder.path());
        self.until_ready().await;
    }

    /// Finishes an attempt while the program may die: whether it was acknowledged.
    pub(crate) fn finish(&self, browser: &Browser, state: &str, code: &str) -> impl Future<Output = bool> + use<> {
        let body = serde_json::json!({"state": state, "code": code});
        let mut request = self.http.post(format!("{}/api/v1/attempts/finish", self.origin)).json(&body);
        for (name, value) in [("cookie", &browser.cookie), ("origin", &browser.origin), ("x-csrf-token", &browser.csrf)]
        {
            request = request.header(name, value.as_deref().unwrap_or_default());
        }
        async move { request.send().await.is_ok_and(|answer| answer.status().is_success()) }
    }

    async fn until_ready(&mut self) {
        let begun = Instant::now();
        let url = format!("{}/readyz", self.origin);
        loop {
            if let Ok(answer) = self.http.get(&url).send().await
                && answer.status().is_success()
            {
                return;
            }
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && begun.elapsed() < PATIENCE, "not ready ({ended:?}):\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    pub(crate) async fn control(&self, call: &str, body: Value) -> Value {
        let url = format!("{}/_sandbox/{call}", self.sandbox.base_url);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{call}: {}", answer.status());
        serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null)
    }

    /// A till's call to the program: whether it was acknowledged.
    pub(crate) async fn pos(&self, secret: &str, sequence: u32, quantity: u32) -> bool {
        let entry = serde_json::json!({
            "sku_ref": "MAR-M", "stock_managed": true, "quantity": quantity, "available": true,
        });
        let url = format!("{}/api/v1/pos/tills/caisse/stock", self.origin);
        let call = self.http.patch(url).header("authorization", format!("Bearer {secret}"));
        let answer = call.json(&serde_json::json!({"sequence": sequence, "entries": [entry]})).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// What HubRise answers a call with this token.
    pub(crate) async fn at_hubrise(&self, path: &str, token: &str) -> Value {
        let url = format!("{}{path}", self.sandbox.api_url());
        let answer = self.http.get(url).header("x-access-token", token).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// How the sends of a connection's stock stand once none is under way.
    pub(crate) async fn operations_of(&self, browser: &Browser, connection: &str) -> Vec<String> {
        let begun = Instant::now();
        loop {
            let page = browser.get(&format!("/connections/{connection}/operations")).await.ok();
            let all = page["operations"].as_array().unwrap().iter().filter(|one| one["kind"] == "stock");
            let states: Vec<_> = all.map(|one| one["state"].as_str().unwrap().to_owned()).collect();
            if states.iter().all(|state| state != "sending" && state != "retrying") {
                return states;
            }
            assert!(begun.elapsed() < PATIENCE, "{states:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn look(&self, what: &str) -> Vec<Value> {
        let url = format!("{}/_sandbox/{what}", self.sandbox.base_url);
        let answer: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        answer.as_array().or_else(|| answer[what].as_array()).unwrap().clone()
    }

    /// Waits until HubRise has received `count` such calls.
    pub(crate) async fn until_hubrise_received(&self, method: &str, path: &str, count: usize) {
        let begun = Instant::now();
        loop {
            let calls = self.look("requests").await;
            if calls.iter().filter(|call| call["method"] == method && call["path"] == path).count() >= count {
                return;
            }
            assert!(begun.elapsed() < LONGEST, "HubRise never received {method} {path}");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// The access token HubRise has given out: authorising the same place again gives the same one.
    pub(crate) async fn token_at_hubrise(&self, code: &str) -> String {
        self.token_of("pos-helper", code).await
    }

    /// The same of any vendor's client.
    pub(crate) async fn token_of(&self, vendor: &str, code: &str) -> String {
        let answer = self
            .http
            .post(format!("{}/token", self.sandbox.oauth_url()))
            .basic_auth(format!("{vendor}-sandbox"), Some(format!("{vendor}-sandbox-secret")))
            .form(&[("code", code)])
            .send()
            .await
            .unwrap();
        let answer: Value = answer.json().await.unwrap();
        answer["access_token"].as_str().unwrap_or_else(|| panic!("no token in {answer}")).to_owned()
    }

    /// Everything the program has written: its log and every file of its data.
    pub(crate) async fn everything_written(&self) -> Vec<(String, Vec<u8>)> {
        let mut written = vec![("log".to_owned(), self.log().into_bytes())];
        for entry in std::fs::read_dir(self.data()).unwrap() {
            let path = entry.unwrap().path();
            written.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
        assert!(written.iter().any(|(_, bytes)| !bytes.is_empty()));
        written
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _already_dead = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn spawn(origin: &str, sandbox: &Running, folder: &Path) -> Child {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    Command::new(env!("CARGO_BIN_EXE_passerelle"))
        .arg("serve")
        .current_dir(folder)
        .env_clear()
        .env("PASSERELLE_SERVER_LISTEN", origin.trim_start_matches("http://"))
        .env("PASSERELLE_SERVER_PUBLIC_URL", origin)
        .env("PASSERELLE_SERVER_DATA_DIR", folder.join("data"))
        .env("PASSERELLE_HUBRISE_OAUTH_URL", sandbox.oauth_url())
        .env("PASSERELLE_HUBRISE_API_URL", sandbox.api_url())
        .env("PASSERELLE_LOG_LEVEL", "debug")
        .env("PASSERELLE_VENDORS_POS_HELPER_CLIENT_ID", "pos-helper-sandbox")
        .env("PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET", "pos-helper-sandbox-secret")
        .env("PASSERELLE_VENDORS_CARRE_POS_CLIENT_ID", "carre-pos-sandbox")
        .env("PASSERELLE_VENDORS_CARRE_POS_CLIENT_SECRET", "carre-pos-sandbox-secret")
        .stdout(Stdio::from(log.try_clone().unwrap()))
        .stderr(Stdio::from(log))
        .spawn()
        .unwrap()
}
