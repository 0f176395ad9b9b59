//! From what a user picked to a grant: which places, catalogs and lists may be chosen, and whether a choice is whole.
//! The consent page and `/_sandbox/grant` share these rules.

use super::scope::{Level, Resource, Scope};
use crate::{
    lang::Lang,
    state::{
        directory::{Account, Catalog, CustomerList, Directory, Location, User},
        grants::Grant,
    },
};

/// What a user wants to grant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish<'a> {
    pub(crate) client_id: &'a str,
    pub(crate) user: &'a User,
    pub(crate) scope: &'a Scope,
    pub(crate) device_id: Option<&'a str>,
    /// Location id at location level, account id at account level. May be left out where there is only one.
    pub(crate) place: Option<&'a str>,
    pub(crate) catalog: Option<&'a str>,
    pub(crate) customer_list: Option<&'a str>,
}

/// Why it cannot be granted as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    PlaceNotChosen,
    PlaceUnknown,
    Suspended,
    CatalogNotChosen,
    CatalogUnknown,
    NoCatalog,
    ListNotChosen,
    ListUnknown,
    NoList,
}

impl Refusal {
    /// For the user to read.
    pub(crate) fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::PlaceNotChosen => lang.pick("Choisissez d'abord où vous connecter.", "Choose first what to connect."),
            Self::PlaceUnknown => lang.pick("Vous n'avez pas accès à ce choix.", "You have no access to this choice."),
            Self::Suspended => lang.pick(
                "Ce compte est suspendu pour défaut de paiement de l'abonnement. Régularisez le paiement dans HubRise, puis recommencez.",
                "This account has been suspended for non payment of the subscription. Settle the payment in HubRise, then try again.",
            ),
            Self::CatalogNotChosen => lang.pick("Choisissez un catalogue.", "Choose a catalog."),
            Self::CatalogUnknown => lang.pick("Ce catalogue n'est pas disponible ici.", "This catalog is not available here."),
            Self::NoCatalog => lang.pick("Il n'y a pas encore de catalogue ici.", "There is no catalog here yet."),
            Self::ListNotChosen => lang.pick("Choisissez une liste de clients.", "Choose a customer list."),
            Self::ListUnknown => {
                lang.pick("Cette liste de clients n'est pas disponible ici.", "This customer list is not available here.")
            }
            Self::NoList => lang.pick("Il n'y a pas encore de liste de clients ici.", "There is no customer list here yet."),
        }
    }
}

/// A place a user can pick.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'a> {
    Location(&'a Location),
    Account(&'a Account),
}

impl<'a> Place<'a> {
    pub(crate) fn id(self) -> &'a str {
        match self {
            Self::Location(location) => &location.id,
            Self::Account(account) => &account.id,
        }
    }

    pub(crate) fn name(self) -> &'a str {
        match self {
            Self::Location(location) => &location.name,
            Self::Account(account) => &account.name,
        }
    }

    pub(crate) fn account_id(self) -> &'a str {
        match self {
            Self::Location(location) => &location.account_id,
            Self::Account(account) => &account.id,
        }
    }
}

/// The places of a level a user can pick.
pub(crate) fn places<'a>(directory: &'a Directory, level: Level, user: &User) -> Vec<Place<'a>> {
    let accounts = directory.accounts_of(user);
    match level {
        Level::Account => accounts.into_iter().map(Place::Account).collect(),
        Level::Location => {
            accounts.into_iter().flat_map(|account| directory.locations_of(&account.id)).map(Place::Location).collect()
        }
    }
}

/// The catalogs that can be picked for a place: a location's own and its account's; or all of an account.
pub(crate) fn catalogs<'a>(directory: &'a Directory, place: Place<'_>) -> Vec<&'a Catalog> {
    directory.catalogs.iter().filter(|catalog| belongs(directory, &catalog.owner, place)).collect()
}

/// The customer lists that can be picked for a place, by the same rule.
pub(crate) fn customer_lists<'a>(directory: &'a Directory, place: Place<'_>) -> Vec<&'a CustomerList> {
    directory.customer_lists.iter().filter(|list| belongs(directory, &list.owner, place)).collect()
}

fn belongs(directory: &Directory, owner: &crate::state::directory::Owner, place: Place<'_>) -> bool {
    match place {
        Place::Location(location) => directory.serves(owner, location),
        Place::Account(account) => directory.account_of_owner(owner) == Some(account.id.as_str()),
    }
}

/// Whether the scope leaves a choice of catalog or list for this place.
pub(crate) fn leaves_a_choice(directory: &Directory, scope: &Scope, place: Place<'_>) -> bool {
    scope.has(Resource::Catalog) && catalogs(directory, place).len() > 1
        || scope.has(Resource::CustomerList) && customer_lists(directory, place).len() > 1
}

/// The place meant: the one named, or the only one.
pub(crate) fn place_of<'a>(
    directory: &'a Directory,
    level: Level,
    user: &User,
    id: Option<&str>,
) -> Result<Place<'a>, Refusal> {
    let places = places(directory, level, user);
    let place = match id {
        Some(id) => places.into_iter().find(|place| place.id() == id).ok_or(Refusal::PlaceUnknown)?,
        None if places.len() == 1 => places[0],
        None => return Err(Refusal::PlaceNotChosen),
    };
    let suspended = directory.account(place.account_id()).is_some_and(|account| account.suspended);
    if suspended { Err(Refusal::Suspended) } else { Ok(place) }
}

/// The grant a wish amounts to.
///
/// # Errors
/// What is missing or not the user's to give.
pub(crate) fn grant_of(directory: &Directory, wish: Wish<'_>) -> Result<Grant, Refusal> {
    let mut grant = Grant {
        client_id: wish.client_id.to_owned(),
        user_id: wish.user.id.clone(),
        scope: wish.scope.clone(),
        device_id: wish.device_id.map(str::to_owned),
        account_id: None,
        location_id: None,
        catalog_id: None,
        customer_list_id: None,
    };
    let Some(level) = wish.scope.level() else { return Ok(grant) };
    let place = place_of(directory, level, wish.user, wish.place)?;
    grant.account_id = Some(place.account_id().to_owned());
    if let Place::Location(location) = place {
        grant.location_id = Some(location.id.clone());
    }
    if wish.scope.has(Resource::Catalog) {
        let ids: Vec<_> = catalogs(directory, place).into_iter().map(|catalog| catalog.id.as_str()).collect();
        let refusals = (Refusal::NoCatalog, Refusal::CatalogNotChosen, Refusal::CatalogUnknown);
        grant.catalog_id = Some(one_of(&ids, wish.catalog, refusals)?);
    }
    if wish.scope.has(Resource::CustomerList) {
        let ids: Vec<_> = customer_lists(directory, place).into_iter().map(|list| list.id.as_str()).collect();
        let refusals = (Refusal::NoList, Refusal::ListNotChosen, Refusal::ListUnknown);
        grant.customer_list_id = Some(one_of(&ids, wish.customer_list, refusals)?);
    }
    Ok(grant)
}

fn one_of(
    ids: &[&str],
    wished: Option<&str>,
    (none, not_chosen, unknown): (Refusal, Refusal, Refusal),
) -> Result<String, Refusal> {
    match (wished, ids) {
        (_, []) => Err(none),
        (Some(wished), ids) => ids.iter().find(|id| **id == wished).map(|id| (*id).to_owned()).ok_or(unknown),
        (None, [only]) => Ok((*only).to_owned()),
        (None, _) => Err(not_chosen),
    }
}
