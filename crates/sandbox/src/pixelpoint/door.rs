//! The port: accepts connections that can be cut one by one, and can be closed as a whole, so that a PixelPoint that is
//! down refuses connections like one that is down.

use std::{
    fmt, io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{extract::connect_info::Connected, serve::IncomingStream};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};

use super::site::{Site, Turn};

/// A handle on one connection.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line(Arc<AtomicBool>);

impl Line {
    /// Nothing more is written: the connection breaks off.
    pub(super) fn cut(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// The port.
#[derive(Debug)]
pub(crate) struct Door {
    address: SocketAddr,
    listener: Option<TcpListener>,
    turns: mpsc::UnboundedReceiver<Turn>,
    open: watch::Receiver<bool>,
}

impl Door {
    /// The site's only door, open.
    pub(crate) fn new(listener: TcpListener, site: &Site) -> io::Result<Self> {
        let address = listener.local_addr()?;
        Ok(Self { address, listener: Some(listener), turns: site.hang_door(), open: site.open() })
    }

    async fn turn(&mut self, open: bool) -> Result<(), String> {
        if !open {
            self.listener = None;
        } else if self.listener.is_none() {
            let listener = TcpListener::bind(self.address).await;
            self.listener = Some(listener.map_err(|error| format!("cannot listen on `{}`: {error}", self.address))?);
        }
        Ok(())
    }
}

/// The next connection; never one while the door is closed.
async fn next(listener: Option<&TcpListener>) -> io::Result<TcpStream> {
    match listener {
        Some(listener) => listener.accept().await.map(|(stream, _)| stream),
        None => std::future::pending().await,
    }
}

impl axum::serve::Listener for Door {
    type Io = Wire;
    type Addr = Line;

    async fn accept(&mut self) -> (Wire, Line) {
        loop {
            tokio::select! {
                Some(turn) = self.turns.recv() => {
                    let turned = self.turn(turn.open).await;
                    // Whoever asked may have left.
                    let _ = turn.done.send(turned);
                }
                stream = next(self.listener.as_ref()) => match stream {
                    Ok(stream) => {
                        let line = Line::default();
                        return (Wire::new(stream, line.clone(), self.open.clone()), line);
                    }
                    Err(error) => {
                        tracing::warn!(%error, "could not accept a connection");
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<Line> {
        Ok(Line::default())
    }
}

impl Connected<IncomingStream<'_, Door>> for Line {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.remote_addr().clone()
    }
}

/// One connection.
pub(crate) struct Wire {
    stream: TcpStream,
    line: Line,
    open: watch::Receiver<bool>,
    closing: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Wire {
    fn new(stream: TcpStream, line: Line, open: watch::Receiver<bool>) -> Self {
        let mut watched = open.clone();
        let closing = Box::pin(async move {
            // A sender that is gone means the same.
            let _ = watched.wait_for(|open| !open).await;
        });
        Self { stream, line, open, closing }
    }

    fn whole(&self) -> io::Result<()> {
        let cut = self.line.0.load(Ordering::Acquire) || !*self.open.borrow();
        if cut { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").field("line", &self.line).finish_non_exhaustive()
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.closing.as_mut().poll(cx).is_ready() {
            // Asked again, it must not be polled again.
            self.closing = Box::pin(std::future::ready(()));
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.whole() {
            Ok(()) => Pin::new(&mut self.stream).poll_write(cx, bytes),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.whole() {
            Ok(()) => Pin::new(&mut self.stream).poll_flush(cx),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
