//! What the resources of vendors whose stock is sent to HubRise share: who may see and change them.

use passerelle_store::ConnectionRow;
use passerelle_vendors::Capability;

use super::connections::{granted, managed};
use crate::auth::CurrentSession;
use crate::problem::ApiProblem;
use crate::state::AppState;

/// The connection of this id, if the caller has a grant on it and its vendor's stock is sent to HubRise.
pub(super) async fn seen(state: &AppState, caller: &CurrentSession, id: String) -> Result<ConnectionRow, ApiProblem> {
    let row = granted(state, caller, id).await?.connection;
    stocked(state, row)
}

/// The same, if the caller may change it.
pub(super) async fn changed(
    state: &AppState,
    caller: &CurrentSession,
    id: String,
) -> Result<ConnectionRow, ApiProblem> {
    let row = managed(state, caller, id).await?;
    stocked(state, row)
}

/// # Errors
/// `not_found` where the vendor's stock is none of ours.
fn stocked(state: &AppState, row: ConnectionRow) -> Result<ConnectionRow, ApiProblem> {
    if state.vendors().get(&row.vendor)?.has(Capability::Inventory) { Ok(row) } else { Err(ApiProblem::not_found()) }
}
