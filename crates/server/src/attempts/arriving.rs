//! Arrivals: HubRise's **Connect** sent a browser here with a code that nobody here asked for.
//!
//! Whoever sent it may have meant somebody else's browser: so nothing is attached before a person has seen what it is
//! and said yes, signed in. Until then the token is held as that of a switch of accounts is.

use passerelle_hubrise::{AuthorizationCode, Level, TokenAnswer};
use passerelle_store::{Attempt, AttemptId, Claim, GrantedAccess, NewAttempt, Session};
use passerelle_wire::{AttemptOutcome, ProblemCode};

use super::connecting::hold;
use super::{names_no_place, plan, refused, state_hash};
use crate::api::failure::stored;
use crate::auth::person;
use crate::crypto::random_token;
use crate::embed;
use crate::problem::ApiProblem;
use crate::served::{ServedTill, ServedVendor};
use crate::state::AppState;

/// Exchanges the code and asks whether what it brought is to be attached.
pub async fn arrive(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    code: &AuthorizationCode,
) -> Result<AttemptOutcome, ApiProblem> {
    embed::may_begin(state, session).await?;
    if !vendor.tills.iter().any(may_arrive) {
        return Err(ApiProblem::of(ProblemCode::TillDisabled));
    }
    let answer = vendor.oauth.exchange(&vendor.credentials, code).await.map_err(refused)?;
    let Some((till, access)) = meant(vendor, &answer) else { return Err(names_no_place()) };
    let attempt = minted(state, session, vendor, till, true).await?;
    match hold(state, &attempt, &answer, access.clone()).await {
        Ok(()) => question(state, session, &attempt, access).await,
        Err(problem) => {
            // HubRise gives the same token again, once what stands in the way is over.
            if let Err(error) = state.store().fail_attempt(&attempt.id, &stored(problem.code())).await {
                tracing::error!(%error, "an arrival's failure could not be noted");
            }
            Err(problem)
        }
    }
}

/// The till an arrival is for: HubRise names the place and not the till, so it is the first that asks for such a place.
/// One that asks for a key is connected here alone, where the key can be asked for.
fn meant<'a>(vendor: &'a ServedVendor, answer: &TokenAnswer) -> Option<(&'a ServedTill, GrantedAccess)> {
    let level = if answer.location_id.is_some() { Level::Location } else { Level::Account };
    let mut tills = vendor.tills.iter().filter(|till| may_arrive(till) && till.asked.level == level);
    tills.find_map(|till| plan::granted(answer, till.asked).map(|access| (till, access)))
}

fn may_arrive(till: &ServedTill) -> bool {
    till.disabled().is_none() && !till.asks_key()
}

/// An attempt for a token that came without one of ours: begun and claimed at once.
pub(super) async fn minted(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    till: &ServedTill,
    arrival: bool,
) -> Result<Attempt, ApiProblem> {
    let hash = state_hash(&random_token()?);
    let now = state.now();
    state
        .store()
        .begin_attempt(NewAttempt {
            id: AttemptId::new(random_token()?),
            state_hash: hash,
            session: session.id.clone(),
            vendor: vendor.slug().to_owned(),
            till: till.id().to_owned(),
            scope: till.scope.to_string(),
            replaces: None,
            arrival,
            request: None,
            created_at: now,
            expires_at: now + state.rules().attempt_lifetime,
        })
        .await?;
    match state.store().claim_attempt(&hash, &session.id, now).await? {
        Claim::Claimed(attempt) => Ok(*attempt),
        _ => Err(ApiProblem::internal("an attempt just begun cannot be claimed")),
    }
}

/// Whether what HubRise's **Connect** brought is to be attached.
pub(super) async fn question(
    state: &AppState,
    session: &Session,
    attempt: &Attempt,
    access: GrantedAccess,
) -> Result<AttemptOutcome, ApiProblem> {
    Ok(AttemptOutcome::ConfirmArrival {
        attempt: attempt.id.as_str().to_owned(),
        vendor: attempt.vendor.clone(),
        till: attempt.till.clone(),
        account: plan::shown(access.account),
        location: access.location.map(plan::shown),
        sign_in: person(state, session, &attempt.vendor).await?.is_none(),
    })
}
