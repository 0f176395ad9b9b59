//! A server that dies, or is given up for dead, while an order is under way.

use jiff::SignedDuration;
use passerelle_store::OperationState as State;
use passerelle_store::{Telling, TryEnded, Turn};
use serde_json::json;

use super::stage::Till;

/// What a server does before it sends, and then no more.
async fn begun(till: &Till<'_>) -> Turn {
    let (store, now) = (till.world.state.store(), till.world.state.now());
    let until = now + SignedDuration::from_secs(60);
    let turn = store.claim_turns(now, until, 1).await.unwrap().remove(0);
    assert!(store.begin_try(&turn.operation.id, &turn.lease, now, until).await.unwrap());
    turn
}

flow!(what_a_dead_server_was_sending_is_unknown_and_not_sent_again, |world| {
    let till = world.till(json!({})).await;
    let (order, next) = (till.ordered("plain").await, till.ordered("options").await);
    begun(&till).await;
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Sending, None);
    world.shift(61);
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Unknown, Some("interrupted"));
    till.assert_stands(&till.stands(&next).await, State::Delivered, None);
    assert_eq!(world.printed().await, (1, 0), "the one behind it alone");
});

flow!(it_is_sent_again_where_the_settings_want_it, |world| {
    let till = world.till(json!({"on_unknown": "resend"})).await;
    let order = till.ordered("plain").await;
    begun(&till).await;
    world.shift(61);
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Queued, Some("interrupted"));
    world.shift(5);
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
    assert_eq!(world.printed().await, (1, 0));
});

flow!(one_claimed_and_not_begun_is_simply_sent, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    let now = world.state.now();
    world.state.store().claim_turns(now, now + SignedDuration::from_secs(60), 1).await.unwrap();
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Queued, None);
    world.shift(61);
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
    assert_eq!(world.printed().await, (1, 0));
});

flow!(the_outcome_of_one_given_up_for_dead_counts_after_all, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    let turn = begun(&till).await;
    world.shift(61);
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Unknown, Some("interrupted"));
    let late = TryEnded {
        sent_with: None,
        may_be_printed: false,
        state: State::Delivered,
        cause: None,
        detail: None,
        due_at: None,
        telling: Telling::Due,
        notes: None,
        exchanges: Vec::new(),
    };
    world.state.store().end_try(&turn.operation.id, &turn.lease, late, world.state.now()).await.unwrap();
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
    assert_eq!(till.at_hubrise(&order).await["status"], "received");
});
