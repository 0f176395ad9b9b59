//! Who and what exists at this HubRise: clients, users, accounts, locations, catalogs, customer lists, customers.
//! Looks things up; decides no right.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{apps::Registration, roles::Role};

/// An application registered at HubRise.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) name: String,
    pub(crate) redirect_uris: Vec<String>,
    /// What makes it an app, which the back office connects and opens; `None` for a mere client.
    pub(crate) app: Option<Registration>,
}

/// Someone with a HubRise sign-in.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    /// BCP 47 tags, best first.
    pub(crate) locales: Vec<String>,
    /// Account ids with the role held there.
    pub(crate) accounts: Vec<(String, Role)>,
}

impl User {
    /// First and last name.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }

    /// The role held in an account.
    pub(crate) fn role_in(&self, account_id: &str) -> Option<Role> {
        self.accounts.iter().find(|(id, _)| id == account_id).map(|(_, role)| *role)
    }

    /// Whether the user may act for this account.
    pub(crate) fn may_use(&self, account_id: &str) -> bool {
        self.role_in(account_id).is_some()
    }
}

/// A customer of HubRise: one business.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) name: String,
    /// ISO 4217.
    pub(crate) currency: String,
    /// Suspended for non payment of the subscription.
    pub(crate) suspended: bool,
}

/// One place of business of an account.
#[derive(Debug, Clone)]
pub(crate) struct Location {
    pub(crate) id: String,
    pub(crate) account_id: String,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) postal_code: String,
    pub(crate) city: String,
    /// ISO 3166-1, two letters.
    pub(crate) country: String,
    /// IANA name.
    pub(crate) timezone: String,
    /// Minutes.
    pub(crate) preparation_time: u32,
}

/// Whom a catalog or a customer list belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owner {
    Account(String),
    Location(String),
}

/// A menu.
#[derive(Debug, Clone)]
pub(crate) struct Catalog {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) owner: Owner,
    pub(crate) created_at: Timestamp,
    /// The `data` object, with ids.
    pub(crate) data: Value,
}

/// A named set of customers.
#[derive(Debug, Clone)]
pub(crate) struct CustomerList {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) owner: Owner,
    pub(crate) created_at: Timestamp,
}

/// A customer as the API shows them.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) list_id: String,
    pub(crate) fields: Map<String, Value>,
}

/// Everything of the above.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    pub(crate) clients: Vec<Client>,
    pub(crate) users: Vec<User>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) locations: Vec<Location>,
    pub(crate) catalogs: Vec<Catalog>,
    pub(crate) customer_lists: Vec<CustomerList>,
    pub(crate) customers: Vec<Customer>,
}

impl Directory {
    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    pub(crate) fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// E-mail addresses compare without case.
    pub(crate) fn user_by_email(&self, email: &str) -> Option<&User> {
        self.users.iter().find(|user| user.email.eq_ignore_ascii_case(email))
    }

    pub(crate) fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    pub(crate) fn location(&self, id: &str) -> Option<&Location> {
        self.locations.iter().find(|location| location.id == id)
    }

    pub(crate) fn catalog(&self, id: &str) -> Option<&Catalog> {
        self.catalogs.iter().find(|catalog| catalog.id == id)
    }

    pub(crate) fn customer_list(&self, id: &str) -> Option<&CustomerList> {
        self.customer_lists.iter().find(|list| list.id == id)
    }

    /// The accounts a user may act for.
    pub(crate) fn accounts_of(&self, user: &User) -> Vec<&Account> {
        self.accounts.iter().filter(|account| user.may_use(&account.id)).collect()
    }

    /// The locations of an account, in their order.
    pub(crate) fn locations_of(&self, account_id: &str) -> Vec<&Location> {
        self.locations.iter().filter(|location| location.account_id == account_id).collect()
    }

    /// The account an owner belongs to or is.
    pub(crate) fn account_of_owner<'a>(&'a self, owner: &'a Owner) -> Option<&'a str> {
        match owner {
            Owner::Account(id) => Some(id),
            Owner::Location(id) => self.location(id).map(|location| location.account_id.as_str()),
        }
    }

    /// Whether something with this owner can be used by this location: its own, or its account's.
    pub(crate) fn serves(&self, owner: &Owner, location: &Location) -> bool {
        match owner {
            Owner::Account(id) => *id == location.account_id,
            Owner::Location(id) => *id == location.id,
        }
    }

    /// IANA time zone of an owner: the location's, or that of the account's first location.
    pub(crate) fn zone_of(&self, owner: &Owner) -> &str {
        let location = match owner {
            Owner::Location(id) => self.location(id),
            Owner::Account(id) => self.locations.iter().find(|location| location.account_id == *id),
        };
        location.map_or("UTC", |location| location.timezone.as_str())
    }
}
