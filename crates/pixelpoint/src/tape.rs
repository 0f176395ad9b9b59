//! What went over the wire in one call, with no secret in it: made to be kept and to be shown.

use std::time::Duration;

use jiff::Timestamp;

/// One call as it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tape {
    /// The HTTP method.
    pub method: String,
    /// The address.
    pub url: String,
    /// The answer's status; none when no answer began.
    pub status: Option<u16>,
    /// When the call began, by the machine's clock.
    pub started_at: Timestamp,
    /// From then to the last byte, by a clock that never goes back.
    pub duration: Duration,
    /// `name: value` lines, LF.
    pub request_headers: String,
    /// The request, its token masked.
    pub request_body: Vec<u8>,
    /// `name: value` lines, LF, in the answer's order.
    pub response_headers: String,
    /// As much of the answer as came, at most 1 MiB; should it repeat the token, that is masked.
    pub response_body: Vec<u8>,
    /// Why there is no whole answer; none when there is one.
    pub error: Option<String>,
}
