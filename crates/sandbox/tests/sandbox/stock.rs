//! Stock changed behind everybody's back, shortages that end by themselves, and catalogs that change: who hears of it.

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{Stage, Till};
use passerelle_sandbox::seeds::{INES, NINA, bella};

const SCOPE: &str = "location[inventory.write,catalog.read]";
const PATH: &str = "/catalogs/psmlf/location/inventory";

async fn listening(stage: &Stage) -> Till<'_> {
    let till = stage.connect(NINA, SCOPE, json!({})).await;
    let events = json!({ "inventory": ["patch", "update"], "catalog": ["update"] });
    let callback = json!({ "url": null, "events": events });
    assert_eq!(till.call(Method::POST, "/callback", Some(callback)).await.status, 200);
    till
}

/// The events that wait: what happened, and to which entries.
async fn heard(till: &Till<'_>) -> Vec<(String, Value)> {
    let mut events = Vec::new();
    for event in till.get("/callback/events").await.body.as_array().unwrap() {
        let id = event["id"].as_str().unwrap();
        let whole = till.get(&format!("/callback/events/{id}")).await.body;
        let kind = format!("{}.{}", whole["resource_type"].as_str().unwrap(), whole["event_type"].as_str().unwrap());
        events.push((kind, whole["state_change"].clone()));
    }
    events
}

#[tokio::test]
async fn somebody_elses_change_is_heard_and_ones_own_is_not() {
    let stage = Stage::new().await;
    let till = listening(&stage).await;
    till.call(Method::PATCH, PATH, Some(json!([{ "sku_ref": "COK-33", "stock": "5" }]))).await;
    assert_eq!(heard(&till).await, []);
    let entries = json!([{ "sku_ref": "COK-33", "stock": "2" }]);
    let path = format!("inventories/{}", bella::PARIS);
    stage.control(&path, json!({ "catalog": "psmlf", "entries": entries })).await;
    let changed = json!([{ "sku_ref": "COK-33", "stock": "2", "expires_at": null }]);
    assert_eq!(heard(&till).await, [("inventory.patch".to_owned(), changed.clone())]);
    assert_eq!(stage.look(&format!("{path}?catalog=psmlf")).await, changed);
    stage.control(&path, json!({ "catalog": "psmlf", "entries": [], "whole": true })).await;
    assert_eq!(heard(&till).await[1], ("inventory.update".to_owned(), Value::Null));
    assert_eq!(till.get(PATH).await.body, json!([]));
}

#[tokio::test]
async fn shortages_that_end_together_are_told_of_at_once() {
    let stage = Stage::new().await;
    stage.freeze().await;
    let till = listening(&stage).await;
    let until = |name: &str| json!({ "sku_ref": name, "stock": "0", "expires_at": "2098-01-01T00:00:00Z" });
    let entries = json!([until("COK-33"), until("REG-M"), { "sku_ref": "MAR-M", "stock": "0" }]);
    till.call(Method::PATCH, PATH, Some(entries)).await;
    stage.advance(80 * 366 * 86_400).await;
    assert_eq!(till.get(PATH).await.body.as_array().unwrap().len(), 1, "the one without an end");
    let over = |name: &str| json!({ "sku_ref": name, "stock": null, "expires_at": null });
    let wanted = json!([over("COK-33"), over("REG-M")]);
    assert_eq!(heard(&till).await, [("inventory.patch".to_owned(), wanted)]);
}

#[tokio::test]
async fn a_catalog_that_lost_a_ref_is_told_of_and_refuses_it() {
    let stage = Stage::new().await;
    let till = listening(&stage).await;
    stage.control("catalogs/psmlf", json!({ "without": "COK-33" })).await;
    assert_eq!(heard(&till).await, [("catalog.update".to_owned(), Value::Null)]);
    let answer = till.call(Method::PATCH, PATH, Some(json!([{ "sku_ref": "COK-33", "stock": "5" }]))).await;
    assert_eq!((answer.status, &answer.body["errors"][0]["field"]), (422, &json!("[0].sku_ref")));
}

#[tokio::test]
async fn a_whole_stock_of_twenty_thousand_is_one_call() {
    let stage = Stage::new().await;
    stage.control("catalogs/psmlf", json!({ "products": 20_000 })).await;
    let till = stage.connect(NINA, SCOPE, json!({})).await;
    let entries: Vec<_> = (0..20_000).map(|at| json!({ "sku_ref": format!("S-{at}"), "stock": "1.5" })).collect();
    let answer = till.call(Method::PUT, PATH, Some(json!(entries))).await;
    assert_eq!((answer.status, answer.body.as_array().unwrap().len()), (200, 20_000));
}

#[tokio::test]
async fn an_account_opens_locations_and_tills_are_connected_at_them() {
    let stage = Stage::new().await;
    let opened = stage.control("accounts/9x2gc/locations", json!({ "count": 3 })).await;
    assert_eq!(opened, json!({ "id": "9x2gc", "locations": 203 }));
    let picks = json!({ "location": "9x2gc-203", "catalog": "g1nat" });
    let till = stage.connect(INES, SCOPE, picks).await;
    assert_eq!(till.granted["location_id"], "9x2gc-203");
    assert_eq!(stage.control("accounts/9x2gc/locations", json!({ "count": 5_000 })).await["locations"], 1_000);
}
