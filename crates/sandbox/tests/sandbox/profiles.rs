//! Signing in with HubRise: the profile scopes, asked for once a user and an application.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    browser::Browser,
    stage::{CLIENT, Stage, TILL},
};
use passerelle_sandbox::seeds::{MARC, NINA};

const PROFILE: &str = "profile_with_email";

#[tokio::test]
async fn a_profile_is_consented_to_once_and_unseen_from_then_on() {
    let stage = Stage::new().await;
    let nina = Browser::new(&stage, "fr");
    let page = nina.authorize(&[("scope", PROFILE), ("state", "one")]).await;
    let page = nina.press(&page, "NCNina Costa", &[]).await;
    assert_eq!(page.heading(), "POS HELPER souhaite accéder à votre profil");
    assert!(page.html.contains("Voir votre nom, votre langue et votre e-mail"));
    let back = nina.press(&page, "Autoriser", &[]).await;
    let first = stage.exchange(&back.parameter("code").unwrap()).await.body;

    let back = nina.authorize(&[("scope", PROFILE), ("state", "two")]).await;
    assert_eq!(back.parameter("state").as_deref(), Some("two"));
    let second = stage.exchange(&back.parameter("code").unwrap()).await.body;
    assert_eq!((&second["user_id"], &second["access_token"]), (&first["user_id"], &first["access_token"]));
}

#[tokio::test]
async fn another_user_another_profile_and_a_revoked_one_are_asked_again() {
    let stage = Stage::new().await;
    let granted = stage.connect(NINA, PROFILE, json!({})).await;
    let marc = Browser::new(&stage, "en");
    let page = marc.authorize(&[("scope", PROFILE)]).await;
    assert_eq!(marc.press(&page, "MDMarc Dubois", &[]).await.heading(), "POS HELPER wishes to access your profile");
    let nina = Browser::new(&stage, "en");
    let page = nina.authorize(&[("scope", "profile")]).await;
    assert_eq!(nina.press(&page, "NCNina Costa", &[]).await.heading(), "POS HELPER wishes to access your profile");
    // A location is chosen anew, however well the user is known.
    assert_eq!(nina.authorize(&[("scope", TILL)]).await.heading(), "POS HELPER wishes to access a location");
    assert_eq!(stage.revoke(&granted.token).await.status, 200);
    assert_eq!(nina.authorize(&[("scope", PROFILE)]).await.heading(), "POS HELPER wishes to access your profile");
}

#[tokio::test]
async fn a_profile_reads_its_user_and_nothing_of_a_location() {
    let stage = Stage::new().await;
    let nina = stage.connect(NINA, PROFILE, json!({})).await;
    let user = nina.get("/user").await.body;
    assert_eq!(
        (&user["email"], &user["first_name"], &user["last_name"]),
        (&json!(NINA), &json!("Nina"), &json!("Costa"))
    );
    assert_eq!(user["id"], nina.granted["user_id"]);
    assert_eq!(user["timezone"]["name"], "Europe/Paris");
    assert!(user["locales"].is_array());
    assert_eq!(nina.get("/location").await.status, 403);
    assert_eq!(nina.granted.get("location_id"), None);
}

#[tokio::test]
async fn an_authorize_run_can_be_made_without_pages() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let id = &till.granted["app_instance_id"];
    let run = |email: &str, id: &Value, scope: Value| {
        let mut body = json!({ "client_id": CLIENT, "email": email, "app_instance_id": id });
        if scope.is_string() {
            body["scope"] = scope;
        }
        stage.control("grant", body)
    };
    for scope in [Value::Null, json!(TILL)] {
        let returned = run(MARC, id, scope).await;
        let again = stage.exchange(returned["code"].as_str().unwrap()).await.body;
        assert_eq!((&again["access_token"], &again["app_instance_id"]), (&till.granted["access_token"], id));
    }
    let denied = json!({ "error": "access_denied" });
    assert_eq!(run("ines@grande-chaine.example", id, Value::Null).await, denied);
    assert_eq!(run(NINA, &json!("zzzzz"), Value::Null).await, denied);

    // Blocked: asked again, and allowing cures it.
    let connection = till.connection_id().await;
    stage.control(&format!("connections/{connection}/block"), json!({})).await;
    let returned = run(NINA, id, json!(TILL)).await;
    assert_eq!(till.get("/location").await.status, 401);
    assert_eq!(stage.exchange(returned["code"].as_str().unwrap()).await.status, 200);
    assert_eq!(till.get("/location").await.status, 200);
    // The same for an account with choices: what was granted before stands selected.
    let picks = json!({ "location": "5k8rd-1", "catalog": "c4tbr", "customer_list": "l8fid" });
    let marcs = stage.connect(MARC, TILL, picks).await;
    stage.control(&format!("connections/{}/block", marcs.connection_id().await), json!({})).await;
    let returned = run(MARC, &marcs.granted["app_instance_id"], json!(TILL)).await;
    let cured = stage.exchange(returned["code"].as_str().unwrap()).await.body;
    assert_eq!(cured, marcs.granted);
    let missing = stage.request(Method::POST, "/_sandbox/grant").json(&json!({ "client_id": CLIENT, "email": NINA }));
    assert_eq!(stage.send(missing).await.body["message"], "a scope is needed");
}
