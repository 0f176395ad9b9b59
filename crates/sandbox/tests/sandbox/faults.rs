//! Faults on request, and the record of what was received.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    browser::Browser,
    stage::{SECRET, Stage, TILL},
};
use passerelle_sandbox::seeds::NINA;

#[tokio::test]
async fn each_mode_breaks_the_api_as_often_as_asked() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let fault = |mode: &str| json!({ "target": "api", "mode": mode, "times": 1 });

    stage.control("faults", fault("fail")).await;
    let failed = till.get("/location").await;
    assert_eq!((failed.status, failed.body), (500, json!({ "error_type": "internal_error" })));
    assert_eq!(till.get("/location").await.status, 200);

    stage.control("faults", fault("nonsense")).await;
    let nonsense = till.get("/location").await;
    assert_eq!(nonsense.status, 200);
    assert!(nonsense.body.as_str().unwrap().contains("It works!"));

    stage.control("faults", fault("rate_limit")).await;
    let limited = till.get("/location").await;
    assert_eq!((limited.status, limited.header("retry-after")), (429, Some("30")));

    stage.control("faults", fault("drop")).await;
    let request = stage.request(Method::GET, "/v1/location").header("X-Access-Token", &till.token);
    assert!(request.send().await.is_err_and(|error| error.status().is_none()), "no answer at all");
    assert_eq!(till.get("/location").await.status, 200);

    stage.control("faults", json!({ "target": "api", "mode": "slow", "delay_ms": 60, "times": 1 })).await;
    let began = Instant::now();
    assert_eq!(till.get("/location").await.status, 200);
    assert!(began.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn targets_are_told_apart_and_none_takes_a_fault_back() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let in_force = stage.control("faults", json!({ "target": "token", "mode": "fail" })).await;
    assert_eq!(in_force, json!([{ "target": "token", "mode": "fail", "delay_ms": 3000, "times": null }]));
    let code = stage.code(NINA, TILL, json!({})).await;
    for _ in 0..3 {
        assert_eq!(stage.exchange(&code).await.status, 500);
    }
    assert_eq!(till.get("/location").await.status, 200);
    stage.control("faults", json!({ "target": "token", "mode": "none" })).await;
    assert_eq!(stage.exchange(&code).await.status, 200, "a failed exchange did not spend the code");

    stage.control("faults", json!({ "target": "revoke", "mode": "fail" })).await;
    assert_eq!(stage.revoke(&till.token).await.status, 500);
    assert_eq!(till.get("/location").await.status, 200);

    stage.control("faults", json!({ "target": "all", "mode": "fail" })).await;
    assert_eq!(till.get("/location").await.status, 500);
    let page = Browser::new(&stage, "fr").authorize(&[("scope", TILL)]).await;
    assert_eq!((page.status, page.heading().as_str()), (500, "Une erreur est survenue"));
    assert_eq!(stage.look("health").await["status"], "ok", "the controls never fail");
    stage.control("faults", json!({ "target": "all", "mode": "none" })).await;
    assert_eq!(stage.revoke(&till.token).await.status, 200);
}

#[tokio::test]
async fn a_fault_nobody_knows_is_refused() {
    let stage = Stage::new().await;
    for wrong in [
        json!({ "target": "moon", "mode": "fail" }),
        json!({ "target": "api" }),
        json!({ "target": "api", "mode": "fail", "x": 1 }),
    ] {
        let answer = stage.send(stage.request(Method::POST, "/_sandbox/faults").json(&wrong)).await;
        assert_eq!(answer.status, 422, "{wrong}");
    }
}

#[tokio::test]
async fn what_was_received_is_kept_without_its_secrets() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    till.get("/location?probe=1").await;
    stage.control("faults", json!({ "target": "api", "mode": "drop", "times": 1 })).await;
    let dropped = stage.request(Method::GET, "/v1/account").header("X-Access-Token", &till.token).send().await;
    assert!(dropped.is_err());
    let requests = stage.look("requests").await;
    let of = |path: &str| -> Value {
        requests.as_array().unwrap().iter().find(|one| one["path"] == path).cloned().unwrap_or_default()
    };
    let location = of("/v1/location");
    let facts = (&location["method"], &location["query"], &location["status"]);
    assert_eq!(facts, (&json!("GET"), &json!("probe=1"), &json!(200)));
    assert_eq!(location["headers"]["x-access-token"], format!("{}****", &till.token[..4]));
    assert!(of("/oauth2/v1/token")["body"].as_str().unwrap().starts_with("code="));
    assert_eq!((&of("/v1/account")["status"], &of("/v1/account")["fault"]), (&Value::Null, &json!("drop")));
    let everything = requests.to_string();
    assert!(!everything.contains(&till.token) && !everything.contains(SECRET));
    assert!(!everything.contains("/_sandbox"), "the controls are not recorded");
}
