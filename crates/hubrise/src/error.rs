//! How a call to HubRise fails, told apart by what the caller can do about it.
//!
//! Owns the closed set of failures. Does not own the decision which answer means which: that is `verdict`.
//! No variant ever holds a secret.

use std::time::Duration;

/// Why a call to HubRise brought nothing usable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No connection could be made, or it closed before any answer came.
    #[error("hubrise cannot be reached: {what}")]
    Unreachable {
        /// The cause as the network stack gives it, without the address.
        what: String,
    },
    /// No whole answer within [`crate::Limits::whole`]. What HubRise did with the call is unknown.
    #[error("hubrise did not answer in time")]
    Timeout,
    /// HubRise answered 5xx.
    #[error("hubrise failed with status `{status}`")]
    Failed {
        /// The HTTP status, 500–599.
        status: u16,
    },
    /// An answer that HubRise's documentation does not foresee: not JSON, cut off, too large, redirected.
    #[error("hubrise's answer cannot be understood: {what}")]
    Nonsense {
        /// What is wrong with it; never the answer itself.
        what: String,
    },
    /// 429: the connection has used up its calls for this minute, hour or day.
    #[error("hubrise asks to slow down")]
    RateLimited {
        /// How long HubRise asks to wait, if its `Retry-After` says so in seconds.
        retry_after: Option<Duration>,
    },
    /// 401 of the API: the token works no more.
    #[error("the access token works no more: {message}")]
    TokenDead {
        /// Which of HubRise's three causes it is.
        cause: DeadCause,
        /// HubRise's own message; empty when it gave none.
        message: String,
    },
    /// 403: the scope does not cover the call.
    #[error("hubrise forbids it: {message}")]
    Forbidden {
        /// HubRise's own message; empty when it gave none.
        message: String,
    },
    /// 404: nothing there for this token.
    #[error("hubrise knows no such resource")]
    NotFound,
    /// Any other 4xx: HubRise understood the call and will not do it.
    #[error("hubrise refuses the call with status `{status}`: {message}")]
    Unprocessable {
        /// The HTTP status: 422, now and then 400 or 415.
        status: u16,
        /// HubRise's own message; empty when it gave none.
        message: String,
        /// Which fields it objects to.
        fields: Vec<FieldError>,
    },
    /// 400 or 404 of the token call: the code has expired, was used before or was never given out.
    #[error("the authorisation code was rejected")]
    CodeRejected,
    /// 401 of an OAuth call: the client id or its secret is wrong.
    #[error("the client id or secret was rejected")]
    ClientRejected,
    /// An id that cannot be one of HubRise's; no call was made.
    #[error("malformed {what}")]
    MalformedId {
        /// Whose id.
        what: &'static str,
    },
}

/// Why HubRise takes a token no longer
/// (<https://www.hubrise.com/developers/api/authentication>, "Token Invalidity").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeadCause {
    /// The account or location is suspended: its subscription is not paid. HubRise's authorize page explains it.
    Unpaid,
    /// The token is invalid or the connection was revoked. Connecting again cures it.
    Revoked,
    /// The connection is blocked. Connecting again cures it.
    Blocked,
    /// HubRise's message is none of the three known.
    Unknown,
}

/// One entry of the `errors` array of a 422.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the request.
    pub field: String,
    /// What HubRise says about it.
    pub message: String,
}
