//! The calls of the bridge: callbacks, events, menus, changes to orders. Where each goes, and what it says.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use axum::response::Response;
use passerelle_hubrise::{Error, LocationPath};
use serde_json::{Value, json};

use crate::stub::{self, PATIENT, Received};

fn orders() -> BTreeMap<String, Vec<String>> {
    BTreeMap::from([("order".to_owned(), vec!["create".to_owned(), "update".to_owned()])])
}

#[tokio::test]
async fn each_call_goes_to_its_documented_path_with_its_documented_body() {
    let received = Received::default();
    let notes = received.clone();
    let address = stub::serve(move |request| notes.clone().note(request, "{}")).await;
    let (api, token) = (stub::api(address, PATIENT), stub::token());
    api.set_callback(&token, "https://console.example/callbacks/hubrise/x", &orders()).await.unwrap();
    api.callback_events(&token, None).await.unwrap_err();
    api.callback_event(&token, "3r4s3-e1").await.unwrap();
    api.delete_callback_event(&token, "3r4s3-e1").await.unwrap();
    api.catalog::<Value>(&token, "psmlf").await.unwrap();
    let change = json!({"status": "received"});
    api.patch_order(&token, LocationPath::Own, "5dpm9", &change).await.unwrap();
    api.patch_order(&token, LocationPath::Id("3r4s3-1"), "5dpm9", &change).await.unwrap();
    let lines: Vec<String> = received
        .all()
        .iter()
        .map(|all| {
            format!("{} {}", all.lines().next().unwrap(), all.lines().find(|line| line.contains('{')).unwrap_or(""))
        })
        .collect();
    assert_eq!(
        lines,
        [
            "POST /v1/callback {\"events\":{\"order\":[\"create\",\"update\"]},\"url\":\"https://console.example/callbacks/hubrise/x\"}",
            "GET /v1/callback/events?count=100 ",
            "GET /v1/callback/events/3r4s3-e1 ",
            "DELETE /v1/callback/events/3r4s3-e1 ",
            "GET /v1/catalogs/psmlf ",
            "PATCH /v1/location/orders/5dpm9 {\"status\":\"received\"}",
            "PATCH /v1/locations/3r4s3-1/orders/5dpm9 {\"status\":\"received\"}",
        ]
    );
    assert!(received.all()[0].contains("content-type: application/json"));
}

#[tokio::test]
async fn an_event_comes_byte_by_byte_and_is_json_at_least() {
    let body = "{\"id\": \"e1\",\n  \"new_state\": {\"status\":\"new\"} }";
    let address = stub::answering(200, body).await;
    assert_eq!(stub::api(address, PATIENT).callback_event(&stub::token(), "e1").await.unwrap(), body.as_bytes());
    let page = stub::answering(200, "<html>").await;
    let error = stub::api(page, PATIENT).callback_event(&stub::token(), "e1").await.unwrap_err();
    assert_eq!(error, Error::Nonsense { what: "it is not json".to_owned() });
}

#[tokio::test]
async fn an_event_that_is_gone_is_as_good_as_deleted() {
    let address = stub::answering(404, r#"{"message":"Not found","error_type":"not_found"}"#).await;
    stub::api(address, PATIENT).delete_callback_event(&stub::token(), "e1").await.unwrap();
}

#[tokio::test]
async fn lists_the_events_it_has_not_told() {
    let address = stub::answering(200, r#"[{"id":"e1","resource_type":"order"},{"id":"e2"}]"#).await;
    let page = stub::api(address, PATIENT).callback_events(&stub::token(), None).await.unwrap();
    assert_eq!(page.items.iter().map(|event| event.id.as_str()).collect::<Vec<_>>(), ["e1", "e2"]);
    assert_eq!(page.next_cursor, None);
}

#[tokio::test]
async fn a_menu_may_be_larger_than_any_other_answer_but_not_without_end() {
    let large =
        |bytes: usize| stub::serve(move |_| async move { Response::new(format!("\"{}\"", "x".repeat(bytes - 2))) });
    let most = 16 * 1024 * 1024;
    let address = large(most).await;
    let read: String = stub::api(address, PATIENT).catalog(&stub::token(), "psmlf").await.unwrap();
    assert_eq!(read.len(), most - 2);
    let address = large(most + 1).await;
    let error = stub::api(address, PATIENT).catalog::<String>(&stub::token(), "psmlf").await.unwrap_err();
    assert_eq!(error, Error::Nonsense { what: format!("the answer is larger than {most} bytes") });
}

#[tokio::test]
async fn an_order_that_has_moved_on_is_told_as_such() {
    let body = r#"{"message":"Validation failed","errors":[{"field":"status","message":"cannot go back"}]}"#;
    let address = stub::answering(422, body).await;
    let api = stub::api(address, PATIENT);
    let error = api.patch_order(&stub::token(), LocationPath::Own, "5dpm9", &json!({})).await.unwrap_err();
    assert!(matches!(error, Error::Unprocessable { status: 422, .. }), "{error}");
}

#[tokio::test]
async fn no_id_from_outside_changes_a_path() {
    let received = Received::default();
    let notes = received.clone();
    let address = stub::serve(move |request| notes.clone().note(request, "{}")).await;
    let (api, token) = (stub::api(address, PATIENT), stub::token());
    for id in ["", "..", "../user", "a/b", "a?b", "a%2fb", "a b"] {
        let malformed = |what| Error::MalformedId { what };
        assert_eq!(api.callback_event(&token, id).await.unwrap_err(), malformed("event id"), "{id}");
        assert_eq!(api.delete_callback_event(&token, id).await.unwrap_err(), malformed("event id"), "{id}");
        assert_eq!(api.catalog::<Value>(&token, id).await.unwrap_err(), malformed("catalog id"), "{id}");
        let patched = api.patch_order(&token, LocationPath::Own, id, &json!({})).await;
        assert_eq!(patched.unwrap_err(), malformed("order id"), "{id}");
        let patched = api.patch_order(&token, LocationPath::Id(id), "5dpm9", &json!({})).await;
        assert_eq!(patched.unwrap_err(), malformed("location id"), "{id}");
    }
    assert_eq!(received.all(), [""; 0]);
}
