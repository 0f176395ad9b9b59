//! A sandbox on a port of its own, and short ways to call it.

use passerelle_sandbox::{Options, Running, Sandbox};
use reqwest::{Client, Method, RequestBuilder, Response, header::HeaderMap, redirect::Policy};
use serde_json::{Value, json};

pub(crate) const CONSOLE: &str = "http://127.0.0.1:8080";
pub(crate) const CALLBACK: &str = "http://127.0.0.1:8080/oauth/callback";
pub(crate) const CLIENT: &str = "pos-helper-sandbox";
pub(crate) const SECRET: &str = "pos-helper-sandbox-secret";
/// What a till asks for when HubRise's page makes every choice.
pub(crate) const TILL: &str = "location[orders.write,customer_list.write,catalog.read]";
/// What it asks for when the console makes them.
pub(crate) const COUNTER: &str = "account[orders.write,all_customer_lists.write,all_catalogs.read]";

pub(crate) struct Stage {
    pub(crate) sandbox: Running,
    pub(crate) http: Client,
}

/// What a call answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Self { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Stage {
    pub(crate) async fn new() -> Self {
        Self::with_console(CONSOLE).await
    }

    /// A sandbox whose apps are registered at this console.
    pub(crate) async fn with_console(console: &str) -> Self {
        Self::start(console, None).await
    }

    /// One with the vendors' back offices, which show this console.
    pub(crate) async fn with_offices(console: &str) -> Self {
        Self::start(console, Some(([127, 0, 0, 1], 0).into())).await
    }

    async fn start(console: &str, offices: Option<std::net::SocketAddr>) -> Self {
        // The client library wants to be told how to do TLS, even where none is done.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listen = ([127, 0, 0, 1], 0).into();
        let (consoles, pixelpoint) = (vec![console.to_owned()], Some(listen));
        let options = Options { listen, consoles, quiet: true, pixelpoint, offices };
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { sandbox: Sandbox::start(options).await.unwrap(), http }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.sandbox.base_url))
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::of(request.send().await.unwrap()).await
    }

    /// A control call that must succeed.
    pub(crate) async fn control(&self, path: &str, body: Value) -> Value {
        let answer = self.send(self.request(Method::POST, &format!("/_sandbox/{path}")).json(&body)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    pub(crate) async fn look(&self, path: &str) -> Value {
        self.send(self.request(Method::GET, &format!("/_sandbox/{path}"))).await.body
    }

    /// Stops the clock, so that no window of a rate limit turns during a test.
    pub(crate) async fn freeze(&self) {
        self.control("clock", json!({ "frozen": true })).await;
    }

    pub(crate) async fn advance(&self, seconds: i64) {
        self.control("clock", json!({ "advance_seconds": seconds })).await;
    }

    /// A code, as if `email` had pressed Allow; `picks` holds location, catalog and so on.
    pub(crate) async fn code(&self, email: &str, scope: &str, picks: Value) -> String {
        let mut body = json!({ "client_id": CLIENT, "email": email, "scope": scope });
        body.as_object_mut().unwrap().extend(picks.as_object().unwrap().clone());
        self.control("grant", body).await["code"].as_str().unwrap().to_owned()
    }

    /// Exchanges a code the documented way.
    pub(crate) async fn exchange(&self, code: &str) -> Answer {
        let request = self.request(Method::POST, "/oauth2/v1/token");
        self.send(request.basic_auth(CLIENT, Some(SECRET)).form(&[("code", code)])).await
    }

    pub(crate) async fn connect(&self, email: &str, scope: &str, picks: Value) -> Till<'_> {
        let answer = self.exchange(&self.code(email, scope, picks).await).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let token = answer.body["access_token"].as_str().unwrap().to_owned();
        Till { stage: self, token, granted: answer.body }
    }

    pub(crate) async fn revoke(&self, token: &str) -> Answer {
        let request = self.request(Method::POST, "/oauth2/v1/revoke");
        self.send(request.basic_auth(CLIENT, Some(SECRET)).form(&[("token", token)])).await
    }
}

/// A connected application.
pub(crate) struct Till<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) token: String,
    pub(crate) granted: Value,
}

impl Till<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.stage.request(method, &format!("/v1{path}")).header("X-Access-Token", &self.token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        self.stage.send(request).await
    }

    /// The id under which the control calls know this connection.
    pub(crate) async fn connection_id(&self) -> String {
        let connections = self.stage.look("connections").await;
        let mine = |one: &&Value| one["app_instance_id"] == self.granted["app_instance_id"];
        connections.as_array().unwrap().iter().find(mine).unwrap()["id"].as_str().unwrap().to_owned()
    }
}
