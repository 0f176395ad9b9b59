//! What a call's outcome says of a connection's health: a plain function.

use passerelle_hubrise::{DeadCause, Error};
use passerelle_store::Health;

/// The health that a call's outcome (its error, if it failed) shows; none when it shows nothing, as no call was made.
///
/// That HubRise forbids one thing, or does not have it, says that it took the token: such a connection is well.
pub(crate) fn health_of(error: Option<&Error>) -> Option<Health> {
    Some(match error {
        None | Some(Error::Forbidden { .. } | Error::NotFound | Error::Unprocessable { .. }) => Health::Ok,
        Some(Error::TokenDead { cause, .. }) => match cause {
            DeadCause::Unpaid => Health::Unpaid,
            DeadCause::Revoked => Health::Revoked,
            DeadCause::Blocked => Health::Blocked,
            DeadCause::Unknown => Health::Refused,
        },
        Some(Error::RateLimited { .. }) => Health::RateLimited,
        Some(Error::Unreachable { .. } | Error::Timeout | Error::Failed { .. } | Error::Nonsense { .. }) => {
            Health::HubriseDown
        }
        // Answers of the OAuth server, which no connection's call asks; and an id that never left this machine.
        Some(Error::CodeRejected | Error::ClientRejected | Error::MalformedId { .. }) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(cause: DeadCause) -> Error {
        Error::TokenDead { cause, message: String::new() }
    }

    #[test]
    fn each_of_hubrises_three_refusals_is_told_apart() {
        for (cause, health) in [
            (DeadCause::Unpaid, Health::Unpaid),
            (DeadCause::Revoked, Health::Revoked),
            (DeadCause::Blocked, Health::Blocked),
            (DeadCause::Unknown, Health::Refused),
        ] {
            assert_eq!(health_of(Some(&dead(cause))), Some(health));
        }
    }

    #[test]
    fn hubrise_failing_is_not_the_connections_fault() {
        for error in [
            Error::Timeout,
            Error::Failed { status: 502 },
            Error::Unreachable { what: String::new() },
            Error::Nonsense { what: String::new() },
        ] {
            assert_eq!(health_of(Some(&error)), Some(Health::HubriseDown), "{error}");
        }
        assert_eq!(health_of(Some(&Error::RateLimited { retry_after: None })), Some(Health::RateLimited));
    }

    #[test]
    fn a_refused_thing_shows_a_sound_token_and_no_call_shows_nothing() {
        assert_eq!(health_of(None), Some(Health::Ok));
        assert_eq!(health_of(Some(&Error::NotFound)), Some(Health::Ok));
        assert_eq!(health_of(Some(&Error::Forbidden { message: String::new() })), Some(Health::Ok));
        assert_eq!(health_of(Some(&Error::MalformedId { what: "catalog id" })), None);
    }
}
