//! What every request passes through before a handler sees it: the size limit, the recorder, the faults, HubRise's
//! method override and the API's CORS headers. Knows no resource.

use std::time::{Duration, Instant};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State},
    response::{Html, IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header, request::Parts};
use tower::ServiceExt;

use crate::{
    api::{self, problem::Problem},
    back_office, carre_pos, control,
    faults::{Fault, Mode, Target},
    lang::Lang,
    listener::Line,
    oauth::{self, authorize::problem_page},
    pixelpoint,
    state::App,
};

/// Longest body read, in bytes (inferred: HubRise documents no limit).
const MAX_BODY: usize = 8 << 20;
/// Header by which clients that only know GET and POST name the method they mean ("Overriding HTTP Method").
const OVERRIDE: &str = "x-http-method-override";

#[derive(Debug, Clone)]
struct Gate {
    app: App,
    rooms: Router,
}

/// The whole sandbox as one router.
pub(crate) fn router(app: App) -> Router {
    let rooms = Router::new()
        .merge(oauth::routes())
        .merge(api::routes())
        .merge(control::routes())
        .merge(pixelpoint::routes())
        .merge(carre_pos::routes())
        .merge(back_office::routes())
        .fallback(nowhere)
        .method_not_allowed_fallback(nowhere)
        .with_state(app.clone());
    Router::new().fallback(pass).with_state(Gate { app, rooms })
}

async fn pass(State(gate): State<Gate>, ConnectInfo(line): ConnectInfo<Line>, request: Request) -> Response {
    let target = Target::of_path(request.uri().path());
    let is_api = target == Some(Target::Api);
    if is_api && request.method() == Method::OPTIONS {
        return with_cors(preflight(request.headers()));
    }
    let began = Instant::now();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY).await;
    let recorded = target.map(|_| arrive(&gate.app, &parts, body.as_deref().unwrap_or_default()));
    let fault = target.and_then(|target| gate.app.state().faults.take(target));
    let response = match body {
        Err(_) => Problem::TooLarge.into_response(),
        Ok(body) => match broken(&fault, target, &parts.headers).await {
            Some(response) => response,
            None => through(&gate, parts, body, is_api).await,
        },
    };
    if let Some(id) = recorded {
        let dropped = fault.as_ref().is_some_and(|fault| fault.mode == Mode::Drop);
        let status = (!dropped).then(|| response.status().as_u16());
        let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        gate.app.state().recorder.answered(id, status, fault.map(|fault| fault.mode), took);
        if !gate.app.quiet {
            tracing::info!(request = id, status, took_ms = took, "answered");
        }
        if dropped {
            line.cut();
        }
    }
    if is_api { with_cors(response) } else { response }
}

fn arrive(app: &App, parts: &Parts, body: &[u8]) -> u64 {
    let mut state = app.state();
    let at = state.clock.now().to_string();
    let id = state.recorder.arrived(at, &parts.method, &parts.uri, &parts.headers, body);
    if !app.quiet {
        tracing::info!(request = id, method = %parts.method, path = parts.uri.path(), "received");
    }
    id
}

/// What a fault answers in place of the handler. A slow answer waits and is then the handler's own.
async fn broken(fault: &Option<Fault>, target: Option<Target>, headers: &HeaderMap) -> Option<Response> {
    let fault = fault.as_ref()?;
    match fault.mode {
        Mode::None => None,
        Mode::Slow => {
            tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
            None
        }
        Mode::Fail if target == Some(Target::Authorize) => {
            let lang = Lang::of(headers);
            let title = lang.pick("Une erreur est survenue", "An error occurred");
            let text = lang.pick("HubRise n'a pas pu traiter la demande.", "HubRise could not process the request.");
            Some(problem_page(lang, title, text, StatusCode::INTERNAL_SERVER_ERROR))
        }
        Mode::Fail => Some(Problem::Internal.into_response()),
        Mode::RateLimit => Some(Problem::TooManyRequests(30).into_response()),
        Mode::Nonsense => Some(Html("<!doctype html><title>It works!</title><p>It works!</p>").into_response()),
        // Never sent: the line is cut before it could be.
        Mode::Drop => Some(StatusCode::BAD_GATEWAY.into_response()),
    }
}

async fn through(gate: &Gate, mut parts: Parts, body: Bytes, is_api: bool) -> Response {
    if is_api
        && parts.method == Method::POST
        && let Some(method) = parts.headers.get(OVERRIDE).and_then(|value| value.to_str().ok())
    {
        match method.to_ascii_uppercase().as_str() {
            "PUT" => parts.method = Method::PUT,
            "PATCH" => parts.method = Method::PATCH,
            "DELETE" => parts.method = Method::DELETE,
            _ => return Problem::NoRoute.into_response(),
        }
    }
    let Ok(response) = gate.rooms.clone().oneshot(Request::from_parts(parts, Body::from(body))).await;
    response
}

/// The API may be called from any page ("CORS"); the OAuth server from none, so it gets no header.
fn with_cors(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let exposed = HeaderValue::from_static("X-Cursor-Next, Retry-After");
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    response
}

fn preflight(request: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    let methods = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    let asked: Option<&HeaderValue> = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let usual = HeaderValue::from_static("X-Access-Token, Content-Type, X-Http-Method-Override");
    let name: HeaderName = header::ACCESS_CONTROL_ALLOW_HEADERS;
    headers.insert(name, asked.cloned().unwrap_or(usual));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

/// Where no handler is: a JSON error under `/v1`, a page elsewhere.
async fn nowhere(uri: Uri, headers: HeaderMap) -> Response {
    if Target::of_path(uri.path()) == Some(Target::Api) {
        return Problem::NoRoute.into_response();
    }
    let lang = Lang::of(&headers);
    let title = lang.pick("Page introuvable", "Page not found");
    let text = lang.pick("Il n'y a rien à cette adresse.", "There is nothing at this address.");
    problem_page(lang, title, text, StatusCode::NOT_FOUND)
}
