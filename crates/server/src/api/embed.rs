//! `/api/v1/embed`: the console inside vendors' back offices.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN, SET_COOKIE};
use http::request::Parts;
use http::{HeaderName, StatusCode};
use passerelle_wire::{
    EmbedBegin, EmbedCode, EmbedCodeAsk, EmbedFacts, EmbedSession, PopupAsk, PopupOpened, Problem, ProblemCode,
};
use serde::Deserialize;

use super::session::{browser, created, embedded_user};
use crate::auth::{CurrentSession, SessionCookie};
use crate::embed::{self, Embedded};
use crate::problem::{ApiProblem, Json, Path, Query};
use crate::site::embedding;
use crate::state::AppState;

/// Begins the session of a page inside a back office, with the back office's token or a code; or renews the session whose
/// bearer is sent along.
///
/// Who may call: whoever has a token of the vendor's, used for the first time, or a code; from our own pages.
#[utoipa::path(post, path = "/embed/sessions", tag = "embed", request_body = EmbedBegin,
    responses(
        (status = 200, description = "The session, and its bearer", body = EmbedSession),
        (status = 400, description = "`invalid_request`: neither a token with its host, nor a code", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`embed_token_rejected`: `detail` says which rule it breaks", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`embed_host_unknown`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn begin(
    State(state): State<AppState>,
    parts: Parts,
    Json(asked): Json<EmbedBegin>,
) -> Result<Json<EmbedSession>, ApiProblem> {
    ours(&state, &parts)?;
    let vendor = state.vendors().get(&asked.vendor)?;
    let Embedded { session, bearer, locale } = match (&asked.token, &asked.host, &asked.code) {
        (Some(token), Some(host), None) => {
            // A bearer that is worth nothing any more renews nothing, and the token begins another session.
            let former = CurrentSession::find(&parts, &state).await?.map(|caller| caller.session.id);
            embed::begin(&state, vendor, (token, host), browser(&parts.headers), former.as_ref()).await?
        }
        (None, None, Some(code)) => embed::exchange(&state, code).await?,
        _ => return Err(ApiProblem::invalid_field("token", "give `token` and `host`, or `code`")),
    };
    Ok(Json(EmbedSession {
        bearer: bearer.expose().to_owned(),
        expires_at: session.expires_at.to_string(),
        csrf_token: String::new(),
        users: embedded_user(&state, &session).await?,
        locale: locale.map(str::to_owned),
    }))
}

/// A code for a plain frame's address, in exchange for a token: works once, within a minute.
///
/// Who may call: whoever has a token of the vendor's, used for the first time; from a back office's server, not a page.
#[utoipa::path(post, path = "/embed/codes", tag = "embed", request_body = EmbedCodeAsk,
    responses(
        (status = 200, description = "The code", body = EmbedCode),
        (status = 401, description = "`embed_token_rejected`: `detail` says which rule it breaks", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`foreign_origin`: a page asks", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn code(
    State(state): State<AppState>,
    parts: Parts,
    Json(asked): Json<EmbedCodeAsk>,
) -> Result<Json<EmbedCode>, ApiProblem> {
    if parts.headers.contains_key(ORIGIN) {
        return Err(ApiProblem::of(ProblemCode::ForeignOrigin));
    }
    let vendor = state.vendors().get(&asked.vendor)?;
    let (code, expires_at) = embed::code(&state, vendor, &asked.token).await?;
    Ok(Json(EmbedCode { code, expires_at: expires_at.to_string() }))
}

/// `?origin=`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Host {
    #[serde(default)]
    origin: String,
}

/// What an integrator needs to know: whether a page of `origin` may embed the vendor's console, which keys are known, what a
/// token must name, and the script with its hash. Nothing of it is secret.
///
/// Who may call: anyone, from any page.
#[utoipa::path(get, path = "/embed/{vendor}", tag = "embed",
    params(
        ("vendor" = String, Path, description = "The vendor's slug"),
        ("origin" = Option<String>, Query, description = "The origin of a page that would embed the console"),
    ),
    responses(
        (status = 200, description = "The facts", body = EmbedFacts),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn facts(
    State(state): State<AppState>,
    Path(vendor): Path<String>,
    Query(host): Query<Host>,
) -> Result<Response, ApiProblem> {
    let vendor = state.vendors().get(&vendor)?;
    let facts = EmbedFacts {
        vendor: vendor.slug().to_owned(),
        origin_allowed: vendor.embed_origins().contains(&host.origin),
        algorithms: vendor.embed_keys().algorithms().into_iter().map(str::to_owned).collect(),
        audience: state.public_origin().to_owned(),
        script: embedding::SCRIPT.to_owned(),
        integrity: embedding::integrity().to_owned(),
        now: state.now().to_string(),
    };
    let open =
        [(ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin")];
    Ok((open, Json(facts)).into_response())
}

/// Where the window of this number goes on. The window gets a session of its own, and the attempt is its own from now on.
///
/// Who may call: whoever knows the number, once; from our own pages.
#[utoipa::path(post, path = "/embed/popups", tag = "embed", request_body = PopupAsk,
    responses(
        (status = 200, description = "Where to go; `Set-Cookie` when the session is new", body = PopupOpened),
        (status = 204, description = "The frame's call has not come yet: ask again"),
        (status = 403, description = "`foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`state_replayed`: another window has it, or it is over", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn popup(
    State(state): State<AppState>,
    parts: Parts,
    Json(asked): Json<PopupAsk>,
) -> Result<Response, ApiProblem> {
    ours(&state, &parts)?;
    let (session, cookie) = match CurrentSession::find(&parts, &state).await? {
        Some(caller) => (caller.session, None),
        None => created(&state, &parts.headers).await.map(|(session, cookie)| (session, Some(cookie)))?,
    };
    let opened: Option<PopupOpened> = embed::open(&state, &session, &asked.nonce).await?;
    let answer = match opened {
        Some(opened) => Json(opened).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    };
    let set = |cookie: SessionCookie| cookie.set(state.secure(), state.rules().session_max.as_secs());
    Ok(match cookie.map(set) {
        Some(set) => ([(SET_COOKIE, set)], answer).into_response(),
        None => answer,
    })
}

/// Lets a call of our own pages pass.
fn ours(state: &AppState, parts: &Parts) -> Result<(), ApiProblem> {
    let origin = parts.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    if origin == Some(state.public_origin()) { Ok(()) } else { Err(ApiProblem::of(ProblemCode::ForeignOrigin)) }
}
