//! What a back office's server says to the console's: it exchanges a token for a one-time code, for pages without a script.

use std::time::Duration;

use reqwest::{Client, redirect::Policy};
use serde_json::{Value, json};

/// How long an answer is waited for.
const LIMIT: Duration = Duration::from_secs(5);

/// The back office's server, as far as it calls the console.
#[derive(Debug)]
pub(super) struct Server {
    client: Client,
}

impl Server {
    /// # Errors
    /// When no TLS can be had.
    pub(super) fn new() -> reqwest::Result<Self> {
        // Another client of this process may have chosen already; any choice will do.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .tls_backend_rustls()
            // The console is a neighbour, never behind a proxy.
            .no_proxy()
            .redirect(Policy::none())
            .timeout(LIMIT)
            .build()?;
        Ok(Self { client })
    }

    /// A code that opens the console's page once. `Err` says in words why there is none.
    pub(super) async fn code(&self, console: &str, vendor: &str, token: &str) -> Result<String, String> {
        let request = self.client.post(format!("{console}/api/v1/embed/codes"));
        let answer = match request.json(&json!({ "vendor": vendor, "token": token })).send().await {
            Ok(answer) => answer,
            Err(error) if error.is_timeout() => return Err("no answer within 5 seconds".to_owned()),
            Err(_) => return Err("no answer".to_owned()),
        };
        let status = answer.status();
        let body: Value = answer.json().await.unwrap_or_default();
        match body["code"].as_str() {
            Some(code) if status.is_success() => Ok(code.to_owned()),
            _ => Err(format!("{} {}", status.as_u16(), body["detail"].as_str().unwrap_or_default()).trim().to_owned()),
        }
    }
}
