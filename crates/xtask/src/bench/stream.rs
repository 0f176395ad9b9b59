//! A page that listens: a stream of server-sent events, read as it comes, each event with the moment it arrived.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// An open stream; reading ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Stream {
    socket: TcpStream,
    arrived: Receiver<Instant>,
}

impl Stream {
    /// Opens one; whatever changes from now on is heard.
    pub(crate) fn open(port: u16, path: &str, cookie: &str) -> anyhow::Result<Self> {
        let socket =
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).with_context(|| format!("cannot reach port {port}"))?;
        socket.set_nodelay(true)?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept: text/event-stream\r\ncookie: {cookie}\r\n\r\n"
        );
        (&socket).write_all(request.as_bytes()).context("cannot send")?;
        let mut reader = BufReader::new(socket.try_clone()?);
        let mut line = String::new();
        reader.read_line(&mut line).context("no answer")?;
        ensure!(line.starts_with("HTTP/1.1 200"), "GET {path} answered {}", line.trim());
        while line.trim() != "" {
            line.clear();
            reader.read_line(&mut line)?;
        }
        let (tell, arrived) = channel();
        // The framing between events is of no interest: an event's own lines stand whole.
        thread::spawn(move || {
            for line in reader.lines().map_while(Result::ok) {
                if line.trim_end() == "event: changed" && tell.send(Instant::now()).is_err() {
                    return;
                }
            }
        });
        Ok(Self { socket, arrived })
    }

    /// When the next event arrived; waits for it for ten seconds.
    pub(crate) fn changed(&self) -> anyhow::Result<Instant> {
        self.arrived.recv_timeout(Duration::from_secs(10)).context("no event arrived within ten seconds")
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // Ends the reading thread; that the server was faster changes nothing.
        let _closed = self.socket.shutdown(std::net::Shutdown::Both);
    }
}
