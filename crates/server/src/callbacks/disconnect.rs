//! `GET /callbacks/hubrise/{vendor}/disconnect?app_instance_id=…`: HubRise tells that an installation was disconnected
//! there.
//!
//! Anyone can call this and an `app_instance_id` can be guessed, so it says nothing by itself: HubRise is asked with the
//! connection's own token, and only when HubRise answers that the token was revoked is the connection closed. A token
//! that works, is blocked or not paid for leaves all as it is.

use axum::extract::State;
use http::StatusCode;
use passerelle_hubrise::{DeadCause, Error};
use passerelle_store::ConnectionRow;
use passerelle_wire::ProblemCode;
use serde::Deserialize;

use super::guesses::Guesses;
use crate::hub::HubError;
use crate::problem::{ApiProblem, Path, Query};
use crate::state::AppState;

/// Longest `app_instance_id` looked at, in bytes; HubRise's are a few letters.
const LONGEST_INSTALLATION: usize = 64;

/// What the callback needs.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) state: AppState,
    pub(super) guesses: Guesses,
}

/// The query; HubRise may add to it.
#[derive(Debug, Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    app_instance_id: Option<String>,
}

/// Closes an installation's connections once HubRise confirms that their token is revoked.
///
/// Who may call: anyone. 200 whatever HubRise says of the token, so that a guess learns nothing of its state; 404 for an
/// installation nobody here has; 503 when HubRise cannot be asked, so that it tells again; 429 after ten calls a minute
/// for one installation.
pub(super) async fn told(
    State(asked): State<Asked>,
    Path(vendor): Path<String>,
    Query(told): Query<Told>,
) -> Result<StatusCode, ApiProblem> {
    let Asked { state, guesses } = asked;
    let vendor = state.vendors().get(&vendor)?;
    let installation = told.app_instance_id.unwrap_or_default();
    if installation.is_empty() || installation.len() > LONGEST_INSTALLATION {
        return Err(ApiProblem::not_found());
    }
    let rows = state.store().connections_of_installation(vendor.slug(), &installation).await?;
    if rows.is_empty() {
        return Err(ApiProblem::not_found());
    }
    let now = state.now();
    if let Err(wait) = guesses.count(vendor.slug(), &installation, now) {
        return Err(ApiProblem::of(ProblemCode::TooManyRequests).with_retry_after(wait));
    }
    for row in &rows {
        if is_revoked(&state, row).await? && state.store().close_dead(&row.id, &row.token_fingerprint, now).await? {
            state.live().connection_changed(&row.id);
            state.live().till_changed(&row.vendor, &row.till);
            tracing::info!(
                connection = row.id.as_str(),
                vendor = row.vendor,
                till = row.till,
                "disconnected at hubrise"
            );
        }
    }
    Ok(StatusCode::OK)
}

/// Whether HubRise says that the connection's token is revoked.
///
/// # Errors
/// 503 when HubRise says nothing: whether it is, is then unknown.
async fn is_revoked(state: &AppState, row: &ConnectionRow) -> Result<bool, ApiProblem> {
    match state.hub().check(row).await {
        Ok(()) => Ok(false),
        Err(HubError::Sealed(error)) => Err(error.into()),
        Err(HubError::Hubrise(error)) => match error {
            Error::TokenDead { cause, .. } => Ok(cause == DeadCause::Revoked),
            Error::Forbidden { .. } | Error::NotFound | Error::Unprocessable { .. } => Ok(false),
            error => Err(ApiProblem::from(error).with_status(StatusCode::SERVICE_UNAVAILABLE)),
        },
    }
}
