//! How [`AttemptOutcome`] is read: all fields of all kinds side by side, then sorted by kind.
//!
//! What serde derives for an internally tagged enum reads every type in it a second time, through a buffer: a tenth of
//! the app's download. This reads the same JSON once.

use serde::Deserialize;

use super::AttemptOutcome;
use crate::{Change, Connected, Connection, NamedRef};

#[derive(Deserialize)]
pub(super) struct Outcome {
    kind: Kind,
    connection: Option<Connection>,
    #[serde(default)]
    again: bool,
    #[serde(default)]
    changes: Vec<Change>,
    attempt: Option<String>,
    vendor: Option<String>,
    till: Option<String>,
    from: Option<NamedRef>,
    to: Option<NamedRef>,
    location: Option<NamedRef>,
    account: Option<NamedRef>,
    #[serde(default)]
    sign_in: bool,
    return_to: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Connected,
    Choose,
    ConfirmAccount,
    ConfirmArrival,
    SignedIn,
    Authorized,
    Declined,
}

impl TryFrom<Outcome> for AttemptOutcome {
    type Error = &'static str;

    fn try_from(flat: Outcome) -> Result<Self, Self::Error> {
        let Outcome { kind, connection, again, changes, attempt, vendor, till, from, to, location, .. } = flat;
        let read = match kind {
            Kind::Connected => connection.map(|connection| Self::Connected(Connected { connection, again, changes })),
            Kind::Choose => connection.map(|connection| Self::Choose { connection }),
            Kind::ConfirmAccount => match (attempt, vendor, till, from, to) {
                (Some(attempt), Some(vendor), Some(till), Some(from), Some(to)) => {
                    Some(Self::ConfirmAccount { attempt, vendor, till, from, to, location })
                }
                _ => None,
            },
            Kind::ConfirmArrival => match (attempt, vendor, till, flat.account) {
                (Some(attempt), Some(vendor), Some(till), Some(account)) => {
                    Some(Self::ConfirmArrival { attempt, vendor, till, account, location, sign_in: flat.sign_in })
                }
                _ => None,
            },
            Kind::SignedIn => {
                vendor.zip(flat.return_to).map(|(vendor, return_to)| Self::SignedIn { vendor, return_to })
            }
            Kind::Authorized => {
                connection.zip(flat.return_to).map(|(connection, return_to)| Self::Authorized { connection, return_to })
            }
            Kind::Declined => vendor.zip(till).map(|(vendor, till)| Self::Declined { vendor, till }),
        };
        read.ok_or("a field of this kind of outcome is missing")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ConnectedBy, ConnectionState, Health, HealthState, Role, Subject};

    fn named(id: &str) -> NamedRef {
        NamedRef { id: id.to_owned(), name: format!("name of {id}") }
    }

    fn connection() -> Connection {
        Connection {
            id: "c".to_owned(),
            vendor: "v".to_owned(),
            till: "t".to_owned(),
            state: ConnectionState::Connected,
            account: named("a"),
            location: Some(named("l")),
            catalog: None,
            customer_list: None,
            connected_at: "2026-11-21T19:31:02Z".to_owned(),
            connected_by: ConnectedBy { this_session: true, browser: String::new(), name: None },
            reconnected_at: None,
            health: Health { state: HealthState::Ok, since: None, last_failed_at: None, last_ok_at: None },
            support_verified_at: None,
            last_order_at: None,
            role: Role::Manage,
        }
    }

    #[test]
    fn every_kind_reads_as_it_was_written() {
        let (vendor, till) = ("v".to_owned(), "t".to_owned());
        let change = Change { subject: Subject::Catalog, from: None, to: Some(named("x")) };
        for outcome in [
            AttemptOutcome::Connected(Connected { connection: connection(), again: true, changes: vec![change] }),
            AttemptOutcome::Choose { connection: connection() },
            AttemptOutcome::ConfirmAccount {
                attempt: "1".to_owned(),
                vendor: vendor.clone(),
                till: till.clone(),
                from: named("a"),
                to: named("b"),
                location: None,
            },
            AttemptOutcome::ConfirmArrival {
                attempt: "1".to_owned(),
                vendor: vendor.clone(),
                till: till.clone(),
                account: named("a"),
                location: Some(named("l")),
                sign_in: true,
            },
            AttemptOutcome::SignedIn { vendor: vendor.clone(), return_to: "/v".to_owned() },
            AttemptOutcome::Authorized { connection: connection(), return_to: "/v/t".to_owned() },
            AttemptOutcome::Declined { vendor, till },
        ] {
            let text = serde_json::to_string(&outcome).unwrap_or_default();
            assert_eq!(serde_json::from_str::<AttemptOutcome>(&text).ok(), Some(outcome), "{text}");
        }
    }

    #[test]
    fn a_kind_that_lacks_a_field_is_refused() {
        for text in [r#"{"kind": "connected"}"#, r#"{"kind": "declined", "vendor": "v"}"#, r#"{"kind": "other"}"#] {
            assert!(serde_json::from_str::<AttemptOutcome>(text).is_err(), "{text}");
        }
    }
}
