//! `/api/v1/connections`, and a till's status: what is connected, and ending it.

use axum::extract::State;
use passerelle_store::{Closing, ConnectionId, ConnectionRow, ConnectionState, SessionId};
use passerelle_wire::{ConnectedBy, Connection, Disconnected, Problem, ProblemCode, TillStatus};

use crate::attempts::shown;
use crate::auth::{Changing, CurrentSession};
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// What this session may know of a till: its connection, if the session has a grant on one.
///
/// Who may call: a session; it sees what it has a grant on alone.
#[utoipa::path(get, path = "/vendors/{vendor}/tills/{till}/status", tag = "connections",
    params(("vendor" = String, Path, description = "The vendor's slug"), ("till" = String, Path, description = "The till's id")),
    responses(
        (status = 200, description = "How it stands", body = TillStatus),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`vendor_unknown`, `till_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn till_status(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path((vendor, till)): Path<(String, String)>,
) -> Result<Json<TillStatus>, ApiProblem> {
    let (vendor, till) = state.vendors().till(&vendor, &till)?;
    let session = &caller.session.id;
    let (connection, revoking) = tokio::try_join!(
        state.store().connection_of_till(vendor.slug(), till.id(), session, state.now()),
        state.store().revoking(vendor.slug(), till.id(), session),
    )?;
    Ok(Json(TillStatus { connection: connection.map(|row| connection_shown(&row, session)), revoking }))
}

/// An open connection.
///
/// Who may call: a session with a grant on it; to all others it does not exist.
#[utoipa::path(get, path = "/connections/{connection}", tag = "connections",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "The connection", body = Connection),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
) -> Result<Json<Connection>, ApiProblem> {
    let row = granted(&state, &caller, id).await?;
    Ok(Json(connection_shown(&row, &caller.session.id)))
}

/// Disconnects: the wish is committed first, then HubRise is told to drop the callback and the token. Should HubRise
/// not answer, it is told later, and `revoked` is false.
///
/// Who may call: a session with a grant on it, from our own pages.
#[utoipa::path(delete, path = "/connections/{connection}", tag = "connections",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "Disconnected here", body = Disconnected),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`: it may have been disconnected already", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn disconnect(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
) -> Result<Json<Disconnected>, ApiProblem> {
    let closing = state.store().close_connection(&ConnectionId::new(id), &caller.session.id, state.now()).await?;
    match closing {
        Closing::Revoke(revocation) => {
            // In a task of its own: a browser that goes away must not leave HubRise half told.
            let revoker = state.revoker().clone();
            let told = tokio::spawn(async move { revoker.attempt(&revocation).await });
            Ok(Json(Disconnected { revoked: told.await.unwrap_or(false) }))
        }
        Closing::TokenInUse => Ok(Json(Disconnected { revoked: true })),
        Closing::Unknown => Err(ApiProblem::of(ProblemCode::ConnectionUnknown)),
    }
}

/// The connection of this id, if the caller has a grant on it.
pub(super) async fn granted(
    state: &AppState,
    caller: &CurrentSession,
    id: String,
) -> Result<ConnectionRow, ApiProblem> {
    let found = state.store().connection(&ConnectionId::new(id), &caller.session.id, state.now()).await?;
    found.ok_or_else(|| ApiProblem::of(ProblemCode::ConnectionUnknown))
}

/// A connection as `session` gets to see it.
pub(crate) fn connection_shown(row: &ConnectionRow, session: &SessionId) -> Connection {
    Connection {
        id: row.id.as_str().to_owned(),
        vendor: row.vendor.clone(),
        till: row.till.clone(),
        state: match row.state {
            ConnectionState::Choosing => passerelle_wire::ConnectionState::Choosing,
            ConnectionState::Connected => passerelle_wire::ConnectionState::Connected,
        },
        account: shown(row.account.clone()),
        location: row.location.clone().map(shown),
        catalog: row.catalog.clone().map(shown),
        customer_list: row.customer_list.clone().map(shown),
        connected_at: row.connected_at.to_string(),
        connected_by: ConnectedBy { this_session: row.connected_by == *session, browser: row.browser.clone() },
        reconnected_at: row.reconnected_at.map(|at| at.to_string()),
    }
}
