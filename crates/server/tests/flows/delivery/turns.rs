//! Whose turn it is: in order at one till, beside one another at several, and never what was withdrawn.

use passerelle_store::OperationState as State;
use passerelle_store::{OperationKind, Receipt};
use serde_json::json;

use super::stage::{FIRST, SECOND, until};
use crate::live::Stream;

flow!(orders_of_one_till_go_in_the_order_they_came, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "store_offline").await;
    let (one, two) = (till.ordered("plain").await, till.ordered("options").await);
    till.settle().await;
    world.store(FIRST, "accept").await;
    till.settle().await;
    assert_eq!(world.printed().await, (0, 0), "the second waits for the first, though the till would take it");
    world.shift(5);
    till.settle().await;
    let (one, two) = (till.operation(&one).await, till.operation(&two).await);
    assert_eq!((one.state, two.state, one.tries, two.tries), (State::Delivered, State::Delivered, 2, 1));
    assert_eq!(world.printed().await, (2, 0));
});

flow!(a_till_that_must_wait_holds_up_no_other, |world| {
    let (till, other) = (world.till(json!({})).await, world.other_till(json!({})).await);
    world.store(FIRST, "store_offline").await;
    let (late, prompt) = (till.ordered("plain").await, other.ordered("plain").await);
    till.settle().await;
    till.assert_stands(&till.stands(&late).await, State::Queued, Some("store_offline"));
    other.assert_stands(&other.stands(&prompt).await, State::Delivered, None);
});

flow!(a_till_that_does_not_answer_holds_up_no_other, |world| {
    let (till, other) = (world.till(json!({})).await, world.other_till(json!({})).await);
    world.store(FIRST, "slow").await;
    let stuck = till.ordered("plain").await;
    let running = tokio::spawn(till.engine.clone().run());
    world.state.wake().wake();
    until("the slow till's order is under way", || async { till.stands(&stuck).await.0 == State::Sending }).await;
    let prompt = other.ordered("plain").await;
    world.state.wake().wake();
    until("the other till's order is delivered", || async { other.stands(&prompt).await.0 == State::Delivered }).await;
    till.assert_stands(&till.stands(&stuck).await, State::Sending, None);
    running.abort();
});

flow!(the_engine_does_by_itself_what_it_is_woken_for, |world| {
    let till = world.till(json!({})).await;
    let running = tokio::spawn(till.engine.clone().run());
    let mut orders = Vec::new();
    for _ in 0..5 {
        orders.push(till.ordered("plain").await);
        world.state.wake().wake();
    }
    for order in &orders {
        until("the order is delivered", || async { till.stands(order).await.0 == State::Delivered }).await;
        until("hubrise has heard", || async { till.at_hubrise(order).await["status"] == "received" }).await;
    }
    assert_eq!(world.printed().await, (5, 0));
    running.abort();
});

flow!(a_cancelled_order_that_waits_is_withdrawn_and_the_next_one_goes, |world| {
    let till = world.till(json!({})).await;
    let (cancelled, next) = (till.ordered("plain").await, till.ordered("options").await);
    let change = till.changed_at_hubrise(&cancelled, "cancelled").await;
    assert_eq!(till.received(&change, OperationKind::OrderUpdated).await, Receipt::Kept(State::Noted));
    till.settle().await;
    till.assert_stands(&till.stands(&cancelled).await, State::Withdrawn, Some("cancelled_before"));
    till.assert_stands(&till.stands(&next).await, State::Delivered, None);
    assert_eq!(world.printed().await, (1, 0));
});

flow!(a_clock_set_back_an_hour_delays_nothing, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "store_offline").await;
    let waiting = till.ordered("plain").await;
    till.settle().await;
    world.shift(-3_600);
    world.store(FIRST, "accept").await;
    till.settle().await;
    till.assert_stands(&till.stands(&waiting).await, State::Delivered, None);
    let fresh = till.ordered("options").await;
    till.settle().await;
    till.assert_stands(&till.stands(&fresh).await, State::Delivered, None);
    assert_eq!(world.printed().await, (2, 0));
});

flow!(a_server_that_stops_begins_no_try_and_ends_those_under_way, |world| {
    let (till, other) = (world.till(json!({})).await, world.other_till(json!({})).await);
    world.control("pixelpoint/mode", json!({"token": SECOND, "mode": "slow", "delay_ms": 1_000})).await;
    let under_way = other.ordered("plain").await;
    let running = tokio::spawn(till.engine.clone().run());
    world.state.wake().wake();
    until("the slow till has the order", || async { world.calls().await == 1 }).await;
    till.engine.stop();
    let late = till.ordered("plain").await;
    world.state.wake().wake();
    till.engine.ended(passerelle_server::delivery::GRACE).await;
    running.await.unwrap();
    other.assert_stands(&other.stands(&under_way).await, State::Delivered, None);
    till.assert_stands(&till.stands(&late).await, State::Queued, None);
    assert_eq!(world.printed().await, (1, 0));
});

flow!(open_pages_are_told_of_each_step, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    let mut page = Stream::open(&world, &till.browser, &format!("/connections/{}", till.id)).await;
    till.settle().await;
    assert!(page.changed().await.is_some());
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
});
