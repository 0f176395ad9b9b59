//! A server to call, and an observer to ask: one of each a test.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use passerelle_hubrise::{AccessToken, Api, Base, Call, ClientSecret, Credentials, Http, Limits, OAuth, Observer};
use tokio::net::TcpListener;

pub(crate) const TOKEN: &str = "b9922a78d3ffab6b95e9d72e88";
pub(crate) const SECRET: &str = "correct-horse";

/// Limits no test waits for: large enough for a busy machine, small enough to end one that hangs.
pub(crate) const PATIENT: Limits =
    Limits { connect: Duration::from_secs(20), whole: Duration::from_secs(30), body: 64 * 1024 };

pub(crate) fn token() -> AccessToken {
    AccessToken::new(TOKEN)
}

pub(crate) fn credentials() -> Credentials {
    Credentials { client_id: "pos-helper".to_owned(), client_secret: ClientSecret::new(SECRET) }
}

pub(crate) fn base(address: SocketAddr) -> Base {
    format!("http://{address}/v1").parse().unwrap()
}

pub(crate) fn api(address: SocketAddr, limits: Limits) -> Api {
    Api::new(Http::new(limits).unwrap(), base(address))
}

pub(crate) fn oauth(address: SocketAddr) -> OAuth {
    OAuth::new(Http::new(PATIENT).unwrap(), base(address))
}

/// Serves every path with one handler, until the test ends.
pub(crate) async fn serve<F, Fut, R>(handler: F) -> SocketAddr
where
    F: Fn(Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = R> + Send + 'static,
    R: IntoResponse + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().fallback(any(handler));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Serves one answer to everything.
pub(crate) async fn answering(status: u16, body: &'static str) -> SocketAddr {
    serve(move |_| async move { Response::builder().status(status).body(body.to_owned()).unwrap() }).await
}

/// What a server was sent: method, path with query, headers in lower case, body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Received(Arc<Mutex<Vec<String>>>);

impl Received {
    /// A handler that notes the request and answers `body`.
    pub(crate) async fn note(self, request: Request, body: &'static str) -> &'static str {
        let (parts, sent) = request.into_parts();
        let sent = axum::body::to_bytes(sent, 64 * 1024).await.unwrap();
        let header = |name: &str| {
            parts.headers.get(name).map(|value| format!("{name}: {}\n", value.to_str().unwrap())).unwrap_or_default()
        };
        let seen = ["accept", "authorization", "content-type", "user-agent", "x-access-token"].map(header).concat();
        let line = format!("{} {}\n{seen}{}", parts.method, parts.uri, String::from_utf8_lossy(&sent));
        self.0.lock().unwrap().push(line);
        body
    }

    /// The requests so far.
    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// Notes each call in one line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Observer for Notes {
    fn called(&self, call: &Call<'_>) {
        let Call { operation, method, path, status, outcome, .. } = call;
        self.0.lock().unwrap().push(format!("{operation} {method} {path} {status:?} {outcome:?}"));
    }
}
