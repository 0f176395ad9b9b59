//! A stand-in for HubRise, written from HubRise's public documents: its OAuth server under `/oauth2/v1`, its API under
//! `/v1`, a little back office at `/`, and controls of its own under `/_sandbox`. The state lives in memory.
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
//! })
//! .await?;
//! println!("{}", sandbox.oauth_url());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```

mod api;
mod back_office;
mod clock;
mod control;
mod cookies;
mod faults;
mod gate;
mod html;
mod lang;
mod limits;
mod listener;
mod money;
mod oauth;
mod params;
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
        let service = gate::router(app).into_make_service_with_connect_info::<listener::Line>();
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener::Listening(listener), service).with_graceful_shutdown(async {
            // A dropped sender means stop as well.
            let _ = stopped.await;
        });
        let task = tokio::spawn(async move {
            if let Err(error) = server.await {
                tracing::error!(%error, "the sandbox stopped");
            }
        });
        Ok(Running { base_url: format!("http://{address}"), stop: Some(stop), task: Some(task) })
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
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
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
        self.stop.take();
        if let Some(mut task) = self.task.take()
            && tokio::time::timeout(GRACE, &mut task).await.is_err()
        {
            task.abort();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
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
