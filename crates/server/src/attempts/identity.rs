//! Runs that ask HubRise whether the user may see a connection, and the way of all runs that leave no token behind.
//!
//! To authorize, HubRise is asked for the token of the installation: a user it lets through gets the very token the
//! connection has. `app_instance_id` can be guessed, so it names and proves nothing: an installation nobody here has
//! leads to HubRise just as one the user may not see does, and both end in the same refusal.

use passerelle_hubrise::{AuthorizationCode, Scope, TokenAnswer};
use passerelle_store::{ConnectionId, ConnectionRow, Identity, IdentityId, NewIdentity, Role, Session, User};
use passerelle_wire::{AttemptBegin, AttemptOutcome, AttemptStarted, ProblemCode};

use super::arriving::minted;
use super::finishing::{Refusal, noted};
use super::returning::return_to;
use super::settling::{Fresh, discard, settle};
use super::{Finished, Run, plan, refused, signing_in, state_hash, token_fingerprint};
use crate::api::connections::connection_seen;
use crate::auth::signed_in;
use crate::crypto::{fingerprint, random_token};
use crate::problem::ApiProblem;
use crate::served::{ServedTill, ServedVendor};
use crate::state::AppState;

/// Longest `app_instance_id` taken, in bytes; HubRise's are a few letters.
const LONGEST_INSTALLATION: usize = 64;

/// Begins to learn whether the user may see a connection.
pub(super) async fn begin_authorize(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    asked: &AttemptBegin,
) -> Result<AttemptStarted, ApiProblem> {
    let user = signed_in(state, session, vendor.slug()).await?;
    match (&asked.connection, &asked.app_instance_id) {
        (Some(id), None) => {
            let row = known(state, session, vendor, &user, &ConnectionId::new(id.as_str())).await?;
            let scope = scope_of(&row)?;
            let run = Run {
                state: "",
                scope: &scope,
                device_id: row.device_id.as_deref(),
                account_name: None,
                location_name: None,
                app_instance_id: row.app_instance_id.as_deref(),
            };
            begin(state, session, vendor, asked, Some(row.id.clone()), run).await
        }
        (None, Some(installation)) => opened(state, session, vendor, asked, installation).await,
        _ => Err(ApiProblem::invalid_field("connection", "give either `connection` or `app_instance_id`")),
    }
}

/// A connection the user has had a right to; for the vendor's support, any of the vendor's.
async fn known(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    user: &User,
    id: &ConnectionId,
) -> Result<ConnectionRow, ApiProblem> {
    let unknown = || ApiProblem::of(ProblemCode::ConnectionUnknown);
    let row = state.store().connection_bare(id).await?.filter(|row| row.vendor == vendor.slug()).ok_or_else(unknown)?;
    let now = state.now();
    let theirs = user.support
        || state.store().connection(id, &session.id, now).await?.is_some()
        || state.store().known_connection(vendor.slug(), &row.till, &session.id, now).await?.as_ref() == Some(id);
    if theirs { Ok(row) } else { Err(unknown()) }
}

/// HubRise's **Open**: the installation it names, if it is one of ours; the way to HubRise is the same if not.
async fn opened(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    asked: &AttemptBegin,
    installation: &str,
) -> Result<AttemptStarted, ApiProblem> {
    if installation.is_empty() || installation.len() > LONGEST_INSTALLATION {
        let message = format!("must have 1 to {LONGEST_INSTALLATION} bytes");
        return Err(ApiProblem::invalid_field("app_instance_id", message));
    }
    let found = state.store().connections_of_installation(vendor.slug(), installation).await?.into_iter().next();
    let (target, scope, device_id) = match found {
        Some(row) => (row.id.clone(), scope_of(&row)?, row.device_id),
        None => {
            let till = stand_in(vendor, installation);
            // Names nothing, as no connection has this id.
            let nobody = ConnectionId::new(random_token()?);
            (nobody, till.scope.clone(), till.device_id().map(str::to_owned))
        }
    };
    let run = Run {
        state: "",
        scope: &scope,
        device_id: device_id.as_deref(),
        account_name: None,
        location_name: None,
        app_instance_id: Some(installation),
    };
    begin(state, session, vendor, asked, Some(target), run).await
}

/// The till to ask for when nobody has the installation: always the same one for it, and which one cannot be worked
/// out without the client's secret. So what is asked of HubRise does not tell whether the installation is known here.
fn stand_in<'a>(vendor: &'a ServedVendor, installation: &str) -> &'a ServedTill {
    let drawn = fingerprint(vendor.credentials.client_secret.expose(), installation);
    &vendor.tills[usize::from(drawn[0]) % vendor.tills.len()]
}

fn scope_of(row: &ConnectionRow) -> Result<Scope, ApiProblem> {
    row.scope.parse().map_err(|error| ApiProblem::internal(format!("a connection's scope: {error}")))
}

pub(super) async fn begin(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    asked: &AttemptBegin,
    target: Option<ConnectionId>,
    run: Run<'_>,
) -> Result<AttemptStarted, ApiProblem> {
    let oauth_state = random_token()?;
    let id = IdentityId::new(random_token()?);
    let now = state.now();
    let expires_at = now + state.rules().attempt_lifetime;
    state
        .store()
        .begin_identity(NewIdentity {
            id: id.clone(),
            state_hash: state_hash(&oauth_state),
            session: session.id.clone(),
            vendor: vendor.slug().to_owned(),
            target,
            return_to: return_to(asked.return_to.as_deref(), vendor.slug()),
            created_at: now,
            expires_at,
        })
        .await?;
    let authorize_url = Run { state: &oauth_state, ..run }.url(state, vendor);
    Ok(AttemptStarted { id: id.into(), authorize_url, expires_at: expires_at.to_string() })
}

/// Finishes a run that was claimed.
pub(super) async fn finish(
    state: &AppState,
    session: &Session,
    run: Identity,
    code: Result<AuthorizationCode, Refusal>,
) -> Result<Finished, ApiProblem> {
    let vendor = state.vendors().get(&run.vendor)?;
    let Some(target) = &run.target else {
        let answer = vendor.oauth.exchange(&vendor.credentials, &code?).await.map_err(refused)?;
        return signing_in::finish(state, session, vendor, &answer, run.return_to).await;
    };
    signed_in(state, session, vendor.slug()).await?;
    let code = match code {
        // HubRise says no in the same words whether the user pressed **Deny** or may not see the installation.
        Err(Refusal::Denied) => return Err(ApiProblem::of(ProblemCode::NotYours)),
        other => other?,
    };
    let row = state.store().connection_bare(target).await?;
    let row = row.ok_or_else(|| ApiProblem::of(ProblemCode::NotYours))?;
    let answer = vendor.oauth.exchange(&vendor.credentials, &code).await.map_err(refused)?;
    prove(state, session, vendor, &row, answer).await?;
    let now = state.now();
    state.store().grant(&row.id, &session.id, Role::Manage, now, now + state.rules().grant_lifetime).await?;
    state.live().connection_changed(&row.id);
    let granted = state.store().connection(&row.id, &session.id, now).await?;
    let granted = granted.ok_or_else(|| ApiProblem::of(ProblemCode::ConnectionUnknown))?;
    let connection = connection_seen(&granted, &session.id);
    Ok(AttemptOutcome::Authorized { connection, return_to: run.return_to }.into())
}

/// Whether what HubRise granted is this connection. Another token for the same installation at the same place takes the
/// former one's place; any other is put away.
async fn prove(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    row: &ConnectionRow,
    answer: TokenAnswer,
) -> Result<(), ApiProblem> {
    let token_fingerprint = token_fingerprint(&answer.access_token);
    if token_fingerprint == row.token_fingerprint {
        return Ok(());
    }
    let (_, till) = state.vendors().till(vendor.slug(), &row.till)?;
    let attempt = minted(state, session, vendor, till, false).await?;
    let access = plan::granted(&answer, till.asked).filter(|access| plan::is_same_installation(access, row));
    let Some(access) = access else {
        discard(state, &attempt, &answer.access_token, ProblemCode::NotYours).await?;
        return Err(ApiProblem::of(ProblemCode::NotYours));
    };
    let token = state.vault().seal(&answer.access_token, row.id.as_str())?;
    let fresh = Fresh { access, token, token_fingerprint, connection: row.id.clone(), existing: Some(row.clone()) };
    let outcome = settle(state, session, &attempt, till, fresh).await;
    noted(state, &attempt, outcome).await.map(drop)
}
