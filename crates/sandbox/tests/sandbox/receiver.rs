//! An application's server, as far as HubRise's callbacks see it: remembers what it was sent and answers as told.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::{Request, State},
    routing::post,
};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

use super::stage::Till;

/// How long a delivery may take to come, at the worst.
const LIMIT: Duration = Duration::from_secs(20);
/// Tells the receiver never to answer.
const SILENT: u16 = 0;

/// What was sent.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) event: Value,
}

pub(crate) struct Receiver {
    pub(crate) url: String,
    answers: Arc<AtomicU16>,
    sent: mpsc::UnboundedReceiver<Sent>,
}

#[derive(Clone)]
struct Desk {
    answers: Arc<AtomicU16>,
    sent: mpsc::UnboundedSender<Sent>,
}

impl Receiver {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/events", listener.local_addr().unwrap());
        let (sender, sent) = mpsc::unbounded_channel();
        let answers = Arc::new(AtomicU16::new(200));
        let desk = Desk { answers: Arc::clone(&answers), sent: sender };
        let router = Router::new().route("/events", post(take)).with_state(desk);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, answers, sent }
    }

    /// Answers this from now on.
    pub(crate) fn answer(&self, status: u16) {
        self.answers.store(status, Ordering::Release);
    }

    /// Answers nothing from now on.
    pub(crate) fn say_nothing(&self) {
        self.answer(SILENT);
    }

    /// The next delivery.
    pub(crate) async fn next(&mut self) -> Sent {
        tokio::time::timeout(LIMIT, self.sent.recv()).await.unwrap().unwrap()
    }

    /// Whether nothing has come.
    pub(crate) fn is_empty(&mut self) -> bool {
        self.sent.try_recv().is_err()
    }

    /// Registers as a till's callback for orders.
    pub(crate) async fn listen_for(&self, till: &Till<'_>) {
        let callback = json!({ "url": self.url, "events": { "order": ["create", "update"] } });
        let answer = till.call(reqwest::Method::POST, "/callback", Some(callback)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

async fn take(State(desk): State<Desk>, request: Request) -> StatusCode {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
    let event = serde_json::from_slice(&bytes).unwrap();
    let status = desk.answers.load(Ordering::Acquire);
    // The test may be over.
    let _ = desk.sent.send(Sent { headers: parts.headers, bytes, event });
    if status == SILENT {
        std::future::pending::<()>().await;
    }
    StatusCode::from_u16(status).unwrap()
}
