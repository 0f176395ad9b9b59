//! CONNECTIONS in the back office, as a restaurant's users see it.

use serde_json::json;

use super::{
    browser::{Browser, Shown},
    stage::{CONSOLE, Stage, TILL},
};
use passerelle_sandbox::seeds::{MARC, NINA, bella, dubois};

const BRIDGE: &str = "pixelpoint-bridge-sandbox";
const NINAS: &str = "/accounts/3r4s3/connections";

/// Opens the page and signs in by pressing the user's button.
async fn signed_in(browser: &Browser<'_>, path: &str, button: &str) -> Shown {
    let door = browser.open(path).await;
    browser.press(&door, button, &[]).await
}

/// Exchanges a code as the app's own server does.
async fn exchanged(stage: &Stage, client: &str, code: &str) -> serde_json::Value {
    let request = stage.request(reqwest::Method::POST, "/oauth2/v1/token");
    let answer = stage.send(request.basic_auth(client, Some(format!("{client}-secret"))).form(&[("code", code)])).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

#[tokio::test]
async fn connect_leads_through_the_consent_to_the_connect_url_with_a_code_and_no_state() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "fr");
    let page = signed_in(&browser, NINAS, "NCNina Costa").await;
    assert!(page.heading().starts_with("Connexions"), "{}", page.heading());
    assert!(page.html.contains("CONNEXIONS") && page.html.contains("Aucune app n'est connectée."));
    // Who is signed in and the only location need not be asked for again.
    let page = browser.press(&page, "Connecter PixelPoint Bridge", &[]).await;
    assert_eq!(page.heading(), "PixelPoint Bridge souhaite accéder à un point de vente");
    assert_eq!(page.options("location"), ["Paris"]);
    let back = browser.press(&page, "Autoriser", &[]).await;
    let wanted = format!("{CONSOLE}/pixelpoint-bridge/hubrise/connect");
    assert_eq!(back.at.split('?').next(), Some(wanted.as_str()));
    assert_eq!(back.parameter("state"), None);
    let granted = exchanged(&stage, BRIDGE, &back.parameter("code").unwrap()).await;
    assert_eq!((&granted["location_id"], &granted["customer_list_id"]), (&json!(bella::PARIS), &json!("xab66")));

    let page = browser.open(NINAS).await;
    let installation = granted["app_instance_id"].as_str().unwrap();
    let open = format!(r#"href="{CONSOLE}/pixelpoint-bridge/hubrise/open?app_instance_id={installation}""#);
    assert!(page.html.contains(&open), "{}", page.html);
    assert!(page.html.contains(r#"<span class="state good">connectée</span>"#));
}

#[tokio::test]
async fn a_denied_connect_says_so_at_the_connect_url() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "en");
    let page = signed_in(&browser, NINAS, "NCNina Costa").await;
    let page = browser.press(&page, "Connect PixelPoint Bridge", &[]).await;
    let back = browser.press(&page, "Deny", &[]).await;
    assert_eq!(back.at, format!("{CONSOLE}/pixelpoint-bridge/hubrise/connect?error=access_denied"));
}

#[tokio::test]
async fn with_several_locations_one_is_chosen_first_and_the_page_is_narrowed_to_it() {
    let stage = Stage::new().await;
    stage
        .connect(MARC, TILL, json!({ "location": dubois::BASTILLE, "catalog": "c4tbr", "customer_list": "l8web" }))
        .await;
    stage.connect(MARC, TILL, json!({ "location": bella::PARIS })).await;
    let browser = Browser::new(&stage, "en");
    let page = signed_in(&browser, "/accounts/5k8rd/connections", "MDMarc Dubois").await;
    let locations = ["All locations", "Paris Bastille", "Lyon Croix-Rousse", "Marseille Vieux-Port"];
    assert_eq!(page.options("location"), locations);
    assert!(page.html.contains(r#"type="submit" disabled>Connect"#));
    assert!(page.html.contains("Bar Bastille") && !page.html.contains("Carte 2026"), "this account's only");

    let page = browser.open("/accounts/5k8rd/connections?location=5k8rd-2").await;
    assert!(page.html.contains("No app is connected.") && !page.html.contains(" disabled>"));
    let page = browser.press(&page, "Connect Carré POS", &[]).await;
    assert!(page.html.contains(r#"<option value="5k8rd-2" selected>"#));
    // Another account's location is not here to be chosen.
    let page = browser.open("/accounts/5k8rd/connections?location=3r4s3-1").await;
    assert!(page.html.contains(r#"type="submit" disabled>Connect"#));
}

#[tokio::test]
async fn an_app_is_blocked_after_a_question_and_unblocked_at_once() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let browser = Browser::new(&stage, "en");
    signed_in(&browser, NINAS, "NCNina Costa").await;
    let question = browser.open(&format!("{NINAS}/{}/block", till.connection_id().await)).await;
    assert!(question.heading().starts_with("Block POS HELPER?"), "{}", question.heading());
    assert_eq!(till.get("/location").await.status, 200, "asking does nothing");
    let page = browser.press(&question, "Confirm", &[]).await;
    assert!(page.html.contains(r#"<span class="state bad">blocked</span>"#));
    assert_eq!(till.get("/location").await.body["message"], "The connection has been blocked");
    browser.press(&page, "Unblock POS HELPER Paris", &[]).await;
    assert_eq!(till.get("/location").await.status, 200);
}

#[tokio::test]
async fn strangers_and_other_sites_get_nowhere() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let id = till.connection_id().await;
    let nobody = Browser::new(&stage, "en");
    assert_eq!(nobody.open(NINAS).await.heading(), "Sign in to HubRise");
    let ines = Browser::new(&stage, "en");
    let page = signed_in(&ines, NINAS, "ILInès Laurent").await;
    assert_eq!((page.status, page.heading().as_str()), (403, "You have no access to this account"));
    assert_eq!(ines.open(&format!("{NINAS}/{id}/disconnect")).await.status, 403);
    // Her own account does not open another's connections either.
    assert_eq!(ines.open(&format!("/accounts/9x2gc/connections/{id}/disconnect")).await.status, 404);
    assert_eq!(ines.post(&format!("/accounts/9x2gc/connections/{id}/disconnect")).await.status, 404);
    assert_eq!(ines.post(&format!("/accounts/9x2gc/connections/{id}/unblock")).await.status, 404);
    for path in ["connect", "x/block", "x/unblock", "x/disconnect"] {
        let request = stage.request(reqwest::Method::POST, &format!("{NINAS}/{path}"));
        assert_eq!(stage.send(request.header("Sec-Fetch-Site", "cross-site")).await.status, 403, "{path}");
    }
    assert_eq!(till.get("/location").await.status, 200);
}

#[tokio::test]
async fn a_manager_connects_but_does_not_disconnect() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let marc = Browser::new(&stage, "en");
    let page = signed_in(&marc, NINAS, "MDMarc Dubois").await;
    assert!(page.html.contains(">Connect<") && page.html.contains(">Block<") && !page.html.contains(">Disconnect<"));
    let path = format!("{NINAS}/{}/disconnect", till.connection_id().await);
    assert_eq!(marc.open(&path).await.heading(), "Admins only");
    assert_eq!(marc.post(&path).await.status, 403);
    assert_eq!(till.get("/location").await.status, 200);
}
