//! What every answer of the whole site has in common.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method, StatusCode, header},
    routing::{get, post},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::{
    config::{File, LogFormat, Settings, load},
    problem::Json,
    telemetry::capture::Log,
};

fn settings(public_url: &str) -> Settings {
    let environment = [("PASSERELLE_SERVER_PUBLIC_URL".into(), public_url.into())];
    load(&File::IfPresent("/nowhere/passerelle.toml".into()), environment).unwrap().settings
}

fn build(public_url: &str) -> Router {
    let api = Router::new()
        .route("/api/v1/things/{id}", get(|| async { "a thing" }))
        .route("/api/v1/echo", post(|Json(body): Json<Value>| async move { Json(body) }))
        .route("/api/v1/panics", get(panics))
        .route("/api/v1/hangs", get(std::future::pending::<&str>));
    let pages = ["index.html", "welcome.html"].map(|page| (page.to_owned(), Bytes::from_static(b"<p>the app")));
    let app = AppFiles::from_files(pages);
    site(api, || async { Ok(()) }, app, &settings(public_url).server)
}

async fn panics() -> &'static str {
    panic!("the password is hush")
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

async fn ask(router: Router, request: Request) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

fn request(method: Method, path: &str) -> Request {
    Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
}

async fn fetch(path: &str) -> Answer {
    ask(build("http://localhost:8080"), request(Method::GET, path)).await
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    for path in ["/", "/api/v1/things/1", "/api/unknown", "/api/v1/panics", "/gone.js", "/healthz", "/readyz"] {
        let answer = fetch(path).await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert!(answer.header("permissions-policy").unwrap().contains("camera=()"), "{path}");
        assert_eq!(answer.header("strict-transport-security"), None, "{path}");
    }
}

#[tokio::test]
async fn https_sites_say_so_for_good() {
    for path in ["/", "/api/v1/things/1"] {
        let answer = ask(build("https://console.example.com"), request(Method::GET, path)).await;
        assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"), "{path}");
    }
}

#[tokio::test]
async fn whatever_is_answered_stands_in_no_frame() {
    for path in ["/", "/pos-helper/caisse", "/api/v1/things/1", "/api/unknown", "/healthz", "/nothing.js"] {
        let policy = fetch(path).await.header("content-security-policy").map(str::to_owned);
        assert!(policy.is_some_and(|policy| policy.contains("frame-ancestors 'none'")), "{path}");
    }
}

#[tokio::test]
async fn answers_of_the_api_are_never_kept() {
    for path in ["/api/v1/things/1", "/api/unknown", "/api/v1/panics"] {
        assert_eq!(fetch(path).await.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[tokio::test]
async fn each_request_has_an_id_of_ours_that_its_problem_repeats() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let mut request = request(Method::GET, "/api/unknown");
        request.headers_mut().insert("x-request-id", header::HeaderValue::from_static("theirs"));
        let answer = ask(build("http://localhost:8080"), request).await;
        let id = answer.header("x-request-id").unwrap().to_owned();
        assert_eq!(id.len(), 26);
        assert_eq!(answer.json()["request_id"], id);
        seen.push(id);
    }
    assert_ne!(seen[0], seen[1]);
    for path in ["/", "/healthz", "/gone.js"] {
        assert_eq!(fetch(path).await.header("x-request-id").map(str::len), Some(26), "{path}");
    }
}

#[tokio::test]
async fn unknown_paths_of_the_api_are_problems_whatever_they_accept() {
    for (method, path) in
        [(Method::GET, "/api"), (Method::GET, "/api/"), (Method::GET, "/api/v1/nothing"), (Method::POST, "/api/v2/x")]
    {
        let answer = ask(build("http://localhost:8080"), request(method, path)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        assert_eq!(answer.json()["code"], "not_found");
    }
    assert_eq!(fetch("/apiary").await.status, StatusCode::OK, "belongs to the app");
}

#[tokio::test]
async fn a_wrong_method_is_a_problem_that_names_the_right_ones() {
    let answer = ask(build("http://localhost:8080"), request(Method::DELETE, "/api/v1/things/1")).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), Some("GET,HEAD"));
    assert_eq!(answer.json()["code"], "method_not_allowed");
}

#[tokio::test]
async fn bodies_have_a_limit() {
    for (length, status) in [(limits::BODY, StatusCode::OK), (limits::BODY + 1, StatusCode::PAYLOAD_TOO_LARGE)] {
        let body = format!("\"{}\"", "x".repeat(length - 2));
        let request = Request::builder().method(Method::POST).uri("/api/v1/echo");
        let request = request.header("content-type", "application/json").body(Body::from(body)).unwrap();
        assert_eq!(ask(build("http://localhost:8080"), request).await.status, status, "{length}");
    }
}

#[tokio::test]
async fn a_panic_is_answered_and_keeps_its_message_in_the_log() {
    let (log, _guard) = Log::start("info", LogFormat::Json);
    let answer = fetch("/api/v1/panics").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let problem = answer.json();
    assert_eq!(problem["code"], "internal");
    assert_eq!(problem["detail"], "the server failed");
    let lines = log.text();
    let failure: Value = lines.lines().find(|line| line.contains("request failed")).unwrap().parse().unwrap();
    assert_eq!(failure["cause"], "panicked: the password is hush");
    assert_eq!(failure["request_id"], problem["request_id"]);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_hangs_is_given_up() {
    let started = tokio::time::Instant::now();
    let answer = fetch("/api/v1/hangs").await;
    assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT);
    assert_eq!(answer.json()["code"], "timeout");
    assert_eq!(started.elapsed().as_secs(), Duration::from_secs(30).as_secs());
}

#[tokio::test]
async fn logs_one_line_a_request_without_ids_queries_or_bodies() {
    let (log, _guard) = Log::start("info", LogFormat::Json);
    let mut asked = request(Method::GET, "/api/v1/things/secret-id?code=secret-code");
    asked.headers_mut().insert("cookie", header::HeaderValue::from_static("session=secret-cookie"));
    let answer = ask(build("http://localhost:8080"), asked).await;
    let text = log.text();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(!text.contains("secret"), "{text}");
    let line: Value = text.parse().unwrap();
    assert_eq!(line["method"], "GET");
    assert_eq!(line["route"], "/api/v1/things/{id}");
    assert_eq!(line["status"], 200);
    assert!(line["micros"].is_u64());
    assert_eq!(line["request_id"], json!(answer.header("x-request-id")));
}

#[tokio::test]
async fn what_no_route_takes_is_logged_by_its_half_of_the_site() {
    for (path, route) in [("/api/secret", "/api/{unknown}"), ("/pos-helper/secret", "/{app}")] {
        let (log, _guard) = Log::start("info", LogFormat::Json);
        fetch(path).await;
        assert_eq!(log.text().parse::<Value>().unwrap()["route"], route);
    }
}

#[tokio::test]
async fn those_who_watch_are_not_logged_while_all_is_well() {
    let (log, _guard) = Log::start("info", LogFormat::Json);
    assert_eq!(fetch("/healthz").await.status, StatusCode::OK);
    assert_eq!(fetch("/readyz").await.status, StatusCode::OK);
    assert_eq!(log.text(), "");
}
