//! `POST /api/v1/connections/{id}/operations/{operation}/names`: somebody wants to see whom an order is for. Owns that it is
//! kept who did; what is masked for whom is decided where operations are shown.

use axum::extract::State;
use http::StatusCode;
use passerelle_store::{ActKind, OperationId};
use passerelle_wire::Problem;

use super::acting::{acting, operation};
use crate::auth::Changing;
use crate::problem::{ApiProblem, Path};
use crate::state::AppState;

/// Shows the caller names, phones, e-mails and addresses in this operation from now on, for 24 hours. That it was asked for
/// is kept with the operation, for everybody to see.
///
/// Who may call: a session with a grant to manage the connection, or the vendor's support with any grant on it, from our own
/// pages.
#[utoipa::path(post, path = "/connections/{connection}/operations/{operation}/names", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id"), ("operation" = String, Path, description = "The operation's id")),
    responses(
        (status = 204, description = "Shown from now on"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: no such operation, or the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn show(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((connection, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiProblem> {
    let row = acting(&state, &caller, connection).await?;
    let found = operation(&state, &row, &OperationId::new(id)).await?;
    let (session, now) = (&caller.session.id, state.now());
    state.store().note_act(&row.id, &found.id, session, ActKind::NamesShown, now).await?;
    state.live().connection_changed(&row.id);
    Ok(StatusCode::NO_CONTENT)
}
