//! What goes wrong, said the same way everywhere (RFC 9457, `application/problem+json`).

use serde::{Deserialize, Serialize};

/// The closed set of things that go wrong; the app translates each into what happened, what it means and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// 400/422: the call is malformed; `fields` says where.
    InvalidRequest,
    /// 404: no such path, or nothing there that this session may know of.
    NotFound,
    /// 405.
    MethodNotAllowed,
    /// 413: over the limit of the body.
    PayloadTooLarge,
    /// 415.
    UnsupportedMediaType,
    /// 401: no session, or it has ended.
    NoSession,
    /// 403: the CSRF header is missing or not this session's.
    CsrfMismatch,
    /// 403: the call comes from a page of another origin.
    ForeignOrigin,
    /// 404: no vendor of that name here.
    VendorUnknown,
    /// 404: the vendor has no such till.
    TillUnknown,
    /// 404: no such connection, or not this session's.
    ConnectionUnknown,
    /// 404: the `state` was never given out.
    StateUnknown,
    /// 403: the `state` was given to another browser, or that session has ended.
    StateForeign,
    /// 410: the attempt is older than 15 minutes.
    StateExpired,
    /// 409: the `state` was used already.
    StateReplayed,
    /// The user pressed Deny at HubRise.
    AccessDenied,
    /// HubRise gave another OAuth error than `access_denied`.
    AuthorizeFailed,
    /// 400 or 404 of HubRise's token call: the code has expired or was used already.
    CodeRejected,
    /// 401 of HubRise's token call: the vendor's client id or secret is wrong.
    ClientRejected,
    /// 502: no connection to HubRise could be made.
    HubriseUnreachable,
    /// 504: HubRise did not answer in time.
    HubriseTimeout,
    /// 502: HubRise answered 5xx.
    HubriseFailed,
    /// 502: HubRise's answer cannot be understood.
    HubriseNonsense,
    /// 403 at HubRise: the connection lacks that permission.
    HubriseForbidden,
    /// 401 at HubRise: the token works no more (revoked, blocked or unpaid).
    HubriseTokenDead,
    /// 429 at HubRise.
    HubriseRateLimited,
    /// 422: what was chosen is not there to be chosen.
    ChoiceInvalid,
    /// 403: this is for users signed in; signing in comes first.
    SignInRequired,
    /// 403: this is for the vendor's support.
    SupportOnly,
    /// 403: this user may see the connection, not change it.
    ViewOnly,
    /// 403: HubRise does not let this user see the installation.
    NotYours,
    /// 409: the till cannot be connected by its users; the profile says why.
    TillDisabled,
    /// 409: the till was disconnected, and only support can release it.
    TillLocked,
    /// 403: the till asks for an identification key.
    KeyRequired,
    /// 403: the identification key is wrong.
    KeyWrong,
    /// 404: no such request to support, or not this user's.
    RequestUnknown,
    /// 409: what support connected is not what the merchant asked for.
    RequestMismatch,
    /// 409: somebody else has changed it in between.
    Conflict,
    /// 409: it may print twice, or was cancelled at HubRise; whoever wants it all the same must say so.
    MayPrintTwice,
    /// 409: it cannot be sent again: it is no order, it is under way, or its connection is no longer open.
    NotSendable,
    /// 422: the request a person wrote is no XML that PixelPoint could read; `fields` says where.
    RequestInvalid,
    /// 401: the till's key is missing, unknown or revoked.
    PosKeyRefused,
    /// 409: a state as new, or newer, was accepted before.
    StockOlder,
    /// 422: entries of a till's stock are wrong; `errors` names them.
    StockInvalid,
    /// 422: the idempotency key was used with another body.
    IdempotencyKeyReused,
    /// 401: the back office's token is not taken; `detail` says which rule it breaks.
    EmbedTokenRejected,
    /// 403: the page that embeds the console is not one of the vendor's.
    EmbedHostUnknown,
    /// 409: sending to HubRise is switched off.
    SendingOff,
    /// 409: the till has not said yet what it has.
    StockUnknown,
    /// 429: too many calls.
    TooManyRequests,
    /// 503: the database cannot be reached or written.
    DatabaseUnavailable,
    /// 504: the server gave up on its own work.
    Timeout,
    /// 500: our fault.
    Internal,
}

/// A problem answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The HTTP status, repeated.
    pub status: u16,
    /// What kind of problem; the app translates it.
    pub code: ProblemCode,
    /// In English, lower case, for developers and support; never a secret.
    pub detail: String,
    /// Which parts of the request are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// What to quote to support.
    pub request_id: String,
}

/// One wrong part of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The JSON path or parameter.
    pub field: String,
    /// What is wrong with it, in English.
    pub message: String,
}
