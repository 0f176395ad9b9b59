//! HubRise's order and the till's request beside each other: what was sent, and where it came from.

use passerelle_store::Way;
use passerelle_wire::{FateReason, Point, Side, Sides, Via};
use serde_json::{Value, json};

use super::stage::{SUPPORT, helene, order_for, personal_in};
use crate::delivery::stage::{FIRST, Till};
use crate::hearing::{event, installation, order};

async fn sides(till: &Till<'_>, order: &Value) -> Sides {
    let row = till.operation(order).await;
    let path = format!("/connections/{}/operations/{}/sides", till.id, row.id);
    serde_json::from_value(till.browser.get(&path).await.ok()).unwrap()
}

/// Where a path of a side is.
fn cell(sides: &Sides, side: Side, path: &str) -> Point {
    for (its, line) in sides.lines(side).iter().zip(0..) {
        if let Some((_, cell)) = its.cells.iter().zip(0..).find(|(cell, _)| cell.path == path) {
            return Point { side, line, cell: Some(cell) };
        }
    }
    panic!("{path}: {sides:#?}");
}

fn text<'a>(sides: &'a Sides, side: Side, path: &str) -> &'a str {
    &sides.cell(cell(sides, side, path)).unwrap().text
}

flow!(what_was_sent_is_traced_to_the_order, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("some_refs").await;
    let before = sides(&till, &order).await;
    assert_eq!((before.was_sent, before.exact, before.has_request), (false, true, true), "what would be sent");
    assert!(!before.right.is_empty() && !before.ticket.is_empty() && !before.totals.is_empty());
    till.settle().await;

    let sides = sides(&till, &order).await;
    assert_eq!((sides.was_sent, sides.exact), (true, true));
    assert_eq!(text(&sides, Side::Order, "id"), order["id"]);
    assert!(text(&sides, Side::Request, "EOIAuthenticationToken").starts_with("YT6eR2-•••"));
    let code = cell(&sides, Side::Request, "Transaction/Items/Item/ProdNum");
    let from = sides.counterparts(code)[0];
    assert!(sides.cell(from).unwrap().path.starts_with("items[1]."), "{sides:#?}");
    let skipped = sides.rows.iter().find(|row| row.via == Via::Skipped).unwrap();
    assert_eq!(skipped.reason, Some(FateReason::NoRef));
    let noted: Vec<&str> = sides.noted.iter().map(|spot| spot.what.as_str()).collect();
    let left = sides.left[skipped.left.unwrap() as usize].path.as_str();
    assert!(noted.contains(&left), "{left}: {noted:?}");
    assert!(sides.totals.iter().any(|total| total.difference.is_some()));
});

flow!(what_was_sent_is_traced_by_the_settings_of_then, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("deal").await;
    till.settle().await;
    let before = sides(&till, &order).await;
    till.configure(FIRST, json!({"deals": {"aggregate_prices": true, "refs_as_combo_ids": true}, "debug": true})).await;
    world.later(jiff::SignedDuration::from_hours(1));
    let after = sides(&till, &order).await;
    assert!(after.exact);
    assert_eq!(after, before);
});

flow!(what_a_person_wrote_is_not_the_translations, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "unknown_product").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    world.store(FIRST, "accept").await;
    let row = till.operation(&order).await;
    let path = format!("/connections/{}/operations/{}", till.id, row.id);
    let calls = till.said(&order).await;
    let sent = calls.iter().rev().find(|call| call.row.way == Way::BridgeToTill).unwrap();
    let request = String::from_utf8_lossy(&sent.request_body).replace("2001", "2002");
    let version = till.browser.get(&path).await.ok()["line"]["version"].clone();
    let ask = json!({"version": version, "request": request});
    assert_eq!(till.browser.post(&format!("{path}/resend"), ask).await.ok()["line"]["manual"], true);
    till.settle().await;
    let sides = sides(&till, &order).await;
    assert_eq!((sides.was_sent, sides.exact), (true, false));
    assert_eq!(text(&sides, Side::Request, "Transaction/Items/Item/ProdNum"), "2002");
});

flow!(what_cannot_be_sent_says_what_became_of_it, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("no_refs").await;
    till.settle().await;
    let sides = sides(&till, &order).await;
    assert_eq!((sides.has_request, sides.was_sent, sides.right.len(), sides.links.len()), (false, false, 0, 0));
    assert!(sides.rows.iter().any(|row| row.via == Via::Skipped) && !sides.ticket.is_empty());
    assert_eq!(sides.about.unwrap().side, Side::Order, "the first that was skipped");
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
    let nothing = serde_json::to_value(Sides { exact: true, ..Sides::default() }).unwrap();
    let path = |id| format!("/connections/{}/operations/{id}/sides", row.id);
    assert_eq!(browser.get(&path(of(0).await)).await.ok(), nothing);
    let update = browser.get(&path(of(1).await)).await.ok();
    let update: Sides = serde_json::from_value(update).unwrap();
    assert_eq!((text(&update, Side::Order, "id"), update.has_request, update.right.len()), ("b", false, 0));
});

flow!(what_support_sees_is_made_of_masked_texts, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "unknown_product").await;
    let mut cake = order_for("ignored", helene());
    cake.as_object_mut().unwrap().remove("id");
    cake["items"][0]["product_name"] = "Cake for Hélène".into();
    cake["items"]
        .as_array_mut()
        .unwrap()
        .push(json!({"product_name": "Candle of HELENE", "price": "1.00 EUR", "quantity": "1"}));
    let made = till.ordered_as(cake).await;
    till.settle().await;
    let row = till.operation(&made).await;
    let path = format!("/connections/{}/operations/{}/sides", till.id, row.id);
    let support = world.onlooker(&till.id, SUPPORT).await;
    for (browser, name) in [(&till.browser, "Hélène"), (&support, "•••")] {
        let all = browser.get(&path).await.ok();
        let sides: Sides = serde_json::from_value(all.clone()).unwrap();
        let cake = format!("Cake for {name}");
        assert_eq!(sides.ticket[0].name, cake);
        assert_eq!(sides.about.as_ref().unwrap().what, format!("{cake} · 734"));
        let sent = sides
            .rows
            .iter()
            .find(|row| {
                row.via == Via::Sent
                    && row.right.is_some_and(|line| sides.right[line as usize].path.contains("/Items/"))
            })
            .unwrap();
        let halves = (sides.left[sent.left.unwrap() as usize].name(), sides.right[sent.right.unwrap() as usize].name());
        assert_eq!(halves, (cake.as_str(), cake.as_str()));
        assert_eq!(sides.noted.iter().filter(|spot| spot.what == "items[1]").count(), 1);
        assert_eq!(text(&sides, Side::Request, "Member/FirstName"), name);
        let hidden = name == "•••";
        assert_eq!(personal_in(&all.to_string()).is_empty(), hidden);
        assert_eq!(all.to_string().contains("HELENE"), !hidden);
    }
});
