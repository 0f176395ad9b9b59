//! `/api/v1/connections/{id}/operations`, and what was said in each: what came of the orders, for vendors that bridge them.

use axum::extract::State;
use passerelle_store::{ExchangeId, OperationId};
use passerelle_wire::{Exchange, Operation, OperationPage, Problem, ProblemCode};
use serde::Deserialize;

use super::bridging::seen;
use super::operation_shown::{callback, counts, exchange_line, line, notes, text};
use crate::auth::CurrentSession;
use crate::problem::{ApiProblem, Json, Path, Query};
use crate::state::AppState;

/// Operations a page.
const PAGE: u32 = 50;

/// `?cursor=`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paging {
    #[serde(default)]
    cursor: Option<String>,
}

/// What came for this till at this place and what became of it, newest first, with how the last day went and how the
/// callback at HubRise stands. Operations of the till's former connections there are told too.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses(
        (status = 200, description = "A page", body = OperationPage),
        (status = 400, description = "`invalid_request`: a cursor that was never given out", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn page(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Json<OperationPage>, ApiProblem> {
    let row = seen(&state, &caller, id).await?;
    let before = paging.cursor.map(|cursor| cursor.parse::<i64>()).transpose().map_err(|_not_ours| {
        ApiProblem::new(ProblemCode::InvalidRequest, "the query is not valid")
            .with_field("cursor", "it was never given out")
    })?;
    let (store, now) = (state.store(), state.now());
    let (page, day, registration) = tokio::try_join!(
        store.operations(&row.id, before, PAGE),
        store.operation_counts(&row.id, now),
        store.registration(&row.id),
    )?;
    Ok(Json(OperationPage {
        operations: page.rows.into_iter().map(line).collect(),
        next: page.next.map(|seq| seq.to_string()),
        newer: None,
        searched_to: None,
        timezone: row.timezone,
        day: counts(day),
        callback: callback(&registration),
    }))
}

/// One operation with what its translation noted and every call it caused, without their bodies.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/operations/{operation}", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("operation" = String, Path, description = "The operation's id")),
    responses(
        (status = 200, description = "The operation", body = Operation),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((id, operation)): Path<(String, String)>,
) -> Result<Json<Operation>, ApiProblem> {
    let row = seen(&state, &caller, id).await?;
    let id = OperationId::new(operation);
    let (found, exchanges) =
        tokio::try_join!(state.store().operation(&row.id, &id), state.store().exchanges(&row.id, &id))?;
    let found = found.ok_or_else(ApiProblem::not_found)?;
    Ok(Json(Operation {
        notes: notes(found.notes.as_deref()),
        acts: Vec::new(),
        names_hidden: false,
        line: line(found),
        exchanges: exchanges.into_iter().map(exchange_line).collect(),
        timezone: row.timezone,
    }))
}

/// One request and its answer, whole; secrets were masked before they were kept.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/exchanges/{exchange}", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("exchange" = String, Path, description = "The exchange's id")),
    responses(
        (status = 200, description = "The exchange", body = Exchange),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such exchange, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn exchange(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((id, exchange)): Path<(String, String)>,
) -> Result<Json<Exchange>, ApiProblem> {
    let row = seen(&state, &caller, id).await?;
    let found = state.store().exchange(&row.id, &ExchangeId::new(exchange)).await?;
    let found = found.ok_or_else(ApiProblem::not_found)?;
    Ok(Json(Exchange {
        line: exchange_line(found.row),
        request_headers: found.request_headers,
        request_body: text(&found.request_body),
        response_headers: found.response_headers,
        response_body: text(&found.response_body),
    }))
}
