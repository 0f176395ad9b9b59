//! `/api/v1/connections/{id}/pos_keys`: what a till calls with. A secret is told once, and kept as its hash.

use axum::extract::State;
use http::StatusCode;
use jiff::SignedDuration;
use passerelle_store as store;
use passerelle_store::{PosKeyRow, StoreError};
use passerelle_wire::{NewPosKey, PosKey, PosKeyAsk, Problem, ProblemCode};

use super::stocking::{changed, seen};
use crate::auth::{Changing, CurrentSession};
use crate::crypto::random_token;
use crate::inventory::board::moment;
use crate::pos_key::PosSecret;
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;

/// Characters of a label, at most.
const LONGEST: usize = 60;
/// Revoked keys are shown so long.
const SHOWN: SignedDuration = SignedDuration::from_hours(24 * 30);

/// The till's keys, newest first, without their secrets; revoked ones for 30 days.
///
/// Who may call: a session with a grant on the connection, of a vendor whose stock is sent to HubRise.
#[utoipa::path(get, path = "/connections/{connection}/pos_keys", tag = "stock",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "The keys", body = Vec<PosKey>),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor's stock is not sent to HubRise", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
) -> Result<Json<Vec<PosKey>>, ApiProblem> {
    let row = seen(&state, &caller, id).await?;
    let keys = state.store().pos_keys(&row.id, state.now() - SHOWN).await?;
    Ok(Json(keys.into_iter().map(shown).collect()))
}

/// Makes a key for the connection's till. Its secret is told this once.
///
/// Who may call: a session with a grant to manage the connection, of a vendor whose stock is sent to HubRise, from our own pages.
#[utoipa::path(post, path = "/connections/{connection}/pos_keys", tag = "stock", request_body = PosKeyAsk,
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "The key, with its secret", body = NewPosKey),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor's stock is not sent to HubRise", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`conflict`: the till has 20 keys that work", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: the label is too long", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn make(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
    Json(asked): Json<PosKeyAsk>,
) -> Result<Json<NewPosKey>, ApiProblem> {
    let row = changed(&state, &caller, id).await?;
    let label = asked.label.trim();
    if label.chars().count() > LONGEST || label.chars().any(char::is_control) {
        return Err(ApiProblem::invalid_field("label", format!("at most {LONGEST} characters, on one line")));
    }
    let secret = PosSecret::fresh()?;
    let key = store::NewPosKey {
        id: random_token()?,
        connection: row.id.clone(),
        session: caller.session.id.clone(),
        hash: secret.hash(),
        tail: secret.tail(),
        label: label.to_owned(),
        at: state.now(),
    };
    let made = match state.store().make_pos_key(key).await {
        Err(StoreError::Conflict) => {
            return Err(ApiProblem::new(ProblemCode::Conflict, "the till has 20 keys that work"));
        }
        made => made?,
    };
    state.live().connection_changed(&row.id);
    Ok(Json(NewPosKey { key: shown(made), secret: secret.expose().to_owned() }))
}

/// Revokes a key: it works no more from now on. Again does nothing.
///
/// Who may call: a session with a grant to manage the connection, of a vendor whose stock is sent to HubRise, from our own pages.
#[utoipa::path(delete, path = "/connections/{connection}/pos_keys/{key}", tag = "stock",
    params(
        ("connection" = String, Path, description = "The connection's id"),
        ("key" = String, Path, description = "The key's id"),
    ),
    responses(
        (status = 204, description = "It works no more"),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found`: the till has no such key, or the vendor's stock is not sent to HubRise", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn revoke(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path((id, key)): Path<(String, String)>,
) -> Result<StatusCode, ApiProblem> {
    let row = changed(&state, &caller, id).await?;
    if !state.store().revoke_pos_key(&row.id, &caller.session.id, &key, state.now()).await? {
        return Err(ApiProblem::not_found());
    }
    state.live().connection_changed(&row.id);
    Ok(StatusCode::NO_CONTENT)
}

fn shown(key: PosKeyRow) -> PosKey {
    PosKey {
        id: key.id,
        label: key.label,
        tail: key.tail,
        created_at: moment(key.created_at),
        created_by: key.created_by,
        last_used_at: key.last_used_at.map(moment),
        revoked_at: key.revoked_at.map(moment),
    }
}
