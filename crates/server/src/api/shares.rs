//! `/api/v1/connections/{id}/operations/{operation}/case` and `…/shares`: one operation as a page of its own, masked for
//! everybody, and links to such a page. Owns no content: that is `case`.

use axum::extract::State;
use axum::response::Response;
use http::header::{ACCEPT_LANGUAGE, CONTENT_DISPOSITION};
use http::{HeaderMap, HeaderValue, StatusCode};
use jiff::SignedDuration;
use passerelle_store::{ActKind, ConnectionRow, OperationId, OperationRow, ShareRow};
use passerelle_wire::{NewShare, Problem, ProblemCode, Share, ShareAsk};
use serde::Deserialize;

use super::acting::{acting, operation};
use super::bridging::logged;
use crate::auth::{Changing, CurrentSession};
use crate::case::{self, Case, Language};
use crate::crypto::random_token;
use crate::problem::{ApiProblem, Json, Path, Query};
use crate::state::AppState;

/// Days a link may live.
const LONGEST_DAYS: u8 = 30;

/// `?language=&download=`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    download: bool,
}

/// `?language=`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct In {
    #[serde(default)]
    language: Option<String>,
}

/// The operation as a page that needs nothing else: it opens offline, holds no script, and no name, phone, e-mail address,
/// address or token, whoever asks. With `download=true` as a file, which is kept with the operation.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations/{operation}/case", tag = "operations",
    params(
        ("connection" = String, Path, description = "The connection's id"),
        ("operation" = String, Path, description = "The operation's id"),
        ("language" = Option<String>, Query, description = "`en` or `fr`; the browser's when it is left out"),
        ("download" = Option<bool>, Query, description = "`true`: as a file"),
    ),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 400, description = "`invalid_request`: another language", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn case(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((connection, id)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let row = logged(&state, &caller, connection).await?;
    let found = operation(&state, &row, &OperationId::new(id)).await?;
    let language = language(wanted.language.as_deref(), &headers)?;
    let name = file_name(&found);
    let (connection, operation) = (row.id.clone(), found.id.clone());
    let page = page(&state, row, found, language).await?;
    let mut answer = case::answer(StatusCode::OK, page);
    if wanted.download {
        let (session, now) = (&caller.session.id, state.now());
        state.store().note_act(&connection, &operation, session, ActKind::CaseTaken, now).await?;
        state.live().connection_changed(&connection);
        let disposition = format!("attachment; filename=\"{name}\"");
        answer
            .headers_mut()
            .insert(CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(ApiProblem::internal)?);
    }
    Ok(answer)
}

/// The links to this operation's case, the newest first. Their addresses are told once, when they are made.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations/{operation}/shares", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("operation" = String, Path, description = "The operation's id")),
    responses(
        (status = 200, description = "The links", body = Vec<Share>),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((connection, id)): Path<(String, String)>,
) -> Result<Json<Vec<Share>>, ApiProblem> {
    let row = logged(&state, &caller, connection).await?;
    let found = operation(&state, &row, &OperationId::new(id)).await?;
    let shares = state.store().shares(&row.id, &found.id).await?;
    Ok(Json(shares.into_iter().map(shown).collect()))
}

/// Makes a link to the case as it is now. Anyone who has the link may open it until it is ended or expires; the page shows
/// what it showed when the link was made. Who made it is kept.
///
/// Who may call: a session with a grant to manage the connection, or the vendor's support with any grant on it, from our own
/// pages.
#[utoipa::path(post, path = "/connections/{connection}/operations/{operation}/shares", tag = "operations", request_body = ShareAsk,
    params(
        ("connection" = String, Path, description = "The connection's id"),
        ("operation" = String, Path, description = "The operation's id"),
        ("language" = Option<String>, Query, description = "`en` or `fr`; the browser's when it is left out"),
    ),
    responses(
        (status = 200, description = "The link, whose address is told this once", body = NewShare),
        (status = 400, description = "`invalid_request`: another language", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: `days` is not 1 to 30", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn make(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((connection, id)): Path<(String, String)>,
    Query(wanted): Query<In>,
    headers: HeaderMap,
    Json(asked): Json<ShareAsk>,
) -> Result<Json<NewShare>, ApiProblem> {
    let row = acting(&state, &caller, connection).await?;
    let found = operation(&state, &row, &OperationId::new(id)).await?;
    let language = language(wanted.language.as_deref(), &headers)?;
    if !(1..=LONGEST_DAYS).contains(&asked.days) {
        return Err(ApiProblem::invalid_field("days", format!("1 to {LONGEST_DAYS}")));
    }
    let now = state.now();
    let expires_at = now + SignedDuration::from_hours(24 * i64::from(asked.days));
    let (connection, operation) = (row.id.clone(), found.id.clone());
    let page = page(&state, row, found, language).await?;
    let (share, token) = (random_token()?, random_token()?);
    let new = passerelle_store::NewShare {
        id: share.clone(),
        token_hash: case::hash(&token),
        connection: connection.clone(),
        operation: operation.clone(),
        page,
        session: caller.session.id.clone(),
        at: now,
        expires_at,
    };
    if !state.store().share(new).await? {
        return Err(ApiProblem::not_found());
    }
    state.live().connection_changed(&connection);
    let made = state.store().shares(&connection, &operation).await?.into_iter().find(|row| row.id == share);
    let made = made.ok_or_else(|| ApiProblem::internal("a link that was made is not there"))?;
    Ok(Json(NewShare { share: shown(made), url: format!("{}/shared/{token}", state.public_origin()) }))
}

/// Ends a link: it leads nowhere from now on. Who ended it is kept.
///
/// Who may call: a session with a grant to manage the connection, or the vendor's support with any grant on it, from our own
/// pages.
#[utoipa::path(delete, path = "/connections/{connection}/operations/{operation}/shares/{share}", tag = "operations",
    params(
        ("connection" = String, Path, description = "The connection's id"),
        ("operation" = String, Path, description = "The operation's id"),
        ("share" = String, Path, description = "The link's id"),
    ),
    responses(
        (status = 204, description = "Ended"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such link or operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn end(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((connection, id, share)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiProblem> {
    let row = acting(&state, &caller, connection).await?;
    let (session, now) = (&caller.session.id, state.now());
    if !state.store().end_share(&row.id, &OperationId::new(id), &share, session, now).await? {
        return Err(ApiProblem::not_found());
    }
    state.live().connection_changed(&row.id);
    Ok(StatusCode::NO_CONTENT)
}

/// The case's page; masking and writing it takes a while, and nobody else is to wait for it.
async fn page(
    state: &AppState,
    connection: ConnectionRow,
    operation: OperationRow,
    language: Language,
) -> Result<Vec<u8>, ApiProblem> {
    let case = Case::of(state, connection, operation).await?;
    let page = tokio::task::spawn_blocking(move || case.page(language)).await.map_err(ApiProblem::internal)?;
    Ok(page.into_bytes())
}

/// # Errors
/// `invalid_request` for one that is not spoken here.
fn language(asked: Option<&str>, headers: &HeaderMap) -> Result<Language, ApiProblem> {
    let Some(asked) = asked else {
        let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        return Ok(Language::liked(accepted.unwrap_or_default()));
    };
    Language::named(asked).ok_or_else(|| {
        ApiProblem::new(ProblemCode::InvalidRequest, "the query is not valid").with_field("language", "`en` or `fr`")
    })
}

/// `case-kr48p3.html`: what an address may hold of the order's id.
fn file_name(operation: &OperationRow) -> String {
    let id = operation.order.as_ref().map_or(operation.id.as_str(), |order| order.order_id.as_str());
    let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
    format!("case-{id}.html")
}

fn shown(row: ShareRow) -> Share {
    Share {
        id: row.id,
        by: row.by,
        at: row.at.to_string(),
        expires_at: row.expires_at.to_string(),
        ended_at: row.ended_at.map(|at| at.to_string()),
        opened: row.opened,
    }
}
