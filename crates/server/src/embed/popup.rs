//! A window of its own for HubRise, which refuses to be framed. The frame opens it in the very click, with a number it made
//! up; the window asks for the attempt of that number until it is there, gets a session of its own, and alone may finish.

use passerelle_hubrise::Scope;
use passerelle_store::{Attempt, NewAttempt, NewPopup, PopupOpening, Session};
use passerelle_wire::{PopupOpened, ProblemCode};

use crate::attempts;
use crate::crypto::{fingerprint, random_token};
use crate::problem::ApiProblem;
use crate::served::ServedVendor;
use crate::state::AppState;

/// Characters of a window's number: 16 random bytes in base64url.
const NONCE: usize = 22;
/// The longest address of a back office's page that is kept, in bytes.
const LONGEST_RETURN: usize = 2048;

/// Begins an attempt that goes on in the window of this number.
///
/// # Errors
/// `invalid_request` when the number has another form, or the address is not one of the vendor's back offices;
/// `sign_in_required` unless the session is embedded.
pub async fn begin_in_popup(
    state: &AppState,
    session: &Session,
    vendor: &ServedVendor,
    attempt: NewAttempt,
    (nonce, return_to): (&str, Option<&str>),
) -> Result<(), ApiProblem> {
    let shaped =
        nonce.len() == NONCE && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if !shaped {
        return Err(ApiProblem::invalid_field("popup", "is 16 random bytes in base64url"));
    }
    if return_to.is_some_and(|address| !is_back_office(vendor, address)) {
        return Err(ApiProblem::invalid_field("return_to", "is no page of a back office of this vendor"));
    }
    let embedded = state.store().embedded(&session.id).await?;
    let user = embedded.ok_or_else(|| ApiProblem::of(ProblemCode::SignInRequired))?.user;
    let popup = NewPopup { nonce_hash: hash(nonce), user, return_to: return_to.map(str::to_owned) };
    Ok(state.store().begin_in_popup(attempt, popup).await?)
}

/// Whether an address is a page of a site that may embed the vendor's console.
fn is_back_office(vendor: &ServedVendor, address: &str) -> bool {
    let url = url::Url::parse(address).ok().filter(|_| address.len() <= LONGEST_RETURN);
    url.is_some_and(|url| {
        let origin = url.origin().ascii_serialization();
        url.username().is_empty() && url.password().is_none() && vendor.embed_origins().contains(&origin)
    })
}

/// Where a window goes on: none as long as the frame's call has not come.
///
/// # Errors
/// `state_replayed` when another window has it or it is over.
pub async fn open(state: &AppState, session: &Session, nonce: &str) -> Result<Option<PopupOpened>, ApiProblem> {
    let oauth_state = random_token()?;
    let opening =
        state.store().open_popup(&hash(nonce), &session.id, &attempts::state_hash(&oauth_state), state.now()).await?;
    match opening {
        PopupOpening::Unknown => Ok(None),
        PopupOpening::Used => Err(ApiProblem::of(ProblemCode::StateReplayed)),
        PopupOpening::Opened { attempt, return_to } => {
            let authorize_url = authorize_url(state, &attempt, &oauth_state).await?;
            Ok(Some(PopupOpened { authorize_url, vendor: attempt.vendor, till: attempt.till, return_to }))
        }
    }
}

async fn authorize_url(state: &AppState, attempt: &Attempt, oauth_state: &str) -> Result<String, ApiProblem> {
    let (vendor, till) = state.vendors().till(&attempt.vendor, &attempt.till)?;
    let scope: Scope = attempt.scope.parse().map_err(|_| ApiProblem::of(ProblemCode::StateExpired))?;
    let now = state.now();
    let before = match &attempt.replaces {
        Some(id) => state.store().connection(id, &attempt.session, now).await?,
        None => None,
    };
    let request = match &attempt.request {
        Some(id) => state.store().request(&attempt.vendor, id).await?,
        None => None,
    };
    let before = before.map(|granted| granted.connection);
    let place = before.as_ref().and_then(|row| row.location.as_ref()).map(|place| place.name.as_str());
    let run = attempts::Run {
        state: oauth_state,
        scope: &scope,
        device_id: till.device_id(),
        account_name: before.as_ref().map(|row| row.account.name.as_str()),
        location_name: request.as_ref().map(|request| request.location_name.as_str()).or(place),
        app_instance_id: None,
    };
    Ok(run.url(state, vendor))
}

fn hash(nonce: &str) -> [u8; 32] {
    fingerprint("popup", nonce)
}
