//! `/api/v1/connections/{id}/permissions`: what was asked of HubRise, and what of it was verified.

use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use passerelle_hubrise::{Permission, Right, Scope};
use passerelle_store::{CheckRow, ConnectionRow};
use passerelle_wire::{PermissionCheck, Permissions, Problem, Verdict};

use super::connections::{granted, managed};
use super::vendors::permission as permission_shown;
use crate::auth::{Changing, CurrentSession};
use crate::hub::word;
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// Between two verifications of a connection, whoever asks and wherever: HubRise allows ten heavy calls a minute.
const BETWEEN: SignedDuration = SignedDuration::from_secs(60);

/// What was asked for, and what the last verification found.
///
/// Who may call: a session with a grant on the connection.
#[utoipa::path(get, path = "/connections/{connection}/permissions", tag = "connections",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "What is known", body = Permissions),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn known(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
) -> Result<Json<Permissions>, ApiProblem> {
    let row = granted(&state, &caller, id).await?.connection;
    let checks = state.store().permission_checks(&row.id).await?;
    let again_at = row.checks_asked_at.map(|asked| asked + BETWEEN).filter(|again| *again > state.now());
    Ok(Json(shown(&scope(&row)?, &checks, again_at)))
}

/// Verifies the reading half of every right with one light call each, at most once a minute; within that minute answers
/// what is known, and when to ask again.
///
/// Who may call: a session with a grant to manage the connection, from our own pages.
#[utoipa::path(post, path = "/connections/{connection}/permissions", tag = "connections",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "What is known now", body = Permissions),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn verify(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
) -> Result<Json<Permissions>, ApiProblem> {
    let row = managed(&state, &caller, id).await?;
    let (scope, now) = (scope(&row)?, state.now());
    let again_at = match state.store().claim_permission_check(&row.id, now, BETWEEN).await? {
        Some(again_at) => again_at,
        None => {
            let checks = state.hub().verify(&row, &scope).await;
            state.store().note_permission_checks(&row.id, checks).await?;
            state.live().connection_changed(&row.id);
            now + BETWEEN
        }
    };
    let checks = state.store().permission_checks(&row.id).await?;
    Ok(Json(shown(&scope, &checks, Some(again_at))))
}

/// What was asked for when the connection was made.
fn scope(row: &ConnectionRow) -> Result<Scope, ApiProblem> {
    row.scope.parse().map_err(ApiProblem::internal)
}

fn shown(scope: &Scope, checks: &[CheckRow], again_at: Option<Timestamp>) -> Permissions {
    Permissions {
        items: scope.permissions().iter().map(|permission| one(permission, checks)).collect(),
        again_at: again_at.map(|at| at.to_string()),
    }
}

fn one(permission: &Permission, checks: &[CheckRow]) -> PermissionCheck {
    let check = checks.iter().find(|check| check.resource == word(permission.resource));
    PermissionCheck {
        permission: permission_shown(permission),
        read: match check.map(|check| check.verdict) {
            Some(passerelle_store::Verdict::Verified) => Verdict::Verified,
            Some(passerelle_store::Verdict::Missing) => Verdict::Missing,
            Some(passerelle_store::Verdict::Failed) => Verdict::Failed,
            None => Verdict::Unverified,
        },
        checked_at: check.map(|check| check.checked_at.to_string()),
        write_granted: permission.right == Right::Write,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_a_right_that_was_not_checked_and_writing_is_never_verified() {
        let scope: Scope = "location[orders.write,catalog.read]".parse().unwrap();
        let at = Timestamp::UNIX_EPOCH;
        let check =
            CheckRow { resource: "orders".into(), verdict: passerelle_store::Verdict::Verified, checked_at: at };
        let shown = shown(&scope, &[check], None);
        let [orders, catalog] = shown.items.as_slice() else { panic!("{shown:?}") };
        assert_eq!((orders.read, orders.write_granted), (Verdict::Verified, true));
        assert_eq!(orders.checked_at.as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!((catalog.read, catalog.write_granted, &catalog.checked_at), (Verdict::Unverified, false, &None));
    }
}
