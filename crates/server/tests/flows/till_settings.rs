//! What a till itself needs: its API token, shown by its end alone, and how orders are to reach it.

use passerelle_store::ConnectionRow;
use serde_json::{Value, json};

use crate::hearing::{BRIDGE, event, order};
use crate::world::NINA;

fn path_of(row: &ConnectionRow) -> String {
    format!("/connections/{}/till_settings", row.id)
}

/// A change of settings at a version, with nothing chosen but this.
fn change(version: i64, choices: Value) -> Value {
    json!({"choices": choices, "version": version})
}

fn first(token: &str) -> Value {
    json!({"api_token": token, "choices": {}, "version": 0})
}

const TOKEN: &str = "PX-0123456789-tail5";

flow!(the_first_run_asks_for_the_token_and_keeps_its_end, |world| {
    let (browser, row) = world.connect_bridge().await;
    let path = path_of(&row);
    let unset = browser.get(&path).await.ok();
    assert_eq!(
        (&unset["api_token_tail"], &unset["version"], &unset["changed_at"]),
        (&Value::Null, &json!(0), &Value::Null)
    );
    let defaults = json!({
        "debug": false, "new_status": "received", "on_refusal": "stay_new", "on_unknown": "hold",
        "deals": {"aggregate_prices": false, "refs_as_combo_ids": false},
        "discounts": {"default_ref": null, "fetch_refs": false},
    });
    assert_eq!(unset["choices"], defaults);
    let problem = browser.put(&path, change(0, json!({"debug": true}))).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["field"], "api_token");
    let kept = browser.put(&path, first(&format!("  {TOKEN}\n"))).await.ok();
    assert_eq!((&kept["api_token_tail"], &kept["version"]), (&json!("tail5"), &json!(1)));
    assert!(kept["changed_at"].is_string() && kept["changed_by"].as_str().unwrap().contains("Nina"), "{kept}");
    assert_eq!(browser.get(&path).await.ok(), kept);
    // Left out, it stays.
    let debugging = browser.put(&path, change(1, json!({"debug": true}))).await.ok();
    assert_eq!((&debugging["api_token_tail"], &debugging["choices"]["debug"]), (&json!("tail5"), &json!(true)));
    let audit = browser.get(&path.replace("till_settings", "audit")).await.ok();
    let configured = |line: &&Value| line["action"] == "configured";
    assert_eq!(audit["items"].as_array().unwrap().iter().filter(configured).count(), 2);
});

flow!(every_choice_is_kept, |world| {
    let (browser, row) = world.connect_bridge().await;
    let path = path_of(&row);
    browser.put(&path, first(TOKEN)).await.ok();
    let choices = json!({
        "debug": true, "new_status": "received", "on_refusal": "reject", "on_unknown": "resend",
        "deals": {"aggregate_prices": true, "refs_as_combo_ids": true},
        "discounts": {"default_ref": " 77 ", "fetch_refs": true},
    });
    let kept = browser.put(&path, change(1, choices.clone())).await.ok();
    let mut expected = choices;
    expected["discounts"]["default_ref"] = json!("77");
    assert_eq!(kept["choices"], expected);
    assert_eq!(browser.get(&path).await.ok(), kept);
    for (bad, field) in [
        (json!({"discounts": {"default_ref": "7".repeat(33)}}), Some("choices.discounts.default_ref")),
        (json!({"discounts": {"default_ref": "7\n7"}}), Some("choices.discounts.default_ref")),
        (json!({"on_unknown": "guess"}), None),
        (json!({"colour": "red"}), None),
    ] {
        let problem = browser.put(&path, change(2, bad)).await.problem(422, "invalid_request");
        if let Some(field) = field {
            assert_eq!(problem["fields"][0]["field"], field);
        }
    }
    assert_eq!(browser.get(&path).await.ok(), kept);
});

flow!(of_two_who_save_at_once_the_second_is_told, |world| {
    let (nina, row) = world.connect_bridge().await;
    let path = path_of(&row);
    nina.put(&path, first(TOKEN)).await.ok();
    let other = nina.clone();
    let seen = other.get(&path).await.ok();
    let faster = nina.put(&path, change(1, json!({"debug": true}))).await.ok();
    assert_eq!(faster["version"], 2);
    let version = seen["version"].as_i64().unwrap();
    let slower =
        json!({"api_token": "another-token-of-somebody", "choices": {"on_refusal": "reject"}, "version": version});
    other.put(&path, slower).await.problem(409, "conflict");
    other.put(&path, change(0, json!({}))).await.problem(409, "conflict");
    other.put(&path, change(3, json!({}))).await.problem(409, "conflict");
    assert_eq!(other.get(&path).await.ok(), faster, "nothing of the second's was taken");
    assert_eq!(other.put(&path, change(2, json!({"on_refusal": "reject"}))).await.ok()["version"], 3);
});

flow!(the_token_is_sealed_for_this_connection_and_this_purpose, |world| {
    let (browser, row) = world.connect_bridge().await;
    browser.put(&path_of(&row), first(TOKEN)).await.ok();
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
    let (browser, row) = world.connect_bridge().await;
    let path = path_of(&row);
    for token in [String::new(), "   ".into(), "a b".into(), "é".into(), "a\u{0}b".into(), "a".repeat(129)] {
        let problem = browser.put(&path, first(&token)).await;
        assert_eq!(problem.problem(422, "invalid_request")["fields"][0]["field"], "api_token", "{token:?}");
    }
    assert!(browser.get(&path).await.ok()["api_token_tail"].is_null());
});

flow!(a_reset_disconnects_and_forgets_all_but_the_operations, |world| {
    let (browser, row) = world.connect_bridge().await;
    let path = path_of(&row);
    browser.put(&path, first(TOKEN)).await.ok();
    let installation = row.app_instance_id.clone().unwrap();
    assert_eq!(world.told(&event("e1", "create", &installation, &order("5dpm9", "new"))).await, 200);
    assert_eq!(browser.delete(&path).await.ok(), json!({"revoked": true}));
    browser.get(&path).await.problem(404, "connection_unknown");
    browser.delete(&path).await.problem(404, "connection_unknown");
    assert!(browser.status_at(BRIDGE, "pixelpoint").await["connection"].is_null());

    let (browser, again) = world.connect_bridge().await;
    assert_ne!(again.id, row.id);
    let unset = browser.get(&path_of(&again)).await.ok();
    assert_eq!((&unset["api_token_tail"], &unset["version"]), (&Value::Null, &json!(0)));
    let page = browser.get(&format!("/connections/{}/operations", again.id)).await.ok();
    assert_eq!(page["operations"][0]["order"]["order_id"], "5dpm9", "{page}");
});

flow!(a_till_that_fetches_its_orders_has_no_such_settings, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let at = |rest: &str| format!("/connections/{}/{rest}", connection["id"].as_str().unwrap());
    for path in ["till_settings", "operations", "operations/x", "exchanges/x"] {
        browser.get(&at(path)).await.problem(404, "not_found");
    }
    browser.put(&at("till_settings"), first(TOKEN)).await.problem(404, "not_found");
    browser.delete(&at("till_settings")).await.problem(404, "not_found");
    for path in ["till_test", "menu_check", "callback_check"] {
        browser.post(&at(path), json!({})).await.problem(404, "not_found");
    }
    assert_eq!(browser.status("caisse").await["connection"]["id"], connection["id"]);
});
