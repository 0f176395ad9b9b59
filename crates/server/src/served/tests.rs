//! What is served from which settings, and what keeps the server from starting.

use passerelle_hubrise::{Http, Limits};
use passerelle_vendors::Capability;

use super::*;
use crate::config::Secret;

fn oauth() -> OAuth {
    OAuth::new(Http::new(Limits::default()).unwrap(), "https://hubrise.test/oauth2/v1".parse().unwrap())
}

/// Slug, client id, client secret, till key.
type Given<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a str>);

fn join(vendors: &[Given<'_>]) -> Result<Vendors, Vec<String>> {
    let settings = vendors
        .iter()
        .map(|(slug, id, secret, key)| {
            let (client_id, client_secret) = (id.map(str::to_owned), secret.map(Secret::new));
            ((*slug).to_owned(), {
                let till_key = key.map(Secret::new);
                VendorSettings { client_id, client_secret, till_key, ..VendorSettings::default() }
            })
        })
        .collect();
    Vendors::new(&Registry::load(None, scope_rule).unwrap(), &settings, &oauth())
}

#[test]
fn serves_a_vendor_with_a_client() {
    let vendors = join(&[("pos-helper", Some("id"), Some("secret"), None)]).unwrap();
    let (vendor, till) = vendors.till("pos-helper", "comptoir").unwrap();
    assert_eq!((vendor.country(), vendor.connects(), vendor.locks()), ("FR", Connects::SelfService, false));
    assert!(till.asked.left.location && till.disabled().is_none() && !till.asks_key());
    assert!(vendor.is_support("Support@PosHelper.fr") && !vendor.is_support("nina@bella-pizza.example"));
    assert!(vendors.till("pos-helper", "nothing").is_err());
    assert!(vendors.get("nobody").is_err());
}

#[test]
fn every_built_in_vendor_can_be_served_with_its_own_ways() {
    let every = ["carre-pos", "pixelpoint-bridge", "pos-helper", "somm-it"];
    let vendors = join(&every.map(|slug| (slug, Some("id"), Some("secret"), Some("cave-2026")))).unwrap();
    let ways: Vec<_> = vendors.iter().map(|vendor| (vendor.slug(), vendor.connects(), vendor.locks())).collect();
    assert_eq!(
        ways,
        [
            ("carre-pos", Connects::Support, false),
            ("pixelpoint-bridge", Connects::Hubrise, false),
            ("pos-helper", Connects::SelfService, false),
            ("somm-it", Connects::SelfService, true),
        ]
    );
    assert!(vendors.get("carre-pos").unwrap().has(Capability::Inventory));
    assert!(vendors.get("pixelpoint-bridge").unwrap().has(Capability::OrderBridge));
    assert!(!vendors.get("pos-helper").unwrap().has(Capability::OrderBridge));
    let (cellar, zelty) = vendors.till("somm-it", "zelty").unwrap();
    assert!(zelty.asks_key() && cellar.till_key().is_some_and(|key| key.expose() == "cave-2026"));
    assert!(!format!("{cellar:?}").contains("cave-2026"), "a key is masked wherever a vendor is printed");
    let (_, closed) = vendors.till("somm-it", "laddition").unwrap();
    assert!(closed.disabled().is_some() && !closed.asks_key());
    for vendor in vendors.iter() {
        let versions = vendor.tills.iter().filter_map(ServedTill::logo).chain([vendor.logo()]).map(ServedLogo::version);
        let distinct: std::collections::BTreeSet<&str> = versions.clone().collect();
        assert_eq!(distinct.len(), versions.count(), "{}: each logo is its own", vendor.slug());
    }
}

#[test]
fn tells_everything_that_is_missing_at_once() {
    let errors = join(&[
        ("pos-helper", Some("id"), None, None),
        ("nobody", None, None, None),
        ("somm-it", None, Some("secret"), None),
    ])
    .unwrap_err();
    let all = errors.join("\n");
    assert_eq!(errors.len(), 4, "{all}");
    for told in [
        "PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET",
        "vendors.nobody: there is no profile of this name",
        "PASSERELLE_VENDORS_SOMM_IT_CLIENT_ID",
        "vendors.somm-it.till_key is missing: its till `zelty` asks for it: set PASSERELLE_VENDORS_SOMM_IT_TILL_KEY",
    ] {
        assert!(all.contains(told), "{told} not in\n{all}");
    }
}

#[test]
fn refuses_to_serve_nobody() {
    assert!(join(&[]).unwrap_err()[0].contains("no vendor is served"));
}

#[test]
fn a_scope_is_one_that_hubrise_understands_and_a_till_can_use() {
    assert_eq!(scope_rule("location[orders.write]"), Ok(()));
    for (scope, told) in [("profile_with_email", "a till needs resources"), ("location[orders.fly]", "")] {
        let fault = scope_rule(scope).unwrap_err();
        assert!(fault.contains(told), "{scope}: {fault}");
    }
}
