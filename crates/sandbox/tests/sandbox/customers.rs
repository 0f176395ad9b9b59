//! Customers who change and who are anonymised: who is told, and what is left.

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{COUNTER, Stage, TILL};
use passerelle_sandbox::seeds::{MARC, NINA, bella, dubois, harbor};

async fn events(till: &super::stage::Till<'_>) -> Vec<Value> {
    let mut whole = Vec::new();
    for event in till.get("/callback/events").await.body.as_array().unwrap() {
        whole.push(till.get(&format!("/callback/events/{}", event["id"].as_str().unwrap())).await.body);
    }
    whole
}

async fn first_of(stage: &Stage, list: &str) -> Value {
    stage.look(&format!("customers?list={list}")).await[0].clone()
}

#[tokio::test]
async fn an_anonymised_customer_is_told_of_to_whoever_sees_the_list_and_nothing_is_left_of_them() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let orders_alone = stage.connect(NINA, "location[orders.write]", json!({ "device_id": "bare" })).await;
    let asked = json!({ "events": { "customer": ["update"] } });
    assert_eq!(till.call(Method::POST, "/callback", Some(asked.clone())).await.status, 200);
    assert_eq!(orders_alone.call(Method::POST, "/callback", Some(asked)).await.status, 422);

    let customer = first_of(&stage, bella::CUSTOMER_LIST).await;
    let id = customer["id"].as_str().unwrap();
    let order = json!({ "customer": { "id": id, "first_name": customer["first_name"], "phone": customer["phone"] } });
    let made = stage.control("orders", json!({ "location": bella::PARIS, "order": order })).await[0].take();

    stage.control(&format!("customers/{id}"), json!({ "city": "Lyon" })).await;
    stage.control(&format!("customers/{id}/anonymise"), json!({})).await;
    let told = events(&till).await;
    assert_eq!(told.len(), 2);
    assert_eq!((&told[0]["new_state"]["city"], &told[0]["new_state"]["anonymised"]), (&json!("Lyon"), &json!(false)));
    let last = &told[1];
    assert_eq!((&last["resource_type"], &last["event_type"]), (&json!("customer"), &json!("update")));
    assert_eq!((&last["customer_id"], &last["customer_list_id"]), (&json!(id), &json!(bella::CUSTOMER_LIST)));
    assert_eq!(last["previous_state"]["first_name"], customer["first_name"]);
    let new = &last["new_state"];
    assert_eq!((&new["anonymised"], &new["first_name"], &new["phone"]), (&json!(true), &Value::Null, &Value::Null));

    let listed = till.get(&format!("/customer_lists/{}/customers/{id}", bella::CUSTOMER_LIST)).await.body;
    assert_eq!((&listed["anonymised"], &listed["email"]), (&json!(true), &Value::Null));
    let order = stage.look(&format!("orders/{}", made["id"].as_str().unwrap())).await;
    assert_eq!((&order["customer"]["id"], &order["customer"]["first_name"]), (&json!(id), &Value::Null));
}

#[tokio::test]
async fn nobody_hears_of_customers_of_a_list_they_do_not_see() {
    let stage = Stage::new().await;
    let asked = json!({ "events": { "customer": ["update"] } });
    let nina = stage.connect(NINA, TILL, json!({})).await;
    let account = json!({ "account": dubois::ACCOUNT });
    let marc = stage.connect(MARC, COUNTER, account).await;
    for till in [&nina, &marc] {
        assert_eq!(till.call(Method::POST, "/callback", Some(asked.clone())).await.status, 200);
    }
    let customer = first_of(&stage, dubois::LIST_WEB).await;
    stage.control(&format!("customers/{}/anonymise", customer["id"].as_str().unwrap()), json!({})).await;
    assert_eq!(events(&nina).await.len(), 0);
    assert_eq!(events(&marc).await.len(), 1);
    let unknown = stage.request(Method::POST, "/_sandbox/customers/none/anonymise").json(&json!({}));
    assert_eq!(stage.send(unknown).await.status, 404);
}

#[tokio::test]
async fn the_known_customer_is_of_harbor_grills_list_and_the_page_offers_to_forget_them() {
    let stage = Stage::new().await;
    let known = first_of(&stage, harbor::CUSTOMER_LIST).await;
    let shape = json!({ "location": harbor::BOSTON, "shape": "known_customer" });
    let order = stage.control("orders", shape).await[0].take();
    assert_eq!((&known["id"], &order["customer"]["id"]), (&json!(harbor::CUSTOMER), &json!(harbor::CUSTOMER)));
    let page = stage.send(stage.request(Method::GET, "/_sandbox")).await.body;
    assert!(page.as_str().unwrap().contains(&format!("/_sandbox/customers/{}/anonymise", harbor::CUSTOMER)));
}
