//! Two servers on one database.

use passerelle_server::assemble;
use passerelle_store::OperationState as State;
use serde_json::json;

use super::stage::until;

flow!(two_engines_share_the_work_and_print_nothing_twice, |world| {
    let (till, other) = (world.till(json!({})).await, world.other_till(json!({})).await);
    let second = assemble::delivery(&world.state);
    let mut orders = Vec::new();
    for _ in 0..12 {
        orders.push((&till, till.ordered("plain").await));
        orders.push((&other, other.ordered("options").await));
    }
    let running = [tokio::spawn(till.engine.clone().run()), tokio::spawn(second.run())];
    for (till, order) in &orders {
        // One bell for both: whoever hears it looks, the other looks by itself.
        until("the order is delivered", || async {
            world.state.wake().wake();
            till.stands(order).await.0 == State::Delivered
        })
        .await;
    }
    for run in running {
        run.abort();
    }
    assert_eq!(world.printed().await, (24, 0));
    for (till, order) in &orders {
        assert_eq!(till.operation(order).await.tries, 1);
    }
});

flow!(steps_at_the_same_moment_never_take_the_same_turn, |world| {
    let (till, other) = (world.till(json!({})).await, world.other_till(json!({})).await);
    let second = assemble::delivery(&world.state);
    for _ in 0..6 {
        till.ordered("plain").await;
        other.ordered("plain").await;
    }
    loop {
        let (one, two) = tokio::join!(till.engine.step(), second.step());
        if one.unwrap() + two.unwrap() == 0 {
            break;
        }
    }
    assert_eq!(world.printed().await, (12, 0));
});
