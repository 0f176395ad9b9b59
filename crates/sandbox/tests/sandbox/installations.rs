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
