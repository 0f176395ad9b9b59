//! What a fresh sandbox holds: the constants tests rely on, and the sowing of it all.
//!
//! | user | e-mail | may act for |
//! | --- | --- | --- |
//! | Nina Costa | `nina@bella-pizza.example` | Bella Pizza: one location, one catalog, one customer list |
//! | Marc Dubois | `marc@dubois-restos.example` | Dubois Restos: 3 locations, 2 account catalogs and one of a location, 2 lists; and Bella Pizza |
//! | Inès Laurent | `ines@grande-chaine.example` | Grande Chaîne: 200 locations, 3 catalogs, 2 lists |
//! | Paul Roux | `paul@suspendu.example` | Chez Paul, suspended for non payment |
//! | Léa Petit | `lea@petit-nouveau.example` | Le Petit Nouveau: one location, nothing else yet |
//! | Kate Miller | `kate@harbor-grill.example` | Harbor Grill in Boston: one location, in dollars, its menu numbered for a PixelPoint till |
//! | Support POS HELPER | `support@poshelper.fr` | nobody so far |
//! | Support Carré POS | `hubrise@carrepos.fr` | nobody so far |
//! | Support SOMM'IT | `contact@somm-it.com` | nobody so far |
//! | Support PixelPoint Bridge | `contact@hubrise.com` | nobody so far |
//!
//! All with an account are its Admin; Marc is a Manager at Bella Pizza. Every client's id is `<slug>-sandbox` and its
//! secret `<slug>-sandbox-secret`; see [`CLIENTS`]. Each is an app as well, with the location scope of [`APP_SCOPES`]
//! and the addresses of the first console given. What a vendor's back office signs its tokens with is [`embed_secret`].

mod cities;
mod customers;
mod harbor_grill;
mod menu;
mod past_orders;
mod people;
mod restaurants;

use crate::{random, state::State};

/// Slugs and names of the registered clients.
pub const CLIENTS: [(&str, &str); 4] = [
    ("pos-helper", "POS HELPER"),
    ("carre-pos", "Carré POS"),
    ("somm-it", "SOMM'IT"),
    ("pixelpoint-bridge", "PixelPoint Bridge"),
];

/// What each app is connected with from HubRise's back office, by slug.
pub const APP_SCOPES: [(&str, &str); 4] = [
    ("pos-helper", "location[orders.write,customer_list.write,catalog.read]"),
    ("carre-pos", "location[orders.write,catalog.write,inventory.write]"),
    ("somm-it", "location[orders.read,catalog.write,inventory.write]"),
    ("pixelpoint-bridge", "location[orders.write,customer_list.read,catalog.read]"),
];

/// What a vendor's back office here shares with the console to sign tokens with, by the vendor's slug: what
/// `vendors.<slug>.embed_secret` is set to. For demonstrations and tests alone: it is no secret of anybody's.
pub fn embed_secret(slug: &str) -> String {
    format!("{slug}-sandbox-embed-secret-for-the-demo")
}

/// The user with the simple account.
pub const NINA: &str = "nina@bella-pizza.example";
/// The user with choices to make.
pub const MARC: &str = "marc@dubois-restos.example";
/// The user with 200 locations.
pub const INES: &str = "ines@grande-chaine.example";
/// The user of the suspended account.
pub const PAUL: &str = "paul@suspendu.example";
/// The user whose location has neither catalog nor customer list.
pub const LEA: &str = "lea@petit-nouveau.example";
/// The user whose restaurant has a PixelPoint till.
pub const KATE: &str = "kate@harbor-grill.example";
/// POS HELPER's support user, without any access.
pub const SUPPORT: &str = "support@poshelper.fr";
/// Carré POS' support user, without any access.
pub const SUPPORT_CARRE: &str = "hubrise@carrepos.fr";
/// SOMM'IT's support user, without any access.
pub const SUPPORT_SOMMIT: &str = "contact@somm-it.com";
/// PixelPoint Bridge's support user, without any access.
pub const SUPPORT_PIXELPOINT: &str = "contact@hubrise.com";
/// Ids, addresses and last names of the three above.
const SUPPORTS: [(&str, &str, &str); 3] = [
    ("s1crr", SUPPORT_CARRE, "Carré POS"),
    ("s2smt", SUPPORT_SOMMIT, "SOMM'IT"),
    ("s3ppb", SUPPORT_PIXELPOINT, "PixelPoint Bridge"),
];

/// Ids of Bella Pizza, the simple account.
pub mod bella {
    /// Account "Bella Pizza".
    pub const ACCOUNT: &str = "3r4s3";
    /// Location "Paris".
    pub const PARIS: &str = "3r4s3-1";
    /// Catalog "Carte 2026".
    pub const CATALOG: &str = "psmlf";
    /// Customer list "Clients Web".
    pub const CUSTOMER_LIST: &str = "xab66";
}

/// Ids of Dubois Restos, the account with choices.
pub mod dubois {
    /// Account "Dubois Restos".
    pub const ACCOUNT: &str = "5k8rd";
    /// Location "Paris Bastille".
    pub const BASTILLE: &str = "5k8rd-1";
    /// Location "Lyon Croix-Rousse".
    pub const CROIX_ROUSSE: &str = "5k8rd-2";
    /// Location "Marseille Vieux-Port".
    pub const VIEUX_PORT: &str = "5k8rd-3";
    /// Account catalog "Carte restaurants".
    pub const CATALOG_RESTAURANTS: &str = "c4tbs";
    /// Account catalog "Carte livraison".
    pub const CATALOG_DELIVERY: &str = "c4tlv";
    /// Catalog "Bar Bastille" of the location Paris Bastille.
    pub const CATALOG_BAR: &str = "c4tbr";
    /// Customer list "Clients Web".
    pub const LIST_WEB: &str = "l8web";
    /// Customer list "Fidélité".
    pub const LIST_LOYALTY: &str = "l8fid";
}

/// Ids of Grande Chaîne, the account with 200 locations (`9x2gc-1` to `9x2gc-200`).
pub mod chain {
    /// Account "Grande Chaîne".
    pub const ACCOUNT: &str = "9x2gc";
    /// Number of its locations.
    pub const LOCATIONS: usize = 200;
    /// Catalog "Carte nationale".
    pub const CATALOG_NATIONAL: &str = "g1nat";
    /// Catalog "Carte livraison".
    pub const CATALOG_DELIVERY: &str = "g1liv";
    /// Catalog "Menu du midi".
    pub const CATALOG_LUNCH: &str = "g1mid";
    /// Customer list "Clients Web".
    pub const LIST_WEB: &str = "g2web";
    /// Customer list "Programme fidélité".
    pub const LIST_LOYALTY: &str = "g2prg";
}

/// Ids of Chez Paul, suspended.
pub mod paul {
    /// Account "Chez Paul".
    pub const ACCOUNT: &str = "7p4ul";
    /// Location "Lille".
    pub const LILLE: &str = "7p4ul-1";
    /// Catalog "Carte".
    pub const CATALOG: &str = "p1crt";
    /// Customer list "Clients".
    pub const CUSTOMER_LIST: &str = "p2cli";
}

/// Ids of Le Petit Nouveau, not furnished yet.
pub mod newcomer {
    /// Account "Le Petit Nouveau".
    pub const ACCOUNT: &str = "2n0uv";
    /// Location "Nantes".
    pub const NANTES: &str = "2n0uv-1";
}

/// Ids of Harbor Grill, whose till is a PixelPoint.
pub mod harbor {
    /// Account "Harbor Grill".
    pub const ACCOUNT: &str = "6h4rb";
    /// Location "Boston".
    pub const BOSTON: &str = "6h4rb-1";
    /// Catalog "Menu 2026".
    pub const CATALOG: &str = "w2men";
    /// Customer list "Web customers".
    pub const CUSTOMER_LIST: &str = "w3cus";
    /// Its customer, Olivia Martin: whom orders of the shape `known_customer` are for.
    pub const CUSTOMER: &str = "zq4k3";
}

/// A state with everything in it. What is created later has other ids each time.
pub(crate) fn sown(consoles: &[String]) -> State {
    let mut state = State::default();
    people::sow(&mut state, consoles);
    restaurants::sow(&mut state);
    customers::sow(&mut state);
    past_orders::sow(&mut state);
    harbor_grill::sow(&mut state);
    state.ids.leap(random::number());
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_things_share_an_id_and_every_owner_exists() {
        let state = sown(&["http://127.0.0.1:8080".to_owned()]);
        let directory = &state.directory;
        let mut ids: Vec<&str> = Vec::new();
        ids.extend(directory.users.iter().map(|one| one.id.as_str()));
        ids.extend(directory.accounts.iter().map(|one| one.id.as_str()));
        ids.extend(directory.locations.iter().map(|one| one.id.as_str()));
        ids.extend(directory.catalogs.iter().map(|one| one.id.as_str()));
        ids.extend(directory.customer_lists.iter().map(|one| one.id.as_str()));
        ids.extend(directory.customers.iter().map(|one| one.id.as_str()));
        ids.extend(state.orders.iter().map(|one| one.id.as_str()));
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        assert!(directory.locations.iter().all(|one| directory.account(&one.account_id).is_some()));
        assert!(directory.catalogs.iter().all(|one| directory.account_of_owner(&one.owner).is_some()));
        assert!(directory.users.iter().all(|user| user.accounts.iter().all(|(id, _)| directory.account(id).is_some())));
        assert_eq!(directory.locations_of(chain::ACCOUNT).len(), chain::LOCATIONS);
        assert!(state.orders.len() >= 3);
        assert!(directory.clients.iter().all(|client| client.app.is_some()), "every scope can be read");
    }
}
