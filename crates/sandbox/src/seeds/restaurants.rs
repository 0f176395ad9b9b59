//! The seeded accounts with their locations, catalogs and customer lists.

use jiff::{SignedDuration, Timestamp};

use super::{bella, chain, cities, dubois, menu, newcomer, paul};
use crate::state::{
    State,
    directory::{Account, Catalog, CustomerList, Location, Owner},
};

const PIZZERIA: &str = include_str!("menus/pizzeria.json");
const BISTROT: &str = include_str!("menus/bistrot.json");
const DELIVERY: &str = include_str!("menus/livraison.json");
const BAR: &str = include_str!("menus/bar.json");
const BURGERS: &str = include_str!("menus/burgers.json");
const LUNCH: &str = include_str!("menus/midi.json");

/// How long ago the seeds were created, in days.
const AGE: SignedDuration = SignedDuration::from_hours(24 * 200);

pub(super) fn sow(state: &mut State) {
    account(state, bella::ACCOUNT, "Bella Pizza", false);
    location(state, bella::PARIS, "Paris", ("13 rue du Chant des Oiseaux", "75003", "Paris"));
    catalog(state, bella::CATALOG, "Carte 2026", of_account(bella::ACCOUNT), PIZZERIA);
    list(state, bella::CUSTOMER_LIST, "Clients Web", of_account(bella::ACCOUNT));

    account(state, dubois::ACCOUNT, "Dubois Restos", false);
    location(state, dubois::BASTILLE, "Paris Bastille", ("8 rue de la Roquette", "75011", "Paris"));
    location(state, dubois::CROIX_ROUSSE, "Lyon Croix-Rousse", ("21 boulevard de la Croix-Rousse", "69004", "Lyon"));
    location(state, dubois::VIEUX_PORT, "Marseille Vieux-Port", ("34 quai du Port", "13002", "Marseille"));
    catalog(state, dubois::CATALOG_RESTAURANTS, "Carte restaurants", of_account(dubois::ACCOUNT), BISTROT);
    catalog(state, dubois::CATALOG_DELIVERY, "Carte livraison", of_account(dubois::ACCOUNT), DELIVERY);
    catalog(state, dubois::CATALOG_BAR, "Bar Bastille", Owner::Location(dubois::BASTILLE.to_owned()), BAR);
    list(state, dubois::LIST_WEB, "Clients Web", of_account(dubois::ACCOUNT));
    list(state, dubois::LIST_LOYALTY, "Fidélité", of_account(dubois::ACCOUNT));

    account(state, chain::ACCOUNT, "Grande Chaîne", false);
    for (at, (city, postal_code, quarter)) in cities::quarters().take(chain::LOCATIONS).enumerate() {
        let id = format!("{}-{}", chain::ACCOUNT, at + 1);
        let address = format!("{} avenue de la Gare", 2 * at + 1);
        location(state, &id, &format!("{city} {quarter}"), (&address, postal_code, city));
    }
    catalog(state, chain::CATALOG_NATIONAL, "Carte nationale", of_account(chain::ACCOUNT), BURGERS);
    catalog(state, chain::CATALOG_DELIVERY, "Carte livraison", of_account(chain::ACCOUNT), DELIVERY);
    catalog(state, chain::CATALOG_LUNCH, "Menu du midi", of_account(chain::ACCOUNT), LUNCH);
    list(state, chain::LIST_WEB, "Clients Web", of_account(chain::ACCOUNT));
    list(state, chain::LIST_LOYALTY, "Programme fidélité", of_account(chain::ACCOUNT));

    account(state, paul::ACCOUNT, "Chez Paul", true);
    location(state, paul::LILLE, "Lille", ("5 rue de Béthune", "59800", "Lille"));
    catalog(state, paul::CATALOG, "Carte", of_account(paul::ACCOUNT), BISTROT);
    list(state, paul::CUSTOMER_LIST, "Clients", of_account(paul::ACCOUNT));

    account(state, newcomer::ACCOUNT, "Le Petit Nouveau", false);
    location(state, newcomer::NANTES, "Nantes", ("2 place du Bouffay", "44000", "Nantes"));
}

fn of_account(id: &str) -> Owner {
    Owner::Account(id.to_owned())
}

pub(super) fn long_ago(state: &State) -> Timestamp {
    let now = state.clock.now();
    now.checked_sub(AGE).unwrap_or(now)
}

fn account(state: &mut State, id: &str, name: &str, suspended: bool) {
    let (id, name) = (id.to_owned(), name.to_owned());
    state.directory.accounts.push(Account { id, name, currency: "EUR".to_owned(), suspended });
}

fn location(state: &mut State, id: &str, name: &str, (address, postal_code, city): (&str, &str, &str)) {
    state.directory.locations.push(Location {
        id: id.to_owned(),
        account_id: id.split('-').next().unwrap_or_default().to_owned(),
        name: name.to_owned(),
        address: address.to_owned(),
        postal_code: postal_code.to_owned(),
        city: city.to_owned(),
        country: "FR".to_owned(),
        timezone: "Europe/Paris".to_owned(),
        preparation_time: 20,
    });
}

fn catalog(state: &mut State, id: &str, name: &str, owner: Owner, menu: &str) {
    let created_at = long_ago(state);
    let data = menu::with_ids(menu, &mut state.ids);
    state.directory.catalogs.push(Catalog { id: id.to_owned(), name: name.to_owned(), owner, created_at, data });
}

fn list(state: &mut State, id: &str, name: &str, owner: Owner) {
    let created_at = long_ago(state);
    state.directory.customer_lists.push(CustomerList { id: id.to_owned(), name: name.to_owned(), owner, created_at });
}
