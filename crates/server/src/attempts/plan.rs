//! What a granted authorisation means for a till: pure decisions, no I/O.

use passerelle_hubrise::{Choices, Level, TokenAnswer};
use passerelle_store::{ConnectionRow, ConnectionState, GrantedAccess, NamedRef};
use passerelle_wire::{Change, Subject};

/// What a till asked for, as far as it decides what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// One location or a whole account.
    pub level: Level,
    /// What HubRise's page left to the console.
    pub left: Choices,
}

/// Reads HubRise's answer as what it gives access to; `None` when it lacks the place the scope asked for.
pub(crate) fn granted(answer: &TokenAnswer, asked: Asked) -> Option<GrantedAccess> {
    let account = named(answer.account_id.as_ref(), answer.account_name.as_ref())?;
    let location = match asked.level {
        Level::Location => Some(named(answer.location_id.as_ref(), answer.location_name.as_ref())?),
        Level::Account => None,
    };
    Some(GrantedAccess {
        account,
        location,
        catalog: named(answer.catalog_id.as_ref(), answer.catalog_name.as_ref()),
        customer_list: named(answer.customer_list_id.as_ref(), answer.customer_list_name.as_ref()),
        app_instance_id: answer.app_instance_id.clone(),
    })
}

fn named(id: Option<&String>, name: Option<&String>) -> Option<NamedRef> {
    let id = id.filter(|id| !id.is_empty())?;
    // HubRise names everything; should it not, the id is the only name there is.
    Some(NamedRef { id: id.clone(), name: name.filter(|name| !name.is_empty()).unwrap_or(id).clone() })
}

/// HubRise's id of the place a connection is for: with vendor and till, what makes it this connection.
pub(crate) fn hub_key(access: &GrantedAccess) -> &str {
    &access.location.as_ref().unwrap_or(&access.account).id
}

/// The account to confirm leaving, when the till was connected to another one.
pub(crate) fn account_left<'a>(access: &GrantedAccess, replaced: Option<&'a ConnectionRow>) -> Option<&'a NamedRef> {
    replaced.map(|row| &row.account).filter(|account| account.id != access.account.id)
}

/// Whether a place is the one a merchant named: by the id of its account or of its location, byte by byte.
pub(crate) fn is_at(access: &GrantedAccess, hubrise_id: &str) -> bool {
    access.account.id == hubrise_id || access.location.as_ref().is_some_and(|location| location.id == hubrise_id)
}

/// Whether what HubRise granted is the installation of this connection, at its place. Where HubRise names no
/// installation there is nothing to go by.
pub(crate) fn is_same_installation(access: &GrantedAccess, row: &ConnectionRow) -> bool {
    access.app_instance_id.is_some()
        && access.app_instance_id == row.app_instance_id
        && access.account.id == row.account.id
        && hub_key(access) == row.hub_key
}

/// What is chosen once the authorisation is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) state: ConnectionState,
    pub(crate) location: Option<NamedRef>,
    pub(crate) catalog: Option<NamedRef>,
    pub(crate) customer_list: Option<NamedRef>,
}

/// Combines what HubRise's page chose with what the console had chosen before for the same place: authorising again
/// does not undo it.
pub(crate) fn chosen(access: &GrantedAccess, asked: Asked, existing: Option<&ConnectionRow>) -> Chosen {
    let kept = existing.filter(|row| row.state == ConnectionState::Connected);
    let pick = |left: bool, there: &Option<NamedRef>, before: Option<&Option<NamedRef>>| {
        if left { before.cloned().flatten() } else { there.clone() }
    };
    Chosen {
        state: if asked.left.is_empty() || kept.is_some() {
            ConnectionState::Connected
        } else {
            ConnectionState::Choosing
        },
        location: pick(asked.left.location, &access.location, kept.map(|row| &row.location)),
        catalog: pick(asked.left.catalog, &access.catalog, kept.map(|row| &row.catalog)),
        customer_list: pick(asked.left.customer_list, &access.customer_list, kept.map(|row| &row.customer_list)),
    }
}

/// What differs between two connections of one till; a new name of the same thing is no difference.
pub(crate) fn changes(before: &ConnectionRow, after: &ConnectionRow) -> Vec<Change> {
    let account = |row: &ConnectionRow| Some(row.account.clone());
    [
        (Subject::Account, account(before), account(after)),
        (Subject::Location, before.location.clone(), after.location.clone()),
        (Subject::Catalog, before.catalog.clone(), after.catalog.clone()),
        (Subject::CustomerList, before.customer_list.clone(), after.customer_list.clone()),
    ]
    .into_iter()
    .filter(|(_, from, to)| from.as_ref().map(|thing| &thing.id) != to.as_ref().map(|thing| &thing.id))
    .map(|(subject, from, to)| Change { subject, from: from.map(shown), to: to.map(shown) })
    .collect()
}

/// A stored name as the wire says it.
pub(crate) fn shown(thing: NamedRef) -> passerelle_wire::NamedRef {
    passerelle_wire::NamedRef { id: thing.id, name: thing.name }
}
