//! Refs of discounts, fetched from the till by name where its settings want it.

use passerelle_store::{OperationState as State, Way};
use serde_json::json;

use super::stage::{FIRST, Till};
use crate::world::World;

const ASKED_WITH: (&str, &str) = ("PASSERELLE_PIXELPOINT_DISCOUNTS_REQUEST_TYPE", "2048");

/// An order whose discount has this name and no ref.
async fn discounted(till: &Till<'_>, name: &str) -> serde_json::Value {
    let items = json!([{"product_name": "Tea", "sku_ref": "2031", "price": "4.00", "quantity": "1"}]);
    let discounts = json!([{"name": name, "price_off": "1.00"}]);
    till.ordered_as(json!({"status": "new", "items": items, "discounts": discounts})).await
}

async fn notes(till: &Till<'_>, order: &serde_json::Value) -> String {
    till.operation(order).await.notes.unwrap_or_default()
}

async fn fetched_once_an_hour(world: World) {
    let till = world.till(json!({"discounts": {"fetch_refs": true}})).await;
    let happy = discounted(&till, "Happy hour").await;
    let unknown = discounted(&till, "Nobody knows").await;
    till.settle().await;
    for order in [&happy, &unknown] {
        till.assert_stands(&till.stands(order).await, State::Delivered, None);
    }
    assert!(notes(&till, &happy).await.contains("discount_by_name"));
    assert!(notes(&till, &unknown).await.contains("discount_skipped"));
    let till_calls = till.said(&happy).await.iter().filter(|said| said.row.way == Way::BridgeToTill).count();
    assert_eq!((till_calls, world.calls().await), (2, 3), "one list for both");
    world.shift(3_601);
    discounted(&till, "Happy hour").await;
    till.ordered("plain").await;
    till.settle().await;
    assert_eq!(world.calls().await, 6, "an hour later the list again, and only for the order that needs it");
}

async fn waits_for_a_till_that_cannot_be_asked(world: World) {
    let till = world.till(json!({"discounts": {"fetch_refs": true}})).await;
    world.store(FIRST, "store_offline").await;
    let order = discounted(&till, "Happy hour").await;
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Queued, Some("store_offline"));
    assert_eq!(till.operation(&order).await.tries, 0, "the order itself was not tried");
    world.store(FIRST, "accept").await;
    world.shift(45);
    till.settle().await;
    assert!(notes(&till, &order).await.contains("discount_by_name"));
    assert_eq!(world.printed().await, (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_fetched_once_an_hour_and_only_when_an_order_needs_it_sqlite() {
    fetched_once_an_hour(World::sqlite_with(&[(ASKED_WITH.0, ASKED_WITH.1.to_owned())]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_fetched_once_an_hour_and_only_when_an_order_needs_it_postgres() {
    fetched_once_an_hour(World::postgres_with(&[(ASKED_WITH.0, ASKED_WITH.1.to_owned())]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_waits_for_a_till_that_cannot_be_asked_sqlite() {
    waits_for_a_till_that_cannot_be_asked(World::sqlite_with(&[(ASKED_WITH.0, ASKED_WITH.1.to_owned())]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_waits_for_a_till_that_cannot_be_asked_postgres() {
    let world = World::postgres_with(&[(ASKED_WITH.0, ASKED_WITH.1.to_owned())]).await;
    waits_for_a_till_that_cannot_be_asked(world).await;
}

flow!(nothing_is_asked_while_nobody_has_said_how, |world| {
    let till = world.till(json!({"discounts": {"fetch_refs": true, "default_ref": "501"}})).await;
    let order = discounted(&till, "Happy hour").await;
    till.settle().await;
    assert!(notes(&till, &order).await.contains("discount_by_default"));
    assert_eq!(world.calls().await, 1);
});
