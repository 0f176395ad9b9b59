//! One log line a request: what was asked, how it ended, how long it took.
//!
//! Never the path itself (it holds ids), a query (it holds codes), a header or a body.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

use super::RequestId;

/// Logs the request when its answer begins.
pub async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = route(&request);
    let started = Instant::now();
    let response = next.run(request).await;
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    let request_id = RequestId::current();
    let request_id = request_id.as_str();
    let method = method.as_str();
    // Those who watch over the server ask every few seconds; what they ask is of no interest while it works.
    if route.starts_with("/healthz") || route.starts_with("/readyz") {
        tracing::debug!(target: "access", request_id, method, route, status, micros, "request");
    } else {
        tracing::info!(target: "access", request_id, method, route, status, micros, "request");
    }
    response
}

/// The route's template; for what no route takes, which half of the site it fell to.
fn route(request: &Request) -> String {
    match request.extensions().get::<MatchedPath>() {
        Some(matched) => matched.as_str().to_owned(),
        None if super::is_api(request.uri().path()) => "/api/{unknown}".to_owned(),
        None => "/{app}".to_owned(),
    }
}
