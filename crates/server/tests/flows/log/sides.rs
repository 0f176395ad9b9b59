//! HubRise's order and the till's request beside each other: what was sent, and where it came from.

use serde_json::{Value, json};

use super::stage::order_for;
use crate::delivery::stage::Till;
use crate::hearing::{event, installation, order};

async fn sides(till: &Till<'_>, order: &Value) -> Value {
    let row = till.operation(order).await;
    till.browser.get(&format!("/connections/{}/operations/{}/sides", till.id, row.id)).await.ok()
}

fn origin<'a>(sides: &'a Value, node: &str) -> &'a Value {
    let origins = sides["origins"].as_array().unwrap();
    &origins.iter().find(|origin| origin["node"] == node).unwrap_or_else(|| panic!("{node}: {sides:#}"))["from"]
}

flow!(what_was_sent_is_traced_to_the_order, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("some_refs").await;
    let before = sides(&till, &order).await;
    assert_eq!((&before["was_sent"], &before["exact"]), (&json!(false), &json!(true)), "what would be sent");
    assert!(before["request"].as_str().unwrap().contains("<Transaction>"));
    till.settle().await;

    let sides = sides(&till, &order).await;
    assert_eq!((&sides["was_sent"], &sides["exact"]), (&json!(true), &json!(true)), "{sides:#}");
    let told: Value = serde_json::from_str(sides["order"].as_str().unwrap()).unwrap();
    assert_eq!(told["id"], order["id"]);
    let request = sides["request"].as_str().unwrap();
    assert!(request.contains("<EOIAuthenticationToken>YT6eR2-•••"), "{request}");
    assert_eq!(
        origin(&sides, "Transaction/Items/Item[1]/ProdNum")[0].as_str().unwrap().split('.').next(),
        Some("items[1]")
    );
    let skipped = sides["fates"].as_array().unwrap().iter().find(|fate| fate["became"] == "skipped").unwrap();
    assert_eq!(skipped["reason"], "no_ref", "{sides:#}");
    assert!(sides["notes"].as_array().unwrap().iter().any(|note| note["code"] == "item_skipped"));
});

flow!(what_was_sent_is_traced_by_the_settings_of_then, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("deal").await;
    till.settle().await;
    let before = sides(&till, &order).await;
    let token = crate::delivery::stage::FIRST;
    till.configure(token, json!({"deals": {"aggregate_prices": true, "refs_as_combo_ids": true}, "debug": true})).await;
    world.later(jiff::SignedDuration::from_hours(1));
    let after = sides(&till, &order).await;
    assert_eq!(after["exact"], true);
    assert_eq!(after, before);
});

flow!(what_a_person_wrote_is_not_the_translations, |world| {
    let till = world.till(json!({})).await;
    world.store(crate::delivery::stage::FIRST, "unknown_product").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    world.store(crate::delivery::stage::FIRST, "accept").await;
    let row = till.operation(&order).await;
    let path = format!("/connections/{}/operations/{}", till.id, row.id);
    let request = sides(&till, &order).await["request"].as_str().unwrap().replace("2001", "2002");
    let version = till.browser.get(&path).await.ok()["line"]["version"].clone();
    let ask = json!({"version": version, "request": request});
    assert_eq!(till.browser.post(&format!("{path}/resend"), ask).await.ok()["line"]["manual"], true);
    till.settle().await;
    let sides = sides(&till, &order).await;
    assert_eq!((&sides["was_sent"], &sides["exact"]), (&json!(true), &json!(false)), "{sides:#}");
    assert_eq!(sides["request"], request);
});

flow!(what_cannot_be_sent_says_what_became_of_it, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("no_refs").await;
    till.settle().await;
    let sides = sides(&till, &order).await;
    assert_eq!((&sides["request"], &sides["was_sent"]), (&Value::Null, &json!(false)));
    assert!(!sides["fates"].as_array().unwrap().is_empty() && sides["origins"] == json!([]));
});

flow!(what_holds_no_order_has_no_sides, |world| {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    let mut delivery = event("e1", "create", &known, &order("a", "new"));
    delivery["resource_type"] = "delivery".into();
    delivery.as_object_mut().unwrap().remove("new_state");
    assert_eq!(world.told(&delivery).await, 200);
    assert_eq!(world.told(&event("e2", "update", &known, &order_for("b", Value::Null))).await, 200);
    let of = |nth: usize| {
        let (world, row) = (&world, &row);
        async move { world.operations(row).await[nth].id.clone() }
    };
    let nothing = json!({"order": null, "request": null, "was_sent": false, "exact": true, "origins": [], "fates": [], "notes": []});
    let path = |id| format!("/connections/{}/operations/{id}/sides", row.id);
    assert_eq!(browser.get(&path(of(0).await)).await.ok(), nothing);
    let update = browser.get(&path(of(1).await)).await.ok();
    assert!(update["order"].as_str().unwrap().contains("\"b\"") && update["request"].is_null());
});
