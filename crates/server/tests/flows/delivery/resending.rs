//! Orders that a person has sent again: as they were, or as that person wrote them.

use passerelle_store::OperationState as State;
use passerelle_store::{OperationRow, Resend, SessionId, StoreError, Telling};
use serde_json::{Value, json};

use super::stage::{FIRST, Till};

impl Till<'_> {
    /// What somebody who looks at the order now asks for.
    async fn wish(&self, order: &Value, request: Option<&str>) -> Resend {
        let row = self.operation(order).await;
        Resend {
            connection: self.id.clone(),
            operation: row.id,
            seen_changed_at: row.changed_at,
            session: SessionId::new("whoever"),
            request: request.map(|request| request.as_bytes().to_vec()),
            at: self.world.state.now(),
        }
    }

    async fn resent(&self, order: &Value, request: Option<&str>) -> OperationRow {
        let wish = self.wish(order, request).await;
        self.world.state.store().resend(wish).await.unwrap().unwrap()
    }

    /// The till's tries at it: what was sent each time.
    async fn requests(&self, order: &Value) -> Vec<String> {
        let said = self.said(order).await;
        let tries = said.into_iter().filter(|exchange| exchange.row.way == passerelle_store::Way::BridgeToTill);
        tries.map(|exchange| String::from_utf8(exchange.request_body).unwrap()).collect()
    }
}

flow!(a_refused_order_sent_again_is_printed_once_and_hubrise_hears, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "unknown_product").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Refused, Some("unknown_product"));
    world.store(FIRST, "accept").await;
    world.shift(3_600);
    let row = till.resent(&order, None).await;
    assert_eq!((row.state, row.cause, row.resends, row.may_be_printed), (State::Queued, None, 1, false));
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!((row.state, row.tries, row.telling, row.manual), (State::Delivered, 1, Telling::Told, false));
    assert!(row.may_be_printed);
    assert_eq!(world.printed().await, (1, 0));
    assert_eq!(till.at_hubrise(&order).await["status"], "received");
});

flow!(pressed_twice_it_is_printed_once, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "wrong_token").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    world.store(FIRST, "accept").await;
    let wish = till.wish(&order, None).await;
    let store = world.state.store();
    let (one, two) = tokio::join!(store.resend(wish.clone()), store.resend(wish.clone()));
    let told = [&one, &two].iter().filter(|answer| matches!(answer, Err(StoreError::Conflict))).count();
    assert_eq!(told, 1, "{one:?} {two:?}");
    till.settle().await;
    // And once more, by somebody whose page is old.
    assert!(matches!(store.resend(wish).await, Err(StoreError::Conflict)));
    till.settle().await;
    assert_eq!((world.printed().await, world.calls().await), ((1, 0), 2));
});

flow!(what_a_person_wrote_is_sent_byte_for_byte_but_for_the_token, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "unknown_product").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    let shown = till.requests(&order).await.remove(0);
    assert!(shown.contains("YT6eR2-•••23A5B"), "{shown}");
    let written = shown.replacen("<Description>", "<Description>Sans ail: ", 1).replace("  <", "\t<");
    assert_ne!(written, shown);
    let before = till.operation(&order).await.sent_with;
    world.store(FIRST, "store_offline").await;
    assert!(till.resent(&order, Some(&written)).await.manual);
    till.settle().await;
    // It waits for the till as any order does, and stays what was written.
    till.assert_stands(&till.stands(&order).await, State::Queued, Some("store_offline"));
    world.store(FIRST, "accept").await;
    world.shift(5);
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!((row.state, row.manual, row.resends, row.sent_with), (State::Delivered, true, 1, before));
    assert_eq!(till.requests(&order).await, [shown.clone(), written.clone(), written]);
    let printed = world.asked("pixelpoint/printed").await;
    assert!(printed["count"] == 1 && printed.to_string().contains("Sans ail: "), "{printed}");
    // Sent as it was after that, it is what the bridge makes of it.
    till.resent(&order, None).await;
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!((row.state, row.manual, row.resends), (State::Delivered, false, 2));
    assert_eq!(till.requests(&order).await[3], shown);
    assert_eq!(world.printed().await.0, 2, "twice, as was wanted");
});

flow!(a_written_request_needs_a_token_and_no_readable_order, |world| {
    let till = world.till(json!({})).await;
    let empty = till.ordered("no_refs").await;
    till.settle().await;
    till.assert_stands(&till.stands(&empty).await, State::Failed, Some("nothing_to_send"));
    let order = till.ordered("plain").await;
    till.settle().await;
    let shown = till.requests(&order).await.remove(0);
    till.resent(&empty, Some(&shown)).await;
    till.settle().await;
    till.assert_stands(&till.stands(&empty).await, State::Delivered, None);
    assert_eq!(world.printed().await.0, 2);
});

flow!(what_a_translation_was_made_with_is_kept, |world| {
    let till = world.till(json!({"debug": true, "deals": {"aggregate_prices": true}})).await;
    let made_at = world.state.now();
    let (order, empty) = (till.ordered("plain").await, till.ordered("no_refs").await);
    till.settle().await;
    for order in [&order, &empty] {
        let kept: Value = serde_json::from_str(&till.operation(order).await.sent_with.unwrap()).unwrap();
        assert!(kept["at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap() >= made_at, "{kept}");
        let expected = json!({"token": "YT6eR2-•••23A5B", "debug": true, "aggregate_prices": true});
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&kept[key], value, "{kept}");
        }
    }
});

/// An order of which nobody knows the first try, and of which the second was not sent.
async fn doubtful(till: &Till<'_>) -> Value {
    till.world.store(FIRST, "accept_then_drop").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Queued, Some("no_answer"));
    till.world.door(false).await;
    till.world.shift(5);
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!((row.state, row.cause.as_deref()), (State::Queued, Some("till_unreachable")));
    assert!(row.may_be_printed);
    order
}

flow!(closed_after_a_try_nobody_knows_of_its_outcome_is_unknown, |world| {
    let till = world.till(json!({"on_unknown": "resend"})).await;
    let order = doubtful(&till).await;
    let untried = till.ordered("plain").await;
    till.browser.delete(&format!("/connections/{}", till.id)).await.ok();
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Unknown, Some("interrupted"));
    till.assert_stands(&till.stands(&untried).await, State::Failed, Some("disconnected"));
    assert_eq!(world.printed().await, (1, 0));
});

flow!(refused_after_a_try_nobody_knows_of_hubrise_is_not_told_that_there_is_no_meal, |world| {
    let till = world.till(json!({"on_unknown": "resend", "on_refusal": "reject"})).await;
    let order = doubtful(&till).await;
    world.door(true).await;
    world.store(FIRST, "unknown_product").await;
    world.shift(15);
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!(
        (row.state, row.cause.as_deref(), row.telling),
        (State::Refused, Some("unknown_product"), Telling::None)
    );
    assert!(row.may_be_printed);
    assert_eq!(till.at_hubrise(&order).await["status"], "new");
});

flow!(a_delivered_order_sent_again_tells_hubrise_nothing_it_knows, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    till.settle().await;
    till.resent(&order, None).await;
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!((row.state, row.resends, world.printed().await), (State::Delivered, 1, (2, 1)));
    assert_eq!(till.at_hubrise(&order).await["status"], "received");
});
