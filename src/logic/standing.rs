//! How a till stands, as far as the pages of a bridge ask: what they read of the server's `TillStatus`, whose rest is skipped.
//! Reading all of it would make each of those pages some kilobytes longer to download.

use passerelle_wire::{ConnectionState, HealthState, NamedRef, Role};
use serde::Deserialize;

/// How a till stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Standing {
    /// The open connection, if this session has a grant on one.
    pub connection: Option<Bound>,
    /// A connection whose right must be confirmed at HubRise once more.
    pub known: Option<String>,
}

/// An open connection.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Bound {
    /// Its id.
    pub id: String,
    /// Whether it is complete.
    pub state: ConnectionState,
    /// The HubRise account.
    pub account: NamedRef,
    /// The HubRise location; absent while it has yet to be chosen.
    pub location: Option<NamedRef>,
    /// The catalog, where the till uses one.
    pub catalog: Option<NamedRef>,
    /// Whether calls with its token succeed.
    pub health: Pulse,
    /// What the reader may do.
    pub role: Role,
}

/// Whether calls with a connection's token succeed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Pulse {
    /// By the last one.
    pub state: HealthState,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use passerelle_wire::TillStatus;

    use super::*;
    use crate::{
        json,
        logic::live::tests::{connection, nothing},
    };

    #[test]
    fn is_read_from_what_the_server_says() {
        let said = connection("c");
        let status = TillStatus { connection: Some(said.clone()), ..nothing() };
        let read: Standing = json::read(&serde_json::to_string(&status).unwrap()).unwrap();
        let bound = Bound {
            id: said.id,
            state: said.state,
            account: said.account,
            location: said.location,
            catalog: said.catalog,
            health: Pulse { state: said.health.state },
            role: said.role,
        };
        assert_eq!(read, Standing { connection: Some(bound), known: None });

        let known = TillStatus { known: Some("c".into()), ..nothing() };
        let read: Standing = json::read(&serde_json::to_string(&known).unwrap()).unwrap();
        assert_eq!(read, Standing { connection: None, known: Some("c".into()) });
    }
}
