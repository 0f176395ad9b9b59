//! `/api/v1/vendors/{vendor}/requests`: merchants asking a vendor's support to make their connection.

use axum::extract::State;
use http::StatusCode;
use passerelle_store::{NewRequest, RequestId};
use passerelle_vendors::Connects;
use passerelle_wire::{Problem, ProblemCode, RequestSend, SupportRequest};

use super::showing::request_shown;
use crate::auth::{Changing, signed_in};
use crate::crypto::random_token;
use crate::embed::may_change;
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// Longest HubRise identifier and longest location's name, in characters.
const LONGEST_ID: usize = 64;
const LONGEST_NAME: usize = 160;

/// Asks support to make a connection. Asking again for the same till replaces what was asked before.
///
/// Who may call: a session with a user signed in at this vendor, from our own pages.
#[utoipa::path(post, path = "/vendors/{vendor}/requests", tag = "requests", request_body = RequestSend,
    params(("vendor" = String, Path, description = "The vendor's slug")),
    responses(
        (status = 200, description = "In support's queue", body = SupportRequest),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`sign_in_required`, `csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`, `till_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`till_disabled`, `till_locked`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: a field is wrong, or this vendor's support makes no connections", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn send(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(vendor): Path<String>,
    Json(asked): Json<RequestSend>,
) -> Result<Json<SupportRequest>, ApiProblem> {
    let vendor = state.vendors().get(&vendor)?;
    let user = signed_in(&state, &caller.session, vendor.slug()).await?;
    let (_, till) = state.vendors().till(vendor.slug(), &asked.till)?;
    may_change(&state, &caller.session, vendor.slug(), till.id()).await?;
    if vendor.connects() != Connects::Support {
        return Err(ApiProblem::invalid_field("till", "this vendor's support makes no connections"));
    }
    if till.disabled().is_some() {
        return Err(ApiProblem::of(ProblemCode::TillDisabled));
    }
    if state.store().lock_of(vendor.slug(), till.id(), &caller.session.id).await?.is_some() {
        return Err(ApiProblem::of(ProblemCode::TillLocked));
    }
    let hubrise_id = text("hubrise_id", &asked.hubrise_id, LONGEST_ID)?;
    let location_name = text("location_name", &asked.location_name, LONGEST_NAME)?;
    if !matches!(asked.language.as_str(), "en" | "fr") {
        return Err(ApiProblem::invalid_field("language", "must be `en` or `fr`"));
    }
    let request = NewRequest {
        id: RequestId::new(random_token()?),
        vendor: vendor.slug().to_owned(),
        till: till.id().to_owned(),
        session: caller.session.id.clone(),
        user: user.id,
        hubrise_id,
        location_name,
        language: asked.language,
        created_at: state.now(),
    };
    let request = state.store().send_request(request).await?;
    state.live().till_changed(vendor.slug(), till.id());
    Ok(Json(request_shown(request)))
}

/// Withdraws a request: support no longer sees it.
///
/// Who may call: a session of the user who sent it, from our own pages.
#[utoipa::path(delete, path = "/vendors/{vendor}/requests/{request}", tag = "requests",
    params(("vendor" = String, Path, description = "The vendor's slug"), ("request" = String, Path, description = "The request's id")),
    responses(
        (status = 204, description = "Withdrawn"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`sign_in_required`, `csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`, `request_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn withdraw(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((vendor, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiProblem> {
    let vendor = state.vendors().get(&vendor)?;
    let user = signed_in(&state, &caller.session, vendor.slug()).await?;
    let id = RequestId::new(id);
    let found = state.store().request(vendor.slug(), &id).await?;
    let unknown = || ApiProblem::of(ProblemCode::RequestUnknown);
    let request = found.filter(|request| request.user == user.id).ok_or_else(unknown)?;
    may_change(&state, &caller.session, vendor.slug(), &request.till).await?;
    if !state.store().withdraw_request(&id, &caller.session.id, state.now()).await? {
        return Err(unknown());
    }
    state.live().till_changed(vendor.slug(), &request.till);
    Ok(StatusCode::NO_CONTENT)
}

/// Text a person typed, without what surrounds it.
fn text(field: &'static str, typed: &str, longest: usize) -> Result<String, ApiProblem> {
    let text = typed.trim();
    if text.is_empty() || text.chars().count() > longest || text.chars().any(char::is_control) {
        return Err(ApiProblem::invalid_field(field, format!("must have 1 to {longest} characters, on one line")));
    }
    Ok(text.to_owned())
}
