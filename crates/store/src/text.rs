//! Text both databases can hold. PostgreSQL's has no NUL, so text from outside loses it before either sees it.

use crate::{Choice, GrantedAccess, NamedRef};

/// Replaces every NUL by U+FFFD, the replacement character.
pub(crate) fn storable(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

/// [`storable`] for an id and its name.
pub(crate) fn storable_ref(named: NamedRef) -> NamedRef {
    NamedRef { id: storable(named.id), name: storable(named.name) }
}

/// [`storable`] for all that was granted.
pub(crate) fn storable_access(access: GrantedAccess) -> GrantedAccess {
    GrantedAccess {
        account: storable_ref(access.account),
        location: access.location.map(storable_ref),
        catalog: access.catalog.map(storable_ref),
        customer_list: access.customer_list.map(storable_ref),
        app_instance_id: access.app_instance_id.map(storable),
    }
}

/// [`storable`] for all that was chosen.
pub(crate) fn storable_choice(choice: Choice) -> Choice {
    Choice {
        location: storable_ref(choice.location),
        catalog: choice.catalog.map(storable_ref),
        customer_list: choice.customer_list.map(storable_ref),
    }
}
