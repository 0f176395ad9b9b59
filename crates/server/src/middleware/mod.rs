//! What every request passes, whatever it asks for. No rule about vendors, tills or connections.

pub mod request_id;

pub use request_id::RequestId;
