//! Opening accounts and locations by hand: what the sign-up page, "create a new location" and the little back office
//! do. Names are cut to what HubRise's fields would hold.

use serde_json::json;

use super::{
    State,
    directory::{Account, Catalog, CustomerList, Location, Owner},
    roles::Role,
};

/// Longest name kept, in characters.
const MAX_NAME: usize = 80;

/// A country the forms offer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Country {
    /// ISO 3166-1, two letters.
    pub(crate) code: &'static str,
    pub(crate) fr: &'static str,
    pub(crate) en: &'static str,
    /// ISO 4217.
    currency: &'static str,
    /// IANA name of the capital's zone.
    timezone: &'static str,
}

const fn country(
    code: &'static str,
    fr: &'static str,
    en: &'static str,
    currency: &'static str,
    timezone: &'static str,
) -> Country {
    Country { code, fr, en, currency, timezone }
}

/// The countries the forms offer; France first, as it is the default.
pub(crate) const COUNTRIES: [Country; 12] = [
    country("FR", "France", "France", "EUR", "Europe/Paris"),
    country("BE", "Belgique", "Belgium", "EUR", "Europe/Brussels"),
    country("CH", "Suisse", "Switzerland", "CHF", "Europe/Zurich"),
    country("LU", "Luxembourg", "Luxembourg", "EUR", "Europe/Luxembourg"),
    country("CA", "Canada", "Canada", "CAD", "America/Toronto"),
    country("DE", "Allemagne", "Germany", "EUR", "Europe/Berlin"),
    country("ES", "Espagne", "Spain", "EUR", "Europe/Madrid"),
    country("GB", "Royaume-Uni", "United Kingdom", "GBP", "Europe/London"),
    country("IE", "Irlande", "Ireland", "EUR", "Europe/Dublin"),
    country("IT", "Italie", "Italy", "EUR", "Europe/Rome"),
    country("PT", "Portugal", "Portugal", "EUR", "Europe/Lisbon"),
    country("US", "États-Unis", "United States", "USD", "America/New_York"),
];

/// The country of a code; France for one that is not offered.
pub(crate) fn country_of(code: &str) -> Country {
    COUNTRIES.into_iter().find(|country| country.code.eq_ignore_ascii_case(code)).unwrap_or(COUNTRIES[0])
}

/// A name as it is kept: one line, trimmed, cut.
pub(crate) fn name_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_NAME).collect()
}

impl State {
    /// Opens an account owned by a user; answers its id.
    pub(crate) fn open_account(&mut self, user_id: &str, name: &str, country: Country) -> String {
        let id = self.ids.next();
        let currency = country.currency.to_owned();
        self.directory.accounts.push(Account { id: id.clone(), name: name_of(name), currency, suspended: false });
        if let Some(user) = self.directory.users.iter_mut().find(|user| user.id == user_id) {
            user.accounts.push((id.clone(), Role::Admin));
        }
        id
    }

    /// Opens a location in an account; answers its id (`<account>-<n>`).
    pub(crate) fn open_location(&mut self, account_id: &str, name: &str, country: Country) -> String {
        let id = format!("{account_id}-{}", self.directory.locations_of(account_id).len() + 1);
        self.directory.locations.push(Location {
            id: id.clone(),
            account_id: account_id.to_owned(),
            name: name_of(name),
            address: String::new(),
            postal_code: String::new(),
            city: name_of(name),
            country: country.code.to_owned(),
            timezone: country.timezone.to_owned(),
            preparation_time: 15,
        });
        id
    }

    /// Creates an empty catalog; answers its id.
    pub(crate) fn create_catalog(&mut self, owner: Owner, name: &str) -> String {
        let (id, created_at) = (self.ids.next(), self.clock.now());
        let data = json!({
            "variants": [], "categories": [], "products": [], "option_lists": [],
            "deals": [], "discounts": [], "charges": [],
        });
        self.directory.catalogs.push(Catalog { id: id.clone(), name: name_of(name), owner, created_at, data });
        id
    }

    /// Creates an empty customer list; answers its id.
    pub(crate) fn create_customer_list(&mut self, owner: Owner, name: &str) -> String {
        let (id, created_at) = (self.ids.next(), self.clock.now());
        self.directory.customer_lists.push(CustomerList { id: id.clone(), name: name_of(name), owner, created_at });
        id
    }
}
