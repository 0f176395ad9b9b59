//! The vendors' own back offices, on a port and a host of their own: another site than the console they show in their
//! pages. Plausible copies, written from the vendors' documents and from what the console tells integrators; what neither
//! says is "(inferred)". Each signs in its made-up users by itself, mints real tokens for them, and can be made to mint
//! wrong ones.

mod calls;
mod catalogue;
mod console;
mod fault;
mod frame;
mod index;
mod installations;
mod looks;
mod menu;
mod page;
mod server;
mod token;
mod vendor;
mod visit;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{HeaderValue, StatusCode, header};

use crate::state::App;

/// The host name the back offices go by: to a browser, another site than `127.0.0.1`.
pub(crate) const HOST: &str = "localhost";

/// What every page of every back office is given.
#[derive(Debug)]
pub(crate) struct Offices {
    app: App,
    /// The console's public origin, which tokens are for.
    console: String,
    /// Where HubRise's own back office is.
    hubrise: String,
    /// Our own origin.
    origin: String,
    server: server::Server,
    /// Tokens that are given out again and again, by whom they are for.
    kept: Mutex<HashMap<String, String>>,
}

/// A handle on the back offices.
type Shared = Arc<Offices>;

/// The back offices at `origin`, beside the HubRise at `hubrise`.
///
/// # Errors
/// When no TLS can be had to call the console.
pub(crate) fn router(app: App, hubrise: String, origin: String) -> reqwest::Result<Router> {
    let console = app.first_console().to_owned();
    let server = server::Server::new()?;
    let offices = Arc::new(Offices { app, console, hubrise, origin, server, kept: Mutex::default() });
    Ok(Router::new()
        .route("/", get(index::show))
        .route("/office.css", get(|| async { asset("text/css; charset=utf-8", looks::SHARED) }))
        .route("/office.js", get(|| async { asset("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/icon.svg", get(|| async { asset("image/svg+xml", ICON) }))
        .route("/{vendor}", get(page::home))
        .route("/{vendor}/style.css", get(looks::show))
        .route("/{vendor}/token", post(calls::token))
        .route("/{vendor}/{*path}", get(page::show))
        .fallback(page::nowhere)
        .layer(middleware::from_fn_with_state(Arc::clone(&offices), by_name))
        .with_state(offices))
}

/// What mounts the console into a page.
const SCRIPT: &str = include_str!("office.js");
/// A shop front, drawn for this sandbox.
const ICON: &str = include_str!("icon.svg");

fn asset(kind: &'static str, text: &'static str) -> Response {
    let kind = HeaderValue::from_static(kind);
    let stay = HeaderValue::from_static("no-store");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, stay)], text).into_response()
}

/// Sends who came by number to the same page by name: by number, office and console would be one site.
async fn by_name(State(offices): State<Shared>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if host.split(':').next() != Some("127.0.0.1") {
        return next.run(request).await;
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let mut response = StatusCode::TEMPORARY_REDIRECT.into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("{}{path}", offices.origin)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}
