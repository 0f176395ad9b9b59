//! The vendors this server serves: their profiles with the operator's OAuth clients, checked once at start.

mod logo;

use std::collections::BTreeMap;

use passerelle_hubrise::{ClientSecret, Credentials, Level, OAuth, Scope};
use passerelle_vendors::{Capability, Connects, Localized, Profile, Registry};
use passerelle_wire::ProblemCode;

use crate::attempts::Asked;
use crate::callbacks::Purposes;
use crate::config::{Secret, VendorSettings, variable};
use crate::embed::EmbedKeys;
use crate::problem::ApiProblem;

pub use logo::ServedLogo;

/// A vendor with everything needed to connect its tills.
#[derive(Clone, Debug)]
pub struct ServedVendor {
    /// Its profile.
    pub profile: Profile,
    /// Its tills, in the profile's order.
    pub tills: Vec<ServedTill>,
    /// Its client at HubRise.
    pub credentials: Credentials,
    /// HubRise's OAuth server.
    pub oauth: OAuth,
    till_key: Option<Secret>,
    embed_keys: EmbedKeys,
    embed_origins: Vec<String>,
    logo: ServedLogo,
}

/// A till with its scope understood.
#[derive(Clone, Debug)]
pub struct ServedTill {
    till: passerelle_vendors::Till,
    /// What it asks for.
    pub scope: Scope,
    /// What that leaves to the console.
    pub asked: Asked,
    logo: Option<ServedLogo>,
}

impl ServedVendor {
    /// Its name in URLs.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.profile.slug
    }

    /// ISO 3166-1, two letters.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.profile.country
    }

    /// Who makes its connections.
    #[must_use]
    pub fn connects(&self) -> Connects {
        self.profile.connects
    }

    /// Whether only its support can allow a new connection after one was closed in the console.
    #[must_use]
    pub fn locks(&self) -> bool {
        self.profile.ending.locks
    }

    /// Whether the person HubRise knows by this address belongs to its support. A right to the desk, not to any
    /// connection: that takes a grant.
    #[must_use]
    pub fn is_support(&self, email: &str) -> bool {
        self.profile.support.includes(email)
    }

    /// The identification key its support gives out; there is one whenever one of its tills asks for it.
    #[must_use]
    pub fn till_key(&self) -> Option<&Secret> {
        self.till_key.as_ref()
    }

    /// What verifies the tokens of its back offices' users.
    #[must_use]
    pub fn embed_keys(&self) -> &EmbedKeys {
        &self.embed_keys
    }

    /// The sites that may show its console inside their own pages.
    #[must_use]
    pub fn embed_origins(&self) -> &[String] {
        &self.embed_origins
    }

    /// Whether its product can do that.
    #[must_use]
    pub fn has(&self, capability: Capability) -> bool {
        self.profile.has(capability)
    }

    /// What its connections are told of by HubRise.
    pub(crate) fn purposes(&self) -> Purposes {
        Purposes { orders: self.has(Capability::OrderBridge), stock: self.has(Capability::Inventory) }
    }

    /// Its logo.
    #[must_use]
    pub fn logo(&self) -> &ServedLogo {
        &self.logo
    }
}

impl ServedTill {
    /// Its name in URLs.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.till.id
    }

    /// The name its users know.
    #[must_use]
    pub fn name(&self) -> &Localized {
        &self.till.name
    }

    /// What makes HubRise issue a token of its own.
    #[must_use]
    pub fn device_id(&self) -> Option<&str> {
        self.till.device_id.as_deref()
    }

    /// Why its users cannot connect it, if they cannot.
    #[must_use]
    pub fn disabled(&self) -> Option<&Localized> {
        self.till.disabled.as_ref()
    }

    /// Whether the vendor's identification key is asked for before connecting.
    #[must_use]
    pub fn asks_key(&self) -> bool {
        self.till.asks_key
    }

    /// Its logo, where it has one of its own.
    #[must_use]
    pub fn logo(&self) -> Option<&ServedLogo> {
        self.logo.as_ref()
    }
}

/// All vendors served, by slug.
#[derive(Clone, Debug)]
pub struct Vendors(BTreeMap<String, ServedVendor>);

impl Vendors {
    /// Joins profiles and settings. A profile without settings is not served; everything else that does not fit is an
    /// error, and all errors are told at once.
    pub fn new(
        registry: &Registry,
        settings: &BTreeMap<String, VendorSettings>,
        oauth: &OAuth,
    ) -> Result<Self, Vec<String>> {
        let mut errors = Vec::new();
        let mut served = BTreeMap::new();
        for slug in settings.keys().filter(|slug| registry.get(slug).is_none()) {
            errors.push(format!("vendors.{slug}: there is no profile of this name"));
        }
        for profile in registry {
            let Some(settings) = settings.get(&profile.slug) else { continue };
            let credentials = credentials(&profile.slug, settings);
            let tills: Result<Vec<_>, _> = profile.tills.iter().map(|till| served_till(&profile.slug, till)).collect();
            let till_key = till_key(profile, settings);
            match (credentials, tills, till_key) {
                (Ok(credentials), Ok(tills), Ok(till_key)) => {
                    let logo = ServedLogo::of(&profile.logo);
                    let (profile, oauth) = (profile.clone(), oauth.clone());
                    let embed_keys = EmbedKeys::new(profile.embedding.keys.clone(), settings.embed_secret.clone());
                    let mut embed_origins = profile.embedding.origins.clone();
                    embed_origins.extend(settings.embed_origins.iter().cloned());
                    let vendor =
                        ServedVendor { profile, tills, credentials, oauth, till_key, embed_keys, embed_origins, logo };
                    served.insert(vendor.slug().to_owned(), vendor);
                }
                (credentials, tills, till_key) => {
                    errors.extend([credentials.err(), tills.err(), till_key.err()].into_iter().flatten());
                }
            }
        }
        if served.is_empty() && errors.is_empty() {
            let known = registry.iter().map(|profile| profile.slug.as_str()).collect::<Vec<_>>().join(", ");
            errors.push(format!(
                "no vendor is served: give the OAuth client of one of {known} \
                 (PASSERELLE_VENDORS_<SLUG>_CLIENT_ID and …_CLIENT_SECRET)"
            ));
        }
        if errors.is_empty() { Ok(Self(served)) } else { Err(errors) }
    }

    /// All of them, in order of their slugs.
    pub fn iter(&self) -> impl Iterator<Item = &ServedVendor> {
        self.0.values()
    }

    /// The vendor of this slug.
    pub fn get(&self, slug: &str) -> Result<&ServedVendor, ApiProblem> {
        self.0.get(slug).ok_or_else(|| ApiProblem::of(ProblemCode::VendorUnknown))
    }

    /// A vendor's till.
    pub fn till(&self, vendor: &str, till: &str) -> Result<(&ServedVendor, &ServedTill), ApiProblem> {
        let vendor = self.get(vendor)?;
        let till = vendor.tills.iter().find(|candidate| candidate.id() == till);
        till.map(|till| (vendor, till)).ok_or_else(|| ApiProblem::of(ProblemCode::TillUnknown))
    }
}

fn credentials(slug: &str, settings: &VendorSettings) -> Result<Credentials, String> {
    match (&settings.client_id, &settings.client_secret) {
        (Some(client_id), Some(secret)) => {
            Ok(Credentials { client_id: client_id.clone(), client_secret: ClientSecret::new(secret.expose()) })
        }
        (None, _) => Err(missing(slug, "client_id", "")),
        (_, None) => Err(missing(slug, "client_secret", "")),
    }
}

/// The key, which must be there when a till asks for it: nobody could ever connect that till.
fn till_key(profile: &Profile, settings: &VendorSettings) -> Result<Option<Secret>, String> {
    match (&settings.till_key, profile.tills.iter().find(|till| till.asks_key)) {
        (None, Some(till)) => Err(missing(&profile.slug, "till_key", &format!(" its till `{}` asks for it:", till.id))),
        (key, _) => Ok(key.clone()),
    }
}

fn missing(slug: &str, key: &str, why: &str) -> String {
    let key = format!("vendors.{slug}.{key}");
    format!("{key} is missing:{why} set {}", variable(&key))
}

/// What HubRise's grammar, and our use of it, ask of a till's scope; handed to the reader of profiles.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn scope_rule(scope: &str) -> Result<(), String> {
    understood(scope).map(drop)
}

fn understood(scope: &str) -> Result<(Scope, Level), String> {
    let scope: Scope = scope.parse().map_err(|error| format!("{error}"))?;
    let level = scope.level().ok_or("a till needs resources, not a user's profile")?;
    Ok((scope, level))
}

fn served_till(slug: &str, till: &passerelle_vendors::Till) -> Result<ServedTill, String> {
    let (scope, level) =
        understood(&till.scope).map_err(|fault| format!("vendor {slug}, till {}: scope: {fault}", till.id))?;
    let asked = Asked { level, left: scope.left_to_caller() };
    Ok(ServedTill { logo: till.logo.as_ref().map(ServedLogo::of), till: till.clone(), scope, asked })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests;
