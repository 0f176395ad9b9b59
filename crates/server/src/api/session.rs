//! `/api/v1/session`: the browser's session, made when there is none.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::{SET_COOKIE, USER_AGENT};
use http::request::Parts;
use passerelle_store::{NewSession, SessionId};
use passerelle_wire::{Problem, Session};

use crate::auth::{CurrentSession, SessionCookie, browser_label, csrf_token, session_fingerprint};
use crate::crypto::random_token;
use crate::problem::ApiProblem;
use crate::state::AppState;

/// The session of this browser; creates one, and sets its cookie, when there is none or it has ended.
///
/// Who may call: anyone.
#[utoipa::path(
    get,
    path = "/session",
    tag = "session",
    responses(
        (status = 200, description = "The session; `Set-Cookie` when it is new", body = Session),
        (status = 503, description = "`database_unavailable`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn current(State(state): State<AppState>, parts: Parts) -> Result<Response, ApiProblem> {
    if let Some(current) = CurrentSession::find(&parts, &state).await? {
        return Ok(Json(shown(&current.cookie, &current.session)).into_response());
    }
    let cookie = SessionCookie::new(random_token()?);
    let now = state.now();
    let rules = state.rules();
    let session = state
        .store()
        .create_session(NewSession {
            id: SessionId::new(random_token()?),
            token_hash: session_fingerprint(&cookie),
            browser: browser(&parts.headers),
            created_at: now,
            expires_at: now + rules.session_max,
        })
        .await?;
    let set = cookie.set(state.secure(), rules.session_max.as_secs());
    Ok(([(SET_COOKIE, set)], Json(shown(&cookie, &session))).into_response())
}

fn shown(cookie: &SessionCookie, session: &passerelle_store::Session) -> Session {
    Session { csrf_token: csrf_token(cookie), expires_at: session.expires_at.to_string() }
}

fn browser(headers: &HeaderMap) -> String {
    headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).map(browser_label).unwrap_or_default()
}
