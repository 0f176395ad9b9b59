//! What every request passes, whatever it asks for. No rule about vendors, tills or connections.

pub mod access_log;
pub mod headers;
pub mod limits;
pub mod request_id;

pub use request_id::RequestId;

/// Whether a path belongs to the API, whose answers are JSON for programs and are never cached.
pub(crate) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}
