//! `/api/v1/attempts`: runs of OAuth.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::SET_COOKIE;
use passerelle_store::AttemptId;
use passerelle_wire::{
    AttemptBegin, AttemptConfirm, AttemptFinish, AttemptOutcome, AttemptStarted, AttemptSummary, Problem,
};
use serde::Deserialize;

use crate::attempts;
use crate::auth::{Changing, CurrentSession};
use crate::problem::{ApiProblem, Json, Path, Query};
use crate::state::AppState;

/// Longest `state`, `code` or `error` taken back from HubRise, in bytes; HubRise's are a few dozen.
pub(super) const LONGEST_RETURNED: usize = 512;

/// Begins a run of OAuth and says where to send the browser: to connect a till, to sign in, or to prove a right to a
/// connection.
///
/// Who may call: a session, from our own pages. To connect, whoever the vendor lets connect: anyone, its support, or,
/// for what HubRise's back office connects, whoever manages the connection that is connected again. To authorize, a
/// user signed in at this vendor; by `connection`, one who has had a right to it, or the vendor's support.
#[utoipa::path(post, path = "/attempts", tag = "attempts", request_body = AttemptBegin,
    responses(
        (status = 200, description = "Where to send the browser", body = AttemptStarted),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `sign_in_required`, `support_only`, `key_required`, `key_wrong`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`, `till_unknown`, `connection_unknown`, `request_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`till_disabled`, `till_locked`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`: too many wrong keys; `Retry-After` says how long to wait", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn begin(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Json(asked): Json<AttemptBegin>,
) -> Result<Json<AttemptStarted>, ApiProblem> {
    Ok(Json(attempts::begin(&state, &caller.session, &asked).await?))
}

/// Finishes a run with what HubRise's page brought back. Works once per `state`. Signing in gives the session a new
/// cookie, and so a new CSRF token; its id, and what waits in it, stay.
///
/// Who may call: the session that began the run, from our own pages; to end an *authorize*, still signed in.
#[utoipa::path(post, path = "/attempts/finish", tag = "attempts", request_body = AttemptFinish,
    responses(
        (status = 200, description = "What came of it; `Set-Cookie` when somebody signed in", body = AttemptOutcome),
        (status = 400, description = "`code_rejected`: expired or used already", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`state_foreign`, `access_denied`, `not_yours`, `sign_in_required`, `hubrise_forbidden`, `csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`state_unknown`, `request_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`state_replayed`, `till_locked`, `request_mismatch`, or `conflict`: the token is being revoked just now, try again in half a minute", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "`state_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`client_rejected`, `hubrise_unreachable`, `hubrise_failed`, `hubrise_nonsense`, `authorize_failed`", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "`hubrise_timeout`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn finish(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Json(returned): Json<AttemptFinish>,
) -> Result<Response, ApiProblem> {
    let lengths =
        [("state", Some(&returned.state)), ("code", returned.code.as_ref()), ("error", returned.error.as_ref())];
    for (field, value) in lengths {
        if value.is_some_and(|value| value.is_empty() || value.len() > LONGEST_RETURNED) {
            return Err(ApiProblem::invalid_field(field, format!("must have 1 to {LONGEST_RETURNED} bytes")));
        }
    }
    let (secure, life) = (state.secure(), caller.session.expires_at.duration_since(state.now()).as_secs());
    // In a task of its own: a browser that goes away must not cut the exchange off, for a code works once.
    let finishing = tokio::spawn(async move { attempts::finish(&state, &caller.session, &returned).await });
    let finished = finishing.await.map_err(ApiProblem::internal)??;
    let outcome = Json(finished.outcome);
    Ok(match finished.cookie {
        Some(cookie) => ([(SET_COOKIE, cookie.set(secure, life))], outcome).into_response(),
        None => outcome.into_response(),
    })
}

/// `?attempt=`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    #[serde(default)]
    attempt: Option<String>,
}

/// This session's latest attempt to connect, or the one named: for a page that was reloaded in the middle of one, or
/// is back from signing in.
///
/// Who may call: a session; it sees its own attempts alone.
#[utoipa::path(get, path = "/attempts/latest", tag = "attempts",
    params(("attempt" = Option<String>, Query, description = "An attempt's id; the latest when left out")),
    responses(
        (status = 200, description = "How it stands", body = AttemptSummary),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: there is none", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn latest(
    State(state): State<AppState>,
    caller: CurrentSession,
    Query(which): Query<Which>,
) -> Result<Json<AttemptSummary>, ApiProblem> {
    let found = match which.attempt {
        Some(id) => attempts::by_id(&state, &caller.session, &AttemptId::new(id)).await?,
        None => attempts::latest(&state, &caller.session).await?,
    };
    found.map(Json).ok_or_else(ApiProblem::not_found)
}

/// Answers a question: whether the till may move to the other account HubRise has just authorised, or whether what
/// HubRise's **Connect** brought is to be attached.
///
/// Who may call: the session that began the attempt, from our own pages; to accept what HubRise's **Connect** brought,
/// signed in at the vendor.
#[utoipa::path(post, path = "/attempts/{attempt}/confirm", tag = "attempts", request_body = AttemptConfirm,
    params(("attempt" = String, Path, description = "The attempt's id")),
    responses(
        (status = 200, description = "What came of it", body = AttemptOutcome),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`sign_in_required`, `support_only`, `csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`state_replayed`: answered already; `till_disabled`, `till_locked`", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "`state_expired`: the question is void", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn confirm(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(attempt): Path<String>,
    Json(answer): Json<AttemptConfirm>,
) -> Result<Json<AttemptOutcome>, ApiProblem> {
    Ok(Json(attempts::confirm(&state, &caller.session, &AttemptId::new(attempt), answer.accept).await?))
}
