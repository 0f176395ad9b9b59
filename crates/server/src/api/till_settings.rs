//! `/api/v1/connections/{id}/till_settings`: what the till itself needs, for vendors that bridge orders to it.

use axum::extract::State;
use passerelle_store::ConnectionId;
use passerelle_wire::{BridgeChoices, Disconnected, Problem, ProblemCode, TillSettings, TillSettingsChange};

use super::bridging::{changed, seen};
use super::connections::close;
use crate::auth::{Changing, CurrentSession};
use crate::problem::{ApiProblem, Json, Path};
use crate::state::AppState;
use crate::till_token;

/// Characters a token may have.
const LONGEST: usize = 128;
/// Characters a ref may have: PixelPoint's are numbers, of a few digits.
const LONGEST_REF: usize = 32;

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
    let row = seen(&state, &caller, id).await?;
    Ok(Json(read(&state, &row.id).await?))
}

/// Changes them, all at once. The API token is kept encrypted and never given out again; left out, the former stays. Where
/// somebody else changed them since the version the change was made on, nothing is changed.
///
/// Who may call: a session with a grant to manage the connection, of a vendor that bridges orders, from our own pages.
#[utoipa::path(put, path = "/connections/{connection}/till_settings", tag = "connections", request_body = TillSettingsChange,
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "The settings as they are now", body = TillSettings),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`conflict`: they were changed in between", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: `api_token` is no token, or there is none yet; a choice that is none", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn change(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
    Json(wanted): Json<TillSettingsChange>,
) -> Result<Json<TillSettings>, ApiProblem> {
    let row = changed(&state, &caller, id).await?;
    let now_set = read(&state, &row.id).await?;
    // Before anything else: whoever sees old settings is told that first, not what is wrong with them.
    if now_set.version != wanted.version {
        return Err(ApiProblem::of(ProblemCode::Conflict));
    }
    let token = match wanted.api_token.as_deref().map(str::trim) {
        Some(token) => {
            valid(token)?;
            Some(till_token::seal(state.vault(), &row.id, token)?)
        }
        None if now_set.api_token_tail.is_none() => {
            return Err(ApiProblem::invalid_field("api_token", "there is none yet: give one"));
        }
        None => None,
    };
    let choices = serde_json::to_string(&tidied(wanted.choices)?).map_err(ApiProblem::internal)?;
    let (session, now) = (&caller.session.id, state.now());
    state.store().set_till_settings(&row.id, session, wanted.version, token, &choices, now).await?;
    state.live().connection_changed(&row.id);
    Ok(Json(read(&state, &row.id).await?))
}

/// Forgets them, and disconnects at once, as disconnecting does: no order reaches the till any more. Operations stay, and
/// are seen again when the same till is connected at the same place.
///
/// Who may call: a session with a grant to manage the connection, of a vendor that bridges orders, from our own pages.
#[utoipa::path(delete, path = "/connections/{connection}/till_settings", tag = "connections",
    params(("connection" = String, Path, description = "The connection's id")),
    responses(
        (status = 200, description = "Forgotten, and disconnected here", body = Disconnected),
        (status = 401, description = "`no_session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`csrf_mismatch`, `foreign_origin`, `view_only`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`connection_unknown`: it may have been disconnected already; `not_found` where the vendor bridges no orders", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn reset(
    State(state): State<AppState>,
    Changing(caller): Changing,
    Path(id): Path<String>,
) -> Result<Json<Disconnected>, ApiProblem> {
    let row = changed(&state, &caller, id).await?;
    // A till's settings are its connection's, and go with it.
    close(&state, &caller, &row).await.map(Json)
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

/// The choices without what is blank.
///
/// # Errors
/// `invalid_request` when a ref could be none.
fn tidied(mut choices: BridgeChoices) -> Result<BridgeChoices, ApiProblem> {
    let default_ref = choices.discounts.default_ref.take();
    let default_ref = default_ref.map(|code| code.trim().to_owned()).filter(|code| !code.is_empty());
    if let Some(code) = &default_ref
        && (code.chars().count() > LONGEST_REF || code.chars().any(char::is_control))
    {
        return Err(ApiProblem::invalid_field("choices.discounts.default_ref", "1 to 32 characters, on one line"));
    }
    choices.discounts.default_ref = default_ref;
    Ok(choices)
}

#[cfg(test)]
mod tests {
    use passerelle_wire::Discounts;

    use super::*;

    fn with_default_ref(code: &str) -> BridgeChoices {
        let discounts = Discounts { default_ref: Some(code.to_owned()), fetch_refs: false };
        BridgeChoices { discounts, ..BridgeChoices::default() }
    }

    #[test]
    fn a_default_ref_is_a_short_line_or_none() {
        let tidy = |code: &str| tidied(with_default_ref(code)).ok().map(|choices| choices.discounts.default_ref);
        assert_eq!(tidy(" 77 "), Some(Some("77".to_owned())));
        assert_eq!(tidy(" "), Some(None));
        assert_eq!(tidy(&"é".repeat(32)), Some(Some("é".repeat(32))));
        assert_eq!(tidy(&"é".repeat(33)), None);
        assert_eq!(tidy("7\u{0}7"), None);
        assert_eq!(tidied(BridgeChoices::default()).ok(), Some(BridgeChoices::default()));
    }

    #[test]
    fn a_token_is_printable_and_bounded() {
        assert!(valid("a").is_ok() && valid(&"~".repeat(128)).is_ok());
        for bad in ["", "a b", "é", "a\n", "a\0", &"a".repeat(129)] {
            assert!(valid(bad).is_err(), "{bad:?}");
        }
    }
}
