//! Requests: merchants who ask a vendor's support to make a connection.

use jiff::Timestamp;

use super::{ConnectionId, RequestId, SessionId, UserId};

/// A request to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    /// Its id, unique.
    pub id: RequestId,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// The session it is sent from.
    pub session: SessionId,
    /// Who asks: that session's user for this vendor.
    pub user: UserId,
    /// The HubRise identifier the merchant gave; text from outside.
    pub hubrise_id: String,
    /// The location's name the merchant gave; text from outside.
    pub location_name: String,
    /// The language to answer in.
    pub language: String,
    /// Now.
    pub created_at: Timestamp,
}

/// How a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestState {
    /// In support's queue.
    Waiting,
    /// Support made the connection.
    Connected,
    /// Support declined and said why.
    Declined,
}

/// A request, until it is withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// The vendor's slug.
    pub vendor: String,
    /// The till's id.
    pub till: String,
    /// Who asks.
    pub user: UserId,
    /// Who asks: name; text from outside.
    pub name: String,
    /// Who asks: e-mail address; text from outside.
    pub email: String,
    /// How it stands.
    pub state: RequestState,
    /// The HubRise identifier the merchant gave; text from outside.
    pub hubrise_id: String,
    /// The location's name the merchant gave; text from outside.
    pub location_name: String,
    /// The language to answer in.
    pub language: String,
    /// When it was sent.
    pub created_at: Timestamp,
    /// What support answered when it declined; text from outside.
    pub answer: Option<String>,
    /// The connection support made.
    pub connection: Option<ConnectionId>,
}
