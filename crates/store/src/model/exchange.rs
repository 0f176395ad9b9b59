//! Exchanges: one request and its answer each, as they went over the wire, secrets masked by whoever recorded them.

use jiff::Timestamp;

use super::{ConnectionId, ExchangeId, OperationId};

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// `HubRise → Bridge`.
    HubriseToBridge,
    /// `Bridge → HubRise`.
    BridgeToHubrise,
    /// `Bridge → PixelPoint`, or whatever till it is.
    BridgeToTill,
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ended {
    /// An answer came, whatever it says.
    Answered,
    /// Nothing was sent: no address, refused connection, no TLS.
    Unsent,
    /// Sent, and no whole answer came.
    Unanswered,
}

/// A call to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewExchange {
    /// Made up by the caller.
    pub id: ExchangeId,
    /// Who called whom.
    pub way: Way,
    /// The HTTP method.
    pub method: String,
    /// The address without its query's secrets; at most 2,000 bytes (longer is cut by the store).
    pub url: String,
    /// The answer's status.
    pub status: Option<u16>,
    /// What came of it.
    pub ended: Ended,
    /// When the first byte was tried.
    pub started_at: Timestamp,
    /// From then to the last byte, in microseconds.
    pub duration_us: u64,
    /// Why there is no answer, in our words; none when there is one.
    pub error: Option<String>,
    /// `name: value` lines, LF, secrets masked.
    pub request_headers: String,
    /// The body as sent, secrets masked; at most 1 MiB. The store compresses it (zstd).
    pub request_body: Vec<u8>,
    /// `name: value` lines.
    pub response_headers: String,
    /// The body as it came; at most 1 MiB.
    pub response_body: Vec<u8>,
}

/// A call as a list shows it: no headers, no bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRow {
    /// In the order they were kept.
    pub seq: i64,
    /// Its id.
    pub id: ExchangeId,
    /// Whose it is; none for calls made for the connection itself.
    pub operation: Option<OperationId>,
    /// The connection.
    pub connection: ConnectionId,
    /// Who called whom.
    pub way: Way,
    /// The HTTP method.
    pub method: String,
    /// The address.
    pub url: String,
    /// The answer's status.
    pub status: Option<u16>,
    /// What came of it.
    pub ended: Ended,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took, in microseconds.
    pub duration_us: u64,
    /// Why there is no answer.
    pub error: Option<String>,
    /// Bytes of the request's body, uncompressed.
    pub request_size: u64,
    /// Bytes of the answer's body, uncompressed.
    pub response_size: u64,
}

/// A call, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeWhole {
    /// What lists show of it.
    pub row: ExchangeRow,
    /// `name: value` lines.
    pub request_headers: String,
    /// The request's body.
    pub request_body: Vec<u8>,
    /// `name: value` lines.
    pub response_headers: String,
    /// The answer's body.
    pub response_body: Vec<u8>,
}
