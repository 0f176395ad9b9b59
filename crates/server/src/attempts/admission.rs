//! Who may connect a till, and when: the vendor's way of connecting, tills that are disabled or locked, keys.

use passerelle_store::{ConnectionRow, Request, RequestId, RequestState, Role, Session, User};
use passerelle_vendors::Connects;
use passerelle_wire::{AttemptBegin, ProblemCode};

use super::keys;
use crate::auth::{person, signed_in, supporter};
use crate::problem::ApiProblem;
use crate::served::{ServedTill, ServedVendor};
use crate::state::AppState;

/// A caller who may connect a till.
pub(super) struct Admitted {
    /// The connection of this till it may manage already: it is being connected again.
    pub(super) current: Option<ConnectionRow>,
    /// Whether a connection to another place takes the place of `current`. Support serves many merchants, and HubRise's
    /// back office connects location after location: there, connecting one ends no other.
    pub(super) replaces: bool,
}

/// Lets a caller connect a till, or says why not.
///
/// # Errors
/// `till_disabled`, `till_locked`; for vendors whose support connects, `sign_in_required` and `support_only`; for those
/// connected from HubRise's back office, `connection_unknown` unless it is one that is there or a window of HubRise's own
/// opens; `key_required`, `key_wrong` and `too_many_requests` for a first connection of a till that asks for a key.
pub(super) async fn to_connect(
    state: &AppState,
    session: &Session,
    (vendor, till): (&ServedVendor, &ServedTill),
    asked: &AttemptBegin,
) -> Result<Admitted, ApiProblem> {
    open(state, session, vendor, till).await?;
    let current = state.store().connection_of_till(vendor.slug(), till.id(), &session.id, state.now()).await?;
    let current = current.filter(|granted| granted.role == Role::Manage).map(|granted| granted.connection);
    let user = match vendor.connects() {
        Connects::Support => Some(supporter(state, session, vendor.slug()).await?),
        // In a frame there is no back office of HubRise's to begin in. The window finds what was connected there, too:
        // for the same place HubRise gives the same token.
        Connects::Hubrise if current.is_none() && asked.popup.is_none() => {
            return Err(ApiProblem::of(ProblemCode::ConnectionUnknown));
        }
        Connects::Hubrise | Connects::SelfService => person(state, session, vendor.slug()).await?,
    };
    // Whoever manages the connection has shown the key once; a key given all the same is looked at.
    if till.asks_key() && (current.is_none() || asked.key.is_some()) {
        keys::check(state, session, vendor, till, asked.key.as_deref()).await?;
    }
    let support = user.is_some_and(|user| user.support);
    let replaces = vendor.connects() == Connects::SelfService && !support;
    Ok(Admitted { current, replaces })
}

/// Lets a user accept what HubRise's **Connect** brought.
///
/// # Errors
/// `sign_in_required`, `support_only`, `till_disabled`, `till_locked`.
pub(super) async fn to_accept(
    state: &AppState,
    session: &Session,
    (vendor, till): (&ServedVendor, &ServedTill),
) -> Result<User, ApiProblem> {
    let user = signed_in(state, session, vendor.slug()).await?;
    if vendor.connects() == Connects::Support && !user.support {
        return Err(ApiProblem::of(ProblemCode::SupportOnly));
    }
    open(state, session, vendor, till).await?;
    Ok(user)
}

/// Neither disabled for all nor locked for this caller.
async fn open(state: &AppState, session: &Session, vendor: &ServedVendor, till: &ServedTill) -> Result<(), ApiProblem> {
    if till.disabled().is_some() {
        return Err(ApiProblem::of(ProblemCode::TillDisabled));
    }
    match state.store().lock_of(vendor.slug(), till.id(), &session.id).await? {
        Some(_) => Err(ApiProblem::of(ProblemCode::TillLocked)),
        None => Ok(()),
    }
}

/// The merchant's request that support connects on.
///
/// # Errors
/// `sign_in_required`, `support_only`; `request_unknown` unless it waits, and is for this till.
pub(super) async fn on_request(
    state: &AppState,
    session: &Session,
    (vendor, till): (&ServedVendor, &ServedTill),
    id: &str,
) -> Result<Request, ApiProblem> {
    supporter(state, session, vendor.slug()).await?;
    waiting(state, vendor.slug(), till.id(), &RequestId::new(id)).await
}

/// A request that waits, for this till.
pub(super) async fn waiting(state: &AppState, vendor: &str, till: &str, id: &RequestId) -> Result<Request, ApiProblem> {
    let found = state.store().request(vendor, id).await?;
    found
        .filter(|request| request.till == till && request.state == RequestState::Waiting)
        .ok_or_else(|| ApiProblem::of(ProblemCode::RequestUnknown))
}
