//! What to do when HubRise sends the browser here: what the address holds, and what each answer leads to.
//! Owns the decisions; the page makes the calls and shows the screens.

use passerelle_wire::{
    Arrival, AttemptFinish, AttemptOutcome, AttemptState, AttemptSummary, Connected, NamedRef, ProblemCode,
};

use super::query;
use crate::{api::ApiError, routes::Site};

/// How often an attempt still being exchanged is looked at again, a second apart: longer than the 10 s the server
/// gives HubRise.
pub const POLLS: u32 = 12;

/// What the address held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landing {
    /// HubRise's answer, to hand to the server.
    Finish(AttemptFinish),
    /// A code from HubRise's **Connect**, to hand to the server.
    Arrive(Arrival),
    /// Nothing: the page was reloaded, or opened by hand.
    Resume,
    /// A code nobody asked for, as it bears no `state`; it is not followed.
    Unasked,
}

/// Reads `location.search` on the pages HubRise sends the browser to; nothing on the others.
pub fn landing(site: &Site, search: &str) -> Option<Landing> {
    let code = query::value(search, "code");
    match site {
        Site::Callback => {
            let error = query::value(search, "error");
            Some(match query::value(search, "state") {
                Some(state) if code.is_some() || error.is_some() => {
                    Landing::Finish(AttemptFinish { state, code, error })
                }
                None if code.is_some() || error.is_some() => Landing::Unasked,
                _ => Landing::Resume,
            })
        }
        Site::Arrival { vendor } => Some(match code {
            Some(code) => Landing::Arrive(Arrival { vendor: vendor.clone(), code }),
            None => Landing::Resume,
        }),
        _ => None,
    }
}

/// Switching accounts, as the person is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The attempt to confirm or decline.
    pub attempt: String,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// The account it is connected to.
    pub from: NamedRef,
    /// The account HubRise has just authorised.
    pub to: NamedRef,
}

/// What HubRise's **Connect** brought, as the person is asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The attempt to confirm or decline.
    pub attempt: String,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// The account HubRise has authorised.
    pub account: NamedRef,
    /// The location, at location level.
    pub location: Option<NamedRef>,
    /// Whether the person must sign in first.
    pub sign_in: bool,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// To the till, which shows what was connected.
    Connected(Box<Connected>),
    /// To the till, which shows how it stands; nothing is known of what changed.
    Till {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
    },
    /// To the till, which stays connected as it was.
    Kept {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
    },
    /// To the wizard.
    Choose {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
    },
    /// To a path of this console, which the person came from.
    Back(String),
    /// Ask the person.
    Ask(Box<Question>),
    /// Ask the person whether to take what HubRise's **Connect** brought.
    Offer(Box<Offer>),
    /// Ask the server how the latest attempt stands.
    Look,
    /// Ask again in a second.
    Poll,
    /// Still unknown after all those seconds.
    Unknown,
    /// HubRise's page was left unfinished.
    Waiting,
    /// Nothing is under way.
    Nothing,
    /// Done, in a window that a back office's page opened: it is needed no more.
    Closed,
    /// It failed.
    Failed(ApiError),
}

/// After `POST /attempts/finish`, `…/confirm` or `POST /arrivals`.
pub fn after_finish(answer: Result<AttemptOutcome, ApiError>) -> Next {
    match answer {
        Ok(outcome) => after_outcome(outcome),
        // Another tab, or the first of two calls, was faster: what came of it is what counts.
        Err(error) if error.code() == Some(ProblemCode::StateReplayed) => Next::Look,
        Err(error) => Next::Failed(error),
    }
}

/// After `GET /attempts/latest`, the `polls`th time. `failure`: what to show when the latest attempt says nothing better.
pub fn after_latest(answer: Result<AttemptSummary, ApiError>, polls: u32, failure: Option<ApiError>) -> Next {
    let summary = match answer {
        Ok(summary) => summary,
        Err(error) if error.code() == Some(ProblemCode::NotFound) => {
            return failure.map_or(Next::Nothing, Next::Failed);
        }
        Err(error) => return Next::Failed(error),
    };
    let AttemptSummary { vendor, till, state, problem, confirm, .. } = summary;
    match state {
        AttemptState::Done => Next::Till { vendor, till },
        AttemptState::Confirming => confirm.map_or(Next::Unknown, after_outcome),
        AttemptState::Exchanging if polls < POLLS => Next::Poll,
        AttemptState::Exchanging => Next::Unknown,
        AttemptState::Waiting => failure.map_or(Next::Waiting, Next::Failed),
        AttemptState::Failed => {
            Next::Failed(problem.map_or_else(
                || failure.unwrap_or_else(|| ApiError::from(ProblemCode::AuthorizeFailed)),
                ApiError::from,
            ))
        }
        AttemptState::Expired => Next::Failed(ApiError::from(ProblemCode::StateExpired)),
    }
}

/// After `POST /arrivals` has failed, with the latest attempt as it stands: where the code was spent by a call whose answer
/// was lost, what it brought is still there to be offered.
pub fn after_arrival(latest: Result<AttemptSummary, ApiError>, failure: ApiError) -> Next {
    match after_latest(latest, POLLS, None) {
        offer @ Next::Offer(_) if failure.code() == Some(ProblemCode::CodeRejected) => offer,
        _ => Next::Failed(failure),
    }
}

/// What an outcome leads to.
fn after_outcome(outcome: AttemptOutcome) -> Next {
    match outcome {
        AttemptOutcome::Connected(connected) => Next::Connected(Box::new(connected)),
        AttemptOutcome::Choose { connection } => Next::Choose { vendor: connection.vendor, till: connection.till },
        AttemptOutcome::ConfirmAccount { attempt, vendor, till, from, to, location: _ } => {
            Next::Ask(Box::new(Question { attempt, vendor, till, from, to }))
        }
        AttemptOutcome::ConfirmArrival { attempt, vendor, till, account, location, sign_in } => {
            Next::Offer(Box::new(Offer { attempt, vendor, till, account, location, sign_in }))
        }
        AttemptOutcome::SignedIn { vendor, return_to } => {
            // Back to this very page would lead nowhere.
            let back = query::own_path(&return_to).filter(|path| Site::parse(query::path_of(path)) != Site::Callback);
            Next::Back(back.map_or_else(|| Site::Vendor { vendor }.path(), str::to_owned))
        }
        AttemptOutcome::Authorized { connection, return_to } => {
            let back = query::own_path(&return_to).filter(|path| leads_on(path));
            let till = || Site::Till { vendor: connection.vendor.clone(), till: connection.till.clone() }.path();
            Next::Back(back.map_or_else(till, str::to_owned))
        }
        AttemptOutcome::Declined { vendor, till } => Next::Kept { vendor, till },
    }
}

/// Whether a page shows more of a connection than the till's own page would: the overview and the pages HubRise sends the
/// browser to do not.
fn leads_on(path: &str) -> bool {
    use Site::{Arrival, Callback, Missing, Opened, Vendor, Vendors};
    let site = Site::parse(query::path_of(path));
    !matches!(site, Vendors | Vendor { .. } | Arrival { .. } | Opened { .. } | Callback | Missing)
}

#[cfg(test)]
#[path = "callback_tests.rs"]
mod tests;
