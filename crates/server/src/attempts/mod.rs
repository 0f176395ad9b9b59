//! The OAuth run: begin, finish, confirm. Owns its order of steps; what HubRise says is `passerelle_hubrise`'s, what
//! is kept is the store's, and what an answer means is `plan`'s.

mod plan;
#[cfg(test)]
mod plan_tests;

use passerelle_hubrise::{self as hubrise, AuthorizationCode, Authorize, Level};
use passerelle_store::{
    Attempt, AttemptId, AttemptPhase, Claim, ConnectionId, ConnectionRow, ConnectionState, GrantedAccess, Held,
    NewAttempt, Sealed, Session, Settlement,
};
use passerelle_wire::{
    AttemptFinish, AttemptOutcome, AttemptStarted, AttemptState, AttemptSummary, Connected, ProblemCode,
};

pub use plan::Asked;
pub(crate) use plan::{changes, shown};

use crate::api::connections::connection_shown;
use crate::api::failure::{from_stored, stored};
use crate::crypto::{fingerprint, random_token};
use crate::problem::ApiProblem;
use crate::served::{ServedTill, ServedVendor};
use crate::state::AppState;

/// The page HubRise returns to: a route of the app.
pub const CALLBACK_PATH: &str = "/oauth/callback";

/// How long an exchange may seem under way; after this a reader is told that it was interrupted. Twice the limit of a
/// call to HubRise leaves room for the database.
const EXCHANGE_LIMIT: jiff::SignedDuration = jiff::SignedDuration::from_secs(20);

fn state_hash(state: &str) -> [u8; 32] {
    fingerprint("oauth state", state)
}

/// Begins an attempt and says where to send the browser.
pub async fn begin(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    till: &ServedTill,
) -> Result<AttemptStarted, ApiProblem> {
    let now = state.now();
    let current = state.store().connection_of_till(vendor.slug(), till.id(), &session.id, now).await?;
    let oauth_state = random_token()?;
    let id = AttemptId::new(random_token()?);
    let expires_at = now + state.rules().attempt_lifetime;
    state
        .store()
        .begin_attempt(NewAttempt {
            id: id.clone(),
            state_hash: state_hash(&oauth_state),
            session: session.id.clone(),
            vendor: vendor.slug().to_owned(),
            till: till.id().to_owned(),
            scope: till.scope.to_string(),
            replaces: current.as_ref().map(|row| row.id.clone()),
            created_at: now,
            expires_at,
        })
        .await?;
    let redirect_uri = format!("{}{CALLBACK_PATH}", state.public_origin());
    let authorize_url = vendor.oauth.authorize_url(&Authorize {
        client_id: &vendor.credentials.client_id,
        redirect_uri: &redirect_uri,
        scope: &till.scope,
        state: &oauth_state,
        device_id: till.device_id(),
        country: Some(vendor.country()),
        account_name: current.as_ref().map(|row| row.account.name.as_str()),
        location_name: current.as_ref().and_then(|row| row.location.as_ref()).map(|place| place.name.as_str()),
        app_instance_id: None,
    });
    Ok(AttemptStarted { id: id.into(), authorize_url: authorize_url.into(), expires_at: expires_at.to_string() })
}

/// Finishes an attempt with what HubRise brought back.
pub async fn finish(
    state: &AppState,
    session: &Session,
    returned: &AttemptFinish,
) -> Result<AttemptOutcome, ApiProblem> {
    let code = match (&returned.code, &returned.error) {
        (Some(code), None) => Ok(AuthorizationCode::new(code.as_str())),
        (None, Some(error)) => Err(error.as_str()),
        _ => return Err(ApiProblem::invalid_field("code", "give either `code` or `error`")),
    };
    let claim = state.store().claim_attempt(&state_hash(&returned.state), &session.id, state.now()).await?;
    let attempt = match claim {
        Claim::Claimed(attempt) => *attempt,
        Claim::Unknown => return Err(ApiProblem::of(ProblemCode::StateUnknown)),
        Claim::Foreign => return Err(ApiProblem::of(ProblemCode::StateForeign)),
        Claim::Expired => return Err(ApiProblem::of(ProblemCode::StateExpired)),
        Claim::Replayed => return Err(ApiProblem::of(ProblemCode::StateReplayed)),
    };
    let outcome = match code {
        Ok(code) => exchange(state, session, &attempt, &code).await,
        Err("access_denied") => Err(ApiProblem::of(ProblemCode::AccessDenied)),
        Err(_) => Err(ApiProblem::of(ProblemCode::AuthorizeFailed)),
    };
    if let Err(problem) = &outcome {
        // Should this fail too, the attempt reads as interrupted: the problem itself is still told.
        if let Err(error) = state.store().fail_attempt(&attempt.id, &stored(problem.code())).await {
            tracing::error!(%error, "the attempt's failure could not be noted");
        }
    }
    outcome
}

async fn exchange(
    state: &AppState,
    session: &Session,
    attempt: &Attempt,
    code: &AuthorizationCode,
) -> Result<AttemptOutcome, ApiProblem> {
    let (vendor, till) = state.vendors().till(&attempt.vendor, &attempt.till)?;
    let answer = vendor.oauth.exchange(&vendor.credentials, code).await.map_err(refused)?;
    let Some(access) = plan::granted(&answer, till.asked) else {
        let what = "the token answer names no account or location".to_owned();
        return Err(hubrise::Error::Nonsense { what }.into());
    };
    let token_fingerprint = fingerprint("access token", answer.access_token.expose());
    let replaced = replaced(state, session, attempt).await?;
    if let Some(from) = plan::account_left(&access, replaced.as_ref()) {
        let held = Held {
            token: state.vault().seal(&answer.access_token, attempt.id.as_str())?,
            token_fingerprint,
            access: access.clone(),
            expires_at: state.now() + state.rules().attempt_lifetime,
        };
        let question = question(attempt, from.clone(), access);
        state.store().hold_attempt(&attempt.id, held, state.now()).await?;
        return Ok(question);
    }
    let existing = state.store().open_connection(vendor.slug(), till.id(), plan::hub_key(&access)).await?;
    let connection = connection_id(existing.as_ref())?;
    let token = state.vault().seal(&answer.access_token, connection.as_str())?;
    settle(state, session, attempt, till, Grant { access, token, token_fingerprint, connection, existing }).await
}

/// A code that HubRise refuses is its own failure, not a missing choice: the one place where 404 means the code.
fn refused(error: hubrise::Error) -> ApiProblem {
    match error {
        hubrise::Error::NotFound => ApiProblem::of(ProblemCode::CodeRejected),
        other => other.into(),
    }
}

/// The connection this session had for the till when it began, if it still has it.
async fn replaced(state: &AppState, session: &Session, attempt: &Attempt) -> Result<Option<ConnectionRow>, ApiProblem> {
    match &attempt.replaces {
        Some(id) => Ok(state.store().connection(id, &session.id, state.now()).await?),
        None => Ok(None),
    }
}

fn connection_id(existing: Option<&ConnectionRow>) -> Result<ConnectionId, ApiProblem> {
    Ok(match existing {
        Some(row) => row.id.clone(),
        None => ConnectionId::new(random_token()?),
    })
}

struct Grant {
    access: GrantedAccess,
    token: Sealed,
    token_fingerprint: [u8; 32],
    connection: ConnectionId,
    existing: Option<ConnectionRow>,
}

async fn settle(
    state: &AppState,
    session: &Session,
    attempt: &Attempt,
    till: &ServedTill,
    grant: Grant,
) -> Result<AttemptOutcome, ApiProblem> {
    let Grant { access, token, token_fingerprint, connection, existing } = grant;
    let chosen = plan::chosen(&access, till.asked, existing.as_ref());
    let now = state.now();
    let settled = state
        .store()
        .settle_attempt(
            &attempt.id,
            Settlement {
                connection,
                state: chosen.state,
                level: match till.asked.level {
                    Level::Location => passerelle_store::Level::Location,
                    Level::Account => passerelle_store::Level::Account,
                },
                hub_key: plan::hub_key(&access).to_owned(),
                account: access.account,
                location: chosen.location,
                catalog: chosen.catalog,
                customer_list: chosen.customer_list,
                scope: attempt.scope.clone(),
                device_id: till.device_id().map(str::to_owned),
                app_instance_id: access.app_instance_id,
                token,
                token_fingerprint,
                browser: session.browser.clone(),
                at: now,
                grant_expires_at: now + state.rules().grant_lifetime,
                replaces: attempt.replaces.clone(),
            },
        )
        .await?;
    if settled.replaced.is_some() {
        state.revoker().wake();
    }
    let before = settled.replaced.as_ref().or(settled.before.as_ref());
    let connection = connection_shown(&settled.connection, &session.id);
    Ok(match settled.connection.state {
        ConnectionState::Choosing => AttemptOutcome::Choose { connection },
        ConnectionState::Connected => AttemptOutcome::Connected(Connected {
            connection,
            again: before.is_some(),
            changes: before.map(|before| changes(before, &settled.connection)).unwrap_or_default(),
        }),
    })
}

/// The person's answer to whether the till may move to another account.
pub async fn confirm(
    state: &AppState,
    session: &Session,
    id: &AttemptId,
    accept: bool,
) -> Result<AttemptOutcome, ApiProblem> {
    let attempt = state.store().attempt(id, &session.id).await?.ok_or_else(|| ApiProblem::of(ProblemCode::NotFound))?;
    let now = state.now();
    let Some(held) = attempt.held.as_ref().filter(|_| attempt.phase == AttemptPhase::Confirming) else {
        return Err(ApiProblem::of(ProblemCode::StateReplayed));
    };
    if !accept {
        state.store().decline_attempt(id, now).await?;
        state.revoker().wake();
        return Ok(AttemptOutcome::Declined { vendor: attempt.vendor, till: attempt.till });
    }
    if attempt.expires_at <= now {
        return Err(ApiProblem::of(ProblemCode::StateExpired));
    }
    let (vendor, till) = state.vendors().till(&attempt.vendor, &attempt.till)?;
    let existing = state.store().open_connection(vendor.slug(), till.id(), plan::hub_key(&held.access)).await?;
    let connection = connection_id(existing.as_ref())?;
    let token = state.vault().rebind(&held.token, connection.as_str())?;
    let grant =
        Grant { access: held.access.clone(), token, token_fingerprint: held.token_fingerprint, connection, existing };
    settle(state, session, &attempt, till, grant).await
}

/// This session's latest attempt, for a page that lost track of it.
pub async fn latest(state: &AppState, session: &Session) -> Result<Option<AttemptSummary>, ApiProblem> {
    let Some(attempt) = state.store().latest_attempt(&session.id).await? else { return Ok(None) };
    let now = state.now();
    let over = attempt.expires_at <= now;
    let (shown, problem) = match attempt.phase {
        AttemptPhase::Waiting | AttemptPhase::Confirming if over => (AttemptState::Expired, None),
        AttemptPhase::Waiting => (AttemptState::Waiting, None),
        AttemptPhase::Confirming => (AttemptState::Confirming, None),
        // Its server was stopped in the middle: nothing will come of it any more.
        AttemptPhase::Exchanging if attempt.created_at + state.rules().attempt_lifetime + EXCHANGE_LIMIT <= now => {
            (AttemptState::Expired, None)
        }
        AttemptPhase::Exchanging => (AttemptState::Exchanging, None),
        AttemptPhase::Done => (AttemptState::Done, None),
        AttemptPhase::Failed => match attempt.problem.as_deref() {
            Some(passerelle_store::DECLINED) => (AttemptState::Done, None),
            Some(passerelle_store::EXPIRED) => (AttemptState::Expired, None),
            other => (AttemptState::Failed, Some(from_stored(other.unwrap_or_default()))),
        },
    };
    let confirm = match (&attempt.held, shown) {
        (Some(held), AttemptState::Confirming) => {
            replaced(state, session, &attempt).await?.map(|from| question(&attempt, from.account, held.access.clone()))
        }
        _ => None,
    };
    Ok(Some(AttemptSummary {
        id: attempt.id.into(),
        vendor: attempt.vendor,
        till: attempt.till,
        state: shown,
        problem,
        confirm,
    }))
}

fn question(attempt: &Attempt, from: passerelle_store::NamedRef, access: GrantedAccess) -> AttemptOutcome {
    AttemptOutcome::ConfirmAccount {
        attempt: attempt.id.as_str().to_owned(),
        vendor: attempt.vendor.clone(),
        till: attempt.till.clone(),
        from: shown(from),
        to: shown(access.account),
        location: access.location.map(shown),
    }
}
