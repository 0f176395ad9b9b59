//! Codes and connections: what a user granted, the code that stands for it for ten minutes, and the one token per
//! client, place and device it is exchanged for. Knows nothing of HTTP.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{State, callbacks::Callback, callbacks::Event};
use crate::{limits::Usage, oauth::scope::Scope, random, teller::Told};

/// Life of an authorisation code, in minutes ("Authentication", section 3.1).
const CODE_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// Codes kept at most; the oldest go first.
const MAX_CODES: usize = 10_000;

/// What a user allowed a client to use.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) user_id: String,
    pub(crate) scope: Scope,
    pub(crate) device_id: Option<String>,
    /// Set at account and location level.
    pub(crate) account_id: Option<String>,
    /// Set at location level.
    pub(crate) location_id: Option<String>,
    pub(crate) catalog_id: Option<String>,
    pub(crate) customer_list_id: Option<String>,
}

impl Grant {
    /// "One token per client, location (or account) and device": whether two grants share theirs. A grant for a
    /// profile alone belongs to its user instead.
    fn shares_token_with(&self, other: &Self) -> bool {
        self.client_id == other.client_id
            && self.device_id == other.device_id
            && self.account_id == other.account_id
            && self.location_id == other.location_id
            && (self.account_id.is_some() || self.user_id == other.user_id)
    }
}

/// An authorisation code waiting to be exchanged.
#[derive(Debug)]
pub(crate) struct Code {
    value: String,
    grant: Grant,
    issued_at: Timestamp,
    used: bool,
}

/// Whether a connection's token works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Active,
    Blocked,
    Revoked,
}

/// A client bound to a place: what HubRise's back office lists under "Connections".
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) id: String,
    pub(crate) app_instance_id: String,
    pub(crate) token: String,
    pub(crate) grant: Grant,
    pub(crate) status: Status,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) usage: Usage,
    pub(crate) callback: Option<Callback>,
    pub(crate) events: Vec<Event>,
    /// What the app answered when it was told of its disconnection; `None` before, and where nobody was told.
    pub(crate) told: Option<Told>,
}

/// Why a code was refused. HubRise answers 400 to each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeRefused {
    Unknown,
    Expired,
    Used,
}

impl State {
    /// Puts a grant in a fresh code.
    pub(crate) fn issue_code(&mut self, grant: Grant) -> String {
        let value = random::secret(16);
        if self.codes.len() >= MAX_CODES {
            self.codes.remove(0);
        }
        self.codes.push(Code { value: value.clone(), grant, issued_at: self.clock.now(), used: false });
        value
    }

    /// Exchanges a code for its connection: a new one, or the one that already holds this place's token, whose scope,
    /// catalog and customer list are then replaced.
    ///
    /// # Errors
    /// When the code is not this client's, has expired, or was exchanged before.
    pub(crate) fn exchange(&mut self, code: &str, client_id: &str) -> Result<&Connection, CodeRefused> {
        let now = self.clock.now();
        let known = self.codes.iter_mut().find(|known| known.value == code && known.grant.client_id == client_id);
        let known = known.ok_or(CodeRefused::Unknown)?;
        if known.used {
            return Err(CodeRefused::Used);
        }
        if now.duration_since(known.issued_at) >= CODE_LIFE {
            return Err(CodeRefused::Expired);
        }
        known.used = true;
        let grant = known.grant.clone();
        let at = match self.connection_for(&grant) {
            Some(at) => {
                self.connections[at].grant = grant;
                // Reconnecting through the application cures a block ("Token Invalidity").
                self.connections[at].status = Status::Active;
                at
            }
            None => {
                let (id, app_instance_id) = (self.ids.next(), self.ids.next());
                self.connections.push(Connection {
                    id,
                    app_instance_id,
                    token: random::secret(13),
                    grant,
                    status: Status::Active,
                    created_at: now,
                    last_used_at: None,
                    usage: Usage::default(),
                    callback: None,
                    events: Vec::new(),
                    told: None,
                });
                self.connections.len() - 1
            }
        };
        Ok(&self.connections[at])
    }

    fn connection_for(&self, grant: &Grant) -> Option<usize> {
        self.connections
            .iter()
            .position(|known| known.status != Status::Revoked && known.grant.shares_token_with(grant))
    }

    /// What a client has connected at a place, so that the consent page can start from it.
    pub(crate) fn connected_at(
        &self,
        client_id: &str,
        device_id: Option<&str>,
        account_id: &str,
        location_id: Option<&str>,
    ) -> Option<&Connection> {
        self.connections.iter().find(|known| {
            known.status != Status::Revoked
                && known.grant.client_id == client_id
                && known.grant.device_id.as_deref() == device_id
                && known.grant.account_id.as_deref() == Some(account_id)
                && known.grant.location_id.as_deref() == location_id
        })
    }

    pub(crate) fn connection(&self, id: &str) -> Option<&Connection> {
        self.connections.iter().find(|known| known.id == id)
    }

    pub(crate) fn connection_mut(&mut self, id: &str) -> Option<&mut Connection> {
        self.connections.iter_mut().find(|known| known.id == id)
    }

    pub(crate) fn connection_by_token(&mut self, token: &str) -> Option<&mut Connection> {
        self.connections.iter_mut().find(|known| random::same_secret(&known.token, token))
    }
}

impl Connection {
    /// Ends the connection for good: the token is dead, its callback and events are gone.
    pub(crate) fn revoke(&mut self) {
        self.status = Status::Revoked;
        self.callback = None;
        self.events.clear();
    }
}
