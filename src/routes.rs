//! The site map: every address of the app, as one enum, and which entry page each belongs to. Owns parsing and writing
//! them; the pages are named in `entry`. The server chooses the entry page by the same rules (`server/src/app_files`).

use crate::logic::query;

/// Where the reader is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// `/`: which vendor?
    Vendors,
    /// `/{vendor}`: what it is, what flows, and the way on.
    Vendor {
        /// The vendor's slug.
        vendor: String,
    },
    /// `/{vendor}/{till}`: connect, or what is connected.
    Till {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
    },
    /// `/{vendor}/{till}/choose`: location, catalog and customer list.
    Choose {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
    },
    /// Below `/{vendor}/{till}`: what goes between this till and HubRise.
    Bridge {
        /// The vendor's slug.
        vendor: String,
        /// The till's id.
        till: String,
        /// Which of its pages.
        part: Part,
    },
    /// `/{vendor}/hubrise/connect`: HubRise's **Connect** sends the browser here, with a code nobody here asked for.
    Arrival {
        /// The vendor's slug.
        vendor: String,
    },
    /// `/{vendor}/hubrise/open`: HubRise's **Open** sends the browser here, with the installation's id.
    Opened {
        /// The vendor's slug.
        vendor: String,
    },
    /// `/{vendor}/desk`: the support's view of every connection.
    Desk {
        /// The vendor's slug.
        vendor: String,
    },
    /// `/{vendor}/account`: who is signed in, and where.
    Account {
        /// The vendor's slug.
        vendor: String,
    },
    /// `/oauth/callback`: HubRise sends the browser back here.
    Callback,
    /// Any other address.
    Missing,
}

/// A page of a connected till beside its connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// `…/configuration`: its API token, and how orders are to reach it.
    Configuration,
    /// `…/operations`: what came, and what became of it.
    Operations,
    /// `…/operations/{id}`: one of them, with all that was said.
    Operation(String),
    /// `…/operations/{id}/exchanges/{exchange}`: one request of it and its answer.
    Exchange {
        /// The operation's id.
        operation: String,
        /// The exchange's id.
        exchange: String,
    },
    /// `…/menu`: what of the catalog it would not take.
    Menu,
    /// `…/stock`: what the till has, and what HubRise holds.
    Stock,
}

impl Part {
    /// Its end of the path.
    fn path(&self) -> String {
        match self {
            Self::Configuration => "configuration".to_owned(),
            Self::Operations => "operations".to_owned(),
            Self::Operation(id) => format!("operations/{}", query::encode(id)),
            Self::Exchange { operation, exchange } => {
                format!("operations/{}/exchanges/{}", query::encode(operation), query::encode(exchange))
            }
            Self::Menu => "menu".to_owned(),
            Self::Stock => "stock".to_owned(),
        }
    }
}

/// One of the pages the server sends; each has a program of its own, with its own share of the addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// `index.html`.
    Console,
    /// `welcome.html`.
    Welcome,
    /// `returning.html`.
    Returning,
    /// `office.html`.
    Office,
    /// `bridge.html`.
    Bridge,
    /// `operation.html`.
    Operation,
    /// `exchange.html`.
    Exchange,
    /// `setup.html`.
    Setup,
    /// `stock.html`.
    Stock,
}

/// What [`Site::Callback`] is at; registered at HubRise as the redirect URI.
pub const CALLBACK: &str = "/oauth/callback";

/// What no vendor may be called.
const RESERVED_VENDORS: [&str; 2] = ["oauth", "api"];

/// What no till may be called, beside the words that are addresses themselves.
const RESERVED_TILLS: [&str; 4] = ["hubrise", "choose", "oauth", "api"];

impl Site {
    /// Reads a path such as `location.pathname`.
    pub fn parse(path: &str) -> Self {
        if path.trim_end_matches('/') == CALLBACK {
            return Self::Callback;
        }
        let mut parts = Vec::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let part = query::decode(part);
            if part.is_empty() || part == "." || part == ".." || part.contains('/') {
                return Self::Missing;
            }
            parts.push(part);
        }
        let mut parts = parts.into_iter();
        let Some(vendor) = parts.next() else { return Self::Vendors };
        let (second, third, fourth) = (parts.next(), parts.next(), parts.next());
        let (fifth, sixth) = (parts.next(), parts.next());
        if parts.next().is_some() || RESERVED_VENDORS.contains(&vendor.as_str()) {
            return Self::Missing;
        }
        let Some(till) = second else { return Self::Vendor { vendor } };
        if let Some(fifth) = fifth {
            return match (till.as_str(), third.as_deref(), fourth, fifth.as_str(), sixth) {
                ("desk" | "account", ..) => Self::Missing,
                (reserved, ..) if RESERVED_TILLS.contains(&reserved) => Self::Missing,
                (_, Some("operations"), Some(operation), "exchanges", Some(exchange)) => {
                    Self::Bridge { vendor, till, part: Part::Exchange { operation, exchange } }
                }
                _ => Self::Missing,
            };
        }
        match (till.as_str(), third.as_deref(), fourth) {
            ("desk", None, _) => Self::Desk { vendor },
            ("account", None, _) => Self::Account { vendor },
            ("hubrise", Some("connect"), None) => Self::Arrival { vendor },
            ("hubrise", Some("open"), None) => Self::Opened { vendor },
            ("desk" | "account", ..) => Self::Missing,
            (reserved, ..) if RESERVED_TILLS.contains(&reserved) => Self::Missing,
            (_, None, _) => Self::Till { vendor, till },
            (_, Some("choose"), None) => Self::Choose { vendor, till },
            (_, Some("configuration"), None) => Self::Bridge { vendor, till, part: Part::Configuration },
            (_, Some("operations"), None) => Self::Bridge { vendor, till, part: Part::Operations },
            (_, Some("operations"), Some(id)) => Self::Bridge { vendor, till, part: Part::Operation(id) },
            (_, Some("menu"), None) => Self::Bridge { vendor, till, part: Part::Menu },
            (_, Some("stock"), None) => Self::Bridge { vendor, till, part: Part::Stock },
            _ => Self::Missing,
        }
    }

    /// The path to put into a link.
    pub fn path(&self) -> String {
        let (vendor, rest) = match self {
            Self::Vendors | Self::Missing => return "/".to_owned(),
            Self::Callback => return CALLBACK.to_owned(),
            Self::Vendor { vendor } => (vendor, ""),
            Self::Till { vendor, till } => return format!("/{}/{}", query::encode(vendor), query::encode(till)),
            Self::Choose { vendor, till } => {
                return format!("/{}/{}/choose", query::encode(vendor), query::encode(till));
            }
            Self::Bridge { vendor, till, part } => {
                return format!("/{}/{}/{}", query::encode(vendor), query::encode(till), part.path());
            }
            Self::Arrival { vendor } => (vendor, "/hubrise/connect"),
            Self::Opened { vendor } => (vendor, "/hubrise/open"),
            Self::Desk { vendor } => (vendor, "/desk"),
            Self::Account { vendor } => (vendor, "/account"),
        };
        format!("/{}{rest}", query::encode(vendor))
    }

    /// The vendor this address is about, if it names one.
    pub fn vendor(&self) -> Option<&str> {
        match self {
            Self::Vendor { vendor }
            | Self::Till { vendor, .. }
            | Self::Choose { vendor, .. }
            | Self::Bridge { vendor, .. }
            | Self::Arrival { vendor }
            | Self::Opened { vendor }
            | Self::Desk { vendor }
            | Self::Account { vendor } => Some(vendor),
            Self::Vendors | Self::Callback | Self::Missing => None,
        }
    }

    /// The till this address is about, if it names one.
    pub fn till(&self) -> Option<&str> {
        match self {
            Self::Till { till, .. } | Self::Choose { till, .. } | Self::Bridge { till, .. } => Some(till),
            _ => None,
        }
    }

    /// The entry page it belongs to. [`Site::Missing`] belongs to whichever the server sends for it.
    pub fn entry(&self) -> Option<Entry> {
        match self {
            Self::Till { .. } => Some(Entry::Console),
            Self::Vendors | Self::Vendor { .. } => Some(Entry::Welcome),
            Self::Choose { .. } | Self::Arrival { .. } | Self::Opened { .. } | Self::Callback => Some(Entry::Returning),
            Self::Desk { .. } | Self::Account { .. } => Some(Entry::Office),
            Self::Bridge { part: Part::Operations, .. } => Some(Entry::Bridge),
            Self::Bridge { part: Part::Operation(_), .. } => Some(Entry::Operation),
            Self::Bridge { part: Part::Exchange { .. }, .. } => Some(Entry::Exchange),
            Self::Bridge { part: Part::Configuration | Part::Menu, .. } => Some(Entry::Setup),
            Self::Bridge { part: Part::Stock, .. } => Some(Entry::Stock),
            Self::Missing => None,
        }
    }

    /// Whether going from a page of `entry` to this address, a path with or without a query, means loading another page.
    pub fn is_elsewhere(url: &str, entry: Entry) -> bool {
        Self::parse(query::path_of(url)).entry().is_some_and(|its| its != entry)
    }
}

#[cfg(test)]
#[path = "routes_tests.rs"]
mod tests;
