//! Embedded users: sessions that begin with a back office's word, and attempts that go on in a window of their own.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    AttemptId, EmbedToken, Embedded, NewAttempt, NewEmbedded, NewPopup, NewSession, PopupOpening, Result, Session,
    SessionId,
};

/// Users whom a vendor's back office names. What was verified of their token is the caller's to say.
#[async_trait]
pub trait Embedding {
    /// Uses a token up and begins its user's session, or goes on with `renewing` under the new session's token hash and
    /// end, if that is a session of the very same claims. None when the token was used before: then nothing changes.
    ///
    /// The user is given a grant on each open connection of its merchant's among its tills, until the session ends: to
    /// manage for a manager, else to view.
    async fn embed(
        &self,
        token: EmbedToken,
        user: NewEmbedded,
        session: NewSession,
        renewing: Option<&SessionId>,
    ) -> Result<Option<Session>>;

    /// Gives a session another token hash and end, if it has this one and began at `since` or later: once, and never again.
    async fn exchange_session(
        &self,
        token_hash: &[u8; 32],
        new_token_hash: &[u8; 32],
        since: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Option<Session>>;

    /// The embedded user of a session, if it is one's.
    async fn embedded(&self, session: &SessionId) -> Result<Option<Embedded>>;

    /// Begins an attempt that goes on in a window. Fails with `Conflict` as [`begin_attempt`](crate::Store::begin_attempt)
    /// does, or if the window's hash exists.
    async fn begin_in_popup(&self, attempt: NewAttempt, popup: NewPopup) -> Result<()>;

    /// Binds an attempt that waits to the window's session, and gives it a `state` of its own. Of any number of windows one
    /// alone is answered `Opened`.
    async fn open_popup(
        &self,
        nonce_hash: &[u8; 32],
        session: &SessionId,
        state_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<PopupOpening>;

    /// Whether the window has opened in which the attempt goes on.
    async fn popup_opened(&self, attempt: &AttemptId) -> Result<bool>;

    /// The session that began the attempt of this `state`, if this session's window is the one it goes on in.
    async fn popup_owner(&self, state_hash: &[u8; 32], session: &SessionId) -> Result<Option<SessionId>>;

    /// The same by the attempt's id.
    async fn popup_owner_of(&self, attempt: &AttemptId, session: &SessionId) -> Result<Option<SessionId>>;
}
