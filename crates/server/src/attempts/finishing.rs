//! Finishing a run with what HubRise brought back: whose `state` it is decides which kind of run it was.

use passerelle_hubrise::AuthorizationCode;
use passerelle_store::{Attempt, Claim, IdentityClaim, Session, StoreError};
use passerelle_wire::{AttemptFinish, AttemptOutcome, ProblemCode};

use super::{Finished, connecting, identity, state_hash};
use crate::api::failure::stored;
use crate::problem::ApiProblem;
use crate::state::AppState;

/// What HubRise's page brought back instead of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// `access_denied`: the user said no, or HubRise will not let this user.
    Denied,
    /// Any other error of OAuth.
    Failed,
}

impl From<Refusal> for ApiProblem {
    fn from(refusal: Refusal) -> Self {
        Self::of(match refusal {
            Refusal::Denied => ProblemCode::AccessDenied,
            Refusal::Failed => ProblemCode::AuthorizeFailed,
        })
    }
}

/// Finishes a run. Works once for each `state`.
pub async fn finish(state: &AppState, session: &Session, returned: &AttemptFinish) -> Result<Finished, ApiProblem> {
    let code = match (&returned.code, returned.error.as_deref()) {
        (Some(code), None) => Ok(AuthorizationCode::new(code.as_str())),
        (None, Some("access_denied")) => Err(Refusal::Denied),
        (None, Some(_)) => Err(Refusal::Failed),
        _ => return Err(ApiProblem::invalid_field("code", "give either `code` or `error`")),
    };
    let hash = state_hash(&returned.state);
    match state.store().claim_identity(&hash, &session.id, state.now()).await? {
        IdentityClaim::Claimed(run) => return identity::finish(state, session, *run, code).await,
        IdentityClaim::Unknown => {}
        IdentityClaim::Foreign => return Err(ApiProblem::of(ProblemCode::StateForeign)),
        IdentityClaim::Expired => return Err(ApiProblem::of(ProblemCode::StateExpired)),
        IdentityClaim::Replayed => return Err(ApiProblem::of(ProblemCode::StateReplayed)),
    }
    let owner = state.store().popup_owner(&hash, &session.id).await?.unwrap_or_else(|| session.id.clone());
    let attempt = match state.store().claim_attempt(&hash, &owner, state.now()).await? {
        Claim::Claimed(attempt) => *attempt,
        Claim::Unknown => return Err(ApiProblem::of(ProblemCode::StateUnknown)),
        Claim::Foreign => return Err(ApiProblem::of(ProblemCode::StateForeign)),
        Claim::Expired => return Err(ApiProblem::of(ProblemCode::StateExpired)),
        Claim::Replayed => return Err(ApiProblem::of(ProblemCode::StateReplayed)),
    };
    let outcome = match code {
        Ok(code) => connecting::exchange(state, session, &attempt, &code).await,
        Err(refusal) => Err(refusal.into()),
    };
    Ok(noted(state, &attempt, outcome).await?.into())
}

/// Notes a failure with its attempt. Should this fail too, the attempt reads as interrupted: the problem itself is
/// still told.
pub(super) async fn noted(
    state: &AppState,
    attempt: &Attempt,
    outcome: Result<AttemptOutcome, ApiProblem>,
) -> Result<AttemptOutcome, ApiProblem> {
    if let Err(problem) = &outcome {
        match state.store().fail_attempt(&attempt.id, &stored(problem.code())).await {
            // A conflict: its token was put away, and the reason noted with that.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => tracing::error!(%error, "the attempt's failure could not be noted"),
        }
    }
    outcome
}
