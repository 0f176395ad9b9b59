//! `/api/v1/connections/{id}/callback_check`: having HubRise asked whether its callback is as it must be.

use axum::extract::State;
use http::StatusCode;
use passerelle_wire::Problem;

use super::bridging::{changed, paced};
use crate::auth::Changing;
use crate::problem::{ApiProblem, Path};
use crate::state::AppState;

/// Has the callback at HubRise looked at now, put right if it must be, and whatever HubRise could not tell fetched. What
/// was found is among the operations a moment later. At most six times a minute.
///
/// Who may call: a session with a grant to manage the connection, of a vendor that bridges orders, from our own pages.
#[utoipa::path(post, path = "/connections/{connection}/callback_check", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 202, description = "It is being looked at"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn ask(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiProblem> {
    let row = changed(&state, &caller, id).await?;
    let now = state.now();
    paced(&state.paces().callback_checks, &row, now)?;
    state.registrar().ask(&row.id, now).await?;
    Ok(StatusCode::ACCEPTED)
}
