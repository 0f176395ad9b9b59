//! The vendors this server serves: their profiles with the operator's OAuth clients, checked once at start.

use passerelle_hubrise::{ClientSecret, Credentials, Level, OAuth, Scope};
use passerelle_vendors::{Profile, Registry};
use passerelle_wire::ProblemCode;
use std::collections::BTreeMap;

use crate::attempts::Asked;
use crate::config::VendorSettings;
use crate::problem::ApiProblem;

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
}

/// A till with its scope understood.
#[derive(Clone, Debug)]
pub struct ServedTill {
    till: passerelle_vendors::Till,
    /// What it asks for.
    pub scope: Scope,
    /// What that leaves to the console.
    pub asked: Asked,
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
}

impl ServedTill {
    /// Its name in URLs.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.till.id
    }

    /// The name its users know.
    #[must_use]
    pub fn name(&self) -> &passerelle_vendors::Localized {
        &self.till.name
    }

    /// What makes HubRise issue a token of its own.
    #[must_use]
    pub fn device_id(&self) -> Option<&str> {
        self.till.device_id.as_deref()
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
            match (credentials, tills) {
                (Ok(credentials), Ok(tills)) => {
                    let vendor = ServedVendor { profile: profile.clone(), tills, credentials, oauth: oauth.clone() };
                    served.insert(profile.slug.clone(), vendor);
                }
                (credentials, tills) => errors.extend(credentials.err().into_iter().chain(tills.err())),
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
    let variable = |key: &str| format!("PASSERELLE_VENDORS_{}_{key}", slug.replace('-', "_").to_uppercase());
    match (&settings.client_id, &settings.client_secret) {
        (Some(client_id), Some(secret)) => {
            Ok(Credentials { client_id: client_id.clone(), client_secret: ClientSecret::new(secret.expose()) })
        }
        (None, _) => Err(format!("vendors.{slug}.client_id is missing: set {}", variable("CLIENT_ID"))),
        (_, None) => Err(format!("vendors.{slug}.client_secret is missing: set {}", variable("CLIENT_SECRET"))),
    }
}

fn served_till(slug: &str, till: &passerelle_vendors::Till) -> Result<ServedTill, String> {
    let scope: Scope =
        till.scope.parse().map_err(|error| format!("vendor {slug}, till {}: scope: {error}", till.id))?;
    let level: Option<Level> = scope.level();
    let level = level.ok_or_else(|| {
        format!("vendor {slug}, till {}: scope: a till needs resources, not a user's profile", till.id)
    })?;
    let asked = Asked { level, left: scope.left_to_caller() };
    Ok(ServedTill { till: till.clone(), scope, asked })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use passerelle_hubrise::{Http, Limits};

    use super::*;
    use crate::config::Secret;

    fn oauth() -> OAuth {
        OAuth::new(Http::new(Limits::default()).unwrap(), "https://hubrise.test/oauth2/v1".parse().unwrap())
    }

    fn join(vendors: &[(&str, Option<&str>, Option<&str>)]) -> Result<Vendors, Vec<String>> {
        let settings = vendors
            .iter()
            .map(|(slug, id, secret)| {
                let client_id = id.map(str::to_owned);
                ((*slug).to_owned(), VendorSettings { client_id, client_secret: secret.map(Secret::new) })
            })
            .collect();
        Vendors::new(&Registry::built_in().unwrap(), &settings, &oauth())
    }

    #[test]
    fn serves_a_vendor_with_a_client() {
        let vendors = join(&[("pos-helper", Some("id"), Some("secret"))]).unwrap();
        let (vendor, till) = vendors.till("pos-helper", "comptoir").unwrap();
        assert_eq!(vendor.country(), "FR");
        assert!(till.asked.left.location);
        assert!(vendors.till("pos-helper", "nothing").is_err());
        assert!(vendors.get("nobody").is_err());
    }

    #[test]
    fn tells_everything_that_is_missing_at_once() {
        let errors = join(&[("pos-helper", Some("id"), None), ("nobody", None, None)]).unwrap_err();
        assert_eq!(errors.len(), 2, "{errors:?}");
        assert!(errors.iter().any(|error| error.contains("PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET")));
    }

    #[test]
    fn refuses_to_serve_nobody() {
        assert!(join(&[]).unwrap_err()[0].contains("no vendor is served"));
    }
}
