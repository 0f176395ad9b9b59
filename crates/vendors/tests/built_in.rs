//! The profiles that are part of the program: complete, in both languages, and in their users' own words.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::path::Path;

use passerelle_vendors::{BlockKind, Connects, Direction, Language, Layout, OnBrand, Profile, Registry};

const PROFILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/profiles");

fn any_scope(_scope: &str) -> Result<(), String> {
    Ok(())
}

fn vendor(slug: &str) -> Profile {
    Registry::built_in().unwrap().get(slug).unwrap().clone()
}

/// A setup text's labels, the words its readers see on their screens.
fn labels(blocks: &[passerelle_vendors::Block]) -> Vec<&str> {
    blocks.iter().flat_map(|block| &block.runs).filter(|run| run.bold).map(|run| run.text.as_str()).collect()
}

#[test]
fn every_file_under_profiles_is_built_in_as_it_is() {
    let from_disk = Registry::only(Path::new(PROFILES), any_scope).unwrap();
    assert_eq!(Registry::built_in().unwrap(), from_disk);
    assert_eq!(from_disk.len(), std::fs::read_dir(PROFILES).unwrap().count());
}

#[test]
fn each_has_a_logo_a_setup_text_and_an_overview_of_its_own() {
    let registry = Registry::built_in().unwrap();
    let mut logos = BTreeSet::new();
    for profile in &registry {
        let slug = &profile.slug;
        assert_eq!(profile.brand.on_brand(), Some(OnBrand::White), "{slug}");
        assert!(profile.logo.as_str().contains("<title>"), "{slug}: drawn, not the made-up monogram");
        assert!(logos.insert(profile.logo.as_str()), "{slug}");
        assert!(profile.logo.as_str().contains(&profile.brand.to_string()), "{slug}: in its own colour");
        let kinds = |blocks: &[passerelle_vendors::Block]| blocks.iter().map(|block| block.kind).collect::<Vec<_>>();
        assert_eq!(kinds(&profile.setup.en), kinds(&profile.setup.fr), "{slug}: one text in two languages");
        assert!(kinds(&profile.setup.fr).contains(&BlockKind::Step), "{slug}");
        assert!(!profile.overview.never.is_empty() && !profile.prerequisites.is_empty(), "{slug}");
        assert!(profile.support.includes(&profile.support.email), "{slug}: who is given access may work with it");
    }
}

#[test]
fn pos_helper_is_as_its_users_know_it() {
    let profile = vendor("pos-helper");
    assert_eq!((profile.name.as_str(), profile.country.as_str()), ("POS HELPER", "FR"));
    assert_eq!((profile.connects, profile.layout), (Connects::SelfService, Layout::Page));
    assert_eq!(profile.languages, [Language::Fr, Language::En]);
    assert_eq!(profile.menu_path, ["Ventes", "HUBRISE INTEGRATION"]);
    assert_eq!((profile.support.email.as_str(), profile.support.role.as_str()), ("support@poshelper.fr", "Manager"));
    let tills: Vec<_> = profile.tills.iter().map(|till| (till.id.as_str(), till.device_id.as_deref())).collect();
    assert_eq!(tills, [("caisse", None), ("comptoir", Some("comptoir"))]);
    assert_eq!(profile.till("comptoir").unwrap().scope, profile.tills[1].scope);
    assert_eq!(profile.till("Comptoir"), None);
    for label in ["Ventes", "HUBRISE INTEGRATION", "CONNECTER", "Suivant", "Autoriser", "DÉCONNECTER"] {
        assert!(labels(&profile.setup.fr).contains(&label), "{label}");
    }
}

#[test]
fn carre_pos_is_as_its_users_know_it() {
    let profile = vendor("carre-pos");
    assert_eq!(profile.connects, Connects::Support);
    assert_eq!((profile.support.email.as_str(), profile.support.role.as_str()), ("hubrise@carrepos.fr", "Manager"));
    let needs: Vec<&str> = profile.prerequisites.iter().map(|one| one.what.fr.as_str()).collect();
    assert!(needs[0].contains("version PRO") && needs[1].contains("Carré POS Cloud"), "{needs:?}");
    assert!(profile.prerequisites.iter().all(|one| one.otherwise.fr == "Contactez l'éditeur de Carré POS."));
    for label in ["HubRise", "Configuration", "Informations de connexion", "CONFIGURATION", "Permissions", "+"] {
        assert!(labels(&profile.setup.fr).contains(&label), "{label}");
    }
}

#[test]
fn somm_it_is_as_its_users_know_it() {
    let profile = vendor("somm-it");
    assert_eq!((profile.connects, profile.layout), (Connects::SelfService, Layout::Cards));
    assert_eq!(profile.menu_path, ["Paramètres", "DONNÉES", "Caisse enregistreuse"]);
    let ending = &profile.ending;
    assert_eq!(
        (ending.label.fr.as_str(), ending.title.fr.as_str(), ending.confirm.fr.as_str(), ending.locks),
        ("Déconnexion", "Supprimer la connexion", "Oui", true)
    );
    assert!(profile.tills.iter().all(|till| till.logo.is_some() && !till.scope.contains("customer_list")));
    assert!(profile.till("zelty").unwrap().asks_key);
    assert!(profile.till("laddition").unwrap().disabled.is_some());
    let plain = profile.till("tiller").unwrap();
    assert!(!plain.asks_key && plain.disabled.is_none());
    for label in ["Paramètres", "Caisse enregistreuse", "Connecter", "Détails", "Supprimer la connexion", "Oui"] {
        assert!(labels(&profile.setup.fr).contains(&label), "{label}");
    }
}

#[test]
fn pixelpoint_bridge_is_as_its_users_know_it() {
    let profile = vendor("pixelpoint-bridge");
    assert_eq!(profile.connects, Connects::Hubrise);
    assert!(profile.overview.flows.iter().all(|flow| flow.direction == Direction::ToTill), "push only");
    assert_eq!(profile.overview.never.len(), 2, "neither the menu nor the till's orders");
    assert_eq!(profile.overview.price.fr, "Inclus dans votre abonnement HubRise");
    assert!(profile.prerequisites[0].what.fr.contains("12.3 ou supérieure"));
}
