//! A stand-in for HubRise, written from HubRise's public documents: its OAuth server under `/oauth2/v1`, its API under
//! `/v1`, a little back office at `/`, and controls of its own under `/_sandbox`. Beside it, on a port of its own, a
//! stand-in for PAR PixelPoint; and on another, the vendors' own back offices, which show a console in their pages. And a
//! Carré POS till, which tells a console of its stock. The state lives in memory.
//!
//! It shares no code with the product it is there to test: where both read the same document and one misreads it, a
//! test fails. Where HubRise documents nothing, the sandbox does what seems likeliest, and says "(inferred)".
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! use passerelle_sandbox::{Options, Sandbox};
//! let sandbox = Sandbox::start(Options {
//!     listen: ([127, 0, 0, 1], 0).into(),
//!     consoles: vec!["http://127.0.0.1:8080".to_owned()],
//!     quiet: true,
//!     pixelpoint: None,
//!     offices: None,
//! })
//! .await?;
//! println!("{}", sandbox.oauth_url());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```

mod api;
mod back_office;
mod carre_pos;
mod clock;
mod control;
mod cookies;
mod courier;
mod faults;
mod gate;
mod generator;
mod html;
mod lang;
mod limits;
mod listener;
mod money;
mod oauth;
mod offices;
mod params;
mod pixelpoint;
mod random;
mod recorder;
pub mod seeds;
mod state;
mod teller;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// How long a graceful stop waits for requests under way, in seconds.
const GRACE: Duration = Duration::from_secs(2);

/// How a sandbox is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Origins of the consoles (`http://127.0.0.1:8080`) whose `/oauth/callback` is registered for every client. The
    /// first one's addresses are the apps': `/<slug>/hubrise/connect`, `/<slug>/hubrise/open` and
    /// `/callbacks/hubrise/<slug>/disconnect`.
    pub consoles: Vec<String>,
    /// Whether requests go unlogged.
    pub quiet: bool,
    /// Address PixelPoint's EOI listens on; port 0 takes a free one. `None`: there is no PixelPoint.
    pub pixelpoint: Option<SocketAddr>,
    /// Address the vendors' back offices listen on, to be called `localhost`; port 0 takes a free one. `None`: there are
    /// none. The console they show, and mint tokens for, is the first of `consoles`.
    pub offices: Option<SocketAddr>,
}

/// Starts sandboxes.
#[derive(Debug)]
pub struct Sandbox;

impl Sandbox {
    /// Starts a freshly seeded sandbox in the background.
    ///
    /// # Errors
    /// When a console is not an `http(s)` origin, or the address cannot be listened on.
    pub async fn start(options: Options) -> anyhow::Result<Running> {
        let consoles: Vec<_> = options.consoles.iter().map(|text| origin_of(text)).collect::<Result<_, _>>()?;
        let listener = TcpListener::bind(options.listen)
            .await
            .with_context(|| format!("cannot listen on `{}`; is the port in use?", options.listen))?;
        let address = listener.local_addr().context("the listener has no address")?;
        let teller = teller::Teller::new(teller::LIMIT).context("cannot call anybody")?;
        let app = Arc::new(state::Shared::seeded(consoles, options.quiet, teller));
        let till = match options.pixelpoint {
            Some(address) => Some(pixelpoint_on(address, app.pixelpoint.clone()).await?),
            None => None,
        };
        let base_url = format!("http://{address}");
        let offices = match options.offices {
            Some(address) => Some(offices_on(address, Arc::clone(&app), base_url.clone()).await?),
            None => None,
        };
        let workers = vec![
            tokio::spawn(courier::work(Arc::clone(&app)).context("cannot send events")?),
            tokio::spawn(generator::work(Arc::clone(&app))),
            tokio::spawn(carre_pos::work(Arc::clone(&app)).context("cannot be a till")?),
        ];
        let service = gate::router(app).into_make_service_with_connect_info::<listener::Line>();
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener::Listening(listener), service).with_graceful_shutdown(asked(stopped));
        let task = tokio::spawn(watched(server));
        let (pixelpoint_url, till) = till.unzip();
        let (offices_url, offices) = offices.unzip();
        let parts = [Some(Part { stop: Some(stop), task }), till, offices].into_iter().flatten().collect();
        Ok(Running { base_url, pixelpoint_url, offices_url, parts, workers })
    }
}

/// Starts PixelPoint on a port of its own; the EOI's address comes with it.
async fn pixelpoint_on(address: SocketAddr, site: Arc<pixelpoint::Site>) -> anyhow::Result<(String, Part)> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on `{address}` for PixelPoint; is the port in use?"))?;
    let address = listener.local_addr().context("the listener has no address")?;
    let door = pixelpoint::Door::new(listener, &site).context("the listener has no address")?;
    let service = pixelpoint::router(site).into_make_service_with_connect_info::<pixelpoint::Line>();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(door, service).with_graceful_shutdown(asked(stopped));
    let task = tokio::spawn(watched(server));
    Ok((format!("http://{address}{}", pixelpoint::PATH), Part { stop: Some(stop), task }))
}

/// Starts the vendors' back offices on a port of their own; their origin comes with them.
async fn offices_on(address: SocketAddr, app: state::App, hubrise: String) -> anyhow::Result<(String, Part)> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on `{address}` for the back offices; is the port in use?"))?;
    let port = listener.local_addr().context("the listener has no address")?.port();
    let origin = format!("http://{}:{port}", offices::HOST);
    let router = offices::router(Arc::clone(&app), hubrise, origin.clone()).context("cannot call the console")?;
    // The one time it is set.
    let _ = app.offices.set(origin.clone());
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(asked(stopped));
    let task = tokio::spawn(watched(server));
    Ok((origin, Part { stop: Some(stop), task }))
}

/// Resolves when asked to stop; a dropped sender means it as well.
async fn asked(stopped: oneshot::Receiver<()>) {
    let _ = stopped.await;
}

/// A server to its end, which is logged if it is none that was asked for.
async fn watched(server: impl IntoFuture<Output = std::io::Result<()>>) {
    if let Err(error) = server.await {
        tracing::error!(%error, "the sandbox stopped");
    }
}

fn origin_of(text: &str) -> anyhow::Result<String> {
    let url = url::Url::parse(text).with_context(|| format!("console `{text}` is not a URL"))?;
    let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    anyhow::ensure!(matches!(url.scheme(), "http" | "https") && plain, "console `{text}` is not an http(s) origin");
    Ok(url.origin().ascii_serialization())
}

/// A sandbox at work. Dropping it stops it at once; `stop` lets requests under way finish.
#[derive(Debug)]
pub struct Running {
    /// Where it listens, without a trailing slash: `http://127.0.0.1:8081`.
    pub base_url: String,
    /// The EOI's address, what `pixelpoint.eoi_url` is set to: `http://127.0.0.1:8082/api/v1/eoi`. `None` without one.
    pub pixelpoint_url: Option<String>,
    /// Where the vendors' back offices are: `http://localhost:8083`. `None` without them.
    pub offices_url: Option<String>,
    parts: Vec<Part>,
    /// What works without being asked over HTTP.
    workers: Vec<JoinHandle<()>>,
}

/// One of its servers.
#[derive(Debug)]
struct Part {
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Running {
    /// Base of the OAuth server, what `hubrise.oauth_url` is set to.
    pub fn oauth_url(&self) -> String {
        format!("{}/oauth2/v1", self.base_url)
    }

    /// Base of the API, what `hubrise.api_url` is set to.
    pub fn api_url(&self) -> String {
        format!("{}/v1", self.base_url)
    }

    /// Stops listening and waits (two seconds at most) for the requests under way.
    pub async fn stop(mut self) {
        self.workers.iter().for_each(JoinHandle::abort);
        for part in &mut self.parts {
            part.stop.take();
        }
        let all = async {
            for part in &mut self.parts {
                // One that panicked is over as well.
                let _ = (&mut part.task).await;
            }
        };
        // Whatever is still at work then is ended by the drop.
        let _ = tokio::time::timeout(GRACE, all).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for part in &self.parts {
            part.task.abort();
        }
        self.workers.iter().for_each(JoinHandle::abort);
    }
}

#[cfg(test)]
mod tests {
    use super::origin_of;

    #[test]
    fn consoles_are_origins() {
        assert_eq!(origin_of("http://127.0.0.1:8080/").ok().as_deref(), Some("http://127.0.0.1:8080"));
        for text in ["127.0.0.1:8080", "ftp://x", "http://x/path", "http://x/?q", ""] {
            assert!(origin_of(text).is_err(), "{text}");
        }
    }
}
