//! HubRise hears what became of an order: again until it has, never twice sent for it, and not when it knows better.

use passerelle_store::OperationState as State;
use passerelle_store::{OperationKind, Receipt, Telling};
use serde_json::{Value, json};

use super::stage::{FIRST, Till};
use crate::world::World;

async fn patches(world: &World) -> usize {
    world.received().await.iter().filter(|call| call.starts_with("PATCH ")).count()
}

/// An order that is printed, and that HubRise, failing so, does not hear of.
async fn untold(till: &Till<'_>, fault: &str) -> Value {
    till.world.fault("api", fault).await;
    let order = till.ordered("plain").await;
    till.settle().await;
    till.world.fault("api", "none").await;
    order
}

flow!(hubrise_is_told_again_and_the_order_is_not_sent_again, |world| {
    let till = world.till(json!({})).await;
    let order = untold(&till, "fail").await;
    let row = till.operation(&order).await;
    assert_eq!((row.state, row.telling), (State::Delivered, Telling::Due));
    world.shift(4);
    till.settle().await;
    assert_eq!(till.at_hubrise(&order).await["status"], "new", "not before its time");
    world.shift(1);
    till.settle().await;
    assert_eq!(till.operation(&order).await.telling, Telling::Told);
    assert_eq!(till.at_hubrise(&order).await["status"], "received");
    assert_eq!(world.printed().await, (1, 0));
});

flow!(hubrise_is_told_for_a_day_and_then_no_more, |world| {
    let till = world.till(json!({})).await;
    world.fault("api", "fail").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    // The test's clock goes on beside it: a busy machine may need some of these seconds.
    world.shift(86_300);
    till.settle().await;
    assert_eq!(till.operation(&order).await.telling, Telling::Due);
    world.shift(400);
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!((row.state, row.telling), (State::Delivered, Telling::Failed));
    assert_eq!(world.printed().await, (1, 0));
});

flow!(hubrises_wish_to_wait_is_heeded, |world| {
    let till = world.till(json!({})).await;
    let order = untold(&till, "rate_limit").await;
    let before = patches(&world).await;
    // The sandbox asks for 30 seconds.
    world.shift(20);
    till.settle().await;
    assert_eq!((patches(&world).await, till.operation(&order).await.telling), (before, Telling::Due));
    world.shift(15);
    till.settle().await;
    assert_eq!(till.operation(&order).await.telling, Telling::Told);
});

flow!(an_order_hubrise_has_moved_on_is_left_alone, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    till.changed_at_hubrise(&order, "accepted").await;
    till.settle().await;
    assert_eq!(till.operation(&order).await.telling, Telling::Skipped);
    assert_eq!(till.at_hubrise(&order).await["status"], "accepted");
    assert_eq!(patches(&world).await, 1, "hubrise said so");
});

flow!(one_known_to_have_moved_on_is_not_even_asked_about, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    let change = till.changed_at_hubrise(&order, "accepted").await;
    assert_eq!(till.received(&change, OperationKind::OrderUpdated).await, Receipt::Kept(State::Noted));
    till.settle().await;
    assert_eq!(till.operation(&order).await.telling, Telling::Skipped);
    assert_eq!(patches(&world).await, 0);
});

flow!(a_token_that_works_no_more_ends_the_telling, |world| {
    let till = world.till(json!({})).await;
    let row = world.state.store().connection_bare(&till.id).await.unwrap().unwrap();
    world.back_office(&row.app_instance_id.unwrap(), "revoke").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!((row.state, row.telling), (State::Delivered, Telling::Failed));
    assert_eq!(world.printed().await, (1, 0));
});

flow!(a_refused_order_is_rejected_at_hubrise_where_the_settings_want_it, |world| {
    let till = world.till(json!({"on_refusal": "reject"})).await;
    world.store(FIRST, "unknown_product").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!((row.state, row.telling), (State::Refused, Telling::Told));
    let at_hubrise = till.at_hubrise(&order).await;
    assert_eq!(at_hubrise["status"], "rejected");
    let cause = at_hubrise["custom_fields"]["epos"]["rejection"]["cause"].as_str().unwrap();
    assert!(cause.starts_with("The till does not know a code in the order: "), "{cause}");
});
