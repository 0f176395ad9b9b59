//! A browser as the server sees one: a cookie, an origin, a CSRF token, and JSON both ways.

use reqwest::header::{AUTHORIZATION, COOKIE, ORIGIN, SET_COOKIE, USER_AGENT};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[derive(Clone)]
pub(crate) struct Browser {
    http: reqwest::Client,
    server: String,
    /// What it says it comes from; tests of foreign pages change it.
    pub(crate) origin: Option<String>,
    pub(crate) cookie: Option<String>,
    pub(crate) csrf: Option<String>,
    /// In a back office's frame.
    pub(crate) bearer: Option<String>,
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// The body of a success.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body
    }

    /// Asserts a problem, its form included.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status.as_u16(), &self.body["code"]), (status, &json!(code)), "{}", self.body);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.body["request_id"], self.headers["x-request-id"].to_str().unwrap());
        self.body
    }
}

impl Browser {
    pub(crate) fn new(http: reqwest::Client, server: &str) -> Self {
        Self {
            http,
            server: server.to_owned(),
            origin: Some(server.to_owned()),
            cookie: None,
            csrf: None,
            bearer: None,
        }
    }

    pub(crate) async fn open_session(&mut self) {
        let answer = self.get("/session").await;
        self.keep_cookie(&answer);
        self.csrf = Some(answer.ok()["csrf_token"].as_str().unwrap().to_owned());
    }

    /// Takes the cookie an answer sets, as browsers do.
    pub(crate) fn keep_cookie(&mut self, answer: &Answer) {
        if let Some(set) = answer.headers.get(SET_COOKIE) {
            self.cookie = Some(set.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let agent = "Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0";
        let mut request = self.http.request(method, format!("{}/api/v1{path}", self.server)).header(USER_AGENT, agent);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        if let Some(origin) = &self.origin {
            request = request.header(ORIGIN, origin);
        }
        if let Some(csrf) = &self.csrf {
            request = request.header("x-csrf-token", csrf);
        }
        if let Some(bearer) = &self.bearer {
            request = request.header(AUTHORIZATION, format!("Bearer {bearer}"));
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.text().await.unwrap();
        Answer { status, headers, body: serde_json::from_str(&body).unwrap_or(Value::String(body)) }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(&body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, Some(&body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// The authorize URL of a new run.
    pub(crate) async fn run(&self, asked: Value) -> url::Url {
        let started = self.post("/attempts", asked).await.ok();
        started["authorize_url"].as_str().unwrap().parse().unwrap()
    }

    /// The authorize URL of a new attempt.
    pub(crate) async fn authorize_url(&self, till: &str) -> url::Url {
        self.run(json!({"vendor": "pos-helper", "till": till})).await
    }

    /// Begins an attempt and gives its `state`.
    pub(crate) async fn begin(&self, till: &str) -> String {
        let url = self.authorize_url(till).await;
        url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
    }

    pub(crate) async fn finish(&self, state: &str, code: &str) -> Answer {
        self.post("/attempts/finish", json!({"state": state, "code": code})).await
    }

    /// What the till's page shows.
    pub(crate) async fn status(&self, till: &str) -> Value {
        self.status_at("pos-helper", till).await
    }

    /// What the page of any vendor's till shows.
    pub(crate) async fn status_at(&self, vendor: &str, till: &str) -> Value {
        self.get(&format!("/vendors/{vendor}/tills/{till}/status")).await.ok()
    }

    /// Who is signed in.
    pub(crate) async fn users(&self) -> Value {
        self.get("/session").await.ok()["users"].clone()
    }
}
