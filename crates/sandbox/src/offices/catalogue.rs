//! The four back offices. Menu paths and words in French are those of the vendors' documents; what else is in the menus is
//! made up, and says so when it is opened.

use super::vendor::{Entry, Layout, Merchant, Person, Place, Shows, Vendor};
use crate::seeds::{bella, dubois, harbor};

/// All of them.
pub(super) static ALL: [Vendor; 4] = [CARRE_POS, POS_HELPER, SOMM_IT, PIXELPOINT_BRIDGE];

const BELLA: Merchant = Merchant { id: "resto-1", name: "Bella Pizza", account: bella::ACCOUNT };
const DUBOIS: Merchant = Merchant { id: "resto-2", name: "Dubois Restos", account: dubois::ACCOUNT };
const HARBOR: Merchant = Merchant { id: "resto-1", name: "Harbor Grill", account: harbor::ACCOUNT };

const fn manager(name: &'static str) -> Person {
    Person { key: "manager", id: "u-101", name, post: ("gérante", "manager"), role: "manager" }
}

const fn viewer(name: &'static str) -> Person {
    Person { key: "viewer", id: "u-102", name, post: ("salarié", "employee"), role: "viewer" }
}

const fn support(name: &'static str) -> Person {
    Person { key: "support", id: "u-900", name, post: ("support de l'éditeur", "vendor's support"), role: "support" }
}

const fn at(page: &'static str, till: &'static str) -> Place {
    Place { page, till: Some(till) }
}

/// "Sélectionnez **HubRise** > **Configuration**."
const CARRE_POS: Vendor = Vendor {
    slug: "carre-pos",
    name: "Carré POS",
    house: "Carré POS",
    layout: Layout::DropDown,
    home: ("Accueil", "Home"),
    tills: &[("caisse", ("Caisse", "Till"))],
    menu: &[
        Entry::aside("ventes", ("Ventes", "Sales")),
        Entry::aside("produits", ("Produits", "Products")),
        Entry::aside("fidelite", ("Fidélité", "Loyalty")),
        Entry::group(
            "hubrise",
            ("HubRise", "HubRise"),
            &[
                Entry::console("configuration", ("Configuration", "Configuration"), at("connection", "caisse")),
                Entry::console("stocks", ("Stocks", "Stock"), at("stock", "caisse")),
                Entry::aside("catalogue", ("Envoi du catalogue", "Sending the catalog")),
            ],
        ),
        Entry::group(
            "parametres",
            ("Paramètres", "Settings"),
            &[
                Entry::aside("reglages", ("Réglages", "Preferences")),
                Entry::aside("utilisateurs", ("Utilisateurs", "Users")),
            ],
        ),
    ],
    console: &["hubrise", "configuration"],
    second: at("stock", "caisse"),
    merchants: [BELLA, DUBOIS],
    people: [manager("Nina Costa"), viewer("Théo Girard"), support("Support Carré POS")],
};

/// "Dans la barre de menu, cliquez sur **Ventes**, puis sélectionnez l'onglet **HUBRISE INTEGRATION**."
const POS_HELPER: Vendor = Vendor {
    slug: "pos-helper",
    name: "POS HELPER",
    house: "POS HELPER",
    layout: Layout::Tabs,
    home: ("Tableau de bord", "Dashboard"),
    tills: &[("caisse", ("Caisse principale", "Main till")), ("comptoir", ("Caisse du comptoir", "Counter till"))],
    menu: &[
        Entry::group(
            "ventes",
            ("Ventes", "Sales"),
            &[
                Entry::aside("tickets", ("TICKETS", "RECEIPTS")),
                Entry::aside("clotures", ("CLÔTURES", "DAY ENDS")),
                Entry::console(
                    "hubrise-integration",
                    ("HUBRISE INTEGRATION", "HUBRISE INTEGRATION"),
                    at("connection", "caisse"),
                ),
            ],
        ),
        Entry::aside("produits", ("Produits", "Products")),
        Entry::aside("clients", ("Clients", "Customers")),
        Entry::aside("equipe", ("Équipe", "Team")),
    ],
    console: &["ventes", "hubrise-integration"],
    second: at("connection", "comptoir"),
    merchants: [BELLA, DUBOIS],
    people: [manager("Nina Costa"), viewer("Théo Girard"), support("Support POS HELPER")],
};

/// "Dans le menu de gauche, cliquez sur **Paramètres**. […] dans la section **DONNÉES**, cliquez sur **Caisse
/// enregistreuse**."
const SOMM_IT: Vendor = Vendor {
    slug: "somm-it",
    name: "SOMM'IT",
    house: "SOMM'IT",
    layout: Layout::Side,
    home: ("Ma cave", "My cellar"),
    tills: &[
        ("tiller", ("Tiller", "Tiller")),
        ("zelty", ("Zelty", "Zelty")),
        ("laddition", ("L'Addition", "L'Addition")),
    ],
    menu: &[
        Entry::aside("carte", ("Carte des vins", "Wine list")),
        Entry::aside("inventaire", ("Inventaire", "Stock count")),
        Entry::group(
            "parametres",
            ("Paramètres", "Settings"),
            &[
                Entry::group(
                    "etablissement",
                    ("ÉTABLISSEMENT", "ESTABLISHMENT"),
                    &[Entry::aside("profil", ("Profil", "Profile")), Entry::aside("equipe", ("Équipe", "Team"))],
                ),
                Entry::group(
                    "donnees",
                    ("DONNÉES", "DATA"),
                    &[
                        Entry::console(
                            "caisse-enregistreuse",
                            ("Caisse enregistreuse", "Cash register"),
                            Place { page: "overview", till: None },
                        ),
                        Entry::aside("fournisseurs", ("Fournisseurs", "Suppliers")),
                    ],
                ),
            ],
        ),
    ],
    console: &["parametres", "donnees", "caisse-enregistreuse"],
    second: at("connection", "tiller"),
    merchants: [BELLA, DUBOIS],
    people: [manager("Nina Costa"), viewer("Théo Girard"), support("Support SOMM'IT")],
};

/// It has no back office of its own: "PixelPoint Bridge peut être connecté à HubRise depuis le back-office de HubRise."
/// Beside HubRise's list with **OPEN**, the app's pages stand in HubRise's menu (inferred: so that they can be embedded).
const PIXELPOINT_BRIDGE: Vendor = Vendor {
    slug: "pixelpoint-bridge",
    name: "HubRise",
    house: "PixelPoint Bridge",
    layout: Layout::Side,
    home: ("Accueil", "Home"),
    tills: &[("pixelpoint", ("PAR PixelPoint", "PAR PixelPoint"))],
    menu: &[
        Entry { slug: "connexions", words: ("CONNEXIONS", "CONNECTIONS"), shows: Shows::Installations, inner: &[] },
        Entry::console(
            "operations",
            ("PixelPoint : opérations", "PixelPoint: operations"),
            at("operations", "pixelpoint"),
        ),
        Entry::console(
            "connexion",
            ("PixelPoint : connexion", "PixelPoint: connection"),
            at("connection", "pixelpoint"),
        ),
        Entry::console(
            "reglages",
            ("PixelPoint : configuration", "PixelPoint: configuration"),
            at("configuration", "pixelpoint"),
        ),
        Entry::aside("donnees", ("DONNÉES", "DATA")),
        Entry::aside("configuration", ("CONFIGURATION", "SETTINGS")),
    ],
    console: &["operations"],
    second: at("connection", "pixelpoint"),
    merchants: [HARBOR, DUBOIS],
    people: [manager("Kate Miller"), viewer("Tom Baker"), support("Support PixelPoint Bridge")],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn each_console_is_where_the_vendors_document_says() {
        let paths: Vec<_> = ALL.iter().map(|vendor| vendor.console_words(Lang::Fr).join(" > ")).collect();
        assert_eq!(
            paths,
            [
                "HubRise > Configuration",
                "Ventes > HUBRISE INTEGRATION",
                "Paramètres > DONNÉES > Caisse enregistreuse",
                "PixelPoint : opérations",
            ]
        );
        for vendor in &ALL {
            let trail = vendor.trail(&vendor.console.join("/")).unwrap_or_default();
            assert!(matches!(trail.last().map(|entry| entry.shows), Some(Shows::Console(_))), "{}", vendor.slug);
        }
    }

    #[test]
    fn every_vendor_is_a_client_of_hubrise_and_every_account_is_there() {
        let state = crate::seeds::sown(&[]);
        for vendor in &ALL {
            assert!(crate::seeds::CLIENTS.iter().any(|(slug, _)| *slug == vendor.slug));
            assert!(vendor.merchants.iter().all(|one| state.directory.account(one.account).is_some()));
            assert_eq!(vendor.people.each_ref().map(|one| one.role), ["manager", "viewer", "support"]);
        }
    }
}
