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
    /// Look again.
    Wait,
    /// The till is connected, or stays as it was: the page shows which.
    Done,
    /// The window is gone, and nothing came of it.
    Left,
    /// It failed.
    Failed(ApiError),
}

/// What a look at the attempt says; `closed`: whether the window is known to be gone. A look that fails says nothing.
pub fn heard(answer: Result<AttemptSummary, ApiError>, closed: bool) -> Heard {
    match answer.map(|summary| (summary.state, summary.problem)) {
        Ok((AttemptState::Done, _)) => Heard::Done,
        Ok((AttemptState::Failed, problem)) => {
            Heard::Failed(ApiError::from(problem.unwrap_or(ProblemCode::AuthorizeFailed)))
        }
        Ok((AttemptState::Expired, _)) => Heard::Failed(ApiError::from(ProblemCode::StateExpired)),
        Ok((AttemptState::Waiting | AttemptState::Confirming, _)) if closed => Heard::Left,
        Err(error) if error.code() == Some(ProblemCode::NotFound) => Heard::Left,
        _ => Heard::Wait,
    }
}

#[cfg(test)]
mod tests {
    use passerelle_wire::Purpose;

    use super::*;

    fn look(state: AttemptState, closed: bool) -> Heard {
        let (id, vendor, till) = ("a".to_owned(), "v".to_owned(), "t".to_owned());
        let summary =
            AttemptSummary { id, vendor, till, purpose: Purpose::Connect, state, problem: None, confirm: None };
        heard(Ok(summary), closed)
    }

    #[test]
    fn waits_as_long_as_somebody_may_be_at_hubrise() {
        for state in [AttemptState::Waiting, AttemptState::Exchanging, AttemptState::Confirming] {
            assert_eq!(look(state, false), Heard::Wait, "{state:?}");
        }
        assert_eq!(heard(Err(ApiError::Offline), true), Heard::Wait);
    }

    #[test]
    fn a_window_that_is_gone_ends_what_waited_for_it_and_not_what_is_being_exchanged() {
        assert_eq!(look(AttemptState::Waiting, true), Heard::Left);
        assert_eq!(look(AttemptState::Confirming, true), Heard::Left);
        assert_eq!(look(AttemptState::Exchanging, true), Heard::Wait);
        assert_eq!(look(AttemptState::Done, true), Heard::Done);
        assert_eq!(heard(Err(ProblemCode::NotFound.into()), false), Heard::Left);
    }

    #[test]
    fn tells_what_went_wrong() {
        assert_eq!(look(AttemptState::Expired, false), Heard::Failed(ProblemCode::StateExpired.into()));
        assert_eq!(look(AttemptState::Failed, true), Heard::Failed(ProblemCode::AuthorizeFailed.into()));
    }
}
