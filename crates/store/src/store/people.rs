//! Who comes: users and their sessions, identity runs, identification keys.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{IdentityClaim, NewIdentity, NewUser, Result, Session, SessionId, User, UserId};

/// People signed in with HubRise: one user a vendor and session.
#[async_trait]
pub trait Users {
    /// Signs a person in. The session keeps its id and gets another cookie; the former is worth nothing from now on. The
    /// session's own grants on this vendor's connections become the user's, and so do its locks. Another user whom the
    /// session had for this vendor leaves it.
    ///
    /// Fails with `Conflict` when there is no such session, or the cookie's hash or a new user's id exists.
    async fn sign_in(
        &self,
        session: &SessionId,
        new_token_hash: &[u8; 32],
        user: NewUser,
        now: Timestamp,
    ) -> Result<User>;

    /// The session's users, by vendor.
    async fn users(&self, session: &SessionId) -> Result<Vec<User>>;

    /// The sessions this user is signed in with, the one seen last first; those past their end are among them until they
    /// are swept.
    async fn user_sessions(&self, user: &UserId) -> Result<Vec<Session>>;

    /// Ends a session of this user's, as [`end_session`](crate::Store::end_session) does. False when it is not this
    /// user's.
    async fn end_user_session(&self, user: &UserId, session: &SessionId) -> Result<bool>;
}

/// Identity runs.
#[async_trait]
pub trait Identities {
    /// Begins an identity run. Fails with `Conflict` if its id or state hash exists.
    async fn begin_identity(&self, identity: NewIdentity) -> Result<()>;

    /// Takes the `state` that came back: of any number of calls at once, exactly one is answered `Claimed`. A call that is
    /// not answered `Claimed` changes nothing.
    async fn claim_identity(&self, state_hash: &[u8; 32], session: &SessionId, now: Timestamp)
    -> Result<IdentityClaim>;
}

/// Tries at a till's identification key. From the fifth wrong one in a day a session waits 30 seconds, then twice as
/// long after each, up to an hour; for the till as a whole, 60 wrong ones an hour are the limit.
#[async_trait]
pub trait KeyTries {
    /// Asks to try a key: none lets it be tried, else the instant to wait until. A try that is let through counts as wrong
    /// until [`key_tried`](KeyTries::key_tried) says otherwise, so that trying many at once gains nothing.
    async fn key_try(&self, vendor: &str, till: &str, session: &SessionId, now: Timestamp)
    -> Result<Option<Timestamp>>;

    /// Notes how a try ended. A right key wipes out what the session had got wrong.
    async fn key_tried(&self, vendor: &str, till: &str, session: &SessionId, right: bool, now: Timestamp)
    -> Result<()>;
}
