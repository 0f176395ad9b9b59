//! Calls the addresses apps registered at HubRise, and keeps what came of it. When to call is others' business.

use std::time::Duration;

use reqwest::{Client, redirect::Policy};
use serde::Serialize;

use crate::{
    lang::Lang,
    state::{App, grants::Status},
};

/// How long an answer is waited for, in seconds (inferred: HubRise documents no limit for this call).
pub(crate) const LIMIT: Duration = Duration::from_secs(5);

/// What came of telling an app something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Told {
    /// The address called.
    pub(crate) url: String,
    /// The answer's status; `None` when there was none.
    pub(crate) status: Option<u16>,
    /// Whether the limit passed without an answer.
    pub(crate) timed_out: bool,
}

impl Told {
    /// For the user of the back office to read.
    pub(crate) fn words(&self, lang: Lang) -> String {
        match (self.status, self.timed_out) {
            (Some(status), _) => format!(
                "{} {status}.",
                lang.pick("L'application, prévenue, a répondu", "The app was told, and answered")
            ),
            (None, true) => lang
                .pick(
                    "L'application, prévenue, n'a pas répondu en 5 secondes.",
                    "The app was told, and did not answer within 5 seconds.",
                )
                .to_owned(),
            (None, false) => {
                lang.pick("L'application n'a pas pu être prévenue.", "The app could not be told.").to_owned()
            }
        }
    }
}

/// Calls other programs.
#[derive(Debug)]
pub(crate) struct Teller {
    client: Client,
}

impl Teller {
    /// A teller that waits this long for an answer.
    ///
    /// # Errors
    /// When no TLS can be had.
    pub(crate) fn new(limit: Duration) -> reqwest::Result<Self> {
        // Another client of this process may have chosen already; any choice will do.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .tls_backend_rustls()
            // The console is a neighbour, never behind a proxy.
            .no_proxy()
            .redirect(Policy::none())
            .timeout(limit)
            .build()?;
        Ok(Self { client })
    }

    async fn get(&self, url: String) -> Told {
        match self.client.get(&url).send().await {
            Ok(answer) => Told { url, status: Some(answer.status().as_u16()), timed_out: false },
            Err(error) => Told { url, status: None, timed_out: error.is_timeout() },
        }
    }
}

/// What **Disconnect** does: the token is dead at once, then the app is told ("Clients and Apps", Disconnection).
/// `false` for a connection that does not exist or was over already.
pub(crate) async fn disconnect(app: &App, connection_id: &str) -> bool {
    let url = {
        let mut state = app.state();
        let Some(connection) = state.connection_mut(connection_id) else { return false };
        if connection.status == Status::Revoked {
            return false;
        }
        connection.revoke();
        let (client_id, installation) = (connection.grant.client_id.clone(), connection.app_instance_id.clone());
        let registration = state.directory.client(&client_id).and_then(|client| client.app.as_ref());
        registration.map(|registration| registration.disconnected(&installation))
    };
    let Some(url) = url else { return true };
    let told = app.teller.get(url).await;
    if !app.quiet {
        tracing::info!(connection = connection_id, status = told.status, "told of a disconnection");
    }
    if let Some(connection) = app.state().connection_mut(connection_id) {
        connection.told = Some(told);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn an_app_that_never_answers_is_waited_for_only_so_long() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap_or_else(|error| panic!("{error}"));
        let address = listener.local_addr().unwrap_or_else(|error| panic!("{error}"));
        let teller = Teller::new(Duration::from_millis(30)).unwrap_or_else(|error| panic!("{error}"));
        let told = teller.get(format!("http://{address}/")).await;
        assert_eq!((told.status, told.timed_out), (None, true));
        drop(listener);
        let told = teller.get(format!("http://{address}/")).await;
        assert_eq!((told.status, told.timed_out), (None, false));
    }
}
