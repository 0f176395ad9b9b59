//! `/api/v1/…/events`: server-sent events that say when to fetch again. What an event says, and when, is `live`'s.

use axum::extract::State;
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, header};
use passerelle_store::ConnectionId;
use passerelle_wire::{Problem, ProblemCode};
use std::time::Duration;

use crate::auth::CurrentSession;
use crate::live::{Subject, listen};
use crate::problem::{ApiProblem, Path};
use crate::state::AppState;

/// A comment is sent after this long without an event, so that nothing on the way takes the stream for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// When to try again once a session has all its streams.
const TRY_AGAIN: Duration = Duration::from_secs(60);
/// Nothing on the way keeps or compresses the stream; nginx and its like pass each event on at once.
const UNBUFFERED: [(HeaderName, HeaderValue); 2] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-transform")),
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
];

/// Says when the connection has changed (event `changed`, with an id and nothing else): then fetch it. The stream ends,
/// after a last event, when the session or its right to the connection ends.
///
/// Who may call: a session with a grant on it; eight streams a session at most.
#[utoipa::path(get, path = "/connections/{connection}/events", tag = "events",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "The stream", body = String, content_type = "text/event-stream"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`: the session has all its streams", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn of_connection(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
) -> Result<Response, ApiProblem> {
    open(&state, caller, Subject::Connection(ConnectionId::new(id))).await
}

/// Says when what this session may know of a till has changed (event `changed`, with an id and nothing else): then fetch
/// its status. The stream ends, after a last event, when the session ends.
///
/// Who may call: a session; it hears of what its status shows; eight streams a session at most.
#[utoipa::path(get, path = "/vendors/{vendor}/tills/{till}/events", tag = "events",
    params(("vendor" = String, Path, description = "The vendor's slug"), ("till" = String, Path, description = "The till's id")),
    responses(
        (status = 200, description = "The stream", body = String, content_type = "text/event-stream"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`, `till_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`: the session has all its streams", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn of_till(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((vendor, till)): Path<(String, String)>,
) -> Result<Response, ApiProblem> {
    let (vendor, till) = state.vendors().till(&vendor, &till)?;
    let subject = Subject::Till { vendor: vendor.slug().to_owned(), till: till.id().to_owned() };
    open(&state, caller, subject).await
}

async fn open(state: &AppState, caller: CurrentSession, subject: Subject) -> Result<Response, ApiProblem> {
    let Some(stream) = listen(state, caller, subject).await? else {
        return Err(ApiProblem::of(ProblemCode::TooManyRequests).with_retry_after(TRY_AGAIN));
    };
    let events = Sse::new(stream).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    Ok((UNBUFFERED, events).into_response())
}
