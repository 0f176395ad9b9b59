//! What a client reads when something goes wrong, and what it never reads.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request},
    http::Method,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(rename = "quantity")]
    _quantity: u8,
}

#[derive(Deserialize)]
struct Paging {
    limit: u8,
}

fn router() -> Router {
    Router::new()
        .route("/orders", post(|Json(order): Json<Order>| async move { order.items.len().to_string() }))
        .route("/list", get(|Query(paging): Query<Paging>| async move { paging.limit.to_string() }))
        .route("/item/{number}", get(|Path(number): Path<u8>| async move { number.to_string() }))
        .layer(DefaultBodyLimit::max(64))
}

async fn answer(router: Router, request: Request) -> (StatusCode, Option<String>, Value) {
    let response = router.oneshot(request).await.unwrap();
    let status = response.status();
    let content_type = response.headers().get(header::CONTENT_TYPE).map(|v| v.to_str().unwrap().to_owned());
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    (status, content_type, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn posting(content_type: &str, body: impl Into<Body>) -> Request {
    let builder = Request::builder().method(Method::POST).uri("/orders");
    builder.header(header::CONTENT_TYPE, content_type).body(body.into()).unwrap()
}

fn getting(uri: &str) -> Request {
    Request::builder().uri(uri).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_body_that_fits_is_read() {
    let request = posting("application/json; charset=utf-8", r#"{"items":[{"quantity":1}]}"#);
    assert_eq!(answer(router(), request).await.2, json!(1));
}

#[tokio::test]
async fn a_wrong_body_is_a_problem_that_names_the_field() {
    let (status, content_type, body) =
        answer(router(), posting("application/json", r#"{"items":[{"quantity":1},{"quantity":-2}]}"#)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(content_type.as_deref(), Some("application/problem+json"));
    assert_eq!(body["code"], "invalid_request");
    assert_eq!(body["status"], 422);
    assert_eq!(body["fields"][0]["field"], "items[1].quantity");
    assert!(body["fields"][0]["message"].as_str().unwrap().starts_with("invalid value: integer `-2`"), "{body}");
}

#[tokio::test]
async fn a_field_nobody_knows_is_refused() {
    let (status, _, body) = answer(router(), posting("application/json", r#"{"items":[],"extra":1}"#)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["fields"][0]["field"], "extra");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused_with_its_place() {
    for (sent, place) in [("{\n  \"items\": [,]\n}", "line 2, column 13"), ("{\"items\":[]} x", "line 1, column 14")] {
        let (status, _, body) = answer(router(), posting("application/json", sent)).await;
        assert_eq!((status, &body["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_request")), "{sent}");
        assert_eq!(body["detail"], format!("the body is not JSON: {place}"));
    }
}

#[tokio::test]
async fn another_media_type_is_refused() {
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
        let (status, _, body) = answer(router(), posting(content_type, r#"{"items":[]}"#)).await;
        assert_eq!(
            (status, &body["code"]),
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, &json!("unsupported_media_type")),
            "{content_type}"
        );
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let (status, _, body) = answer(router(), posting("application/json", " ".repeat(65))).await;
    assert_eq!((status, &body["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!("payload_too_large")));
}

#[tokio::test]
async fn a_wrong_query_is_a_problem_that_names_the_parameter() {
    let (status, _, body) = answer(router(), getting("/list?limit=many")).await;
    assert_eq!((status, &body["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_request")));
    assert_eq!(body["fields"][0]["field"], "limit");
    assert_eq!(answer(router(), getting("/list?limit=7")).await.2, json!(7));
}

#[tokio::test]
async fn a_path_that_cannot_be_read_is_nowhere() {
    let (status, _, body) = answer(router(), getting("/item/x")).await;
    assert_eq!((status, &body["code"]), (StatusCode::NOT_FOUND, &json!("not_found")));
}

#[tokio::test]
async fn what_failed_inside_never_leaves() {
    for problem in [
        || ApiProblem::internal("the password is hush"),
        || ApiProblem::new(ProblemCode::DatabaseUnavailable, "cannot reach postgres://u:hush@db"),
        || ApiProblem::caused(ProblemCode::HubriseNonsense, "they said hush"),
    ] {
        let router = Router::new().route("/", get(move || async move { problem() }));
        let (status, _, body) = answer(router, getting("/")).await;
        assert!(status.is_server_error());
        assert!(!body.to_string().contains("hush"), "{body}");
        assert_ne!(body["detail"], "");
    }
}

#[test]
fn retry_after_is_in_whole_seconds_rounded_up() {
    let problem = ApiProblem::of(ProblemCode::TooManyRequests).with_retry_after(Duration::from_millis(1_200));
    let response = problem.into_response();
    assert_eq!(response.headers()[header::RETRY_AFTER], "2");
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
}
