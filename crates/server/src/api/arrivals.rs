//! `/api/v1/arrivals`: browsers that HubRise's **Connect** sent here.

use axum::extract::State;
use passerelle_hubrise::AuthorizationCode;
use passerelle_wire::{Arrival, AttemptOutcome, Problem};

use super::attempts::LONGEST_RETURNED;
use crate::attempts;
use crate::auth::Changing;
use crate::problem::{ApiProblem, Json};
use crate::state::AppState;

/// Takes the code HubRise's **Connect** brought, and asks whether what it opens is to be attached. Until that is
/// confirmed by a user signed in, nothing is; declined or left unanswered, HubRise is told to drop it.
///
/// Who may call: a session, from our own pages.
#[utoipa::path(post, path = "/arrivals", tag = "attempts", request_body = Arrival,
    responses(
        (status = 200, description = "`confirm_arrival`", body = AttemptOutcome),
        (status = 400, description = "`code_rejected`: expired or used already", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`till_disabled`: no till of this vendor is connected this way; `conflict`: the token is being revoked just now", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`client_rejected`, `hubrise_unreachable`, `hubrise_failed`, `hubrise_nonsense`", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "`hubrise_timeout`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn arrive(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Json(arrival): Json<Arrival>,
) -> Result<Json<AttemptOutcome>, ApiProblem> {
    if arrival.code.is_empty() || arrival.code.len() > LONGEST_RETURNED {
        return Err(ApiProblem::invalid_field("code", format!("must have 1 to {LONGEST_RETURNED} bytes")));
    }
    // In a task of its own: a browser that goes away must not cut the exchange off, for a code works once.
    let arriving = tokio::spawn(async move {
        let vendor = state.vendors().get(&arrival.vendor)?;
        attempts::arrive(&state, &caller.session, vendor, &AuthorizationCode::new(arrival.code)).await
    });
    Ok(Json(arriving.await.map_err(ApiProblem::internal)??))
}
