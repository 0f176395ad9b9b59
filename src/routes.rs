//! The site map: every address of the app, as one enum. Owns parsing and writing them; the pages are shown in `app`.

use crate::logic::query;

/// Where the reader is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// `/`: which vendor?
    Vendors,
    /// `/{vendor}`: goes on to its first till.
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
    /// `/oauth/callback`: HubRise sends the browser back here.
    Callback,
    /// Any other address.
    Missing,
}

/// What [`Site::Callback`] is at; registered at HubRise as the redirect URI.
pub const CALLBACK: &str = "/oauth/callback";

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
        match parts.as_slice() {
            [] => Self::Vendors,
            [vendor] => Self::Vendor { vendor: vendor.clone() },
            [vendor, till] => Self::Till { vendor: vendor.clone(), till: till.clone() },
            [vendor, till, last] if last == "choose" => Self::Choose { vendor: vendor.clone(), till: till.clone() },
            _ => Self::Missing,
        }
    }

    /// The path to put into a link.
    pub fn path(&self) -> String {
        match self {
            Self::Vendors | Self::Missing => "/".to_owned(),
            Self::Vendor { vendor } => format!("/{}", query::encode(vendor)),
            Self::Till { vendor, till } => format!("/{}/{}", query::encode(vendor), query::encode(till)),
            Self::Choose { vendor, till } => format!("/{}/{}/choose", query::encode(vendor), query::encode(till)),
            Self::Callback => CALLBACK.to_owned(),
        }
    }

    /// The vendor this address is about, if it names one.
    pub fn vendor(&self) -> Option<&str> {
        match self {
            Self::Vendor { vendor } | Self::Till { vendor, .. } | Self::Choose { vendor, .. } => Some(vendor),
            Self::Vendors | Self::Callback | Self::Missing => None,
        }
    }

    /// The till this address is about, if it names one.
    pub fn till(&self) -> Option<&str> {
        match self {
            Self::Till { till, .. } | Self::Choose { till, .. } => Some(till),
            Self::Vendors | Self::Vendor { .. } | Self::Callback | Self::Missing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn till(vendor: &str, till: &str) -> Site {
        Site::Till { vendor: vendor.into(), till: till.into() }
    }

    #[test]
    fn reads_every_address() {
        assert_eq!(Site::parse("/"), Site::Vendors);
        assert_eq!(Site::parse(""), Site::Vendors);
        assert_eq!(Site::parse("/pos-helper"), Site::Vendor { vendor: "pos-helper".into() });
        assert_eq!(Site::parse("/pos-helper/caisse"), till("pos-helper", "caisse"));
        assert_eq!(Site::parse("/pos-helper/caisse/"), till("pos-helper", "caisse"));
        assert_eq!(
            Site::parse("/pos-helper/comptoir/choose"),
            Site::Choose { vendor: "pos-helper".into(), till: "comptoir".into() }
        );
        assert_eq!(Site::parse("/oauth/callback"), Site::Callback);
        assert_eq!(Site::parse("/oauth/callback/"), Site::Callback);
        assert_eq!(Site::parse("/a/b/c"), Site::Missing);
        assert_eq!(Site::parse("/a/b/choose/more"), Site::Missing);
    }

    #[test]
    fn an_address_survives_writing_and_reading() {
        for site in [
            Site::Vendors,
            Site::Vendor { vendor: "pos-helper".into() },
            till("pos-helper", "caisse"),
            till("été & co", "caisse n°1?"),
            Site::Choose { vendor: "pos-helper".into(), till: "comptoir".into() },
            Site::Callback,
        ] {
            assert_eq!(Site::parse(&site.path()), site);
        }
    }

    #[test]
    fn never_lets_an_address_climb() {
        assert_eq!(Site::parse("/%2e%2e/caisse"), Site::Missing);
        assert_eq!(Site::parse("/a%2Fb/caisse"), Site::Missing);
    }
}
