//! The two extractors every API handler names to say who may call it.

use axum::extract::FromRequestParts;
use http::header::{AUTHORIZATION, ORIGIN};
use http::request::Parts;
use passerelle_store::Session;
use passerelle_wire::{CSRF_HEADER, ProblemCode};
use subtle::ConstantTimeEq as _;

use super::SessionCookie;
use crate::crypto::{derived, fingerprint};
use crate::embed::Bearer;
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
    /// What was sent.
    pub credential: Credential,
}

/// What proves a session: a cookie, or the bearer of a page inside a back office.
#[derive(Debug)]
pub enum Credential {
    /// Sent by the browser with whatever call: calls that change something must show more.
    Cookie(SessionCookie),
    /// Sent by the page that has it and nobody else.
    Bearer(Bearer),
}

impl Credential {
    /// What is stored of it.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        match self {
            Self::Cookie(cookie) => session_fingerprint(cookie),
            Self::Bearer(bearer) => bearer.fingerprint(),
        }
    }
}

impl CurrentSession {
    /// The session of the request's bearer or cookie, or nothing. Who authorises by whatever means is not asked for a cookie.
    pub async fn find(parts: &Parts, state: &AppState) -> Result<Option<Self>, ApiProblem> {
        let credential = if parts.headers.contains_key(AUTHORIZATION) {
            Bearer::read(&parts.headers).map(Credential::Bearer)
        } else {
            SessionCookie::read(&parts.headers, state.secure()).map(Credential::Cookie)
        };
        let Some(credential) = credential else { return Ok(None) };
        let session = state.store().session(&credential.fingerprint(), state.now(), state.rules().session_idle).await?;
        Ok(session.map(|session| Self { session, credential }))
    }
}

impl FromRequestParts<AppState> for CurrentSession {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiProblem> {
        Self::find(parts, state).await?.ok_or_else(|| ApiProblem::of(ProblemCode::NoSession))
    }
}

/// A caller with a live session, from our own pages, who knows the session's CSRF token or its bearer; for calls that change
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
        if let Credential::Cookie(cookie) = &current.credential {
            let expected = csrf_token(cookie);
            let sent = parts.headers.get(CSRF_HEADER).map_or(&[][..], |token| token.as_bytes());
            if !bool::from(sent.ct_eq(expected.as_bytes())) {
                return Err(ApiProblem::of(ProblemCode::CsrfMismatch));
            }
        }
        Ok(Self(current))
    }
}
