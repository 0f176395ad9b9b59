//! `/api/v1/connections/{id}/till_settings`: what the till itself needs, for vendors that bridge orders to it.

use axum::extract::State;
use passerelle_store::{ConnectionId, ConnectionRow};
use passerelle_vendors::Capability;
use passerelle_wire::{BridgeChoices, Problem, TillSettings, TillSettingsChange};

use super::connections::{granted, managed};
use crate::auth::{Changing, CurrentSession};
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;
use crate::till_token;

/// Characters a token may have.
const LONGEST: usize = 128;

/// What the till needs, as far as it was given; of its API token the last five characters alone.
///
/// Who may call: a session with a grant on the connection, of a vendor that bridges orders.
#[utoipa::path(get, path = "/connections/{connection}/till_settings", tag = "connections",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "The settings", body = TillSettings),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(
    State(state): State<AppState>,
    caller: CurrentSession,
    Path(id): Path<String>,
) -> Result<Json<TillSettings>, ApiProblem> {
    let row = granted(&state, &caller, id).await?.connection;
    bridged(&state, &row)?;
    Ok(Json(read(&state, &row.id).await?))
}

/// Changes them. The API token is kept encrypted and never given out again; left out, the former stays.
///
/// Who may call: a session with a grant to manage the connection, of a vendor that bridges orders, from our own pages.
#[utoipa::path(put, path = "/connections/{connection}/till_settings", tag = "connections", request_body = TillSettingsChange,
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "The settings as they are now", body = TillSettings),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: `api_token` is no token, or there is none yet", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn change(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
    Json(wanted): Json<TillSettingsChange>,
) -> Result<Json<TillSettings>, ApiProblem> {
    let row = managed(&state, &caller, id).await?;
    bridged(&state, &row)?;
    let token = match wanted.api_token.as_deref().map(str::trim) {
        Some(token) => {
            valid(token)?;
            Some(till_token::seal(state.vault(), &row.id, token)?)
        }
        None if read(&state, &row.id).await?.api_token_tail.is_none() => {
            return Err(ApiProblem::invalid_field("api_token", "there is none yet: give one"));
        }
        None => None,
    };
    let choices = serde_json::to_string(&wanted.choices).map_err(ApiProblem::internal)?;
    let (session, now) = (&caller.session.id, state.now());
    state.store().set_till_settings(&row.id, session, wanted.version, token, &choices, now).await?;
    state.live().connection_changed(&row.id);
    Ok(Json(read(&state, &row.id).await?))
}

/// # Errors
/// `not_found` where the vendor's tills fetch their orders themselves.
fn bridged(state: &AppState, row: &ConnectionRow) -> Result<(), ApiProblem> {
    let vendor = state.vendors().get(&row.vendor)?;
    if vendor.profile.has(Capability::OrderBridge) { Ok(()) } else { Err(ApiProblem::not_found()) }
}

async fn read(state: &AppState, id: &ConnectionId) -> Result<TillSettings, ApiProblem> {
    let Some(kept) = state.store().till_settings(id).await? else {
        return Ok(TillSettings {
            api_token_tail: None,
            choices: BridgeChoices::default(),
            version: 0,
            changed_by: String::new(),
            changed_at: None,
        });
    };
    Ok(TillSettings {
        api_token_tail: kept.token_tail,
        choices: serde_json::from_str(&kept.choices).map_err(ApiProblem::internal)?,
        version: kept.version,
        changed_by: kept.changed_by.unwrap_or_default(),
        changed_at: Some(kept.changed_at.to_string()),
    })
}

fn valid(token: &str) -> Result<(), ApiProblem> {
    let printable = token.bytes().all(|byte| byte.is_ascii_graphic());
    if printable && (1..=LONGEST).contains(&token.len()) {
        Ok(())
    } else {
        Err(ApiProblem::invalid_field("api_token", "1 to 128 printable ASCII characters, without spaces"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_printable_and_bounded() {
        assert!(valid("a").is_ok() && valid(&"~".repeat(128)).is_ok());
        for bad in ["", "a b", "é", "a\n", "a\0", &"a".repeat(129)] {
            assert!(valid(bad).is_err(), "{bad:?}");
        }
    }
}
