//! A console, as far as a till that tells it of its stock sees it: remembers what it was sent and answers as told.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde_json::Value;
use tokio::{net::TcpListener, sync::mpsc};

/// How long a call may take to come, at the worst.
const LIMIT: Duration = Duration::from_secs(20);

/// What was sent.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) bearer: String,
    pub(crate) idempotency_key: String,
    pub(crate) body: Value,
}

impl Told {
    /// The refs told of, and their quantities.
    pub(crate) fn quantities(&self) -> Vec<(String, Value)> {
        let entries = self.body["entries"].as_array().unwrap().iter();
        let name = |entry: &Value| entry["sku_ref"].as_str().or(entry["option_ref"].as_str()).unwrap().to_owned();
        entries.map(|entry| (name(entry), entry["quantity"].clone())).collect()
    }
}

pub(crate) struct Console {
    pub(crate) url: String,
    answer: Arc<Mutex<(u16, &'static str)>>,
    told: mpsc::UnboundedReceiver<Told>,
}

#[derive(Clone)]
struct Desk {
    answer: Arc<Mutex<(u16, &'static str)>>,
    told: mpsc::UnboundedSender<Told>,
}

impl Console {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, told) = mpsc::unbounded_channel();
        let answer = Arc::new(Mutex::new((200, "{}")));
        let desk = Desk { answer: Arc::clone(&answer), told: sender };
        let router = Router::new().fallback(take).with_state(desk);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, answer, told }
    }

    /// Answers this from now on.
    pub(crate) fn answer(&self, status: u16, text: &'static str) {
        *self.answer.lock().unwrap() = (status, text);
    }

    /// The next call.
    pub(crate) async fn next(&mut self) -> Told {
        tokio::time::timeout(LIMIT, self.told.recv()).await.unwrap().unwrap()
    }

    /// Whether nothing has come.
    pub(crate) fn is_empty(&mut self) -> bool {
        self.told.try_recv().is_err()
    }
}

async fn take(State(desk): State<Desk>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let header = |name: &str| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    let told = Told {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        bearer: header("authorization"),
        idempotency_key: header("idempotency-key"),
        body: serde_json::from_slice(&bytes).unwrap_or_default(),
    };
    // The test may be over.
    let _ = desk.told.send(told);
    let (status, text) = *desk.answer.lock().unwrap();
    (StatusCode::from_u16(status).unwrap(), text).into_response()
}
