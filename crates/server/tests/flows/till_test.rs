//! Testing a till: what it says, in one word and its own, and nothing comes out of the kitchen's printer.

use jiff::SignedDuration;
use passerelle_store::ConnectionRow;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::World;

/// The token of a store that the sandbox's PixelPoint serves.
pub(crate) const STORE: &str = "YT6eR2-CEED65AD33823A5B";

/// A till with its token set.
async fn configured(world: &World, token: &str) -> (Browser, ConnectionRow) {
    let (browser, row) = world.connect_bridge().await;
    let settings = json!({"api_token": token, "choices": {}, "version": 0});
    browser.put(&format!("/connections/{}/till_settings", row.id), settings).await.ok();
    (browser, row)
}

async fn tested(browser: &Browser, row: &ConnectionRow) -> Value {
    browser.post(&format!("/connections/{}/till_test", row.id), json!({})).await.ok()
}

/// What the sandbox's PixelPoint answers under its controls.
async fn pixelpoint(world: &World, what: &str) -> Value {
    let url = format!("{}/_sandbox/pixelpoint/{what}", world.sandbox.base_url);
    world.http.get(url).send().await.unwrap().json().await.unwrap()
}

flow!(a_till_that_answers_is_found_well_and_prints_nothing, |world| {
    let (browser, row) = configured(&world, STORE).await;
    let found = tested(&browser, &row).await;
    assert_eq!((&found["cause"], &found["detail"]), (&Value::Null, &Value::Null));
    assert!(found["duration_us"].as_u64().unwrap() > 0);
    assert_eq!(pixelpoint(&world, "printed").await["count"], 0);
    assert_eq!(pixelpoint(&world, "requests").await["requests"][0]["wanted"], "categories");

    let at = |rest: &str| format!("/connections/{}/{rest}", row.id);
    let operation = browser.get(&at(&format!("operations/{}", found["operation"].as_str().unwrap()))).await.ok();
    assert_eq!((&operation["line"]["kind"], &operation["line"]["state"]), (&json!("system"), &json!("noted")));
    let call = &operation["exchanges"][0];
    assert_eq!((&call["way"], &call["status"], &call["error"]), (&json!("bridge_to_till"), &json!(200), &Value::Null));
    let whole = browser.get(&at(&format!("exchanges/{}", call["id"].as_str().unwrap()))).await.ok();
    let request = whole["request_body"].as_str().unwrap();
    assert!(request.contains("<RequestType>256</RequestType>") && request.contains("YT6eR2-•••23A5B"), "{request}");
    assert!(whole["response_body"].as_str().unwrap().contains("<ErrorNum>0</ErrorNum>"));
    assert!(!whole.to_string().contains("CEED65AD"), "no secret is kept");
});

flow!(each_trouble_has_its_word_and_its_operation, |world| {
    let (browser, row) = configured(&world, STORE).await;
    for (mode, cause, words) in [
        ("wrong_token", "wrong_token", "Access Token Denied"),
        ("store_offline", "store_offline", "Order Rejected. Reason: Store is disconnected"),
        ("exception", "till_fault", "NullReferenceException"),
        ("nonsense", "nonsense", "document type definition"),
        ("drop", "no_answer", ""),
    ] {
        world.control("pixelpoint/mode", json!({"mode": mode, "times": 1})).await;
        let found = tested(&browser, &row).await;
        assert_eq!(found["cause"], cause, "{mode}: {found}");
        assert!(found["detail"].as_str().unwrap().contains(words), "{mode}: {found}");
        let kept = world.operations(&row).await.pop().unwrap();
        assert_eq!((kept.id.as_str(), kept.cause.as_deref()), (found["operation"].as_str().unwrap(), Some(cause)));
        assert_eq!(world.state.store().exchanges(&row.id, &kept.id).await.unwrap().len(), 1);
    }
});

flow!(a_token_of_no_store_is_a_wrong_one, |world| {
    let (browser, row) = configured(&world, "YT6eR2-0000000000000000").await;
    assert_eq!(tested(&browser, &row).await["cause"], "wrong_token");
});

flow!(a_till_that_cannot_be_reached_was_sent_nothing, |world| {
    let (browser, row) = configured(&world, STORE).await;
    world.control("pixelpoint/door", json!({"open": false})).await;
    let found = tested(&browser, &row).await;
    assert_eq!(found["cause"], "till_unreachable", "{found}");
});

flow!(without_a_token_nobody_is_called, |world| {
    let (browser, row) = world.connect_bridge().await;
    let found = tested(&browser, &row).await;
    assert_eq!((&found["cause"], &found["duration_us"]), (&json!("no_token"), &json!(0)));
    assert_eq!(pixelpoint(&world, "requests").await["count"], 0);
    let kept = world.operations(&row).await.pop().unwrap();
    assert_eq!(kept.cause.as_deref(), Some("no_token"));
});

flow!(six_a_minute_are_enough, |world| {
    let (browser, row) = configured(&world, STORE).await;
    for _ in 0..6 {
        tested(&browser, &row).await;
    }
    let path = format!("/connections/{}/till_test", row.id);
    let refused = browser.post(&path, json!({})).await;
    let wait: i64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    refused.problem(429, "too_many_requests");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(pixelpoint(&world, "requests").await["count"], 6);
    world.later(SignedDuration::from_secs(61));
    tested(&browser, &row).await;
});

/// The shortest time a till can be given to answer: a test has no more.
const HURRIED: (&str, &str) = ("PASSERELLE_PIXELPOINT_ANSWER_TIMEOUT_SECONDS", "1");

async fn has_not_answered_after_its_time(world: World) {
    let (browser, row) = configured(&world, STORE).await;
    world.control("pixelpoint/mode", json!({"mode": "slow", "delay_ms": 60_000})).await;
    let found = tested(&browser, &row).await;
    assert_eq!(found["cause"], "no_answer", "{found}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_that_takes_too_long_has_not_answered_sqlite() {
    has_not_answered_after_its_time(World::sqlite_with(&[(HURRIED.0, HURRIED.1.to_owned())]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_that_takes_too_long_has_not_answered_postgres() {
    has_not_answered_after_its_time(World::postgres_with(&[(HURRIED.0, HURRIED.1.to_owned())]).await).await;
}
