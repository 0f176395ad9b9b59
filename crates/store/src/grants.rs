//! Grants: who holds one, and what becomes of two. Pure functions and fragments of SQL that both databases read alike.

use jiff::{SignedDuration, Timestamp};

use crate::{Role, SessionId, UserId};

/// How long a user's grant is remembered once it has run out, so that the console knows what to ask HubRise about.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Who a grant belongs to. The prefixes keep sessions and users apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    Session(SessionId),
    User(UserId),
}

impl Holder {
    /// The session's user if it has one, else the session.
    pub(crate) fn of(session: &SessionId, user: Option<&UserId>) -> Self {
        match user {
            Some(user) => Self::User(user.clone()),
            None => Self::Session(session.clone()),
        }
    }

    /// As the databases keep it.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Session(id) => format!("s:{id}"),
            Self::User(id) => format!("u:{id}"),
        }
    }

    /// When a grant that runs out at `expires_at` is forgotten.
    pub(crate) fn forgets_at(&self, expires_at: Timestamp) -> Timestamp {
        match self {
            Self::Session(_) => expires_at,
            Self::User(_) => expires_at.saturating_add(REMEMBERED).unwrap_or(Timestamp::MAX),
        }
    }
}

/// The holders a session acts for, at the vendor that is the second argument: itself, and its user if it has one.
macro_rules! holders {
    ($session:literal, $vendor:literal) => {
        concat!(
            "('s:' || ",
            $session,
            ", (SELECT 'u:' || b.user_id FROM session_users b WHERE b.session_id = ",
            $session,
            " AND b.vendor = ",
            $vendor,
            "))"
        )
    };
}

pub(crate) use holders;

/// A grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) role: Role,
    pub(crate) granted_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// What is left when a holder who has one grant gets another: never more than either gives.
pub(crate) fn joined(had: Option<Grant>, new: Grant, now: Timestamp) -> Grant {
    let Some(had) = had else { return new };
    match (had.expires_at > now, new.expires_at > now) {
        (true, false) => had,
        (false, true) => new,
        (true, true) if had.role != new.role => {
            if had.role == Role::Manage {
                had
            } else {
                new
            }
        }
        _ => Grant {
            role: new.role,
            granted_at: had.granted_at.max(new.granted_at),
            expires_at: had.expires_at.max(new.expires_at),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(role: Role, granted_at: i64, expires_at: i64) -> Grant {
        let at = |hours: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
        Grant { role, granted_at: at(granted_at), expires_at: at(expires_at) }
    }

    fn check(had: Option<Grant>, new: Grant, expected: Grant) {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(10);
        assert_eq!(joined(had, new, now), expected, "{had:?} and {new:?}");
    }

    #[test]
    fn two_grants_never_make_more_than_either_gives() {
        let manage = grant(Role::Manage, 9, 20);
        let view = grant(Role::View, 10, 34);
        check(None, view, view);
        check(Some(manage), view, manage);
        check(Some(view), manage, manage);
        check(Some(grant(Role::Manage, 1, 10)), view, view);
        check(Some(view), grant(Role::Manage, 1, 10), view);
        check(Some(grant(Role::View, 1, 3)), grant(Role::View, 2, 5), grant(Role::View, 2, 5));
        check(Some(manage), grant(Role::Manage, 8, 30), grant(Role::Manage, 9, 30));
    }

    #[test]
    fn a_user_is_not_a_session_of_the_same_id() {
        assert_ne!(Holder::Session(SessionId::new("x")).key(), Holder::User(UserId::new("x")).key());
    }
}
