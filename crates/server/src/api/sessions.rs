//! `/api/v1/vendors/{vendor}/sessions`: where a user is signed in, and ending that.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use passerelle_store::SessionId;
use passerelle_wire::{Problem, SessionLine};

use super::session::ended;
use crate::auth::{Changing, CurrentSession, signed_in};
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// The sessions of the user signed in at this vendor, the one seen last first.
///
/// Who may call: a session with a user signed in at this vendor; it sees that user's own.
#[utoipa::path(get, path = "/vendors/{vendor}/sessions", tag = "session",
    params(("vendor" = String, Path, description = "The vendor's slug")),
    responses(
        (status = 200, description = "All of them", body = [SessionLine]),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`sign_in_required`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(vendor): Path<String>,
) -> Result<Json<Vec<SessionLine>>, ApiProblem> {
    let vendor = state.vendors().get(&vendor)?;
    let user = signed_in(&state, &caller.session, vendor.slug()).await?;
    let (now, idle) = (state.now(), state.rules().session_idle);
    let sessions = state.store().user_sessions(&user.id).await?;
    // Those past their end wait to be swept: they open nothing any more.
    let alive = sessions.into_iter().filter(|one| one.expires_at > now && now.duration_since(one.last_seen_at) < idle);
    let line = |one: passerelle_store::Session| SessionLine {
        this: one.id == caller.session.id,
        id: one.id.into(),
        browser: one.browser,
        created_at: one.created_at.to_string(),
        last_seen_at: one.last_seen_at.to_string(),
    };
    Ok(Json(alive.map(line).collect()))
}

/// Ends one of the user's sessions, this one or another browser's.
///
/// Who may call: a session with a user signed in at this vendor, from our own pages; that user's sessions alone.
#[utoipa::path(delete, path = "/vendors/{vendor}/sessions/{session}", tag = "session",
    params(("vendor" = String, Path, description = "The vendor's slug"), ("session" = String, Path, description = "The session's id")),
    responses(
        (status = 204, description = "Ended; `Set-Cookie` when it was the one that asks"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`sign_in_required`, `csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`; `not_found`: no such session of this user", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn end(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((vendor, id)): Path<(String, String)>,
) -> Result<Response, ApiProblem> {
    let vendor = state.vendors().get(&vendor)?;
    let user = signed_in(&state, &caller.session, vendor.slug()).await?;
    let id = SessionId::new(id);
    if !state.store().end_user_session(&user.id, &id).await? {
        return Err(ApiProblem::not_found());
    }
    state.live().session_changed(&id);
    Ok(if id == caller.session.id { ended(&state) } else { StatusCode::NO_CONTENT.into_response() })
}
