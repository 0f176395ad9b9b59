//! Saved views: each user's own, at one vendor.

use serde_json::{Value, json};

use crate::hearing::BRIDGE;
use crate::world::{MARC, NINA, World};

const PATH: &str = "/vendors/pixelpoint-bridge/views";

async fn names(browser: &crate::browser::Browser) -> Vec<String> {
    let views = browser.get(PATH).await.ok();
    views.as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

async fn two(world: &World) -> [crate::browser::Browser; 2] {
    [world.signed_in(BRIDGE, NINA).await, world.signed_in(BRIDGE, MARC).await]
}

flow!(a_view_is_saved_replaced_and_forgotten, |world| {
    let [nina, _] = two(&world).await;
    assert_eq!(nina.get(PATH).await.ok(), json!([]));
    let kept = nina.post(PATH, json!({"name": " Refusées ", "query": "state=refused&period=7d"})).await.ok();
    assert_eq!((&kept["name"], &kept["query"]), (&json!("Refusées"), &json!("state=refused&period=7d")));
    assert!(!kept["id"].as_str().unwrap().is_empty());
    nina.post(PATH, json!({"name": "A", "query": ""})).await.ok();
    let again = nina.post(PATH, json!({"name": "Refusées", "query": "state=failed"})).await.ok();
    assert_eq!(again["query"], "state=failed");
    assert_eq!(names(&nina).await, ["A", "Refusées"]);
    let path = format!("{PATH}/{}", again["id"].as_str().unwrap());
    assert_eq!(nina.delete(&path).await.status, 204);
    nina.delete(&path).await.problem(404, "not_found");
    assert_eq!(names(&nina).await, ["A"]);
});

flow!(views_are_their_owners_and_come_back_with_them, |world| {
    let [nina, marc] = two(&world).await;
    let kept = nina.post(PATH, json!({"name": "Mine", "query": "mine=true"})).await.ok();
    assert_eq!(names(&marc).await, Vec::<String>::new());
    marc.delete(&format!("{PATH}/{}", kept["id"].as_str().unwrap())).await.problem(404, "not_found");
    assert_eq!(nina.get("/vendors/somm-it/views").await.ok(), json!([]), "another vendor's are others");
    let elsewhere = world.signed_in(BRIDGE, NINA).await;
    assert_eq!(names(&elsewhere).await, ["Mine"]);
    let nobody = world.browser().await;
    nobody.post(PATH, json!({"name": "This browser's", "query": ""})).await.ok();
    assert_eq!(names(&nobody).await, ["This browser's"]);
    assert_eq!(names(&nina).await, ["Mine"]);
});

flow!(odd_views_and_a_fifty_first_are_refused, |world| {
    let [nina, _] = two(&world).await;
    let long = "q=".to_owned() + &"a".repeat(2_000);
    for (field, view) in [
        ("name", json!({"name": " ", "query": ""})),
        ("name", json!({"name": "x".repeat(41), "query": ""})),
        ("name", json!({"name": "a\u{0}b", "query": ""})),
        ("query", json!({"name": "a", "query": long})),
        ("query", json!({"name": "a", "query": "?q=1"})),
        ("query", json!({"name": "a", "query": "q=<script>\n"})),
    ] {
        let problem = nina.post(PATH, view).await.problem(422, "invalid_request");
        assert_eq!(problem["fields"][0]["field"], field);
    }
    for nth in 0..50 {
        nina.post(PATH, json!({"name": format!("view {nth}"), "query": ""})).await.ok();
    }
    nina.post(PATH, json!({"name": "one more", "query": ""})).await.problem(409, "conflict");
    nina.post(PATH, json!({"name": "view 7", "query": "q=1"})).await.ok();
    let unknown: Value = nina.get("/vendors/nobody/views").await.problem(404, "vendor_unknown");
    assert!(unknown["request_id"].is_string());
});
