//! Active delivery: events sent to a callback's URL, signed, and sent again as documented.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

use super::{
    receiver::Receiver,
    stage::{SECRET, Stage, TILL, Till},
};
use passerelle_sandbox::seeds::{NINA, bella};

async fn listening<'a>(stage: &'a Stage, receiver: &Receiver) -> Till<'a> {
    let till = stage.connect(NINA, TILL, json!({})).await;
    receiver.listen_for(&till).await;
    till
}

async fn order(stage: &Stage) -> Value {
    stage.control("orders", json!({ "location": bella::PARIS })).await[0].take()
}

async fn waiting(till: &Till<'_>) -> usize {
    till.get("/callback/events").await.body.as_array().unwrap().len()
}

/// Waits until so many deliveries have ended; answers what is told of them.
async fn ended(stage: &Stage, count: usize) -> Vec<Value> {
    let all = async {
        loop {
            let told = stage.look("callbacks").await["deliveries"].as_array().unwrap().clone();
            if told.len() >= count {
                return told;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), all).await.unwrap()
}

#[tokio::test]
async fn an_event_is_signed_sent_once_and_deleted_when_acknowledged() {
    let stage = Stage::new().await;
    let mut receiver = Receiver::new().await;
    let till = listening(&stage, &receiver).await;
    let order = order(&stage).await;

    let sent = receiver.next().await;
    assert_eq!(sent.event["order_id"], order["id"]);
    assert_eq!((&sent.event["resource_type"], &sent.event["event_type"]), (&json!("order"), &json!("create")));
    assert_eq!(sent.event["app_instance_id"], till.granted["app_instance_id"]);
    assert_eq!((&sent.event["new_state"]["status"], sent.event.get("previous_state")), (&json!("new"), None));
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(&sent.bytes);
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(sent.headers["x-hubrise-hmac-sha256"], signature);
    assert_eq!(sent.headers["content-type"], "application/json");

    let told = ended(&stage, 1).await;
    assert_eq!((&told[0]["status"], &told[0]["then"]), (&json!(200), &json!("acknowledged")));
    assert_eq!((&told[0]["order_id"], &told[0]["event"]), (&order["id"], &json!("order.create")));
    assert_eq!(waiting(&till).await, 0);

    // What the till does itself it is not told of; what somebody else does, it is.
    let path = format!("/location/orders/{}", order["id"].as_str().unwrap());
    assert_eq!(till.call(Method::PATCH, &path, Some(json!({ "status": "received" }))).await.status, 200);
    stage.control(&format!("orders/{}", order["id"].as_str().unwrap()), json!({ "status": "cancelled" })).await;
    let sent = receiver.next().await;
    let statuses = (&sent.event["previous_state"]["status"], &sent.event["new_state"]["status"]);
    assert_eq!(statuses, (&json!("received"), &json!("cancelled")));
    assert!(receiver.is_empty());
}

#[tokio::test]
async fn a_refusal_acknowledges_and_the_event_is_lost() {
    let stage = Stage::new().await;
    let mut receiver = Receiver::new().await;
    let till = listening(&stage, &receiver).await;
    for status in [401, 404, 302] {
        receiver.answer(status);
        order(&stage).await;
        receiver.next().await;
    }
    ended(&stage, 3).await;
    assert_eq!(waiting(&till).await, 0);
}

#[tokio::test]
async fn a_failure_is_sent_again_after_the_documented_waits_and_then_deleted() {
    let stage = Stage::new().await;
    stage.freeze().await;
    let mut receiver = Receiver::new().await;
    let till = listening(&stage, &receiver).await;
    receiver.answer(503);
    order(&stage).await;
    let first = receiver.next().await;
    for (tries, minutes) in [1, 2, 4, 8, 16, 32].into_iter().enumerate() {
        ended(&stage, tries + 1).await;
        assert_eq!(waiting(&till).await, 1, "it can be read meanwhile");
        stage.advance(minutes * 60 - 1).await;
        assert!(receiver.is_empty(), "not before {minutes} minutes have passed");
        stage.advance(1).await;
        let again = receiver.next().await;
        assert_eq!(
            (again.bytes, &again.headers["x-hubrise-hmac-sha256"]),
            (first.bytes.clone(), &first.headers["x-hubrise-hmac-sha256"])
        );
    }
    let told = ended(&stage, 7).await;
    let then: Vec<_> = told.iter().map(|one| one["then"].as_str().unwrap()).collect();
    assert_eq!(then, ["again", "again", "again", "again", "again", "again", "given_up"]);
    assert_eq!(waiting(&till).await, 0);
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_a_failure_and_waits_can_be_shortened() {
    let stage = Stage::new().await;
    stage.control("callbacks", json!({ "acceleration": 6_000, "answer_limit_ms": 50 })).await;
    let mut receiver = Receiver::new().await;
    let till = listening(&stage, &receiver).await;
    receiver.say_nothing();
    order(&stage).await;
    receiver.next().await;
    receiver.answer(200);
    let told = ended(&stage, 2).await;
    assert_eq!(
        (&told[0]["timed_out"], &told[0]["status"], &told[0]["then"]),
        (&json!(true), &Value::Null, &json!("again"))
    );
    assert_eq!((&told[1]["attempt"], &told[1]["then"]), (&json!(2), &json!("acknowledged")));
    assert_eq!(waiting(&till).await, 0);
}

#[tokio::test]
async fn sending_can_be_paused_and_doubled_and_an_event_deleted_meanwhile_is_not_sent() {
    let stage = Stage::new().await;
    let mut receiver = Receiver::new().await;
    let till = listening(&stage, &receiver).await;
    stage.control("callbacks", json!({ "paused": true, "copies": 3 })).await;
    order(&stage).await;
    let kept = order(&stage).await;
    let events = till.get("/callback/events").await.body;
    let gone = format!("/callback/events/{}", events[0]["id"].as_str().unwrap());
    assert_eq!(till.call(Method::DELETE, &gone, None).await.status, 200);
    assert!(receiver.is_empty());
    stage.control("callbacks", json!({ "paused": false })).await;
    for _ in 0..3 {
        assert_eq!(receiver.next().await.event["order_id"], kept["id"]);
    }
    assert_eq!(ended(&stage, 1).await.len(), 1);
    assert!(receiver.is_empty());
}

#[tokio::test]
async fn nobody_is_told_after_a_reset_or_without_a_url() {
    let stage = Stage::new().await;
    let mut receiver = Receiver::new().await;
    let till = listening(&stage, &receiver).await;
    stage.control("callbacks", json!({ "paused": true })).await;
    order(&stage).await;
    let passive = json!({ "url": null, "events": { "order": ["create"] } });
    till.call(Method::POST, "/callback", Some(passive)).await;
    stage.control("callbacks", json!({ "paused": false })).await;
    order(&stage).await;
    assert_eq!(waiting(&till).await, 2);
    stage.control("reset", json!({})).await;
    let till = listening(&stage, &receiver).await;
    let order = order(&stage).await;
    assert_eq!(receiver.next().await.event["order_id"], order["id"]);
    assert!(receiver.is_empty());
    ended(&stage, 1).await;
    assert_eq!(waiting(&till).await, 0);
}
