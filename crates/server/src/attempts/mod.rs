//! Runs of OAuth: begun, finished, confirmed. Owns the order of their steps and who may take them; what HubRise says is
//! `passerelle_hubrise`'s, what is kept is the store's, and what an answer means is `plan`'s.
//!
//! Three kinds of runs: to *connect* a till (`connecting`; HubRise may begin it: `arriving`), to *sign in*
//! (`signing_in`) and to *authorize* a user for a connection that exists (`identity`); the latter two keep no token.

mod admission;
mod arriving;
mod connecting;
mod finishing;
mod identity;
mod keys;
mod latest;
mod plan;
#[cfg(test)]
mod plan_tests;
mod returning;
mod settling;
mod signing_in;

use passerelle_hubrise::{self as hubrise, Authorize, Scope};
use passerelle_store::Session;
use passerelle_wire::{AttemptBegin, AttemptOutcome, AttemptStarted, ProblemCode, Purpose};

pub use arriving::arrive;
pub use connecting::confirm;
pub use finishing::finish;
pub use latest::{by_id, latest};
pub use plan::Asked;
pub(crate) use plan::{changes, shown};

use crate::auth::SessionCookie;
use crate::crypto::fingerprint;
use crate::embed;
use crate::problem::ApiProblem;
use crate::served::ServedVendor;
use crate::state::AppState;

/// The page HubRise returns to: a route of the app.
pub const CALLBACK_PATH: &str = "/oauth/callback";

/// The page a frame opens in a window of its own, which goes on to HubRise.
pub const POPUP_PATH: &str = "/oauth/popup";

/// What came of a run.
#[derive(Debug)]
pub struct Finished {
    /// For the app.
    pub outcome: AttemptOutcome,
    /// The session's new cookie, when somebody signed in: the old one is dead.
    pub cookie: Option<SessionCookie>,
}

impl From<AttemptOutcome> for Finished {
    fn from(outcome: AttemptOutcome) -> Self {
        Self { outcome, cookie: None }
    }
}

/// Begins a run and says where to send the browser.
pub async fn begin(state: &AppState, session: &Session, asked: &AttemptBegin) -> Result<AttemptStarted, ApiProblem> {
    let vendor = state.vendors().get(&asked.vendor)?;
    match asked.purpose {
        Purpose::Connect => connecting::begin(state, session, vendor, asked).await,
        Purpose::SignIn | Purpose::Authorize => {
            embed::may_begin(state, session).await?;
            match asked.purpose {
                Purpose::SignIn => signing_in::begin(state, session, vendor, asked).await,
                _ => identity::begin_authorize(state, session, vendor, asked).await,
            }
        }
    }
}

/// What a run asks HubRise for.
pub(crate) struct Run<'a> {
    pub(crate) state: &'a str,
    pub(crate) scope: &'a Scope,
    pub(crate) device_id: Option<&'a str>,
    pub(crate) account_name: Option<&'a str>,
    pub(crate) location_name: Option<&'a str>,
    pub(crate) app_instance_id: Option<&'a str>,
}

impl Run<'_> {
    /// HubRise's page for it.
    pub(crate) fn url(&self, state: &AppState, vendor: &ServedVendor) -> String {
        let redirect_uri = format!("{}{CALLBACK_PATH}", state.public_origin());
        let url = vendor.oauth.authorize_url(&Authorize {
            client_id: &vendor.credentials.client_id,
            redirect_uri: &redirect_uri,
            scope: self.scope,
            state: self.state,
            device_id: self.device_id,
            country: Some(vendor.country()),
            account_name: self.account_name,
            location_name: self.location_name,
            app_instance_id: self.app_instance_id,
        });
        url.into()
    }
}

/// What is kept of a `state`.
pub(crate) fn state_hash(state: &str) -> [u8; 32] {
    fingerprint("oauth state", state)
}

/// What is kept of a token beside its sealed form: whether two are the same can be told without opening either.
fn token_fingerprint(token: &hubrise::AccessToken) -> [u8; 32] {
    fingerprint("access token", token.expose())
}

/// A code that HubRise refuses is its own failure, not a missing choice: the one place where 404 means the code.
fn refused(error: hubrise::Error) -> ApiProblem {
    match error {
        hubrise::Error::NotFound => ApiProblem::of(ProblemCode::CodeRejected),
        other => other.into(),
    }
}

/// HubRise granted something, but not what was asked for.
fn names_no_place() -> ApiProblem {
    hubrise::Error::Nonsense { what: "the token answer names no account or location".to_owned() }.into()
}
