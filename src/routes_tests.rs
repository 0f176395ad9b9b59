//! Every address, there and back.

use super::*;

fn vendor() -> String {
    "pos-helper".into()
}

fn till(vendor: &str, till: &str) -> Site {
    Site::Till { vendor: vendor.into(), till: till.into() }
}

fn all() -> Vec<Site> {
    vec![
        Site::Vendors,
        Site::Vendor { vendor: vendor() },
        till("pos-helper", "caisse"),
        till("été & co", "caisse n°1?"),
        Site::Choose { vendor: vendor(), till: "comptoir".into() },
        Site::Arrival { vendor: vendor() },
        Site::Opened { vendor: vendor() },
        Site::Desk { vendor: vendor() },
        Site::Account { vendor: vendor() },
        Site::Callback,
        bridge(Part::Configuration),
        bridge(Part::Operations),
        bridge(Part::Operation("opé 1".into())),
        bridge(Part::Exchange { operation: "opé 1".into(), exchange: "é 1".into() }),
        bridge(Part::Menu),
        bridge(Part::Stock),
    ]
}

fn bridge(part: Part) -> Site {
    Site::Bridge { vendor: vendor(), till: "caisse".into(), part }
}

#[test]
fn reads_every_address() {
    for (path, site) in [
        ("/", Site::Vendors),
        ("", Site::Vendors),
        ("/pos-helper", Site::Vendor { vendor: vendor() }),
        ("/pos-helper/caisse", till("pos-helper", "caisse")),
        ("/pos-helper/caisse/", till("pos-helper", "caisse")),
        ("/pos-helper/comptoir/choose", Site::Choose { vendor: vendor(), till: "comptoir".into() }),
        ("/pos-helper/caisse/configuration", bridge(Part::Configuration)),
        ("/pos-helper/caisse/operations/", bridge(Part::Operations)),
        ("/pos-helper/caisse/operations/k7", bridge(Part::Operation("k7".into()))),
        (
            "/pos-helper/caisse/operations/k7/exchanges/e1/",
            bridge(Part::Exchange { operation: "k7".into(), exchange: "e1".into() }),
        ),
        ("/pos-helper/caisse/menu", bridge(Part::Menu)),
        ("/pos-helper/caisse/stock", bridge(Part::Stock)),
        ("/pos-helper/hubrise/connect", Site::Arrival { vendor: vendor() }),
        ("/pos-helper/hubrise/open/", Site::Opened { vendor: vendor() }),
        ("/pos-helper/desk", Site::Desk { vendor: vendor() }),
        ("/pos-helper/account", Site::Account { vendor: vendor() }),
        ("/oauth/callback", Site::Callback),
        ("/oauth/callback/", Site::Callback),
        ("/a/b/c", Site::Missing),
        ("/a/b/choose/more", Site::Missing),
        ("/a/b/menu/more", Site::Missing),
        ("/a/b/operations/c/d", Site::Missing),
        ("/a/b/operations/c/exchanges", Site::Missing),
        ("/a/b/operations/c/others/d", Site::Missing),
        ("/a/b/operations/c/exchanges/d/e", Site::Missing),
        ("/a/b/choose/c/exchanges/d", Site::Missing),
    ] {
        assert_eq!(Site::parse(path), site, "{path}");
    }
}

#[test]
fn an_address_survives_writing_and_reading() {
    for site in all() {
        assert_eq!(Site::parse(&site.path()), site);
    }
}

#[test]
fn never_lets_an_address_climb() {
    assert_eq!(Site::parse("/%2e%2e/caisse"), Site::Missing);
    assert_eq!(Site::parse("/a%2Fb/caisse"), Site::Missing);
}

#[test]
fn the_consoles_own_words_are_no_vendor_and_no_till() {
    for path in [
        "/oauth",
        "/oauth/other",
        "/api",
        "/api/v1",
        "/v/hubrise",
        "/v/hubrise/other",
        "/v/hubrise/choose",
        "/v/choose",
        "/v/api",
        "/v/desk/choose",
        "/v/desk/operations",
        "/v/account/configuration",
        "/v/hubrise/operations/1",
        "/v/desk/operations/1/exchanges/2",
        "/v/oauth/operations/1/exchanges/2",
        "/v/account/choose",
    ] {
        assert_eq!(Site::parse(path), Site::Missing, "{path}");
    }
}

#[test]
fn another_entry_is_another_page_to_load() {
    let check = |url: &str, entry, expected| assert_eq!(Site::is_elsewhere(url, entry), expected, "{url} {entry:?}");
    check("/pos-helper/caisse", Entry::Console, false);
    check("/pos-helper/caisse?a=/desk", Entry::Console, false);
    check("/pos-helper/caisse", Entry::Returning, true);
    check("/pos-helper", Entry::Console, true);
    check("/", Entry::Welcome, false);
    check("/oauth/callback", Entry::Returning, false);
    check("/pos-helper/account#top", Entry::Console, true);
    check("/pos-helper/desk?state=failing", Entry::Office, false);
    check("/pos-helper/caisse/operations", Entry::Console, true);
    check("/pos-helper/caisse", Entry::Bridge, true);
    check("/pos-helper/caisse/operations/k7", Entry::Bridge, true);
    check("/pos-helper/caisse/operations/k7/exchanges/e1", Entry::Operation, true);
    check("/pos-helper/caisse/operations/k7/exchanges/e1", Entry::Exchange, false);
    check("/pos-helper/caisse/configuration", Entry::Bridge, true);
    check("/pos-helper/caisse/menu", Entry::Setup, false);
    check("/a/b/c/d", Entry::Office, false);
}

#[test]
fn every_address_but_a_missing_one_has_its_entry() {
    assert!(all().iter().all(|site| site.entry().is_some()));
    assert_eq!(Site::Missing.entry(), None);
}
