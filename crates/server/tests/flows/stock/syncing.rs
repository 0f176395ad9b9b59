//! **Synchroniser les stocks**: the whole state, once, compared afterwards.

use jiff::SignedDuration;
use passerelle_store::OperationState;
use serde_json::{Value, json};

use super::stage::{change_at_hubrise, counted, holding, inactive, unmanaged};

flow!(a_synchronisation_sends_all_and_says_what_it_did, |world| {
    let pos = world.pos().await;
    change_at_hubrise(&world, &pos.row().await, "TIR-1", Some("9")).await;
    pos.put(1, &[inactive("MAR-M"), counted("MAR-L", "5"), unmanaged("REG-M"), counted("NOT-THERE", "1")]).await;
    assert_eq!(pos.board().await["head"]["sync_advised"], true);
    let run = pos.synchronise().await;
    assert_eq!(run.status.as_u16(), 202);
    assert_eq!(run.body["state"], "waiting");
    pos.settle().await;
    assert_eq!(pos.held().await, holding(&[("MAR-M", "0"), ("MAR-L", "5")]));
    let head = pos.board().await["head"].clone();
    let sync = &head["sync"];
    assert_eq!((&sync["id"], &sync["state"], &head["sync_advised"]), (&run.body["id"], &json!("done"), &json!(false)));
    let expected = json!({
        "sent": 2, "zeroed": 1, "removed": 1, "unknown": 1, "unknown_refs": [{"kind": "sku", "ref": "NOT-THERE"}],
        "left": 0, "differences": [],
    });
    assert_eq!(sync["result"], expected);
    assert_eq!(sync["asked_by"], "Support Carré POS");
    let operations = pos.operations().await;
    let put = operations.iter().find(|one| Some(one.id.as_str()) == sync["operation"].as_str()).unwrap();
    assert_eq!(put.state, OperationState::Delivered);
    // The first was somebody else's.
    assert_eq!(pos.sends().await, ["PATCH", "PUT"], "the change that was gathered went with it");
});

flow!(pressed_twice_it_is_one_run, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "5")]).await;
    let (one, two) = tokio::join!(pos.synchronise(), pos.synchronise());
    assert_eq!(one.body, two.body);
    assert_eq!(pos.engine.step().await.unwrap(), 1);
    pos.settle().await;
    assert_eq!(pos.sends().await, ["PUT"]);
    assert_ne!(pos.synchronise().await.body["id"], one.body["id"]);
});

flow!(without_a_word_of_the_till_nothing_is_emptied, |world| {
    let pos = world.pos().await;
    change_at_hubrise(&world, &pos.row().await, "TIR-1", Some("9")).await;
    pos.synchronise().await.problem(409, "stock_unknown");
    assert_eq!(pos.board().await["head"]["sync_advised"], false);
    pos.after(60).await;
    assert_eq!(pos.held().await, holding(&[("TIR-1", "9")]));
});

flow!(a_change_during_a_synchronisation_goes_after_it, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "1")]).await;
    pos.synchronise().await;
    // The till's answers come while HubRise is slow.
    world.control("faults", json!({"target": "api", "mode": "slow", "delay_ms": 300})).await;
    let (turns, _) = tokio::join!(pos.engine.step(), async {
        while pos.sends().await.is_empty() {
            tokio::task::yield_now().await;
        }
        pos.patch(2, &[counted("MAR-M", "2")]).await
    });
    assert_eq!(turns.unwrap(), 1);
    world.control("faults", json!({"target": "api", "mode": "none"})).await;
    pos.settle().await;
    assert_eq!(pos.sends().await, ["PUT", "PATCH"]);
    assert_eq!(pos.held().await["MAR-M"], "2");
    assert_eq!(pos.board().await["head"]["sync"]["state"], "done");
});

flow!(one_that_hubrise_does_not_answer_begins_anew, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "1")]).await;
    pos.settle().await;
    world.fault("api", "fail").await;
    pos.synchronise().await;
    pos.step().await;
    let sync = pos.board().await["head"]["sync"].clone();
    assert_eq!((&sync["state"], &sync["cause"]), (&json!("waiting"), &json!("hubrise_down")));
    world.fault("api", "none").await;
    pos.after(60).await;
    let sync = pos.board().await["head"]["sync"].clone();
    assert_eq!((&sync["state"], &sync["cause"]), (&json!("done"), &Value::Null));
    assert_eq!(pos.held().await["MAR-M"], "1");
});

flow!(one_of_a_dead_connection_fails_and_says_so, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "1")]).await;
    pos.settle().await;
    world.back_office(pos.row().await.app_instance_id.as_deref().unwrap(), "block").await;
    world.later(SignedDuration::from_mins(2));
    pos.synchronise().await;
    pos.step().await;
    let sync = pos.board().await["head"]["sync"].clone();
    assert_eq!((&sync["state"], &sync["cause"]), (&json!("failed"), &json!("hubrise_refused")));
});

flow!(switched_off_in_the_middle_it_fails, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "1")]).await;
    pos.synchronise().await;
    pos.switch(false).await;
    pos.after(60).await;
    let sync = pos.board().await["head"]["sync"].clone();
    assert_eq!((&sync["state"], &sync["cause"]), (&json!("failed"), &json!("sending_off")));
    assert_eq!(pos.held().await, holding(&[]));
});
