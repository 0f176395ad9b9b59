//! A user signed in at a console, as a browser is: a cookie, a CSRF token, and calls that survive the console's restart.

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::bench::connect::{self, text};
use crate::bench::keep_alive::{Answer, Connection};
use crate::services::Addresses;

/// The user and the console it calls.
#[derive(Debug)]
pub(crate) struct Person {
    port: u16,
    origin: String,
    cookie: String,
    csrf: String,
}

impl Person {
    /// Signs in at a vendor.
    pub(crate) fn sign_in(at: &Addresses, vendor: &str, email: &str) -> anyhow::Result<Self> {
        let cookie = connect::user(at, vendor, email)?;
        let mut person = Self { port: at.console_port, origin: at.public_url.clone(), cookie, csrf: String::new() };
        person.csrf = text(&person.get("/session")?, "csrf_token")?;
        Ok(person)
    }

    /// The session's cookie, as it stands in a request.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// `GET /api/v1…`
    pub(crate) fn get(&self, path: &str) -> anyhow::Result<Value> {
        let answer = Connection::open(self.port)?.get(&format!("/api/v1{path}"), Some(&self.cookie))?;
        answer.json().with_context(|| format!("GET {path}"))
    }

    /// A changing call, from our own pages.
    pub(crate) fn change(&self, method: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        let answer = self.try_to(method, path, body)?;
        ensure!((200..300).contains(&answer.status), "{method} {path} answered {}", shown(&answer));
        if answer.body.is_empty() { Ok(Value::Null) } else { answer.json() }
    }

    fn try_to(&self, method: &str, path: &str, body: &Value) -> anyhow::Result<Answer> {
        let headers = [
            format!("cookie: {}", self.cookie),
            format!("origin: {}", self.origin),
            format!("x-csrf-token: {}", self.csrf),
        ];
        Connection::open(self.port)?.send(method, &format!("/api/v1{path}"), &headers, body.to_string().as_bytes())
    }
}

fn shown(answer: &Answer) -> String {
    format!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body))
}
