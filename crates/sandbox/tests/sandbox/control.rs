//! The control page and calls, starting and stopping.

use passerelle_sandbox::{
    Options, Sandbox,
    seeds::{MARC, NINA},
};
use reqwest::Method;
use serde_json::json;

use super::{
    browser::Browser,
    stage::{COUNTER, Stage, TILL},
};

#[tokio::test]
async fn the_page_lists_connections_and_its_buttons_work() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let browser = Browser::new(&stage, "en");
    let page = browser.open("/_sandbox").await;
    assert_eq!(page.heading(), "Sandbox controls");
    for text in ["POS HELPER", "Carte 2026", "Clients Web", "/oauth2/v1/token"] {
        assert!(page.html.contains(text), "{text}");
    }
    assert!(!page.html.contains(&till.token));
    let page = browser.press(&page, "Block", &[]).await;
    assert_eq!((page.at.as_str(), till.get("/location").await.status), ("/_sandbox", 401));
    let page = browser.press(&page, "Unblock", &[]).await;
    assert_eq!(till.get("/location").await.status, 200);
    let page = browser.press(&page, "Apply", &[("target", "api"), ("mode", "fail"), ("times", "1")]).await;
    assert!(page.html.contains("<strong>api</strong>: fail"));
    assert_eq!(till.get("/location").await.status, 500);
    let page = browser.press(&page, "Suspend", &[]).await;
    assert_eq!(till.get("/location").await.body["error_type"], "unauthorized");
    let page = browser.press(&page, "Move the clock on", &[]).await;
    let page = browser.press(&page, "Reset everything", &[]).await;
    assert!(page.html.contains("None. Connect a till"));
    assert_eq!(till.get("/location").await.status, 401);
}

#[tokio::test]
async fn a_grant_is_judged_like_the_consent_page_judges_it() {
    let stage = Stage::new().await;
    let grant = |email: &str, scope: &str, picks: serde_json::Value| {
        let mut body = json!({ "client_id": "pos-helper-sandbox", "email": email, "scope": scope });
        body.as_object_mut().unwrap().extend(picks.as_object().unwrap().clone());
        stage.request(Method::POST, "/_sandbox/grant").json(&body)
    };
    for (email, scope, picks, message) in [
        (MARC, TILL, json!({}), "Choose first what to connect."),
        (MARC, TILL, json!({ "location": "Paris Bastille" }), "Choose a catalog."),
        (MARC, TILL, json!({ "location": "Paris Bastille", "catalog": "Bar Bastille" }), "Choose a customer list."),
        (NINA, TILL, json!({ "location": "Lille" }), "You have no access to this choice."),
        (NINA, COUNTER, json!({ "account": "5k8rd" }), "You have no access to this choice."),
        ("x@y.z", TILL, json!({}), "no user has the e-mail `x@y.z`"),
        (NINA, "menu", json!({}), "`menu` is not a scope"),
    ] {
        let answer = stage.send(grant(email, scope, picks)).await;
        assert_eq!((answer.status, answer.body["message"].as_str()), (422, Some(message)));
    }
    let picks = json!({ "location": "Lyon Croix-Rousse", "catalog": "Carte livraison", "customer_list": "Fidélité" });
    let till = stage.connect(MARC, TILL, picks).await;
    assert_eq!((&till.granted["catalog_id"], &till.granted["location_id"]), (&json!("c4tlv"), &json!("5k8rd-2")));
    let unknown = stage.request(Method::POST, "/_sandbox/connections/none/block");
    assert_eq!(stage.send(unknown).await.status, 404);
}

#[tokio::test]
async fn the_back_office_and_its_assets_are_there() {
    let stage = Stage::new().await;
    let browser = Browser::new(&stage, "fr");
    let page = browser.open("/").await;
    assert_eq!(page.heading(), "Back-office HubRise");
    for text in ["Bella Pizza", "Dubois Restos", "Grande Chaîne", "Chez Paul", "et 195 autres", "bac à sable"] {
        assert!(page.html.contains(text), "{text}");
    }
    assert!(browser.open("/accounts/9x2gc").await.html.contains("Versailles Gare"));
    assert_eq!(browser.open("/accounts/none").await.status, 404);
    assert_eq!(browser.open("/nowhere").await.heading(), "Page introuvable");
    for (path, kind) in [("/style.css", "text/css; charset=utf-8"), ("/icon.svg", "image/svg+xml")] {
        let answer = stage.send(stage.request(Method::GET, path)).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)));
    }
}

#[tokio::test]
async fn it_stops_and_says_why_it_cannot_start() {
    let stage = Stage::new().await;
    let address: std::net::SocketAddr = stage.sandbox.base_url.trim_start_matches("http://").parse().unwrap();
    let options = |consoles: &[&str]| Options {
        listen: address,
        consoles: consoles.iter().map(|one| (*one).to_owned()).collect(),
        quiet: true,
        pixelpoint: None,
        offices: None,
    };
    let taken = Sandbox::start(options(&[])).await.unwrap_err();
    assert!(format!("{taken:#}").contains("is the port in use?"), "{taken:#}");
    let wrong = Sandbox::start(options(&["localhost"])).await.unwrap_err();
    assert!(format!("{wrong:#}").contains("`localhost`"), "{wrong:#}");

    assert_eq!(stage.sandbox.oauth_url(), format!("{}/oauth2/v1", stage.sandbox.base_url));
    assert_eq!(stage.sandbox.api_url(), format!("{}/v1", stage.sandbox.base_url));
    let Stage { sandbox, http } = stage;
    let health = format!("{}/_sandbox/health", sandbox.base_url);
    assert_eq!(http.get(&health).send().await.unwrap().status(), 200);
    sandbox.stop().await;
    assert!(http.get(&health).send().await.unwrap_err().is_connect());
}
