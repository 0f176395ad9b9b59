//! The consent page, walked through as a person would.

use serde_json::json;

use super::{
    browser::Browser,
    stage::{CALLBACK, COUNTER, Stage, TILL},
};

#[tokio::test]
async fn nina_connects_with_one_press_as_there_is_nothing_to_choose() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "fr-FR,fr;q=0.9,en;q=0.5");
    let page = browser.authorize(&[("scope", TILL), ("state", "é&=?#")]).await;
    assert_eq!((page.status, page.heading().as_str()), (200, "Connectez-vous à HubRise"));
    assert!(page.html.contains(r#"<html lang="fr">"#));

    let page = browser.press(&page, "NCNina Costa", &[]).await;
    assert_eq!(page.heading(), "POS HELPER souhaite accéder à un point de vente");
    assert_eq!(page.label("location").as_deref(), Some("Point de vente"));
    assert_eq!(page.options("location"), ["Paris"]);
    for right in
        ["Voir, créer et modifier les commandes", "Voir et modifier les clients d&#39;une liste", "Voir un catalogue"]
    {
        assert!(page.html.contains(right) || page.html.contains(&right.replace("&#39;", "'")), "{right}");
    }
    assert!(page.buttons().ends_with(&["Refuser".to_owned(), "Autoriser".to_owned()]), "{:?}", page.buttons());
    assert!(!page.html.contains("Suivant"));

    let back = browser.press(&page, "Autoriser", &[]).await;
    assert_eq!((back.status, back.at.split('?').next()), (303, Some(CALLBACK)));
    assert_eq!(back.parameter("state").as_deref(), Some("é&=?#"));
    let token = stage.exchange(&back.parameter("code").unwrap()).await;
    assert_eq!(token.status, 200);
    let mut body = token.body;
    for random in ["access_token", "app_instance_id"] {
        assert!(body.as_object_mut().unwrap().remove(random).unwrap().as_str().unwrap().len() >= 5);
    }
    let wanted = json!({
        "token_type": "Bearer",
        "account_id": "3r4s3", "account_name": "Bella Pizza",
        "location_id": "3r4s3-1", "location_name": "Paris",
        "catalog_id": "psmlf", "catalog_name": "Carte 2026",
        "customer_list_id": "xab66", "customer_list_name": "Clients Web",
    });
    assert_eq!(body, wanted);
}

#[tokio::test]
async fn marc_chooses_a_location_and_after_next_a_catalog_and_a_list() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", TILL), ("state", "s")]).await;
    let page = browser.press(&page, "Sign in", &[("email", "MARC@dubois-restos.example")]).await;
    assert_eq!(page.heading(), "POS HELPER wishes to access a location");
    assert_eq!(page.label("location").as_deref(), Some("Location"));
    let locations = ["Choose a location", "Paris", "Paris Bastille", "Lyon Croix-Rousse", "Marseille Vieux-Port"];
    assert_eq!(page.options("location"), locations);
    assert!(page.html.contains("You choose it after Next."));
    assert!(page.buttons().ends_with(&["Deny".to_owned(), "Next".to_owned()]), "{:?}", page.buttons());

    let same = browser.press(&page, "Next", &[]).await;
    assert_eq!(same.status, 422);
    assert!(same.html.contains("Choose first what to connect."));

    let page = browser.press(&page, "Next", &[("location", "5k8rd-1")]).await;
    assert!(page.at.ends_with("?step=choices&place=5k8rd-1"), "{}", page.at);
    assert_eq!(page.label("catalog").as_deref(), Some("Catalog"));
    assert_eq!(page.label("customer_list").as_deref(), Some("Customer list"));
    let catalogs = ["Carte restaurants", "Carte livraison", "Bar Bastille"];
    assert_eq!(page.options("catalog"), catalogs);
    assert_eq!(page.options("customer_list"), ["Clients Web", "Fidélité"]);

    let back = browser.press(&page, "Allow", &[("catalog", "c4tbr"), ("customer_list", "l8fid")]).await;
    let token = stage.exchange(&back.parameter("code").unwrap()).await.body;
    let chosen = (&token["location_id"], &token["catalog_name"], &token["customer_list_id"]);
    assert_eq!(chosen, (&json!("5k8rd-1"), &json!("Bar Bastille"), &json!("l8fid")));

    // The same location again: the page starts from what is connected now.
    let page = browser.authorize(&[("scope", TILL), ("state", "s")]).await;
    let page = browser.press(&page, "Next", &[("location", "5k8rd-1")]).await;
    let back = browser.press(&page, "Allow", &[]).await;
    let again = stage.exchange(&back.parameter("code").unwrap()).await.body;
    assert_eq!(again, token);
}

#[tokio::test]
async fn a_location_without_choices_passes_through_next_without_drop_downs() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", TILL)]).await;
    let page = browser.press(&page, "MDMarc Dubois", &[]).await;
    let page = browser.press(&page, "Next", &[("location", "3r4s3-1")]).await;
    assert!(page.options("catalog").is_empty() && page.options("customer_list").is_empty());
    assert!(page.html.contains("<dd>Carte 2026</dd>"));
    let back = browser.press(&page, "Allow", &[]).await;
    assert!(back.parameter("code").is_some());
    assert_eq!(back.parameter("state"), None);
}

#[tokio::test]
async fn an_account_is_picked_at_account_level_and_nothing_else() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "fr");
    let page = browser.authorize(&[("scope", COUNTER), ("device_id", "comptoir")]).await;
    let page = browser.press(&page, "MDMarc Dubois", &[]).await;
    assert_eq!(page.heading(), "POS HELPER souhaite accéder à un compte");
    assert_eq!(page.label("account").as_deref(), Some("Compte"));
    assert_eq!(page.options("account"), ["Choisissez un compte", "Bella Pizza", "Dubois Restos"]);
    assert!(page.html.contains("Dans tous les points de vente du compte"));
    let back = browser.press(&page, "Autoriser", &[("account", "5k8rd")]).await;
    let token = stage.exchange(&back.parameter("code").unwrap()).await.body;
    assert_eq!(token["account_name"], "Dubois Restos");
    for absent in ["location_id", "catalog_id", "customer_list_id", "user_id", "scope"] {
        assert_eq!(token.get(absent), None, "{absent}");
    }
}

#[tokio::test]
async fn one_catalog_of_a_whole_account_is_told_apart_by_its_location() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", "account[catalog.read]")]).await;
    let page = browser.press(&page, "MDMarc Dubois", &[]).await;
    let page = browser.press(&page, "Next", &[("account", "5k8rd")]).await;
    assert_eq!(page.options("catalog"), ["Carte restaurants", "Carte livraison", "Bar Bastille (Paris Bastille)"]);
    let back = browser.press(&page, "Allow", &[("catalog", "c4tbr")]).await;
    let token = stage.exchange(&back.parameter("code").unwrap()).await.body;
    assert_eq!((&token["catalog_id"], token.get("location_id")), (&json!("c4tbr"), None));
}

#[tokio::test]
async fn denying_needs_no_choice_and_says_access_denied() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "fr");
    let page = browser.authorize(&[("scope", TILL), ("state", "abc")]).await;
    let page = browser.press(&page, "ILInès Laurent", &[]).await;
    assert_eq!(page.options("location").len(), 201);
    let back = browser.press(&page, "Refuser", &[]).await;
    assert_eq!(back.at, format!("{CALLBACK}?error=access_denied&state=abc"));
}

#[tokio::test]
async fn an_answered_page_cannot_be_answered_again_nor_from_another_browser() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", TILL)]).await;
    let page = browser.press(&page, "NCNina Costa", &[]).await;
    let stranger = Browser::new(&stage, "en");
    let elsewhere = stranger.press(&page, "Allow", &[]).await;
    assert_eq!((elsewhere.status, elsewhere.heading().as_str()), (410, "This request is no longer valid"));
    assert_eq!(stranger.open(&page.at).await.status, 410);

    assert!(browser.press(&page, "Allow", &[]).await.parameter("code").is_some());
    assert_eq!(browser.press(&page, "Allow", &[]).await.status, 410);
    assert_eq!(browser.open(&page.at).await.status, 410);
}

#[tokio::test]
async fn a_page_left_open_for_an_hour_has_expired() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", TILL)]).await;
    let page = browser.press(&page, "NCNina Costa", &[]).await;
    stage.advance(3_600).await;
    assert_eq!(browser.press(&page, "Allow", &[]).await.status, 410);
}

#[tokio::test]
async fn a_foreign_choice_is_refused() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = browser.authorize(&[("scope", TILL)]).await;
    let page = browser.press(&page, "NCNina Costa", &[]).await;
    let refused = browser.press(&page, "Allow", &[("location", "5k8rd-1")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("You have no access to this choice."));

    let marc = Browser::new(&stage, "en");
    let page = marc.authorize(&[("scope", TILL)]).await;
    let page = marc.press(&page, "MDMarc Dubois", &[]).await;
    let page = marc.press(&page, "Next", &[("location", "5k8rd-2")]).await;
    let refused = marc.press(&page, "Allow", &[("catalog", "c4tbr")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("This catalog is not available here."));
}

#[tokio::test]
async fn a_suspended_account_is_explained_and_cannot_be_allowed() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "fr");
    let page = browser.authorize(&[("scope", TILL)]).await;
    let page = browser.press(&page, "PRPaul Roux", &[]).await;
    assert!(page.html.contains("suspendu pour défaut de paiement"), "{}", page.html);
    assert_eq!(page.options("location"), ["Lille (suspendu)"]);
    assert!(!page.buttons().contains(&"Autoriser".to_owned()));
    assert_eq!(browser.press(&page, "Refuser", &[]).await.parameter("error").as_deref(), Some("access_denied"));
}
