//! `/api/v1/connections/{id}/audit`: who did what.

use axum::extract::State;
use passerelle_store::{Action, AuditRow};
use passerelle_wire::{AuditAction, AuditLine, AuditPage, Problem, ProblemCode};
use serde::Deserialize;

use super::connections::granted;
use crate::auth::CurrentSession;
use crate::problem::{ApiProblem, Json, Path, Query};
use crate::state::AppState;

/// Lines a page.
const PAGE: u32 = 50;

/// `?cursor=`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Paging {
    #[serde(default)]
    cursor: Option<String>,
}

/// Who connected, reconnected, chose, configured, viewed and released this till at this place, newest first; what was
/// done to its former connections is told too.
///
/// Who may call: a session with a grant on the connection.
#[utoipa::path(get, path = "/connections/{connection}/audit", tag = "connections",
    params(("connection" = String, Path, description = "The connection's id"), ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before")),
    responses(
        (status = 200, description = "A page", body = AuditPage),
        (status = 400, description = "`invalid_request`: a cursor that was never given out", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn page(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Json<AuditPage>, ApiProblem> {
    let row = granted(&state, &caller, id).await?.connection;
    let cursor = paging.cursor.map(|cursor| cursor.parse::<i64>()).transpose().map_err(|_not_ours| {
        ApiProblem::new(ProblemCode::InvalidRequest, "the query is not valid")
            .with_field("cursor", "it was never given out")
    })?;
    // One more than is shown tells whether anything follows.
    let mut rows = state.store().audit_page(&row.id, cursor, PAGE + 1).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next_cursor = rows.last().filter(|_| more).map(|last| last.seq.to_string());
    Ok(Json(AuditPage { items: rows.into_iter().map(line).collect(), next_cursor }))
}

fn line(row: AuditRow) -> AuditLine {
    AuditLine {
        at: row.at.to_string(),
        action: match row.action {
            Action::Connected => AuditAction::Connected,
            Action::Reconnected => AuditAction::Reconnected,
            Action::Chosen => AuditAction::Chosen,
            Action::Disconnected => AuditAction::Disconnected,
            Action::DisconnectedAtHubrise => AuditAction::DisconnectedAtHubrise,
            Action::Released => AuditAction::Released,
            Action::Viewed => AuditAction::Viewed,
            Action::Configured => AuditAction::Configured,
        },
        name: row.name,
        email: row.email,
        browser: row.browser,
        support: row.support,
    }
}
