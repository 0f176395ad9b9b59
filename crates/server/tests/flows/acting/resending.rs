//! Sending again: where it is safe, where it must be said that it may print twice, and where it cannot be.

use passerelle_store::{OperationKind, OperationState as State, Way};
use serde_json::{Value, json};

use super::stage::SUPPORT;
use crate::delivery::stage::FIRST;
use crate::hearing::event;
use crate::world::{MARC, NINA};

flow!(what_was_refused_is_sent_again_and_printed_once, |world| {
    let till = world.till(json!({})).await;
    let (order, row) = till.refused().await;
    assert_eq!(row.state, State::Refused);
    assert_eq!(till.shown(&till.browser, &row).await["line"]["resendable"], "safe");
    let answer = till.press_resend(&till.browser, &row, json!({})).await.ok();
    let line = &answer["line"];
    assert_eq!((&line["state"], &line["resends"], &line["cause"]), (&json!("waiting"), &json!(1), &Value::Null));
    assert_eq!(line["resendable"], "no", "it is under way");
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
    assert_eq!(world.printed().await, (1, 0));
    let acts = world.state.store().acts(&till.id, &row.id).await.unwrap();
    assert_eq!((acts.len(), acts[0].by.as_deref()), (1, Some("Nina Costa")));
});

flow!(of_two_people_who_press_at_once_one_is_told, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = till.refused().await;
    let support = world.onlooker(&till.id, SUPPORT).await;
    let version = till.shown(&till.browser, &row).await["line"]["version"].clone();
    let path = till.path(&row, "/resend");
    let ask = json!({ "version": version });
    let (one, two) = tokio::join!(till.browser.post(&path, ask.clone()), support.post(&path, ask));
    let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
    won.ok();
    lost.problem(409, "conflict");
    till.settle().await;
    assert_eq!(world.printed().await, (1, 0));
    // Pressed twice by one person, it is the same.
    let version = won_version(&till.shown(&support, &row).await);
    let ask = json!({ "version": version, "despite": true });
    support.post(&path, ask.clone()).await.ok();
    support.post(&path, ask).await.problem(409, "conflict");
});

fn won_version(shown: &Value) -> Value {
    shown["line"]["version"].clone()
}

flow!(what_the_till_accepted_goes_again_only_when_it_is_known_that_it_prints_twice, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!(till.shown(&till.browser, &row).await["line"]["resendable"], "was_delivered");
    till.press_resend(&till.browser, &row, json!({})).await.problem(409, "may_print_twice");
    assert_eq!(world.calls().await, 1);
    till.press_resend(&till.browser, &row, json!({"despite": true})).await.ok();
    till.settle().await;
    assert_eq!(world.printed().await, (2, 1));
});

flow!(what_nobody_knows_of_goes_again_only_when_that_is_known, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "accept_then_drop").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    let row = till.operation(&order).await;
    assert_eq!(row.state, State::Unknown);
    assert_eq!(till.shown(&till.browser, &row).await["line"]["resendable"], "may_be_printed");
    till.press_resend(&till.browser, &row, json!({})).await.problem(409, "may_print_twice");
});

flow!(what_was_cancelled_since_goes_again_only_when_that_is_known, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = till.refused().await;
    let installation = till.row().await.app_instance_id.unwrap();
    let order_id = &row.order.as_ref().unwrap().order_id;
    let order = json!({"id": order_id, "status": "cancelled"});
    let mut told = event("e-cancelled", "update", &installation, &order);
    told["order_id"] = json!(order_id);
    assert_eq!(world.told(&told).await, 200);
    till.press_resend(&till.browser, &row, json!({})).await.problem(409, "may_print_twice");
    till.press_resend(&till.browser, &row, json!({"despite": true})).await.ok();
});

flow!(what_is_under_way_or_no_order_cannot_be_sent, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    let row = till.operation(&order).await;
    let despite = json!({"despite": true});
    till.press_resend(&till.browser, &row, despite.clone()).await.problem(409, "not_sendable");
    till.received(&order, OperationKind::OrderUpdated).await;
    let update = till.all(OperationKind::OrderUpdated).await.remove(0);
    till.press_resend(&till.browser, &update, despite).await.problem(409, "not_sendable");
    let none = format!("/connections/{}/operations/none/resend", till.id);
    till.browser.post(&none, json!({"version": "1"})).await.problem(404, "not_found");
    till.settle().await;
    assert_eq!(world.printed().await, (1, 0));
});

flow!(whoever_may_only_look_sends_nothing_but_support_may, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = till.refused().await;
    let onlooker = world.onlooker(&till.id, MARC).await;
    till.press_resend(&onlooker, &row, json!({})).await.problem(403, "view_only");
    let other = world.other_till(json!({})).await;
    let path = format!("/connections/{}/operations/{}/resend", other.id, row.id);
    other.browser.post(&path, json!({"version": "1"})).await.problem(404, "not_found");
    let support = world.onlooker(&till.id, SUPPORT).await;
    till.press_resend(&support, &row, json!({})).await.ok();
});

flow!(a_request_that_a_person_wrote_is_sent_as_it_is_but_for_its_token, |world| {
    let till = world.till(json!({})).await;
    let (order, row) = till.refused().await;
    let sent = till.said(&order).await.into_iter().find(|said| said.row.way == Way::BridgeToTill).unwrap();
    let written = String::from_utf8(sent.request_body).unwrap();
    assert!(written.contains("•••"), "{written}");
    let changed = written.replacen("</Transaction>", "<!-- by hand --></Transaction>", 1);
    let answer = till.press_resend(&till.browser, &row, json!({"request": changed})).await.ok();
    assert_eq!(answer["line"]["manual"], true);
    till.settle().await;
    till.assert_stands(&till.stands(&order).await, State::Delivered, None);
    let said = till.said(&order).await;
    let last = said.iter().rfind(|said| said.row.way == Way::BridgeToTill).unwrap();
    assert_eq!(String::from_utf8_lossy(&last.request_body), changed);
    assert_eq!(world.printed().await, (1, 0));
});

flow!(what_no_till_should_be_sent_is_refused_with_its_place, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = till.refused().await;
    for (request, what) in [
        ("<Request>\n<RequestType>10</RequestTyp></Request>", "line 2, column"),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><Request/>", "document type definition"),
        ("<Request><RequestType>1024</RequestType></Request>", "`RequestType` must be 10"),
        ("", "it holds no element"),
    ] {
        let problem =
            till.press_resend(&till.browser, &row, json!({ "request": request })).await.problem(422, "request_invalid");
        let field = &problem["fields"][0];
        assert_eq!(field["field"], "request");
        assert!(field["message"].as_str().unwrap().contains(what), "{field}");
    }
    let long = format!("<Request><RequestType>10</RequestType>{}</Request>", "é".repeat(600_000));
    till.press_resend(&till.browser, &row, json!({ "request": long })).await.problem(413, "payload_too_large");
    let fits = format!("<Request><RequestType>10</RequestType><A>{}</A></Request>", "é".repeat(500_000));
    till.press_resend(&till.browser, &row, json!({ "request": fits })).await.ok();
});

flow!(nobody_sends_with_a_page_as_it_was, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = till.refused().await;
    let path = till.path(&row, "/resend");
    for version in ["", "0", "now"] {
        till.browser.post(&path, json!({ "version": version })).await.problem(409, "conflict");
    }
    let nina = world.signed_in("pos-helper", NINA).await;
    nina.post(&path, json!({"version": "0"})).await.problem(404, "connection_unknown");
});
