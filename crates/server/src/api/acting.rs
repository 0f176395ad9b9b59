//! Who may do something with an operation: whoever manages the connection, and the vendor's support, whose work it is, as
//! soon as it may see the connection.

use passerelle_store::{ConnectionRow, Granted, OperationId, OperationRow, Role};
use passerelle_wire::ProblemCode;

use super::bridging::has_log;
use super::connections::granted;
use crate::auth::{CurrentSession, person};
use crate::problem::ApiProblem;
use crate::state::AppState;

/// The connection of this id, if the caller may act on its operations and its vendor bridges orders.
///
/// # Errors
/// `connection_unknown` without a grant, `view_only` with one to look and no more.
pub(super) async fn acting(state: &AppState, caller: &CurrentSession, id: String) -> Result<ConnectionRow, ApiProblem> {
    let Granted { connection, role } = granted(state, caller, id).await?;
    let may = match role {
        Role::Manage => true,
        Role::View => person(state, &caller.session, &connection.vendor).await?.is_some_and(|user| user.support),
    };
    if may { has_log(state, connection) } else { Err(ApiProblem::of(ProblemCode::ViewOnly)) }
}

/// One of the connection's operations.
///
/// # Errors
/// `not_found` when it has no such operation.
pub(super) async fn operation(
    state: &AppState,
    connection: &ConnectionRow,
    id: &OperationId,
) -> Result<OperationRow, ApiProblem> {
    state.store().operation(&connection.id, id).await?.ok_or_else(ApiProblem::not_found)
}
