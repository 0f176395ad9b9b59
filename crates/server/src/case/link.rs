//! `GET /shared/{token}`: the page a link to a case leads to. Anyone who has the link may look; nobody learns whether a link
//! that leads nowhere was ever one.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER};
use http::{HeaderName, HeaderValue, StatusCode};

use super::{gone, policy};
use crate::crypto::fingerprint;
use crate::problem::{ApiProblem, Path};
use crate::state::AppState;

/// Characters a token may have; ours have 22 to 43.
const LONGEST: usize = 64;

/// What is kept of a link's token.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    fingerprint("share link", token)
}

/// The links, under their full path.
pub(crate) fn routes(state: AppState) -> Router {
    Router::new().route("/shared/{token}", get(show)).with_state(state)
}

/// Who may call: anyone. 404 for what can be no link, 410 for one that has ended, expired or never was, 429 when links are
/// tried out.
async fn show(State(state): State<AppState>, Path(token): Path<String>) -> Result<Response, ApiProblem> {
    let likely = !token.is_empty() && token.len() <= LONGEST;
    if !likely || !token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
        return Ok(answer(StatusCode::NOT_FOUND, gone(false).into_bytes()));
    }
    let hash = hash(&token);
    let now = state.now();
    if let Err(wait) = state.paces().shared_links.count(&hash[0], now) {
        let mut busy = answer(StatusCode::TOO_MANY_REQUESTS, gone(true).into_bytes());
        busy.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
        return Ok(busy);
    }
    Ok(match state.store().shared(&hash, now).await? {
        Some(page) => answer(StatusCode::OK, page),
        None => answer(StatusCode::GONE, gone(false).into_bytes()),
    })
}

/// A page that is a case's, or stands in its place.
pub(crate) fn answer(status: StatusCode, page: Vec<u8>) -> Response {
    let mut response = (status, page).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    if let Ok(policy) = HeaderValue::from_str(&policy()) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}
