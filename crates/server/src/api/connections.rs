//! `/api/v1/connections`, and a till's status: what is connected, how it fares, and ending it.

use axum::extract::State;
use passerelle_store::{Closing, ConnectionId, ConnectionRow, ConnectionState, Granted, Role, SessionId};
use passerelle_wire as wire;
use passerelle_wire::{ConnectedBy, Connection, Disconnected, Problem, ProblemCode, TillStatus};

use super::showing::{health_state, lock_shown, request_shown};
use crate::attempts::shown;
use crate::auth::{Changing, CurrentSession};
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// What this session may know of a till: its connection, if the session has a grant on one; else what stands in the way
/// of one. A connection whose last call is older than a minute is checked beside the answer.
///
/// Who may call: a session; it sees what it has a grant on, and its own locks and requests.
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
    let (status, row) = till_seen(&state, vendor.slug(), till.id(), &caller.session.id).await?;
    if let Some(row) = row {
        state.hub().freshen(&row);
    }
    Ok(Json(status))
}

/// An open connection. If its last call is older than a minute it is checked beside the answer.
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
    let granted = granted(&state, &caller, id).await?;
    state.hub().freshen(&granted.connection);
    Ok(Json(connection_seen(&granted, &caller.session.id)))
}

/// Disconnects: the wish is committed first, then HubRise is told to drop the callback and the token. Should HubRise
/// not answer, it is told later, and `revoked` is false. Where the vendor wants it, the till is locked until support
/// releases it.
///
/// Who may call: a session with a grant to manage it, from our own pages.
#[utoipa::path(delete, path = "/connections/{connection}", tag = "connections",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "Disconnected here", body = Disconnected),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`: it may have been disconnected already", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn disconnect(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
) -> Result<Json<Disconnected>, ApiProblem> {
    let row = managed(&state, &caller, id).await?;
    close(&state, &caller, &row).await.map(Json)
}

/// Ends a connection the caller may change.
pub(super) async fn close(
    state: &AppState,
    caller: &CurrentSession,
    row: &ConnectionRow,
) -> Result<Disconnected, ApiProblem> {
    // A vendor served no more locks nothing: there is no support here to release it.
    let lock = state.vendors().get(&row.vendor).is_ok_and(|vendor| vendor.profile.ending.locks);
    let closing = state.store().close_connection(&row.id, &caller.session.id, lock, state.now()).await?;
    state.live().connection_changed(&row.id);
    state.live().till_changed(&row.vendor, &row.till);
    match closing {
        Closing::Revoke(revocation) => {
            // In a task of its own: a browser that goes away must not leave HubRise half told.
            let revoker = state.revoker().clone();
            let told = tokio::spawn(async move { revoker.attempt(&revocation).await });
            Ok(Disconnected { revoked: told.await.unwrap_or(false) })
        }
        Closing::TokenInUse => Ok(Disconnected { revoked: true }),
        Closing::Unknown => Err(ApiProblem::of(ProblemCode::ConnectionUnknown)),
        Closing::ViewOnly => Err(ApiProblem::of(ProblemCode::ViewOnly)),
    }
}

/// The connection of this id, if the caller has a grant on it.
pub(super) async fn granted(state: &AppState, caller: &CurrentSession, id: String) -> Result<Granted, ApiProblem> {
    let found = state.store().connection(&ConnectionId::new(id), &caller.session.id, state.now()).await?;
    found.ok_or_else(|| ApiProblem::of(ProblemCode::ConnectionUnknown))
}

/// The connection of this id, if the caller may change it.
pub(super) async fn managed(
    state: &AppState,
    caller: &CurrentSession,
    id: String,
) -> Result<ConnectionRow, ApiProblem> {
    let Granted { connection, role } = granted(state, caller, id).await?;
    match role {
        Role::Manage => Ok(connection),
        Role::View => Err(ApiProblem::of(ProblemCode::ViewOnly)),
    }
}

/// What `session` gets to see of a till, and the connection behind it.
pub(crate) async fn till_seen(
    state: &AppState,
    vendor: &str,
    till: &str,
    session: &SessionId,
) -> Result<(TillStatus, Option<ConnectionRow>), ApiProblem> {
    let (store, now) = (state.store(), state.now());
    let (granted, revoking, lock, request) = tokio::try_join!(
        store.connection_of_till(vendor, till, session, now),
        store.revoking(vendor, till, session),
        store.lock_of(vendor, till, session),
        store.request_of(vendor, till, session),
    )?;
    let known = match &granted {
        Some(_) => None,
        None => store.known_connection(vendor, till, session, now).await?,
    };
    let status = TillStatus {
        connection: granted.as_ref().map(|granted| connection_seen(granted, session)),
        revoking,
        known: known.map(String::from),
        lock: lock.map(lock_shown),
        request: request.map(request_shown),
    };
    Ok((status, granted.map(|granted| granted.connection)))
}

/// A connection as `session`, which may do with it what its grant says, gets to see it.
pub(crate) fn connection_seen(granted: &Granted, session: &SessionId) -> Connection {
    let role = match granted.role {
        Role::Manage => wire::Role::Manage,
        Role::View => wire::Role::View,
    };
    Connection { role, ..connection_shown(&granted.connection, session) }
}

/// A connection as `session`, which manages it, gets to see it.
pub(crate) fn connection_shown(row: &ConnectionRow, session: &SessionId) -> Connection {
    let text = |at: jiff::Timestamp| at.to_string();
    Connection {
        id: row.id.as_str().to_owned(),
        vendor: row.vendor.clone(),
        till: row.till.clone(),
        state: match row.state {
            ConnectionState::Choosing => wire::ConnectionState::Choosing,
            ConnectionState::Connected => wire::ConnectionState::Connected,
        },
        account: shown(row.account.clone()),
        location: row.location.clone().map(shown),
        catalog: row.catalog.clone().map(shown),
        customer_list: row.customer_list.clone().map(shown),
        connected_at: text(row.connected_at),
        connected_by: ConnectedBy {
            this_session: row.connected_by == *session,
            browser: row.browser.clone(),
            name: row.connected_by_name.clone(),
        },
        reconnected_at: row.reconnected_at.map(text),
        health: wire::Health {
            state: health_state(row.health),
            since: row.health_since.map(text),
            last_failed_at: row.last_failed_at.map(text),
            last_ok_at: row.last_ok_at.map(text),
        },
        support_verified_at: row.support_verified_at.map(text),
        last_order_at: row.last_order_at.map(text),
        role: wire::Role::Manage,
    }
}
