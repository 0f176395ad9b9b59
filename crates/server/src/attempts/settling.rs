//! How a granted token ends: as a connection's, or put away.

use passerelle_hubrise::{AccessToken, Level};
use passerelle_store::{
    Attempt, ConnectionId, ConnectionRow, ConnectionState, GrantedAccess, Sealed, Session, Settled, Settlement,
    StoreError, Unwanted,
};
use passerelle_wire::{AttemptOutcome, Connected, ProblemCode};

use super::plan::{self, changes};
use super::token_fingerprint;
use crate::api::connections::connection_shown;
use crate::api::failure::stored;
use crate::crypto::random_token;
use crate::problem::ApiProblem;
use crate::served::{ServedTill, ServedVendor};
use crate::state::AppState;

/// A token just granted, sealed for the connection it is to be.
pub(super) struct Fresh {
    pub(super) access: GrantedAccess,
    pub(super) token: Sealed,
    pub(super) token_fingerprint: [u8; 32],
    pub(super) connection: ConnectionId,
    pub(super) existing: Option<ConnectionRow>,
}

/// The open connection to this place, and the id the connection has or will have.
pub(super) async fn existing(
    state: &AppState,
    vendor: &ServedVendor,
    till: &ServedTill,
    access: &GrantedAccess,
) -> Result<(ConnectionId, Option<ConnectionRow>), ApiProblem> {
    let existing = state.store().open_connection(vendor.slug(), till.id(), plan::hub_key(access)).await?;
    let id = match &existing {
        Some(row) => row.id.clone(),
        None => ConnectionId::new(random_token()?),
    };
    Ok((id, existing))
}

/// Makes the connection and tells what that changed.
pub(super) async fn settle(
    state: &AppState,
    session: &Session,
    attempt: &Attempt,
    till: &ServedTill,
    fresh: Fresh,
) -> Result<AttemptOutcome, ApiProblem> {
    let settled = kept(state, session, attempt, till, fresh).await?;
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

/// Makes the connection.
///
/// # Errors
/// `till_locked`: the token is put away; `conflict`: it is being revoked just now.
async fn kept(
    state: &AppState,
    session: &Session,
    attempt: &Attempt,
    till: &ServedTill,
    fresh: Fresh,
) -> Result<Settled, ApiProblem> {
    let Fresh { access, token, token_fingerprint, connection, existing } = fresh;
    let chosen = plan::chosen(&access, till.asked, existing.as_ref());
    let now = state.now();
    let settlement = Settlement {
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
        // HubRise asked for an arrival, and names no device.
        device_id: till.device_id().filter(|_| !attempt.arrival).map(str::to_owned),
        app_instance_id: access.app_instance_id,
        token,
        token_fingerprint,
        browser: session.browser.clone(),
        at: now,
        grant_expires_at: now + state.rules().grant_lifetime,
        replaces: attempt.replaces.clone(),
    };
    match state.store().settle_attempt(&attempt.id, settlement).await {
        Ok(settled) => {
            if let Some(replaced) = &settled.replaced {
                state.revoker().wake();
                state.live().connection_changed(&replaced.id);
            }
            state.live().connection_changed(&settled.connection.id);
            state.live().till_changed(&settled.connection.vendor, &settled.connection.till);
            state.registrar().look(&settled.connection, now).await;
            Ok(settled)
        }
        Err(StoreError::Locked) => {
            // The store has put the token away, and noted why.
            state.revoker().wake();
            Err(ApiProblem::of(ProblemCode::TillLocked))
        }
        Err(error) => Err(error.into()),
    }
}

/// Puts a token away that was granted and cannot be used, and notes why.
pub(super) async fn discard(
    state: &AppState,
    attempt: &Attempt,
    token: &AccessToken,
    why: ProblemCode,
) -> Result<(), ApiProblem> {
    let unwanted = Unwanted {
        token: state.vault().seal(token, attempt.id.as_str())?,
        token_fingerprint: token_fingerprint(token),
    };
    state.store().reject_attempt(&attempt.id, unwanted, &stored(why), state.now()).await?;
    state.revoker().wake();
    Ok(())
}
