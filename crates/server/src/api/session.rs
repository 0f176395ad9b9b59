//! `/api/v1/session`: the browser's session, made when there is none, and ended when its user signs out.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, SET_COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use passerelle_store::{NewSession, SessionId, User};
use passerelle_wire::{EmbedRole, Problem, ProblemCode, Session, SignedIn};

use crate::auth::{
    Changing, Credential, CurrentSession, SessionCookie, browser_label, csrf_token, session_fingerprint,
};
use crate::crypto::random_token;
use crate::problem::{ApiProblem, Json};
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
        (status = 401, description = "`no_session`: the bearer that was sent is worth nothing", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`database_unavailable`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn current(State(state): State<AppState>, parts: Parts) -> Result<Response, ApiProblem> {
    if let Some(current) = CurrentSession::find(&parts, &state).await? {
        let (csrf_token, users) = match &current.credential {
            Credential::Cookie(cookie) => {
                let users = state.store().users(&current.session.id).await?;
                (csrf_token(cookie), users.into_iter().map(signed_in).collect())
            }
            Credential::Bearer(_) => (String::new(), embedded_user(&state, &current.session).await?),
        };
        return Ok(Json(shown(csrf_token, &current.session, users)).into_response());
    }
    if parts.headers.contains_key(AUTHORIZATION) {
        // A page inside a back office renews its session there; it is not given another one, and no cookie.
        return Err(ApiProblem::of(ProblemCode::NoSession));
    }
    let (session, cookie) = created(&state, &parts.headers).await?;
    let set = cookie.set(state.secure(), state.rules().session_max.as_secs());
    Ok(([(SET_COOKIE, set)], Json(shown(csrf_token(&cookie), &session, Vec::new()))).into_response())
}

/// A session for a browser that has none.
pub(super) async fn created(
    state: &AppState,
    headers: &HeaderMap,
) -> Result<(passerelle_store::Session, SessionCookie), ApiProblem> {
    let cookie = SessionCookie::new(random_token()?);
    let now = state.now();
    let session = state
        .store()
        .create_session(NewSession {
            id: SessionId::new(random_token()?),
            token_hash: session_fingerprint(&cookie),
            browser: browser(headers),
            created_at: now,
            expires_at: now + state.rules().session_max,
        })
        .await?;
    Ok((session, cookie))
}

/// Signs out: ends the session, with whoever is signed in by it, and has the browser forget its cookie. What its users
/// have a right to stays theirs; what it had a right to by itself does not.
///
/// Who may call: a session, from our own pages.
#[utoipa::path(
    delete,
    path = "/session",
    tag = "session",
    responses(
        (status = 204, description = "Ended; `Set-Cookie` has the browser forget it"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn end(State(state): State<AppState>, Changing(caller): Changing) -> Result<Response, ApiProblem> {
    state.store().end_session(&caller.session.id).await?;
    state.live().session_changed(&caller.session.id);
    Ok(ended(&state))
}

/// The answer to a browser whose session has just ended.
pub(super) fn ended(state: &AppState) -> Response {
    (StatusCode::NO_CONTENT, [(SET_COOKIE, SessionCookie::forget(state.secure()))]).into_response()
}

fn shown(csrf_token: String, session: &passerelle_store::Session, users: Vec<SignedIn>) -> Session {
    Session { csrf_token, expires_at: session.expires_at.to_string(), users }
}

/// A user as the app knows them.
fn signed_in(user: User) -> SignedIn {
    SignedIn { vendor: user.vendor, name: user.name, email: user.email, support: user.support, embedded: None }
}

/// The one user of an embedded session.
pub(super) async fn embedded_user(
    state: &AppState,
    session: &passerelle_store::Session,
) -> Result<Vec<SignedIn>, ApiProblem> {
    let (users, embedded) = tokio::try_join!(state.store().users(&session.id), state.store().embedded(&session.id))?;
    let role = embedded.map(|embedded| match embedded.role {
        passerelle_store::EmbedRole::Manager => EmbedRole::Manager,
        passerelle_store::EmbedRole::Viewer => EmbedRole::Viewer,
        passerelle_store::EmbedRole::Support => EmbedRole::Support,
    });
    Ok(users.into_iter().map(|user| SignedIn { embedded: role, ..signed_in(user) }).collect())
}

/// The browser's family and system.
pub(super) fn browser(headers: &HeaderMap) -> String {
    headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).map(browser_label).unwrap_or_default()
}
