//! What each problem code means over HTTP. The app's wording lies in its locales, not here.

use axum::http::StatusCode;
use passerelle_wire::ProblemCode;

/// The status a code is answered with, unless whoever raises it knows better.
pub(super) fn status(code: ProblemCode) -> StatusCode {
    use ProblemCode as P;
    match code {
        P::InvalidRequest | P::CodeRejected => StatusCode::BAD_REQUEST,
        P::NoSession | P::PosKeyRefused | P::EmbedTokenRejected => StatusCode::UNAUTHORIZED,
        P::CsrfMismatch
        | P::ForeignOrigin
        | P::StateForeign
        | P::AccessDenied
        | P::HubriseForbidden
        | P::EmbedHostUnknown => StatusCode::FORBIDDEN,
        P::SignInRequired | P::SupportOnly | P::ViewOnly | P::NotYours | P::KeyRequired | P::KeyWrong => {
            StatusCode::FORBIDDEN
        }
        P::NotFound
        | P::VendorUnknown
        | P::TillUnknown
        | P::ConnectionUnknown
        | P::StateUnknown
        | P::RequestUnknown => StatusCode::NOT_FOUND,
        P::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        // Not 401: the session is sound, it is the connection that has ended.
        P::StateReplayed | P::Conflict | P::HubriseTokenDead => StatusCode::CONFLICT,
        P::TillDisabled | P::TillLocked | P::RequestMismatch | P::MayPrintTwice | P::NotSendable => {
            StatusCode::CONFLICT
        }
        P::StockOlder | P::SendingOff | P::StockUnknown => StatusCode::CONFLICT,
        P::StateExpired => StatusCode::GONE,
        P::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        P::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        P::ChoiceInvalid | P::RequestInvalid | P::StockInvalid | P::IdempotencyKeyReused => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        P::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        P::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        P::AuthorizeFailed | P::ClientRejected | P::HubriseUnreachable | P::HubriseFailed | P::HubriseNonsense => {
            StatusCode::BAD_GATEWAY
        }
        // Not 429: it is we, not the browser, who called too often.
        P::HubriseRateLimited | P::DatabaseUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        P::HubriseTimeout | P::Timeout => StatusCode::GATEWAY_TIMEOUT,
    }
}

/// One sentence that is safe to send whatever the cause was.
pub(super) fn summary(code: ProblemCode) -> &'static str {
    use ProblemCode as P;
    match code {
        P::InvalidRequest => "the request is malformed",
        P::NotFound => "there is nothing at this address",
        P::MethodNotAllowed => "this address does not take that method",
        P::PayloadTooLarge => "the body is larger than the limit",
        P::UnsupportedMediaType => "the body must be `application/json`",
        P::NoSession => "there is no session, or it has ended",
        P::CsrfMismatch => "the CSRF header is missing or not this session's",
        P::ForeignOrigin => "the call comes from a page of another origin",
        P::VendorUnknown => "there is no such vendor here",
        P::TillUnknown => "the vendor has no such till",
        P::ConnectionUnknown => "there is no such connection, or it is not this session's",
        P::StateUnknown => "the state was never given out",
        P::StateForeign => "the state was given to another session",
        P::StateExpired => "the attempt has expired",
        P::StateReplayed => "the state was used already",
        P::AccessDenied => "the user denied access at HubRise",
        P::AuthorizeFailed => "HubRise refused the authorisation",
        P::CodeRejected => "HubRise rejected the code: expired or used already",
        P::ClientRejected => "HubRise rejected the vendor's client id or secret",
        P::HubriseUnreachable => "HubRise cannot be reached",
        P::HubriseTimeout => "HubRise did not answer in time",
        P::HubriseFailed => "HubRise failed to answer",
        P::HubriseNonsense => "HubRise's answer cannot be understood",
        P::HubriseForbidden => "the connection lacks a permission at HubRise",
        P::HubriseTokenDead => "HubRise no longer accepts the connection's token",
        P::HubriseRateLimited => "HubRise asks to call less often",
        P::ChoiceInvalid => "what was chosen is not there to be chosen",
        P::SignInRequired => "this is for users signed in at this vendor",
        P::SupportOnly => "this is for the vendor's support",
        P::ViewOnly => "this session may see the connection, not change it",
        P::NotYours => "HubRise does not let this user see the installation, or there is none",
        P::TillDisabled => "the till cannot be connected by its users",
        P::TillLocked => "the till was disconnected, and only support can release it",
        P::KeyRequired => "the till asks for an identification key",
        P::KeyWrong => "the identification key is wrong",
        P::RequestUnknown => "there is no such request, or it is not this user's, or it waits no more",
        P::RequestMismatch => "what was connected is not what the merchant asked for",
        P::Conflict => "it was changed by somebody else in between",
        P::MayPrintTwice => "it may print twice, or was cancelled; say `despite` to send it all the same",
        P::NotSendable => "it cannot be sent again: no order, under way, or its connection is not open",
        P::RequestInvalid => "the request is no xml that the till could read",
        P::PosKeyRefused => "the till's key is missing, unknown or revoked",
        P::EmbedTokenRejected => "the back office's token is not taken",
        P::EmbedHostUnknown => "the page that embeds the console is not one of the vendor's",
        P::StockOlder => "a state as new, or newer, was accepted before",
        P::StockInvalid => "entries of the stock are wrong",
        P::IdempotencyKeyReused => "the idempotency key was used with another body",
        P::SendingOff => "sending to HubRise is switched off",
        P::StockUnknown => "the till has not said yet what it has",
        P::TooManyRequests => "too many calls",
        P::DatabaseUnavailable => "the database cannot be reached or written",
        P::Timeout => "the server took too long and gave up",
        P::Internal => "the server failed",
    }
}
