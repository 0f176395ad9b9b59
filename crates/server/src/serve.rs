//! Listening, answering and stopping: the sockets' part of the server. What is answered is the router's affair.

use std::{future::Future, io, net::SocketAddr, time::Duration};

use axum::{Router, serve::ListenerExt};
use tokio::{net::TcpListener, sync::oneshot};

use crate::config::ServerSettings;

/// After being told to stop, requests in flight have this long to end.
pub const GRACE: Duration = Duration::from_secs(10);

/// Why the server does not listen, or no longer.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port belongs to another program.
    #[error(
        "cannot listen on {address}: port {} is in use; stop the other program or choose another port with \
         `server.listen` (PASSERELLE_SERVER_LISTEN)",
        address.port()
    )]
    InUse {
        /// As configured.
        address: SocketAddr,
    },
    /// The system refuses for another reason.
    #[error("cannot listen on {address}: {source}; see `server.listen` (PASSERELLE_SERVER_LISTEN)")]
    Bind {
        /// As configured.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The system's signals cannot be heard, or the listening socket broke.
    #[error("the server stopped: {0}")]
    Broken(#[from] io::Error),
}

/// Takes the configured address.
///
/// # Errors
/// One sentence that names the port and the setting.
pub async fn bind(settings: &ServerSettings) -> Result<TcpListener, ServeError> {
    let address = settings.listen;
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::InUse { address },
        _ => ServeError::Bind { address, source },
    })
}

/// Serves until `shutdown` ends; then takes no more connections, and gives those in flight [`GRACE`] to end.
///
/// # Errors
/// When the listening socket breaks.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    // Answers are written whole: waiting to fill a packet would only delay them.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY refused");
        }
    });
    let (stopping, stopped) = oneshot::channel();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        shutdown.await;
        // Nobody listens any more only when the server has ended by itself.
        let _ended = stopping.send(());
    });
    let out_of_patience = async move {
        match stopped.await {
            Ok(()) => tokio::time::sleep(GRACE).await,
            // The server has ended, and its outcome is what counts.
            Err(_ended) => std::future::pending().await,
        }
    };
    tokio::select! {
        outcome = server.into_future() => outcome.map_err(ServeError::Broken),
        () = out_of_patience => {
            tracing::warn!(seconds = GRACE.as_secs(), "requests still in flight were cut off");
            Ok(())
        }
    }
}

/// Ends when the process is told to stop: SIGINT (Ctrl-C) or SIGTERM.
///
/// # Errors
/// When signals cannot be heard.
pub fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, ServeError> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let mut interrupt = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        tracing::info!("told to stop");
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::sync::Arc;

    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        sync::Notify,
        task::JoinHandle,
    };

    use super::*;

    /// A server whose only answer waits for `release`, with one request in flight.
    struct Busy {
        address: SocketAddr,
        release: Arc<Notify>,
        stop: oneshot::Sender<()>,
        server: JoinHandle<Result<(), ServeError>>,
        client: TcpStream,
    }

    async fn busy() -> Busy {
        let (entered, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let handler = {
            let (entered, release) = (Arc::clone(&entered), Arc::clone(&release));
            move || async move {
                entered.notify_one();
                release.notified().await;
                "done"
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().route("/", get(handler));
        let server = tokio::spawn(serve(listener, router, async move { drop(stopped.await) }));
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        entered.notified().await;
        Busy { address, release, stop, server, client }
    }

    #[tokio::test]
    async fn lets_a_request_in_flight_end_and_takes_no_other() {
        let Busy { address, release, stop, server, mut client } = busy().await;
        stop.send(()).unwrap();
        // The listening socket closes as soon as the server's task has seen the signal.
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        release.notify_one();
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("done"), "{answer}");
        server.await.unwrap().unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn cuts_off_a_request_that_outlasts_the_grace() {
        let Busy { stop, server, client: _kept, .. } = busy().await;
        let told = tokio::time::Instant::now();
        stop.send(()).unwrap();
        server.await.unwrap().unwrap();
        let waited = told.elapsed();
        assert!(waited >= GRACE && waited < GRACE + Duration::from_secs(1), "{waited:?}");
    }

    #[tokio::test]
    async fn says_which_port_is_in_use_and_which_setting_moves_it() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut settings =
            crate::config::load(&crate::config::File::IfPresent("/nowhere".into()), []).unwrap().settings;
        settings.server.listen = taken.local_addr().unwrap();
        let refused = bind(&settings.server).await.unwrap_err().to_string();
        let port = taken.local_addr().unwrap().port();
        assert_eq!(
            refused,
            format!(
                "cannot listen on 127.0.0.1:{port}: port {port} is in use; stop the other program or choose another \
                 port with `server.listen` (PASSERELLE_SERVER_LISTEN)"
            )
        );
    }
}
