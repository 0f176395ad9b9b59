//! What a till itself needs: its API token, shown by its end alone.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{NINA, World};

/// A connected till of the vendor that bridges orders: connected from HubRise's back office.
async fn bridged(world: &World) -> (Browser, Value) {
    let browser = world.signed_in("pixelpoint-bridge", NINA).await;
    let arriving = json!({"client_id": "pixelpoint-bridge-sandbox", "email": NINA});
    let code = world.control("connect", arriving).await["code"].clone();
    let question = browser.post("/arrivals", json!({"vendor": "pixelpoint-bridge", "code": code})).await.ok();
    let confirm = format!("/attempts/{}/confirm", question["attempt"].as_str().unwrap_or_else(|| panic!("{question}")));
    let outcome = browser.post(&confirm, json!({"accept": true})).await.ok();
    assert_eq!(outcome["kind"], "connected", "{outcome}");
    (browser, outcome["connection"].clone())
}

fn path_of(connection: &Value) -> String {
    format!("/connections/{}/till_settings", connection["id"].as_str().unwrap())
}

const TOKEN: &str = "PX-0123456789-tail5";

flow!(the_first_run_asks_for_the_token_and_keeps_its_end, |world| {
    let (browser, connection) = bridged(&world).await;
    let path = path_of(&connection);
    assert_eq!(browser.get(&path).await.ok(), json!({"api_token_tail": null, "debug": false}));
    let problem = browser.put(&path, json!({"debug": true})).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["field"], "api_token");
    let kept = json!({"api_token_tail": "tail5", "debug": false});
    assert_eq!(browser.put(&path, json!({"api_token": format!("  {TOKEN}\n"), "debug": false})).await.ok(), kept);
    assert_eq!(browser.get(&path).await.ok(), kept);
    // Left out, it stays.
    let debugging = json!({"api_token_tail": "tail5", "debug": true});
    assert_eq!(browser.put(&path, json!({"debug": true})).await.ok(), debugging);
    let audit = browser.get(&path.replace("till_settings", "audit")).await.ok();
    let configured = |line: &&Value| line["action"] == "configured";
    assert_eq!(audit["items"].as_array().unwrap().iter().filter(configured).count(), 2);
});

flow!(the_token_is_sealed_for_this_connection_and_this_purpose, |world| {
    let (browser, connection) = bridged(&world).await;
    browser.put(&path_of(&connection), json!({"api_token": TOKEN, "debug": false})).await.ok();
    let row = world.row(&connection).await;
    let kept = world.state.store().till_settings(&row.id).await.unwrap().unwrap().token.unwrap();
    assert!(!kept.bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes()));
    assert_eq!(world.state.vault().open(&kept).unwrap().expose(), TOKEN);
    assert_ne!(kept.bound_to, row.token.bound_to);
    for record in [row.id.as_str(), row.token.bound_to.as_str(), "till token of another"] {
        let mut moved = kept.clone();
        moved.bound_to = record.to_owned();
        assert!(world.state.vault().open(&moved).is_err(), "{record}");
    }
});

flow!(what_is_no_token_is_refused, |world| {
    let (browser, connection) = bridged(&world).await;
    let path = path_of(&connection);
    for token in [String::new(), "   ".into(), "a b".into(), "é".into(), "a\u{0}b".into(), "a".repeat(129)] {
        let problem = browser.put(&path, json!({"api_token": token, "debug": false})).await;
        assert_eq!(problem.problem(422, "invalid_request")["fields"][0]["field"], "api_token", "{token:?}");
    }
    assert!(browser.get(&path).await.ok()["api_token_tail"].is_null());
});

flow!(a_till_that_fetches_its_orders_has_no_such_settings, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let path = path_of(&connection);
    browser.get(&path).await.problem(404, "not_found");
    browser.put(&path, json!({"api_token": TOKEN, "debug": false})).await.problem(404, "not_found");
});
