//! A till's server as raw TCP: what HTTP libraries would never send, this does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use passerelle_pixelpoint::{ApiToken, Ask, Dialect, Eoi, EoiOptions, Item, Number, Order, Sent};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// The token every test sends.
pub(crate) const TOKEN: &str = "YT6eR2-CEED65AD33823A5B";

/// What the stub does with a connection.
#[derive(Clone)]
pub(crate) enum Does {
    /// Reads the request, then writes these bytes and closes.
    Answers(Vec<u8>),
    /// Reads the request, and then says nothing for as long as it is let.
    KeepsSilent,
    /// Closes without reading.
    Closes,
    /// Reads the request and closes.
    ReadsAndCloses,
    /// Reads the request, writes these bytes, and keeps the connection open.
    Stalls(Vec<u8>),
}

/// A stub at work.
pub(crate) struct Stub {
    pub(crate) address: std::net::SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: mpsc::UnboundedReceiver<String>,
}

impl Stub {
    pub(crate) async fn that(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let (heard, requests) = mpsc::unbounded_channel();
        let counted = connections.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(socket, does.clone(), heard.clone()));
            }
        });
        Self { address, connections, requests }
    }

    pub(crate) async fn sends(&self, ask: &Ask) -> Sent {
        eoi(&format!("http://{}/api/v1/eoi", self.address)).send(&ApiToken::new(TOKEN), false, ask).await
    }

    /// Connections made to it so far.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The next request it read, whole.
    pub(crate) fn request(&mut self) -> String {
        self.requests.try_recv().expect("a request was read")
    }
}

/// A client that waits a fifth of a second for each thing.
pub(crate) fn eoi(url: &str) -> Eoi {
    let short = Duration::from_millis(200);
    Eoi::new(EoiOptions { url: url.parse().unwrap(), connect: short, answer: short, dialect: Dialect::default() })
        .unwrap()
}

/// An order of one tea.
pub(crate) fn tea() -> Ask {
    let item = Item {
        id: 1,
        parent: 1,
        number: Some(Number::Product("101".to_owned())),
        description: "Tea".to_owned(),
        cost_each: "2.50".parse().unwrap(),
        quantity: "1".parse().unwrap(),
        combo_item_id: None,
        forced_answer: false,
    };
    Ask::Order(Order { items: vec![item], ..Order::default() })
}

/// An answer as HTTP has it.
pub(crate) fn http(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut answer = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    answer
}

async fn serve(mut socket: TcpStream, does: Does, heard: mpsc::UnboundedSender<String>) {
    if matches!(does, Does::Closes) {
        return;
    }
    let request = read(&mut socket).await;
    let _nobody_asks = heard.send(request);
    match does {
        Does::Answers(bytes) => {
            let _gone = socket.write_all(&bytes).await;
        }
        Does::KeepsSilent => std::future::pending().await,
        Does::Stalls(bytes) => {
            let _gone = socket.write_all(&bytes).await;
            std::future::pending::<()>().await;
        }
        Does::Closes | Does::ReadsAndCloses => {}
    }
}

/// A request to the last byte of its body; as much as came of what never becomes one.
async fn read(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match socket.read(&mut chunk).await {
            Ok(0) | Err(_) => return text,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}
