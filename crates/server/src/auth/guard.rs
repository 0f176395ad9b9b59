//! The two extractors every API handler names to say who may call it.

use axum::extract::FromRequestParts;
use http::header::ORIGIN;
use http::request::Parts;
use passerelle_store::Session;
use passerelle_wire::{CSRF_HEADER, ProblemCode};
use subtle::ConstantTimeEq as _;

use super::SessionCookie;
use crate::crypto::{derived, fingerprint};
use crate::problem::ApiProblem;
use crate::state::AppState;

/// What is stored of a session's cookie.
#[must_use]
pub fn session_fingerprint(cookie: &SessionCookie) -> [u8; 32] {
    fingerprint("session cookie", cookie.expose())
}

/// The session's CSRF token: derived from the cookie, so nothing more is stored, and useless to find the cookie.
#[must_use]
pub fn csrf_token(cookie: &SessionCookie) -> String {
    derived("csrf", cookie.expose())
}

/// A caller with a live session; for calls that change nothing.
#[derive(Debug)]
pub struct CurrentSession {
    /// As stored.
    pub session: Session,
    /// As sent.
    pub cookie: SessionCookie,
}

impl CurrentSession {
    /// The session of the request's cookie, or nothing.
    pub async fn find(parts: &Parts, state: &AppState) -> Result<Option<Self>, ApiProblem> {
        let Some(cookie) = SessionCookie::read(&parts.headers, state.secure()) else {
            return Ok(None);
        };
        let session =
            state.store().session(&session_fingerprint(&cookie), state.now(), state.rules().session_idle).await?;
        Ok(session.map(|session| Self { session, cookie }))
    }
}

impl FromRequestParts<AppState> for CurrentSession {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiProblem> {
        Self::find(parts, state).await?.ok_or_else(|| ApiProblem::of(ProblemCode::NoSession))
    }
}

/// A caller with a live session, from our own pages, who knows the session's CSRF token; for calls that change
/// something.
#[derive(Debug)]
pub struct Changing(pub CurrentSession);

impl FromRequestParts<AppState> for Changing {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiProblem> {
        let origin = parts.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
        if origin != Some(state.public_origin()) {
            return Err(ApiProblem::of(ProblemCode::ForeignOrigin));
        }
        let current = CurrentSession::from_request_parts(parts, state).await?;
        let expected = csrf_token(&current.cookie);
        let sent = parts.headers.get(CSRF_HEADER).map_or(&[][..], |token| token.as_bytes());
        if !bool::from(sent.ct_eq(expected.as_bytes())) {
            return Err(ApiProblem::of(ProblemCode::CsrfMismatch));
        }
        Ok(Self(current))
    }
}
