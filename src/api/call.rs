//! One call: what goes out, how long it may take, and what comes back.

use std::{
    cell::Cell,
    future::{Future, pending},
    rc::Rc,
    time::Duration,
};

use futures_util::future::{Aborted, abortable};
use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::prelude::{on_cleanup, set_timeout_with_handle};
use passerelle_wire::{CSRF_HEADER, Problem, ProblemCode, REQUEST_ID_HEADER};
use serde::{Serialize, de::DeserializeOwned};
use web_sys::AbortController;

use super::{ApiError, session};
use crate::{browser::early, json};

/// How long a call may take as a rule. Longer than the 10 s the server gives HubRise, so that the server's word arrives.
pub const TIME_LIMIT: Duration = Duration::from_secs(15);

/// How long a call may take that makes the server ask a till, or read a whole catalog.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// When to try again, in seconds, where the server says so.
const RETRY_AFTER_HEADER: &str = "retry-after";

/// Where the API lives.
pub const BASE: &str = "/api/v1";

thread_local! {
    /// When the server last answered anything, in milliseconds since 1970.
    static LAST_HEARD: Cell<Option<f64>> = const { Cell::new(None) };
}

/// When the server last answered, for "what is shown is from …".
pub fn last_heard() -> Option<f64> {
    LAST_HEARD.get()
}

/// Runs `future` until the reactive owner goes: then it is dropped, its call aborted, and nobody hears of it again.
/// To be called where the owner is known (in a resource's fetcher, before any `await`).
pub fn until_cleanup<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let (future, handle) = abortable(future);
    on_cleanup(move || handle.abort());
    async move {
        match future.await {
            Ok(output) => output,
            Err(Aborted) => pending().await,
        }
    }
}

/// `GET`, within the session.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    understand(&within_session(Method::GET, path, None, TIME_LIMIT).await?)
}

/// A changing call, within the session and with its CSRF header.
pub async fn change<B: Serialize, T: DeserializeOwned>(
    method: Method,
    path: &str,
    body: Option<&B>,
) -> Result<T, ApiError> {
    let body = body.and_then(|body| serde_json::to_string(body).ok());
    understand(&within_session(method, path, body, TIME_LIMIT).await?)
}

/// `POST` without a body, for what takes the server long.
pub async fn post_patiently<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    understand(&within_session(Method::POST, path, None, PATIENCE).await?)
}

/// A changing call whose answer says nothing more than that it was done.
pub async fn change_silently(method: Method, path: &str) -> Result<(), ApiError> {
    within_session(method, path, None, TIME_LIMIT).await.map(|_empty| ())
}

/// The same with a body.
pub async fn tell<B: Serialize>(method: Method, path: &str, body: &B) -> Result<(), ApiError> {
    let body = serde_json::to_string(body).ok();
    within_session(method, path, body, TIME_LIMIT).await.map(|_empty| ())
}

/// `GET`, without minding the session.
pub async fn get_bare<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    understand(&once(Method::GET, path, None, None, TIME_LIMIT).await?)
}

// What follows knows no type of answer: compiled once, whatever is asked for.

/// Renews the session once if the server does not know it any more.
async fn within_session(method: Method, path: &str, body: Option<String>, limit: Duration) -> Result<String, ApiError> {
    let session = session::current().await?;
    let first = once(method.clone(), path, Some(&session.csrf_token), body.as_deref(), limit).await;
    match first.as_ref().err().and_then(ApiError::code) {
        Some(ProblemCode::NoSession | ProblemCode::CsrfMismatch) => {
            session::forget(&session.csrf_token);
            let session = session::current().await?;
            once(method, path, Some(&session.csrf_token), body.as_deref(), limit).await
        }
        _ => first,
    }
}

/// One request and the text of its answer.
async fn once(
    method: Method,
    path: &str,
    csrf: Option<&str>,
    body: Option<&str>,
    limit: Duration,
) -> Result<String, ApiError> {
    let url = format!("{BASE}{path}");
    let limit = Limit::start(limit);
    let early = match early::take(&url).filter(|_| method == Method::GET) {
        Some(asked) => asked.await,
        None => None,
    };
    let response = match early {
        Some(response) => response,
        None => send(method, &url, csrf, body, &limit).await.map_err(|()| limit.reason())?,
    };
    LAST_HEARD.set(Some(js_sys::Date::now()));
    let status = response.status();
    let request_id = response.headers().get(REQUEST_ID_HEADER);
    let retry_after = response.headers().get(RETRY_AFTER_HEADER);
    let text = response.text().await.map_err(|_| limit.reason())?;
    settle(status, request_id, text).map_err(|error| error.with_retry_after(retry_after.as_deref()))
}

/// Sends; what can go wrong here is always the network's or the limit's doing.
async fn send(
    method: Method,
    url: &str,
    csrf: Option<&str>,
    body: Option<&str>,
    limit: &Limit,
) -> Result<Response, ()> {
    let changing = method != Method::GET;
    let mut request = RequestBuilder::new(url).method(method).header("accept", "application/json");
    if let Some(controller) = &limit.controller {
        request = request.abort_signal(Some(&controller.signal()));
    }
    if let Some(token) = csrf.filter(|_| changing) {
        request = request.header(CSRF_HEADER, token);
    }
    match body {
        Some(body) => {
            request.header("content-type", "application/json").body(body).map_err(|_| ())?.send().await.map_err(|_| ())
        }
        None => request.send().await.map_err(|_| ()),
    }
}

/// Tells an answer from a problem.
fn settle(status: u16, request_id: Option<String>, text: String) -> Result<String, ApiError> {
    if (200..300).contains(&status) {
        return Ok(text);
    }
    let mut problem: Problem = understand(&text)?;
    if let (true, Some(id)) = (problem.request_id.is_empty(), request_id) {
        problem.request_id = id;
    }
    Err(ApiError::Problem(Box::new(problem)))
}

/// Makes sense of a text.
fn understand<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    json::read(text).ok_or(ApiError::Unreadable)
}

/// A call's time limit; dropping it (with the call's future) aborts what is still under way.
struct Limit {
    controller: Option<AbortController>,
    passed: Rc<Cell<bool>>,
    timer: Option<leptos::leptos_dom::helpers::TimeoutHandle>,
}

impl Limit {
    fn start(limit: Duration) -> Self {
        let controller = AbortController::new().ok();
        let passed = Rc::new(Cell::new(false));
        let timer = set_timeout_with_handle(
            {
                let controller = controller.clone();
                let passed = Rc::clone(&passed);
                move || {
                    passed.set(true);
                    if let Some(controller) = &controller {
                        controller.abort();
                    }
                }
            },
            limit,
        )
        .ok();
        Self { controller, passed, timer }
    }

    /// Why the network gave nothing.
    fn reason(&self) -> ApiError {
        if self.passed.get() { ApiError::Timeout } else { ApiError::Offline }
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test may panic")]

    use passerelle_wire::Disconnected;

    use super::*;

    fn read<T: DeserializeOwned>(status: u16, request_id: Option<String>, text: &str) -> Result<T, ApiError> {
        understand(&settle(status, request_id, text.to_owned())?)
    }

    #[test]
    fn reads_an_answer() {
        assert_eq!(read(200, None, r#"{"revoked":true}"#), Ok(Disconnected { revoked: true }));
    }

    #[test]
    fn reads_a_problem_and_its_request_id() {
        let text = r#"{"status":404,"code":"till_unknown","detail":"no such till","request_id":"r1"}"#;
        let error = read::<Disconnected>(404, Some("r2".into()), text).unwrap_err();
        assert_eq!(error.code(), Some(ProblemCode::TillUnknown));
        assert_eq!(error.request_id(), Some("r1"));
    }

    #[test]
    fn takes_the_request_id_from_the_header_when_the_body_has_none() {
        let text = r#"{"status":500,"code":"internal","detail":"","request_id":""}"#;
        let error = read::<Disconnected>(500, Some("r2".into()), text).unwrap_err();
        assert_eq!(error.request_id(), Some("r2"));
    }

    #[test]
    fn what_is_not_ours_is_unreadable_whatever_its_status() {
        let page = "<!doctype html><title>Sign in to the Wi-Fi</title>";
        assert_eq!(read::<Disconnected>(200, None, page), Err(ApiError::Unreadable));
        assert_eq!(read::<Disconnected>(502, None, page), Err(ApiError::Unreadable));
        let newer = r#"{"status":418,"code":"teapot","detail":"","request_id":"r"}"#;
        assert_eq!(read::<Disconnected>(418, None, newer), Err(ApiError::Unreadable));
    }
}
