//! What a call's failure means for what was sent: try again, or give it up until something changes. A plain function.

use jiff::{SignedDuration, Timestamp};
use passerelle_hubrise::Error;
use passerelle_wire::Cause;

use crate::hub::HubError;

/// What follows from a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    /// It is tried again, no earlier than HubRise asked.
    Again(Cause, Option<Timestamp>),
    /// The catalog may have changed: HubRise does not take one of the refs, or does not have it.
    Stale,
    /// The connection does not work; it is tried again, and may work when it is connected again.
    Dead,
}

/// What follows from a failed call.
pub(super) fn follows(error: &HubError, now: Timestamp) -> Follows {
    let HubError::Hubrise(error) = error else { return Follows::Dead };
    match error {
        Error::RateLimited { retry_after } => {
            let asked = retry_after.and_then(|after| SignedDuration::try_from(after).ok());
            Follows::Again(Cause::HubriseLimited, asked.and_then(|after| now.checked_add(after).ok()))
        }
        Error::Unreachable { .. } | Error::Timeout | Error::Failed { .. } | Error::Nonsense { .. } => {
            Follows::Again(Cause::HubriseDown, None)
        }
        Error::Unprocessable { .. } | Error::NotFound | Error::MalformedId { .. } => Follows::Stale,
        Error::TokenDead { .. } | Error::Forbidden { .. } | Error::CodeRejected | Error::ClientRejected => {
            Follows::Dead
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_failure_that_passes_is_tried_again_and_hubrises_wish_is_heeded() {
        let now = Timestamp::UNIX_EPOCH;
        let of = |error: Error| follows(&error.into(), now);
        assert_eq!(of(Error::Timeout), Follows::Again(Cause::HubriseDown, None));
        assert_eq!(of(Error::Failed { status: 503 }), Follows::Again(Cause::HubriseDown, None));
        let limited = |seconds| of(Error::RateLimited { retry_after: Some(Duration::from_secs(seconds)) });
        assert_eq!(limited(7), Follows::Again(Cause::HubriseLimited, Some(now + SignedDuration::from_secs(7))));
        assert_eq!(limited(u64::MAX), Follows::Again(Cause::HubriseLimited, None));
        assert_eq!(of(Error::NotFound), Follows::Stale);
        assert_eq!(of(Error::Forbidden { message: String::new() }), Follows::Dead);
    }
}
