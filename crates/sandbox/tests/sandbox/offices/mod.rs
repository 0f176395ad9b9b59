//! The vendors' back offices, over HTTP.

mod pages;
mod tokens;
mod variants;

use reqwest::{Method, Response};

use super::stage::{CONSOLE, Stage};

/// Slug, and the path to the page with the console.
const CONSOLES: [(&str, &str); 4] = [
    ("carre-pos", "/carre-pos/hubrise/configuration"),
    ("pos-helper", "/pos-helper/ventes/hubrise-integration"),
    ("somm-it", "/somm-it/parametres/donnees/caisse-enregistreuse"),
    ("pixelpoint-bridge", "/pixelpoint-bridge/operations"),
];

/// The back offices, and ways to open their pages.
struct Street {
    stage: Stage,
    origin: String,
}

/// A page as it came.
struct Page {
    status: u16,
    html: String,
    headers: reqwest::header::HeaderMap,
}

impl Page {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    fn has(&self, all: &[&str]) {
        for wanted in all {
            assert!(self.html.contains(wanted), "`{wanted}` is missing from:\n{}", self.html);
        }
    }

    #[track_caller]
    fn lacks(&self, all: &[&str]) {
        for unwanted in all {
            assert!(!self.html.contains(unwanted), "`{unwanted}` is in:\n{}", self.html);
        }
    }
}

impl Street {
    async fn new() -> Self {
        Self::showing(CONSOLE).await
    }

    /// Back offices that show this console.
    async fn showing(console: &str) -> Self {
        let stage = Stage::with_offices(console).await;
        // By number, as not every machine resolves names the same way; the host header says the name.
        let origin = stage.sandbox.offices_url.clone().unwrap().replace("localhost", "127.0.0.1");
        Self { stage, origin }
    }

    async fn call(&self, method: Method, path: &str) -> Response {
        let host = self.origin.replace("http://127.0.0.1", "localhost");
        self.stage.http.request(method, format!("{}{path}", self.origin)).header("host", host).send().await.unwrap()
    }

    async fn open(&self, path: &str) -> Page {
        let answer = self.call(Method::GET, path).await;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Page { status, headers, html: answer.text().await.unwrap() }
    }

    /// A token, as a page asks for it.
    async fn token(&self, vendor: &str, query: &str) -> String {
        let answer = self.call(Method::POST, &format!("/{vendor}/token{query}")).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        answer.text().await.unwrap()
    }
}
