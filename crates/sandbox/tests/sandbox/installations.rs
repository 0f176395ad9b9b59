//! `app_instance_id`: who may see an installation is let through unseen, who may not is refused like for no
//! installation at all.

use serde_json::json;

use super::{
    browser::Browser,
    stage::{Stage, TILL},
};
use passerelle_sandbox::seeds::{MARC, NINA};

#[tokio::test]
async fn a_second_user_of_the_location_passes_without_a_consent_page() {
    let stage = Stage::new().await;
    let nina = stage.connect(NINA, TILL, json!({})).await;
    let id = nina.granted["app_instance_id"].as_str().unwrap();
    let marc = Browser::new(&stage, "en");
    let page = marc.authorize(&[("app_instance_id", id), ("state", "x")]).await;
    let back = marc.press(&page, "MDMarc Dubois", &[]).await;
    assert_eq!(back.parameter("state").as_deref(), Some("x"));
    let token = stage.exchange(&back.parameter("code").unwrap()).await.body;
    assert_eq!(token["access_token"], nina.granted["access_token"]);
    assert_eq!(token["app_instance_id"], id);
    // Signed in by now: nothing at all is shown.
    let back = marc.authorize(&[("app_instance_id", id), ("scope", TILL)]).await;
    assert!(back.parameter("code").is_some());
}

#[tokio::test]
async fn a_stranger_and_an_unknown_installation_are_refused_alike() {
    let stage = Stage::new().await;
    let nina = stage.connect(NINA, TILL, json!({})).await;
    let id = nina.granted["app_instance_id"].as_str().unwrap();
    let mut answers = Vec::new();
    for id in [id, "zzzzz"] {
        let ines = Browser::new(&stage, "en");
        let page = ines.authorize(&[("app_instance_id", id)]).await;
        answers.push(ines.press(&page, "ILInès Laurent", &[]).await.at);
    }
    assert!(answers[0].ends_with("?error=access_denied"), "{answers:?}");
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn what_was_revoked_or_never_granted_is_asked_again() {
    let stage = Stage::new().await;
    let till = stage.connect(MARC, TILL, json!({ "location": "3r4s3-1" })).await;
    let id = till.granted["app_instance_id"].as_str().unwrap();
    let marc = Browser::new(&stage, "en");
    let page = marc.authorize(&[("app_instance_id", id), ("scope", "location[inventory.write]")]).await;
    let page = marc.press(&page, "MDMarc Dubois", &[]).await;
    assert_eq!(page.heading(), "POS HELPER wishes to access a location");
    assert!(page.html.contains("See and change the stock levels"));

    assert_eq!(stage.revoke(&till.token).await.status, 200);
    let page = marc.authorize(&[("app_instance_id", id)]).await;
    assert_eq!(page.heading(), "POS HELPER wishes to access a location");
    assert!(page.html.contains(r#"<option value="3r4s3-1" selected>"#));
}

#[tokio::test]
async fn a_blocked_installation_is_asked_about_again_and_allowing_cures_it() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let id = till.granted["app_instance_id"].as_str().unwrap();
    stage.control(&format!("connections/{}/block", till.connection_id().await), json!({})).await;
    let nina = Browser::new(&stage, "en");
    let page = nina.authorize(&[("app_instance_id", id)]).await;
    let page = nina.press(&page, "NCNina Costa", &[]).await;
    assert_eq!(page.heading(), "POS HELPER wishes to access a location");
    assert_eq!(till.get("/location").await.status, 401);
    let back = nina.press(&page, "Allow", &[]).await;
    let again = stage.exchange(&back.parameter("code").unwrap()).await.body;
    assert_eq!(again["access_token"], till.granted["access_token"]);
    assert_eq!(till.get("/location").await.status, 200);
}

#[tokio::test]
async fn an_installation_of_a_suspended_account_is_explained_not_let_through() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let id = till.granted["app_instance_id"].as_str().unwrap();
    stage.control("accounts/3r4s3/suspend", json!({})).await;
    let nina = Browser::new(&stage, "en");
    let page = nina.authorize(&[("app_instance_id", id)]).await;
    let page = nina.press(&page, "NCNina Costa", &[]).await;
    assert!(page.html.contains("suspended for non payment") && !page.buttons().contains(&"Allow".to_owned()));
}

#[tokio::test]
async fn another_clients_installation_is_refused_like_an_unknown_one() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let id = till.granted["app_instance_id"].as_str().unwrap();
    let query = |id: &str| {
        let callback = "http://127.0.0.1:8080/oauth/callback";
        format!("/oauth2/v1/authorize?client_id=somm-it-sandbox&redirect_uri={callback}&app_instance_id={id}")
    };
    let nina = Browser::new(&stage, "en");
    let page = nina.open(&query(id)).await;
    let foreign = nina.press(&page, "NCNina Costa", &[]).await.at;
    let unknown = nina.open(&query("zzzzz")).await.at;
    assert!(foreign.ends_with("?error=access_denied"), "{foreign}");
    assert_eq!(foreign, unknown);
}
