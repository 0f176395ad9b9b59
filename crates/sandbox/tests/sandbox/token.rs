//! `/token` and `/revoke`: every way credentials travel, code lifetime, reuse, revocation.

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{CLIENT, SECRET, Stage, TILL};
use passerelle_sandbox::seeds::{MARC, NINA, dubois};

#[tokio::test]
async fn credentials_may_come_in_four_ways() {
    let stage = Stage::new().await;
    let mut tokens = Vec::new();
    for way in ["basic", "form", "query", "json"] {
        let code = stage.code(NINA, TILL, json!({})).await;
        let fields = [("client_id", CLIENT), ("client_secret", SECRET), ("code", &code)];
        let post = |path: &str| stage.request(Method::POST, path);
        let request = match way {
            "basic" => post("/oauth2/v1/token").basic_auth(CLIENT, Some(SECRET)).form(&[
                ("code", code.as_str()),
                ("grant_type", "authorization_code"),
                ("redirect_uri", "https://ignored.example"),
            ]),
            "form" => post("/oauth2/v1/token").form(&fields),
            "query" => post(&format!("/oauth2/v1/token?client_id={CLIENT}&client_secret={SECRET}&code={code}")),
            _ => post("/oauth2/v1/token").json(&json!({ "client_id": CLIENT, "client_secret": SECRET, "code": code })),
        };
        let answer = stage.send(request).await;
        assert_eq!(answer.status, 200, "{way}: {}", answer.body);
        assert_eq!(answer.header("access-control-allow-origin"), None);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        tokens.push(answer.body["access_token"].clone());
    }
    assert!(tokens.iter().all(|token| *token == tokens[0]), "one location, one token");
}

#[tokio::test]
async fn a_wrong_client_is_401_and_does_not_spend_the_code() {
    let stage = Stage::new().await;
    let code = stage.code(NINA, TILL, json!({})).await;
    for (client, secret) in [(CLIENT, "wrong"), ("nobody", SECRET), (CLIENT, "")] {
        let request = stage.request(Method::POST, "/oauth2/v1/token").basic_auth(client, Some(secret));
        let answer = stage.send(request.form(&[("code", &code)])).await;
        assert_eq!((answer.status, &answer.body["error_type"]), (401, &json!("unauthorized")));
    }
    let other =
        stage.request(Method::POST, "/oauth2/v1/token").basic_auth("somm-it-sandbox", Some("somm-it-sandbox-secret"));
    assert_eq!(stage.send(other.form(&[("code", &code)])).await.status, 400);
    assert_eq!(stage.exchange(&code).await.status, 200);
}

#[tokio::test]
async fn a_code_works_once_and_for_ten_minutes() {
    let stage = Stage::new().await;
    stage.freeze().await;
    let code = stage.code(NINA, TILL, json!({})).await;
    stage.advance(599).await;
    assert_eq!(stage.exchange(&code).await.status, 200);
    let used = stage.exchange(&code).await;
    assert_eq!((used.status, &used.body["message"]), (400, &json!("The authorization code has already been used")));

    let code = stage.code(NINA, TILL, json!({})).await;
    stage.advance(600).await;
    let expired = stage.exchange(&code).await;
    assert_eq!((expired.status, &expired.body["message"]), (400, &json!("The authorization code has expired")));
    assert_eq!(stage.exchange("0000").await.status, 400);
    assert_eq!(stage.exchange("").await.status, 400);
}

#[tokio::test]
async fn connecting_again_returns_the_same_token_and_replaces_the_catalog() {
    let stage = Stage::new().await;
    let picks =
        |catalog: &str, list: &str| json!({ "location": dubois::BASTILLE, "catalog": catalog, "customer_list": list });
    let first = stage.connect(MARC, TILL, picks(dubois::CATALOG_RESTAURANTS, dubois::LIST_WEB)).await;
    let second = stage.connect(MARC, TILL, picks(dubois::CATALOG_BAR, dubois::LIST_LOYALTY)).await;
    assert_eq!(first.token, second.token);
    assert_eq!(second.granted["catalog_id"], dubois::CATALOG_BAR);
    assert_eq!(first.get(&format!("/catalogs/{}", dubois::CATALOG_BAR)).await.status, 200);
    let lost = first.get(&format!("/catalogs/{}", dubois::CATALOG_RESTAURANTS)).await;
    assert_eq!((lost.status, &lost.body["error_type"]), (403, &json!("forbidden")));
    assert_eq!(stage.look("connections").await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn another_device_location_or_client_has_a_token_of_its_own() {
    let stage = Stage::new().await;
    let at = |location: &str, device: Value| json!({ "location": location, "catalog": "c4tbs", "customer_list": "l8web", "device_id": device });
    let mut tokens = Vec::new();
    for picks in [
        at(dubois::BASTILLE, Value::Null),
        at(dubois::BASTILLE, json!("2")),
        at(dubois::BASTILLE, json!("3")),
        at(dubois::VIEUX_PORT, Value::Null),
    ] {
        tokens.push(stage.connect(MARC, TILL, picks).await.token);
    }
    tokens.push(stage.connect(MARC, "account[orders.read]", json!({ "account": dubois::ACCOUNT })).await.token);
    tokens.push(stage.connect(MARC, "profile", json!({})).await.token);
    tokens.push(stage.connect(NINA, "profile", json!({})).await.token);
    let distinct: std::collections::HashSet<_> = tokens.iter().collect();
    assert_eq!(distinct.len(), tokens.len());
    let again = stage.connect(MARC, TILL, at(dubois::BASTILLE, json!("2"))).await.token;
    assert_eq!(again, tokens[1]);
}

#[tokio::test]
async fn revoking_kills_the_token_at_once_and_the_next_connection_is_new() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    assert_eq!(till.get("/location").await.status, 200);
    let wrong = stage.request(Method::POST, "/oauth2/v1/revoke").basic_auth(CLIENT, Some("wrong"));
    assert_eq!(stage.send(wrong.form(&[("token", &till.token)])).await.status, 401);
    let foreign = stage
        .request(Method::POST, "/oauth2/v1/revoke")
        .basic_auth("carre-pos-sandbox", Some("carre-pos-sandbox-secret"));
    assert_eq!(stage.send(foreign.form(&[("token", &till.token)])).await.status, 400);
    assert_eq!(till.get("/location").await.status, 200);

    let revoked = stage.revoke(&till.token).await;
    assert_eq!((revoked.status, revoked.body), (200, json!("")));
    assert_eq!(till.get("/location").await.status, 401);
    assert_eq!(stage.revoke(&till.token).await.status, 200, "once more does no harm");
    let fresh = stage.connect(NINA, TILL, json!({})).await;
    assert_ne!(fresh.token, till.token);
    assert_ne!(fresh.granted["app_instance_id"], till.granted["app_instance_id"]);
}
