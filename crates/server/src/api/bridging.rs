//! What the resources of vendors that bridge orders share, and of those whose stock is sent, as far as the log goes: who may see and change them, how often a person may have
//! somebody called, and how such a call is kept.

use jiff::Timestamp;
use passerelle_store::{ConnectionRow, NewExchange, NewOperation, OperationId, OperationKind, OperationState, Receipt};
use passerelle_vendors::Capability;
use passerelle_wire::{Cause, ProblemCode};

use super::connections::{granted, managed};
use crate::auth::CurrentSession;
use crate::delivery::cause;
use crate::pace::Pace;
use crate::problem::ApiProblem;
use crate::state::AppState;

/// The connection of this id, if the caller has a grant on it and its vendor bridges orders.
pub(super) async fn seen(state: &AppState, caller: &CurrentSession, id: String) -> Result<ConnectionRow, ApiProblem> {
    let row = granted(state, caller, id).await?.connection;
    bridged(state, row)
}

/// The connection of this id, if the caller has a grant on it and its vendor has a log: it bridges orders, or its stock is
/// sent to HubRise.
pub(super) async fn logged(state: &AppState, caller: &CurrentSession, id: String) -> Result<ConnectionRow, ApiProblem> {
    let row = granted(state, caller, id).await?.connection;
    has_log(state, row)
}

/// The same, if the caller may change it.
pub(super) async fn changed(
    state: &AppState,
    caller: &CurrentSession,
    id: String,
) -> Result<ConnectionRow, ApiProblem> {
    let row = managed(state, caller, id).await?;
    bridged(state, row)
}

/// # Errors
/// `not_found` where the vendor's tills fetch their orders themselves.
pub(super) fn bridged(state: &AppState, row: ConnectionRow) -> Result<ConnectionRow, ApiProblem> {
    let vendor = state.vendors().get(&row.vendor)?;
    if vendor.profile.has(Capability::OrderBridge) { Ok(row) } else { Err(ApiProblem::not_found()) }
}

/// # Errors
/// `not_found` where nothing is done for the vendor's tills.
pub(super) fn has_log(state: &AppState, row: ConnectionRow) -> Result<ConnectionRow, ApiProblem> {
    let vendor = state.vendors().get(&row.vendor)?;
    let logs = [Capability::OrderBridge, Capability::Inventory];
    if logs.into_iter().any(|capability| vendor.has(capability)) { Ok(row) } else { Err(ApiProblem::not_found()) }
}

/// # Errors
/// `too_many_requests` when this was asked for too often.
pub(super) fn paced(pace: &Pace, row: &ConnectionRow, now: Timestamp) -> Result<(), ApiProblem> {
    pace.count(&row.id, now).map_err(|wait| ApiProblem::of(ProblemCode::TooManyRequests).with_retry_after(wait))
}

/// Something a person had the bridge do.
pub(super) struct Asked {
    /// Its operation's id, made up beforehand.
    pub(super) id: OperationId,
    /// When it was asked for.
    pub(super) at: Timestamp,
    /// Why it failed; none when it did not.
    pub(super) cause: Option<Cause>,
    /// The words to that.
    pub(super) detail: Option<String>,
    /// What was said on the way.
    pub(super) exchanges: Vec<NewExchange>,
}

/// Keeps it, and tells open pages.
///
/// # Errors
/// When the store fails, or the connection has been ended in between.
pub(super) async fn record(state: &AppState, row: &ConnectionRow, asked: Asked) -> Result<(), ApiProblem> {
    let mut exchanges = asked.exchanges;
    let first = if exchanges.is_empty() { None } else { Some(exchanges.remove(0)) };
    let operation = NewOperation {
        terms: Vec::new(),
        erases: None,
        id: asked.id.clone(),
        connection: row.id.clone(),
        kind: OperationKind::System,
        event_id: None,
        order: None,
        state: if asked.cause.is_none() { OperationState::Noted } else { OperationState::Failed },
        cause: asked.cause.map(cause::stored),
        detail: asked.detail,
        received_at: asked.at,
        exchange: first,
    };
    let receipts = state.store().receive(vec![operation]).await?;
    if receipts.contains(&Receipt::NoConnection) {
        return Err(ApiProblem::of(ProblemCode::ConnectionUnknown));
    }
    if !exchanges.is_empty() {
        state.store().note_exchanges(&row.id, Some(&asked.id), exchanges).await?;
    }
    state.live().connection_changed(&row.id);
    Ok(())
}
