//! `/api/v1/connections/{id}/menu_check`: what of the connected catalog the till would not take.

use axum::extract::State;
use passerelle_bridge::menu::{self, Fault, Finding, Part};
use passerelle_hubrise::catalog::Catalog;
use passerelle_store::{ConnectionRow, NamedRef};
use passerelle_wire::{Cause, MenuCheck, MenuFault, MenuFinding, MenuPart, Problem, ProblemCode};

use super::bridging::{Asked, changed, paced, record};
use crate::auth::Changing;
use crate::problem::{ApiProblem, Json, Path};
use crate::recorder;
use crate::state::AppState;

/// Findings shown: who has more than these has another problem.
const MOST: usize = 2_000;

/// Reads the connected catalog and lists what would be skipped or refused: no ref, the same ref twice, a ref that is no
/// number. What was said is kept as an operation. At most once in ten seconds: a catalog is a heavy call at HubRise.
///
/// Who may call: a session with a grant to manage the connection, of a vendor that bridges orders, from our own pages.
#[utoipa::path(post, path = "/connections/{connection}/menu_check", tag = "operations",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "What it found", body = MenuCheck),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`hubrise_token_dead`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`choice_invalid`: no catalog is connected, or HubRise has it no more", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_requests`", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`hubrise_…`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn run(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
) -> Result<Json<MenuCheck>, ApiProblem> {
    let row = changed(&state, &caller, id).await?;
    let Some(catalog) = row.catalog.clone() else {
        let none = ApiProblem::of(ProblemCode::ChoiceInvalid);
        return Err(none.with_field("catalog", "the connection has none"));
    };
    paced(&state.paces().menu_checks, &row, state.now())?;
    // In a task of its own: a browser that goes away must not leave a call unrecorded.
    let check = tokio::spawn(check(state, row, catalog));
    check.await.map_err(ApiProblem::internal)?.map(Json)
}

async fn check(state: AppState, row: ConnectionRow, connected: NamedRef) -> Result<MenuCheck, ApiProblem> {
    let at = state.now();
    let id = connected.id.clone();
    let ask = |api: passerelle_hubrise::Api, token| async move { api.catalog::<Catalog>(&token, &id).await };
    let (read, exchanges) = state.hub().call_taped(&row, ask).await;
    let (cause, detail) = match &read {
        Ok(_) => (None, None),
        Err(error) => (Some(Cause::HubriseRefused), Some(error.to_string())),
    };
    record(&state, &row, Asked { id: recorder::operation_id(), at, cause, detail, exchanges }).await?;
    let catalog = read?;
    // Ten thousand refs are compared: not among those who wait for a socket.
    let report = tokio::task::spawn_blocking(move || (menu::check(&catalog), catalog.name));
    let (report, name) = report.await.map_err(ApiProblem::internal)?;
    let more = u32::try_from(report.findings.len().saturating_sub(MOST)).unwrap_or(u32::MAX);
    Ok(MenuCheck {
        catalog: if name.is_empty() { connected.name } else { name },
        checked_at: at.to_string(),
        looked_at: report.looked_at,
        findings: report.findings.into_iter().take(MOST).map(finding).collect(),
        more,
    })
}

fn finding(found: Finding) -> MenuFinding {
    MenuFinding {
        part: match found.part {
            Part::Sku => MenuPart::Sku,
            Part::Option => MenuPart::Option,
            Part::Deal => MenuPart::Deal,
            Part::Discount => MenuPart::Discount,
            Part::Charge => MenuPart::Charge,
        },
        name: found.name,
        reference: found.reference,
        fault: match found.fault {
            Fault::NoRef => MenuFault::NoRef,
            Fault::Duplicate => MenuFault::Duplicate,
            Fault::NotANumber => MenuFault::NotANumber,
        },
    }
}
