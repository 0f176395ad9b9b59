//! `/api/v1/vendors/{vendor}/desk`: the vendor's support sees all its connections by name, what waits and what is
//! locked. To open one takes a grant, as for anybody.

use axum::extract::State;
use http::StatusCode;
use passerelle_store::{DeskQuery, DeskRow, LockId, RequestId};
use passerelle_wire::{Desk, DeskLine, DeskPage, HealthState, Problem, ProblemCode, RequestDecline};
use serde::Deserialize;

use super::showing::{health_state, health_stored, lock_shown, request_shown};
use crate::auth::{Changing, CurrentSession, supporter};
use crate::problem::{ApiProblem, Json, Path, Query};
use crate::state::AppState;

/// Lines a page.
const PAGE: u32 = 60;
/// Characters of a search that count; nobody's name is longer.
const LONGEST_SEARCH: usize = 120;
/// Characters of an answer to a merchant.
const LONGEST_ANSWER: usize = 500;

/// `?q=…&state=…&cursor=…`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: Option<HealthState>,
    #[serde(default)]
    cursor: Option<String>,
}

/// What stands on top of the desk: how many connections there are and fail, requests that wait, tills that are locked.
///
/// Who may call: a session signed in as the vendor's support.
#[utoipa::path(get, path = "/vendors/{vendor}/desk", tag = "desk",
    params(("vendor" = String, Path, description = "The vendor's slug")),
    responses(
        (status = 200, description = "The desk", body = Desk),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`sign_in_required`, `support_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(vendor): Path<String>,
) -> Result<Json<Desk>, ApiProblem> {
    support_alone(&state, &caller, &vendor).await?;
    let desk = state.store().desk(&vendor).await?;
    Ok(Json(Desk {
        connections: desk.connections,
        failing: desk.failing,
        requests: desk.requests.into_iter().map(request_shown).collect(),
        locks: desk.locks.into_iter().map(lock_shown).collect(),
    }))
}

/// The vendor's open connections, by name alone, the latest connected first.
///
/// Who may call: a session signed in as the vendor's support.
#[utoipa::path(get, path = "/vendors/{vendor}/desk/connections", tag = "desk",
    params(
        ("vendor" = String, Path, description = "The vendor's slug"),
        ("q" = Option<String>, Query, description = "Text in the account's or location's name or id"),
        ("state" = Option<HealthState>, Query, description = "How the token stands"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of at most 60", body = DeskPage),
        (status = 400, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`sign_in_required`, `support_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn connections(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(vendor): Path<String>,
    Query(search): Query<Search>,
) -> Result<Json<DeskPage>, ApiProblem> {
    support_alone(&state, &caller, &vendor).await?;
    let query = DeskQuery {
        text: search.q.trim().chars().take(LONGEST_SEARCH).collect(),
        state: search.state.map(health_stored),
        cursor: search.cursor,
        limit: PAGE,
    };
    let page = state.store().desk_page(&vendor, &caller.session.id, query, state.now()).await?;
    Ok(Json(DeskPage { items: page.rows.into_iter().map(line).collect(), total: page.total, next_cursor: page.next }))
}

/// Releases a locked till: it may be connected again.
///
/// Who may call: a session signed in as the vendor's support, from our own pages.
#[utoipa::path(post, path = "/vendors/{vendor}/desk/locks/{lock}/release", tag = "desk",
    params(("vendor" = String, Path, description = "The vendor's slug"), ("lock" = String, Path, description = "The lock's id")),
    responses(
        (status = 204, description = "Released"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `sign_in_required`, `support_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`; `not_found`: no such lock, or released already", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn release(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((vendor, lock)): Path<(String, String)>,
) -> Result<StatusCode, ApiProblem> {
    support_alone(&state, &caller, &vendor).await?;
    let released = state.store().release_lock(&vendor, &LockId::new(lock), &caller.session.id, state.now()).await?;
    state.live().look();
    if released { Ok(StatusCode::NO_CONTENT) } else { Err(ApiProblem::not_found()) }
}

/// Declines a merchant's request, with an answer the merchant reads.
///
/// Who may call: a session signed in as the vendor's support, from our own pages.
#[utoipa::path(post, path = "/vendors/{vendor}/desk/requests/{request}/decline", tag = "desk", request_body = RequestDecline,
    params(("vendor" = String, Path, description = "The vendor's slug"), ("request" = String, Path, description = "The request's id")),
    responses(
        (status = 204, description = "Declined"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `sign_in_required`, `support_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`; `request_unknown`: no such request, or it waits no more", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: the answer is empty or too long", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn decline(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((vendor, request)): Path<(String, String)>,
    Json(said): Json<RequestDecline>,
) -> Result<StatusCode, ApiProblem> {
    support_alone(&state, &caller, &vendor).await?;
    let answer = said.answer.trim();
    if !(1..=LONGEST_ANSWER).contains(&answer.chars().count()) {
        return Err(ApiProblem::invalid_field("answer", "1 to 500 characters"));
    }
    let declined = state.store().decline_request(&vendor, &RequestId::new(request), answer, state.now()).await?;
    state.live().look();
    if declined { Ok(StatusCode::NO_CONTENT) } else { Err(ApiProblem::of(ProblemCode::RequestUnknown)) }
}

/// Lets the vendor's support pass. Whoever the profile names no more is out at once, whatever was true at sign-in.
async fn support_alone(state: &AppState, caller: &CurrentSession, vendor: &str) -> Result<(), ApiProblem> {
    let served = state.vendors().get(vendor)?;
    let user = supporter(state, &caller.session, vendor).await?;
    let belongs = served.profile.support.includes(&user.email);
    if belongs { Ok(()) } else { Err(ApiProblem::of(ProblemCode::SupportOnly)) }
}

fn line(row: DeskRow) -> DeskLine {
    DeskLine {
        id: row.id.into(),
        till: row.till,
        account_name: row.account_name,
        location_name: row.location_name,
        health: health_state(row.health),
        since: row.since.to_string(),
        last_order_at: row.last_order_at.map(|at| at.to_string()),
        granted: row.granted,
    }
}
