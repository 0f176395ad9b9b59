//! Callbacks and events.

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{COUNTER, Stage, TILL};
use passerelle_sandbox::seeds::{MARC, NINA, bella};

#[tokio::test]
async fn a_connection_hears_of_others_and_not_of_itself() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let shop = stage.connect(NINA, TILL, json!({ "device_id": "shop" })).await;
    let callback = json!({ "url": "https://till.example/events", "events": { "order": ["create", "update"] } });
    assert_eq!(till.call(Method::POST, "/callback", Some(callback.clone())).await.body, callback);
    assert_eq!(till.get("/callback").await.body, callback);

    till.call(Method::POST, "/location/orders", Some(json!({ "status": "new" }))).await;
    assert_eq!(till.get("/callback/events").await.body, json!([]));
    let order = shop.call(Method::POST, "/location/orders", Some(json!({ "status": "new" }))).await.body;
    let path = format!("/location/orders/{}", order["id"].as_str().unwrap());
    shop.call(Method::PATCH, &path, Some(json!({ "status": "cancelled" }))).await;

    let events = till.get("/callback/events").await.body;
    let kinds: Vec<_> = events.as_array().unwrap().iter().map(|one| one["event_type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["create", "update"]);
    let create = &events[0];
    assert_eq!((&create["resource_type"], &create["order_id"]), (&json!("order"), &order["id"]));
    assert_eq!((&create["location_id"], &create["account_id"]), (&json!(bella::PARIS), &json!(bella::ACCOUNT)));
    assert_eq!(create["app_instance_id"], till.granted["app_instance_id"]);
    assert_eq!(create.get("new_state"), None, "the list holds no states");

    let event = |at: usize| format!("/callback/events/{}", events[at]["id"].as_str().unwrap());
    let update = till.get(&event(1)).await.body;
    assert_eq!(
        (&update["previous_state"]["status"], &update["new_state"]["status"]),
        (&json!("new"), &json!("cancelled"))
    );
    assert_eq!(till.get(&event(0)).await.body.get("previous_state"), None);
    assert_eq!(till.call(Method::DELETE, &event(0), None).await.status, 200);
    assert_eq!(till.call(Method::DELETE, &event(0), None).await.status, 404);
    assert_eq!(till.get("/callback/events").await.body.as_array().unwrap().len(), 1);
    assert_eq!(shop.get(&event(1)).await.status, 404, "events belong to a connection");
    assert_eq!(shop.get("/callback/events").await.body, json!([]), "nobody asked on its behalf");

    assert_eq!(till.call(Method::DELETE, "/callback", None).await.status, 200);
    assert_eq!(till.get("/callback").await.body, json!({ "url": null, "events": {} }));
}

#[tokio::test]
async fn inventory_events_carry_the_change_of_a_patch_alone() {
    let stage = Stage::new().await;
    let watcher = stage.connect(MARC, COUNTER, json!({ "account": bella::ACCOUNT })).await;
    let stock = stage.connect(NINA, "location[inventory.write]", json!({})).await;
    let asked = json!({ "events": { "inventory": ["patch", "update"] } });
    let reader = stage.connect(NINA, TILL, json!({ "device_id": "reader" })).await;
    assert_eq!(reader.call(Method::POST, "/callback", Some(asked.clone())).await.status, 200);
    assert_eq!(watcher.call(Method::POST, "/callback", Some(asked)).await.status, 200);
    let path = "/catalogs/psmlf/location/inventory";
    stock.call(Method::PATCH, path, Some(json!([{ "sku_ref": "COK-33", "stock": "0" }]))).await;
    stock.call(Method::PUT, path, Some(json!([]))).await;
    let events = reader.get("/callback/events").await.body;
    let event = |at: usize| format!("/callback/events/{}", events[at]["id"].as_str().unwrap());
    let patch = reader.get(&event(0)).await.body;
    assert_eq!((&patch["catalog_id"], &patch["state_change"][0]["stock"]), (&json!("psmlf"), &json!("0")));
    let update = reader.get(&event(1)).await.body;
    assert_eq!((update["event_type"].as_str(), update.get("state_change")), (Some("update"), None));
    assert_eq!(watcher.get("/callback/events").await.body.as_array().unwrap().len(), 2);

    // Whoever may read another catalog alone hears nothing of this one.
    let picks = json!({ "location": "5k8rd-1", "catalog": "c4tbr", "customer_list": "l8web" });
    let elsewhere = stage.connect(MARC, TILL, picks).await;
    elsewhere.call(Method::POST, "/callback", Some(json!({ "events": { "inventory": ["patch"] } }))).await;
    let chef =
        stage.connect(MARC, "location[inventory.write]", json!({ "location": "5k8rd-1", "device_id": "chef" })).await;
    let change = json!([{ "sku_ref": "BAV", "stock": "0" }]);
    chef.call(Method::PATCH, "/catalogs/c4tbs/location/inventory", Some(change)).await;
    assert_eq!(elsewhere.get("/callback/events").await.body, json!([]));
    let change = json!([{ "sku_ref": "SPR", "stock": "0" }]);
    chef.call(Method::PATCH, "/catalogs/c4tbr/location/inventory", Some(change)).await;
    assert_eq!(elsewhere.get("/callback/events").await.body.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn registrations_are_checked() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, "location[catalog.read]", json!({})).await;
    for wrong in [
        json!({ "url": null, "events": { "order": ["create"] } }),
        json!({ "url": null, "events": { "catalog": ["patch"] } }),
        json!({ "url": null, "events": { "order.create": [] } }),
        json!({ "url": "ftp://x", "events": {} }),
        json!({ "url": 5, "events": {} }),
        json!({ "url": null }),
    ] {
        let answer = till.call(Method::POST, "/callback", Some(wrong.clone())).await;
        assert_eq!((answer.status, &answer.body["error_type"]), (422, &json!("unprocessable_entity")), "{wrong}");
    }
    let right = json!({ "url": Value::Null, "events": { "catalog": ["update"], "location": ["update"] } });
    assert_eq!(till.call(Method::POST, "/callback", Some(right)).await.status, 200);
}
