//! A run of OAuth that goes on in a window of its own, because the page stands in a frame and HubRise cannot: what the page
//! makes of what it hears of it. Owns the decisions; the page asks and shows.

use passerelle_wire::{AttemptState, AttemptSummary, ProblemCode};

use crate::api::ApiError;

/// How the window fares, as the page shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aside {
    /// There is none.
    #[default]
    None,
    /// It was asked for, and whether it opens is not known: where the page around has an opener policy of its own, a window
    /// that opens is not told from one that is kept from it.
    Asked,
    /// Somebody is at HubRise in it.
    Open,
    /// The browser kept it from opening.
    Blocked,
    /// It was closed before anything came of it.
    Left,
}

/// What follows from a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Look again; the window fares so.
    Wait(Aside),
    /// The till is connected, or stays as it was: the page shows which.
    Done,
    /// The window is gone, and nothing came of it.
    Left,
    /// It failed.
    Failed(ApiError),
}

/// What a look at the attempt says; `shown`: how the window fared so far; `closed`: whether it is known to be gone. A look
/// that fails says nothing.
pub fn heard(answer: Result<AttemptSummary, ApiError>, shown: Aside, closed: bool) -> Heard {
    let opened = answer.as_ref().is_ok_and(|summary| summary.opened);
    match answer.map(|summary| (summary.state, summary.problem)) {
        Ok((AttemptState::Done, _)) => Heard::Done,
        Ok((AttemptState::Failed, problem)) => {
            Heard::Failed(ApiError::from(problem.unwrap_or(ProblemCode::AuthorizeFailed)))
        }
        Ok((AttemptState::Expired, _)) => Heard::Failed(ApiError::from(ProblemCode::StateExpired)),
        Ok((AttemptState::Waiting | AttemptState::Confirming, _)) if closed => Heard::Left,
        Err(error) if error.code() == Some(ProblemCode::NotFound) => Heard::Left,
        _ => Heard::Wait(match shown {
            Aside::Asked | Aside::Blocked if opened => Aside::Open,
            Aside::Asked => Aside::Blocked,
            other => other,
        }),
    }
}

#[cfg(test)]
mod tests {
    use passerelle_wire::Purpose;

    use super::*;

    fn summary(state: AttemptState, opened: bool) -> AttemptSummary {
        AttemptSummary {
            id: "a".into(),
            vendor: "v".into(),
            till: "t".into(),
            purpose: Purpose::Connect,
            state,
            problem: None,
            confirm: None,
            opened,
        }
    }

    fn look(state: AttemptState, closed: bool) -> Heard {
        heard(Ok(summary(state, false)), Aside::Open, closed)
    }

    #[test]
    fn a_window_that_cannot_be_seen_is_open_when_it_says_so_and_blocked_when_it_does_not() {
        let look = |shown, opened| heard(Ok(summary(AttemptState::Waiting, opened)), shown, false);
        assert_eq!(look(Aside::Asked, true), Heard::Wait(Aside::Open));
        assert_eq!(look(Aside::Asked, false), Heard::Wait(Aside::Blocked));
        assert_eq!(look(Aside::Blocked, true), Heard::Wait(Aside::Open), "a slow one");
        assert_eq!(look(Aside::Left, true), Heard::Wait(Aside::Left));
    }

    #[test]
    fn waits_as_long_as_somebody_may_be_at_hubrise() {
        for state in [AttemptState::Waiting, AttemptState::Exchanging, AttemptState::Confirming] {
            assert_eq!(look(state, false), Heard::Wait(Aside::Open), "{state:?}");
        }
        assert_eq!(heard(Err(ApiError::Offline), Aside::Open, true), Heard::Wait(Aside::Open));
    }

    #[test]
    fn a_window_that_is_gone_ends_what_waited_for_it_and_not_what_is_being_exchanged() {
        assert_eq!(look(AttemptState::Waiting, true), Heard::Left);
        assert_eq!(look(AttemptState::Confirming, true), Heard::Left);
        assert_eq!(look(AttemptState::Exchanging, true), Heard::Wait(Aside::Open));
        assert_eq!(look(AttemptState::Done, true), Heard::Done);
        assert_eq!(heard(Err(ProblemCode::NotFound.into()), Aside::Open, false), Heard::Left);
    }

    #[test]
    fn tells_what_went_wrong() {
        assert_eq!(look(AttemptState::Expired, false), Heard::Failed(ProblemCode::StateExpired.into()));
        assert_eq!(look(AttemptState::Failed, true), Heard::Failed(ProblemCode::AuthorizeFailed.into()));
    }
}
