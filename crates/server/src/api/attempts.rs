//! `/api/v1/attempts`: runs of OAuth.

use axum::extract::State;
use passerelle_store::AttemptId;
use passerelle_wire::{
    AttemptBegin, AttemptConfirm, AttemptFinish, AttemptOutcome, AttemptStarted, AttemptSummary, Problem,
};

use crate::attempts;
use crate::auth::{Changing, CurrentSession};
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// Longest `state`, `code` or `error` taken back from HubRise, in bytes; HubRise's are a few dozen.
const LONGEST_RETURNED: usize = 512;

/// Begins an attempt to connect a till and says where to send the browser.
///
/// Who may call: a session, from our own pages.
#[utoipa::path(post, path = "/attempts", tag = "attempts", request_body = AttemptBegin,
    responses(
        (status = 200, description = "Where to send the browser", body = AttemptStarted),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`, `till_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn begin(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Json(asked): Json<AttemptBegin>,
) -> Result<Json<AttemptStarted>, ApiProblem> {
    let (vendor, till) = state.vendors().till(&asked.vendor, &asked.till)?;
    Ok(Json(attempts::begin(&state, &caller.session, vendor, till).await?))
}

/// Finishes an attempt with what HubRise's page brought back. Works once per `state`.
///
/// Who may call: the session that began the attempt, from our own pages.
#[utoipa::path(post, path = "/attempts/finish", tag = "attempts", request_body = AttemptFinish,
    responses(
        (status = 200, description = "What came of it", body = AttemptOutcome),
        (status = 400, description = "`code_rejected`: expired or used already", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`state_foreign`, `access_denied`, `csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`state_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`state_replayed`, or `conflict`: the token is being revoked just now, try again in half a minute", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "`state_expired`", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`client_rejected`, `hubrise_unreachable`, `hubrise_failed`, `hubrise_nonsense`, `authorize_failed`", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "`hubrise_timeout`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn finish(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Json(returned): Json<AttemptFinish>,
) -> Result<Json<AttemptOutcome>, ApiProblem> {
    let lengths =
        [("state", Some(&returned.state)), ("code", returned.code.as_ref()), ("error", returned.error.as_ref())];
    for (field, value) in lengths {
        if value.is_some_and(|value| value.is_empty() || value.len() > LONGEST_RETURNED) {
            return Err(ApiProblem::invalid_field(field, format!("must have 1 to {LONGEST_RETURNED} bytes")));
        }
    }
    // In a task of its own: a browser that goes away must not cut the exchange off, for a code works once.
    let finishing = tokio::spawn(async move { attempts::finish(&state, &caller.session, &returned).await });
    Ok(Json(finishing.await.map_err(ApiProblem::internal)??))
}

/// This session's latest attempt: for a page that was reloaded in the middle of one.
///
/// Who may call: a session; it sees its own attempts alone.
#[utoipa::path(get, path = "/attempts/latest", tag = "attempts",
    responses(
        (status = 200, description = "How it stands", body = AttemptSummary),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: there is none", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn latest(
    State(state): State<AppState>,
    caller: CurrentSession,
) -> Result<Json<AttemptSummary>, ApiProblem> {
    attempts::latest(&state, &caller.session).await?.map(Json).ok_or_else(ApiProblem::not_found)
}

/// Answers whether the till may move to the other account HubRise has just authorised.
///
/// Who may call: the session that began the attempt, from our own pages.
#[utoipa::path(post, path = "/attempts/{attempt}/confirm", tag = "attempts", request_body = AttemptConfirm,
    params(("attempt" = String, Path, description = "The attempt's id")),
    responses(
        (status = 200, description = "What came of it", body = AttemptOutcome),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`state_replayed`: answered already", body = Problem, content_type = "application/problem+json"),
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
