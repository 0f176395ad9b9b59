//! Each answer of a till, and each silence, and what becomes of the order.

use passerelle_store::OperationState as State;
use passerelle_store::{Ended, OperationRow, Telling, Way};
use serde_json::json;

use super::stage::{FIRST, Till};
use crate::world::{BELLA_PARIS, NINA, World};

/// How a new order stands after the till, behaving so, has had its first chance.
async fn tried(till: &Till<'_>, mode: &str) -> (serde_json::Value, OperationRow) {
    till.world.store(FIRST, mode).await;
    let order = till.ordered("plain").await;
    till.settle().await;
    let row = till.operation(&order).await;
    (order, row)
}

flow!(an_order_is_printed_once_and_hubrise_hears_of_it, |world| {
    let till = world.till(json!({})).await;
    let (order, row) = tried(&till, "accept").await;
    assert_eq!((row.state, row.cause, row.telling, row.tries), (State::Delivered, None, Telling::Told, 1));
    assert_eq!(world.printed().await, (1, 0));
    assert_eq!(till.at_hubrise(&order).await["status"], "received");
});

flow!(all_that_was_said_is_kept_and_no_secret_in_it, |world| {
    let till = world.till(json!({"debug": true})).await;
    let (order, _) = tried(&till, "accept").await;
    let said = till.said(&order).await;
    let ways: Vec<_> = said.iter().map(|exchange| (exchange.row.way, exchange.row.method.as_str())).collect();
    let expect = [(Way::HubriseToBridge, "POST"), (Way::BridgeToTill, "POST"), (Way::BridgeToHubrise, "PATCH")];
    assert_eq!(ways, expect);
    let request = String::from_utf8(said[1].request_body.clone()).unwrap();
    assert!(request.contains("YT6eR2-•••23A5B") && request.contains("<DebugMode>1</DebugMode>"), "{request}");
    let token = world.state.vault().open(&world.state.store().connection_bare(&till.id).await.unwrap().unwrap().token);
    let secrets = [FIRST.to_owned(), "CEED65AD338".to_owned(), token.unwrap().expose().to_owned()];
    for exchange in &said {
        assert!(exchange.row.duration_us > 0 && exchange.row.ended == Ended::Answered);
        let bodies = [&exchange.request_body, &exchange.response_body].map(|body| String::from_utf8_lossy(body));
        for text in [&*bodies[0], &*bodies[1], &exchange.request_headers, &exchange.response_headers] {
            assert!(!secrets.iter().any(|secret| text.contains(secret.as_str())), "{text}");
        }
    }
});

flow!(a_wrong_token_is_a_refusal_for_good, |world| {
    let till = world.till(json!({})).await;
    let (order, row) = tried(&till, "wrong_token").await;
    assert_eq!((row.state, row.cause.as_deref(), row.telling), (State::Refused, Some("wrong_token"), Telling::None));
    world.shift(3_600);
    till.settle().await;
    assert_eq!(world.calls().await, 1, "it is not tried again");
    assert_eq!(till.at_hubrise(&order).await["status"], "new");
});

flow!(a_token_the_till_does_not_know_is_told_apart, |world| {
    let till = world.bare_till(NINA, BELLA_PARIS).await;
    till.configure("YT6eR2-0000000000000000", json!({})).await;
    let (_, row) = tried(&till, "accept").await;
    assert_eq!((row.state, row.cause.as_deref()), (State::Refused, Some("wrong_token")));
});

flow!(an_offline_store_is_tried_again_by_itself, |world| {
    let till = world.till(json!({})).await;
    let (order, row) = tried(&till, "store_offline").await;
    assert_eq!((row.state, row.cause.as_deref(), row.tries), (State::Queued, Some("store_offline"), 1));
    for (wait, calls) in [(4, 1), (1, 2), (14, 2), (1, 3), (44, 3), (1, 4), (119, 4), (1, 5), (299, 5), (1, 6)] {
        world.shift(wait);
        till.settle().await;
        assert_eq!(world.calls().await, calls);
    }
    world.store(FIRST, "accept").await;
    world.shift(300);
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
    assert_eq!(world.printed().await, (1, 0));
    assert_eq!(till.at_hubrise(&order).await["status"], "received");
});

flow!(half_an_hour_after_it_was_wanted_a_person_is_asked, |world| {
    let till = world.till(json!({})).await;
    let (order, _) = tried(&till, "store_offline").await;
    for _ in 0..10 {
        world.shift(300);
        till.settle().await;
    }
    till.assert_stands(&till.stands(&order).await, State::Attention, Some("store_offline"));
    let calls = world.calls().await;
    world.shift(3_600);
    till.settle().await;
    assert_eq!(world.calls().await, calls);
});

flow!(an_unknown_product_is_named_in_the_tills_words, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = tried(&till, "unknown_product").await;
    assert_eq!((row.state, row.cause.as_deref()), (State::Refused, Some("unknown_product")));
    assert!(row.detail.as_deref().is_some_and(|words| !words.is_empty()), "{:?}", row.detail);
});

flow!(a_fault_inside_the_till_is_told_as_one, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = tried(&till, "exception").await;
    assert_eq!((row.state, row.cause.as_deref()), (State::Refused, Some("till_fault")));
});

flow!(a_closed_door_is_knocked_at_again_and_nothing_is_printed_twice, |world| {
    let till = world.till(json!({})).await;
    world.door(false).await;
    let order = till.ordered("plain").await;
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Queued, Some("till_unreachable"));
    assert_eq!(till.said(&order).await[1].row.ended, Ended::Unsent);
    world.door(true).await;
    world.shift(5);
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
    assert_eq!(world.printed().await, (1, 0));
});

flow!(a_till_that_falls_silent_may_have_printed_so_the_order_is_held, |world| {
    let till = world.till(json!({})).await;
    let (order, row) = tried(&till, "accept_then_drop").await;
    assert_eq!((row.state, row.cause.as_deref(), row.telling), (State::Unknown, Some("no_answer"), Telling::None));
    assert_eq!(till.said(&order).await[1].row.ended, Ended::Unanswered);
    world.store(FIRST, "accept").await;
    for _ in 0..8 {
        world.shift(300);
        till.settle().await;
    }
    assert_eq!(world.printed().await, (1, 0));
    till.assert_stands(&till.stands(&order).await, State::Unknown, Some("no_answer"));
    assert_eq!(till.at_hubrise(&order).await["status"], "new", "nobody claims what nobody knows");
});

flow!(what_may_have_been_printed_is_sent_again_where_the_settings_want_it, |world| {
    let till = world.till(json!({"on_unknown": "resend"})).await;
    let (order, row) = tried(&till, "accept_then_drop").await;
    assert_eq!((row.state, row.cause.as_deref()), (State::Queued, Some("no_answer")));
    world.store(FIRST, "accept").await;
    world.shift(5);
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
    assert_eq!(world.printed().await, (2, 1), "twice, as was accepted");
});

flow!(an_answer_that_is_none_leaves_the_outcome_unknown, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = tried(&till, "nonsense").await;
    assert_eq!((row.state, row.cause.as_deref()), (State::Unknown, Some("nonsense")));
});

async fn held_after_its_time(world: World) {
    let till = world.till(json!({})).await;
    let (_, row) = tried(&till, "slow").await;
    assert_eq!((row.state, row.cause.as_deref()), (State::Unknown, Some("no_answer")));
    assert_eq!(world.printed().await, (1, 0));
}

const HURRIED: (&str, &str) = ("PASSERELLE_PIXELPOINT_ANSWER_TIMEOUT_SECONDS", "1");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_later_than_the_limit_leaves_the_outcome_unknown_sqlite() {
    held_after_its_time(World::sqlite_with(&[(HURRIED.0, HURRIED.1.to_owned())]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_later_than_the_limit_leaves_the_outcome_unknown_postgres() {
    held_after_its_time(World::postgres_with(&[(HURRIED.0, HURRIED.1.to_owned())]).await).await;
}

flow!(without_a_token_nobody_is_called, |world| {
    let till = world.bare_till(NINA, BELLA_PARIS).await;
    let order = till.ordered("plain").await;
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Attention, Some("no_token"));
    assert_eq!(world.calls().await, 0);
});

flow!(an_order_with_nothing_to_send_fails_with_the_reason_and_holds_up_nobody, |world| {
    let till = world.till(json!({})).await;
    let empty = till.ordered("no_refs").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    let row = till.operation(&empty).await;
    assert_eq!((row.state, row.cause.as_deref(), row.tries), (State::Failed, Some("nothing_to_send"), 0));
    assert!(row.notes.is_some_and(|notes| notes.contains("item_skipped")));
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
    assert_eq!(world.calls().await, 1);
});
