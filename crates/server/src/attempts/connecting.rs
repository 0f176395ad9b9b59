//! Connecting a till: begun here, granted at HubRise, settled here; and the person's answer where there was a question.

use passerelle_hubrise::{AuthorizationCode, TokenAnswer};
use passerelle_store::{Attempt, AttemptId, AttemptPhase, ConnectionRow, Held, NewAttempt, Role, Session, StoreError};
use passerelle_wire::{AttemptBegin, AttemptOutcome, AttemptStarted, ProblemCode};

use super::settling::{Fresh, discard, existing, settle};
use super::{POPUP_PATH, Run, admission, names_no_place, plan, refused, state_hash, token_fingerprint};
use crate::crypto::random_token;
use crate::embed;
use crate::problem::ApiProblem;
use crate::served::ServedVendor;
use crate::state::AppState;

/// Begins to connect a till.
pub(super) async fn begin(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    asked: &AttemptBegin,
) -> Result<AttemptStarted, ApiProblem> {
    let till = asked.till.as_deref().ok_or_else(|| ApiProblem::invalid_field("till", "is needed to connect"))?;
    let (_, till) = state.vendors().till(vendor.slug(), till)?;
    embed::may_change(state, session, vendor.slug(), till.id()).await?;
    let request = match &asked.request {
        Some(id) => Some(admission::on_request(state, session, (vendor, till), id).await?),
        None => None,
    };
    let admitted = admission::to_connect(state, session, (vendor, till), asked).await?;
    let current = admitted.current.filter(|_| request.is_none());
    let oauth_state = random_token()?;
    let id = AttemptId::new(random_token()?);
    let now = state.now();
    let expires_at = now + state.rules().attempt_lifetime;
    let attempt = NewAttempt {
        id: id.clone(),
        state_hash: state_hash(&oauth_state),
        session: session.id.clone(),
        vendor: vendor.slug().to_owned(),
        till: till.id().to_owned(),
        scope: till.scope.to_string(),
        replaces: current.as_ref().filter(|_| admitted.replaces).map(|row| row.id.clone()),
        arrival: false,
        request: request.as_ref().map(|request| request.id.clone()),
        created_at: now,
        expires_at,
    };
    if let Some(nonce) = &asked.popup {
        embed::begin_in_popup(state, session, vendor, attempt, (nonce, asked.return_to.as_deref())).await?;
        // The window gets HubRise's address itself, with a `state` of its own: the frame need not know it.
        let authorize_url = format!("{}{POPUP_PATH}", state.public_origin());
        return Ok(AttemptStarted { id: id.into(), authorize_url, expires_at: expires_at.to_string() });
    }
    state.store().begin_attempt(attempt).await?;
    let wanted = request.as_ref().map(|request| request.location_name.as_str());
    let place = current.as_ref().and_then(|row| row.location.as_ref()).map(|place| place.name.as_str());
    let run = Run {
        state: &oauth_state,
        scope: &till.scope,
        device_id: till.device_id(),
        account_name: current.as_ref().map(|row| row.account.name.as_str()),
        location_name: wanted.or(place),
        app_instance_id: None,
    };
    let authorize_url = run.url(state, vendor);
    Ok(AttemptStarted { id: id.into(), authorize_url, expires_at: expires_at.to_string() })
}

/// Exchanges the code of a claimed attempt, and settles it or asks.
pub(super) async fn exchange(
    state: &AppState,
    session: &Session,
    attempt: &Attempt,
    code: &AuthorizationCode,
) -> Result<AttemptOutcome, ApiProblem> {
    let (vendor, till) = state.vendors().till(&attempt.vendor, &attempt.till)?;
    let answer = vendor.oauth.exchange(&vendor.credentials, code).await.map_err(refused)?;
    let Some(access) = plan::granted(&answer, till.asked) else {
        return Err(names_no_place());
    };
    if let Err(problem) = answers_the_request(state, attempt, &access).await {
        discard(state, attempt, &answer.access_token, problem.code()).await?;
        return Err(problem);
    }
    let replaced = replaced(state, attempt).await?;
    if let Some(from) = plan::account_left(&access, replaced.as_ref()) {
        let question = question(attempt, from.clone(), access.clone());
        hold(state, attempt, &answer, access).await?;
        return Ok(question);
    }
    let token_fingerprint = token_fingerprint(&answer.access_token);
    let (connection, existing) = existing(state, vendor, till, &access).await?;
    let token = state.vault().seal(&answer.access_token, connection.as_str())?;
    let fresh = Fresh { access, token, token_fingerprint, connection, existing };
    settle(state, session, attempt, till, fresh).await
}

/// Whether what support connected is what the merchant asked for. Ids compare byte by byte.
async fn answers_the_request(
    state: &AppState,
    attempt: &Attempt,
    access: &passerelle_store::GrantedAccess,
) -> Result<(), ApiProblem> {
    let Some(id) = &attempt.request else { return Ok(()) };
    let request = admission::waiting(state, &attempt.vendor, &attempt.till, id).await?;
    if plan::is_at(access, &request.hubrise_id) { Ok(()) } else { Err(ApiProblem::of(ProblemCode::RequestMismatch)) }
}

/// Puts a token aside until a person has answered.
pub(super) async fn hold(
    state: &AppState,
    attempt: &Attempt,
    answer: &TokenAnswer,
    access: passerelle_store::GrantedAccess,
) -> Result<(), ApiProblem> {
    let now = state.now();
    let held = Held {
        token: state.vault().seal(&answer.access_token, attempt.id.as_str())?,
        token_fingerprint: token_fingerprint(&answer.access_token),
        access,
        expires_at: now + state.rules().attempt_lifetime,
    };
    Ok(state.store().hold_attempt(&attempt.id, held, now).await?)
}

/// The connection this session had for the till when it began, if it still has it.
pub(super) async fn replaced(state: &AppState, attempt: &Attempt) -> Result<Option<ConnectionRow>, ApiProblem> {
    let Some(id) = &attempt.replaces else { return Ok(None) };
    let found = state.store().connection(id, &attempt.session, state.now()).await?;
    Ok(found.filter(|granted| granted.role == Role::Manage).map(|granted| granted.connection))
}

/// The person's answer: whether the till may move to another account, or whether what HubRise's **Connect** brought is
/// to be attached.
pub async fn confirm(
    state: &AppState,
    session: &Session,
    id: &AttemptId,
    accept: bool,
) -> Result<AttemptOutcome, ApiProblem> {
    let owner = state.store().popup_owner_of(id, &session.id).await?.unwrap_or_else(|| session.id.clone());
    let attempt = state.store().attempt(id, &owner).await?.ok_or_else(|| ApiProblem::of(ProblemCode::NotFound))?;
    let now = state.now();
    let Some(held) = attempt.held.as_ref().filter(|_| attempt.phase == AttemptPhase::Confirming) else {
        return Err(ApiProblem::of(ProblemCode::StateReplayed));
    };
    if !accept {
        decline(state, &attempt).await?;
        return Ok(AttemptOutcome::Declined { vendor: attempt.vendor, till: attempt.till });
    }
    if attempt.expires_at <= now {
        return Err(ApiProblem::of(ProblemCode::StateExpired));
    }
    let (vendor, till) = state.vendors().till(&attempt.vendor, &attempt.till)?;
    if attempt.arrival {
        admission::to_accept(state, session, (vendor, till)).await?;
    }
    let (connection, existing) = existing(state, vendor, till, &held.access).await?;
    let token = state.vault().rebind(&held.token, connection.as_str())?;
    let fresh =
        Fresh { access: held.access.clone(), token, token_fingerprint: held.token_fingerprint, connection, existing };
    settle(state, session, &attempt, till, fresh).await
}

/// All stays as it was: the token goes.
pub(super) async fn decline(state: &AppState, attempt: &Attempt) -> Result<(), StoreError> {
    state.store().decline_attempt(&attempt.id, state.now()).await?;
    state.revoker().wake();
    Ok(())
}

/// Whether the till may move to another account.
pub(super) fn question(
    attempt: &Attempt,
    from: passerelle_store::NamedRef,
    access: passerelle_store::GrantedAccess,
) -> AttemptOutcome {
    AttemptOutcome::ConfirmAccount {
        attempt: attempt.id.as_str().to_owned(),
        vendor: attempt.vendor.clone(),
        till: attempt.till.clone(),
        from: plan::shown(from),
        to: plan::shown(access.account),
        location: access.location.map(plan::shown),
    }
}
