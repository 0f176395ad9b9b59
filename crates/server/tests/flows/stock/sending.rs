//! What goes to HubRise: what differs, gathered, in order, within its limits, and the latest state whatever happens.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use passerelle_server::assemble;
use passerelle_store::OperationState;
use serde_json::{Value, json};

use super::stage::{VENDOR, change_at_hubrise, counted, holding, inactive, unmanaged};
use crate::world::CARRE_SUPPORT;

flow!(the_three_rules_of_the_till, |world| {
    let pos = world.pos().await;
    pos.put(1, &[inactive("MAR-M"), counted("MAR-L", "5.1239"), unmanaged("REG-M"), counted("COK-33", "-3")]).await;
    assert_eq!(pos.step().await, 1);
    assert_eq!(pos.held().await, holding(&[("MAR-M", "0"), ("MAR-L", "5.123"), ("COK-33", "0")]));
    pos.patch(2, &[counted("MAR-M", "7"), unmanaged("MAR-L"), inactive("REG-M")]).await;
    pos.step().await;
    assert_eq!(pos.held().await, holding(&[("MAR-M", "7"), ("REG-M", "0"), ("COK-33", "0")]));
    pos.put(3, &[counted("MAR-M", "7")]).await;
    pos.step().await;
    assert_eq!(pos.held().await, holding(&[("MAR-M", "7")]));
    assert_eq!(pos.sends().await, ["PATCH", "PATCH", "PATCH"]);
});

flow!(changes_are_gathered_and_only_what_differs_is_sent, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "5"), counted("MAR-L", "5")]).await;
    pos.settle().await;
    for sequence in 2..7 {
        pos.patch(sequence, &[counted("MAR-M", &sequence.to_string())]).await;
        assert_eq!(pos.engine.step().await.unwrap(), 0, "it is gathered");
    }
    assert_eq!(pos.step().await, 1);
    assert_eq!(pos.sends().await.len(), 2);
    assert_eq!(pos.held().await["MAR-M"], "6");
    let operations = pos.operations().await;
    let last = operations.last().unwrap();
    let said = world.state.store().exchanges(&pos.id, &last.id).await.unwrap();
    let sent = world.state.store().exchange(&pos.id, &said[0].id).await.unwrap().unwrap();
    let body: Value = serde_json::from_slice(&sent.request_body).unwrap();
    assert_eq!(body, json!([{"sku_ref": "MAR-M", "stock": "6"}]));
    // What says the same again, or goes back, is not sent.
    pos.patch(7, &[counted("MAR-M", "6.0")]).await;
    pos.step().await;
    pos.patch(8, &[counted("MAR-M", "1")]).await;
    pos.patch(9, &[counted("MAR-M", "6")]).await;
    pos.settle().await;
    assert_eq!(pos.sends().await.len(), 2);
});

flow!(a_change_leaves_within_two_seconds_and_a_bit, |world| {
    let pos = world.pos().await;
    let engine = assemble::inventory(&world.state);
    let running = tokio::spawn(engine.clone().run());
    pos.put(1, &[counted("MAR-M", "5")]).await;
    let told = Instant::now();
    while pos.sends().await.is_empty() {
        assert!(told.elapsed() < Duration::from_secs(20), "never");
        tokio::task::yield_now().await;
    }
    assert!(told.elapsed() >= Duration::from_millis(1_500), "it was gathered");
    engine.stop();
    running.await.unwrap();
    engine.ended(Duration::from_secs(10)).await;
});

flow!(refs_the_catalog_does_not_know_do_not_stop_the_rest, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("NOT-THERE", "5"), counted("MAR-M", "2"), unmanaged("NEITHER")]).await;
    pos.settle().await;
    assert_eq!(pos.held().await, holding(&[("MAR-M", "2")]));
    let (known, unknown) = (pos.tile("MAR-M").await, pos.tile("NOT-THERE").await);
    assert_eq!(
        (&unknown["unknown"], &unknown["differs"], &known["unknown"]),
        (&json!(true), &Value::Null, &Value::Null)
    );
    let page = pos.ask("operations").await.ok();
    let line = &page["operations"][0];
    assert_eq!(line["kind"], "stock");
    assert_eq!(line["stock"], json!({"whole": false, "sent": 1, "zeroed": 0, "removed": 0, "unknown": 1}));
    // The catalog is read again after a while, not with every change.
    let reads = async || {
        world
            .received()
            .await
            .iter()
            .filter(|call| call.starts_with("GET /v1/catalogs/") && !call.contains("inventory"))
            .count()
    };
    let before = reads().await;
    pos.patch(2, &[counted("MAR-M", "3")]).await;
    pos.step().await;
    assert_eq!(reads().await, before);
    pos.patch(3, &[counted("MAR-M", "4")]).await;
    pos.after(601).await;
    assert_eq!(reads().await, before + 1);
});

flow!(hubrise_down_keeps_the_latest_state_until_it_is_back, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "1")]).await;
    pos.settle().await;
    world.fault("api", "fail").await;
    pos.patch(2, &[counted("MAR-M", "2")]).await;
    pos.step().await;
    let head = pos.board().await["head"].clone();
    assert_eq!((&head["way"], &head["cause"]), (&json!("retrying"), &json!("hubrise_down")));
    assert!(head["next_at"].is_string());
    assert_eq!(pos.tile("MAR-M").await["doubt"], true);
    pos.patch(3, &[counted("MAR-M", "3")]).await;
    pos.after(3).await;
    pos.patch(4, &[counted("MAR-M", "4")]).await;
    world.fault("api", "none").await;
    pos.after(30).await;
    assert_eq!(pos.held().await["MAR-M"], "4");
    let operations = pos.operations().await;
    assert_eq!(operations.len(), 2, "one send, however often it is tried");
    let last = &operations[1];
    assert_eq!((last.state, last.tries, last.cause.as_deref()), (OperationState::Delivered, 3, None));
    assert_eq!(world.state.store().exchanges(&pos.id, &last.id).await.unwrap().len(), 3);
    let head = pos.board().await["head"].clone();
    assert_eq!((&head["way"], &head["cause"]), (&json!("rest"), &Value::Null));
});

flow!(hubrises_wish_to_wait_is_obeyed, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "1")]).await;
    pos.settle().await;
    world.fault("api", "rate_limit").await;
    pos.patch(2, &[counted("MAR-M", "2")]).await;
    pos.step().await;
    world.fault("api", "none").await;
    let asked = pos.sends().await.len();
    assert_eq!(pos.board().await["head"]["way"], "limited");
    pos.patch(3, &[counted("MAR-M", "3")]).await;
    assert_eq!(pos.step().await, 0, "it waits as long as it was asked to");
    assert_eq!(pos.sends().await.len(), asked);
    pos.after(120).await;
    assert_eq!(pos.held().await["MAR-M"], "3");
});

flow!(the_limits_are_kept_by_whoever_sends, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "0")]).await;
    pos.settle().await;
    // Within one hour of HubRise's.
    let second = world.state.now().as_second();
    world.later(SignedDuration::from_secs(3_600 - second.rem_euclid(3_600)));
    let calls = |lane: &passerelle_store::StockLane| lane.calls.hour.1;
    let lane = async || world.state.store().stock_head(&pos.id).await.unwrap().unwrap().lane;
    let mut sequence = 1;
    let mut send = async |engine: &passerelle_server::inventory::Inventory, seconds: i64| {
        sequence += 1;
        pos.patch(sequence, &[counted("MAR-M", &sequence.to_string())]).await;
        world.later(SignedDuration::from_secs(seconds));
        engine.step().await.unwrap();
    };
    send(&pos.engine, 2).await;
    let before = calls(&lane().await);
    // Another server counts on: what is counted is in the store.
    let other = assemble::inventory(&world.another());
    send(&other, 2).await;
    assert_eq!(calls(&lane().await), before + 1);
});

flow!(switched_off_nothing_leaves_and_the_page_says_so, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "1")]).await;
    pos.settle().await;
    let calls = pos.sends().await.len();
    pos.switch(false).await;
    assert_eq!(pos.patch(2, &[counted("MAR-M", "2")]).await["sending"], false);
    pos.after(60).await;
    assert_eq!(pos.sends().await.len(), calls);
    let head = pos.board().await["head"].clone();
    assert_eq!((&head["sending"], &head["way"]), (&json!(false), &json!("off")));
    pos.synchronise().await.problem(409, "sending_off");
    pos.switch(true).await;
    pos.step().await;
    assert_eq!(pos.held().await["MAR-M"], "2");
    assert_eq!(pos.board().await["head"]["way"], "rest");
});

flow!(a_server_that_died_in_the_middle_leaves_no_older_state, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "1")]).await;
    pos.settle().await;
    pos.patch(2, &[counted("MAR-M", "2")]).await;
    world.later(SignedDuration::from_secs(2));
    // It has committed that it sends, and HubRise has taken it; then it is gone.
    let store = world.state.store();
    let now = world.state.now();
    let turn = store.claim_stock(now, now + SignedDuration::from_secs(60), 10).await.unwrap().remove(0);
    let refs = vec![passerelle_store::StockRef { kind: passerelle_store::StockKind::Sku, reference: "MAR-M".into() }];
    let send = passerelle_store::StockSend {
        operation: passerelle_server::recorder::operation_id(),
        notes: "{}".into(),
        whole: false,
        refs,
    };
    let call = passerelle_store::StockCall {
        connection: pos.id.clone(),
        lease: turn.lease.clone(),
        lease_until: now + SignedDuration::from_secs(60),
        catalog: pos.row().await.catalog.unwrap().id,
        limits: passerelle_store::StockLimits { minute: 500, hour: 2_500, day: 10_000 },
        at: now,
        send: Some(send),
    };
    assert_eq!(store.begin_stock_call(call).await.unwrap(), passerelle_store::StockLeave::Given);
    change_at_hubrise(&world, &pos.row().await, "MAR-M", Some("2")).await;
    // The till goes back to what was last known to be held.
    pos.patch(3, &[counted("MAR-M", "1")]).await;
    assert_eq!(pos.after(10).await, 0, "somebody has the lane");
    pos.after(60).await;
    assert_eq!(pos.held().await["MAR-M"], "1");
    assert_eq!(pos.tile("MAR-M").await["doubt"], Value::Null);
});

flow!(a_catalog_swapped_in_the_middle_begins_anew, |world| {
    let pos = world.pos_of_marc("Paris Bastille", "Carte restaurants").await;
    pos.put(1, &[counted("OMA", "5"), counted("BCE", "7")]).await;
    pos.settle().await;
    assert_eq!(pos.held().await, holding(&[("OMA", "5")]));
    assert_eq!(pos.tile("BCE").await["unknown"], true);
    pos.patch(2, &[counted("OMA", "4")]).await;
    let asked = json!({"vendor": VENDOR, "till": "caisse"});
    let choices = json!({"account": "Dubois Restos", "location": "Paris Bastille", "catalog": "Carte livraison"});
    let again = world.connect(&pos.browser, asked, CARRE_SUPPORT, choices).await;
    assert_eq!(again["id"], pos.id.as_str(), "the same connection");
    assert_eq!(again["catalog"]["name"], "Carte livraison");
    pos.settle().await;
    assert_eq!(pos.held().await, holding(&[("BCE", "7")]));
    assert_eq!(pos.tile("OMA").await["unknown"], true);
    assert_eq!(pos.board().await["head"]["sync_advised"], true);
});

flow!(two_tills_share_nothing_and_an_account_is_not_the_other, |world| {
    let nina = world.pos().await;
    let marc = world.pos_of_marc("Paris Bastille", "Carte restaurants").await;
    nina.put(1, &[counted("MAR-M", "5")]).await;
    nina.settle().await;
    assert_eq!(nina.held().await, holding(&[("MAR-M", "5")]));
    assert_eq!(marc.held().await, holding(&[]));
    // Of the same name at the vendor, and each has its own stock, its own key and its own switch.
    assert_eq!(marc.board().await["tiles"], json!([]));
    marc.put(1, &[counted("OMA", "2")]).await;
    nina.switch(false).await;
    marc.settle().await;
    assert_eq!((nina.held().await, marc.held().await), (holding(&[("MAR-M", "5")]), holding(&[("OMA", "2")])));
    nina.browser.delete(&format!("/connections/{}/pos_keys/{}", nina.id, marc.key)).await.problem(404, "not_found");
});

flow!(a_connection_that_is_ended_is_sent_nothing_more, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "5")]).await;
    pos.settle().await;
    pos.patch(2, &[counted("MAR-M", "6")]).await;
    let calls = pos.sends().await.len();
    pos.browser.delete(&format!("/connections/{}", pos.id)).await.ok();
    pos.after(60).await;
    assert_eq!(pos.sends().await.len(), calls);
    // The till goes on telling.
    pos.patch(3, &[counted("MAR-M", "7")]).await;
    assert_eq!(pos.after(2).await, 0);
});

flow!(at_the_limit_nothing_leaves_until_hubrise_allows_it, |world| {
    let pos = world.pos().await;
    pos.put(1, &[counted("MAR-M", "1")]).await;
    pos.settle().await;
    // At the beginning of a minute of HubRise's, every call of it is used up.
    let second = world.state.now().as_second();
    world.later(SignedDuration::from_secs(60 - second.rem_euclid(60)));
    pos.patch(2, &[counted("MAR-M", "2")]).await;
    world.later(SignedDuration::from_secs(2));
    let (store, now) = (world.state.store(), world.state.now());
    let turn = store.claim_stock(now, now + SignedDuration::from_secs(2), 10).await.unwrap().remove(0);
    let call = passerelle_store::StockCall {
        connection: pos.id.clone(),
        lease: turn.lease.clone(),
        lease_until: now + SignedDuration::from_secs(2),
        catalog: pos.row().await.catalog.unwrap().id,
        limits: passerelle_store::StockLimits { minute: 450, hour: 2_250, day: 9_000 },
        at: now,
        send: None,
    };
    let allowed = loop {
        match store.begin_stock_call(call.clone()).await.unwrap() {
            passerelle_store::StockLeave::Given => {}
            passerelle_store::StockLeave::Limited(until) => break until,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(store.stock_head(&pos.id).await.unwrap().unwrap().lane.calls.minute.1, 450);
    let calls = pos.sends().await.len();
    for quantity in ["3", "4"] {
        pos.patch(quantity.parse().unwrap(), &[counted("MAR-M", quantity)]).await;
        pos.after(5).await;
    }
    assert!(world.state.now() < allowed);
    assert_eq!(pos.sends().await.len(), calls, "nothing leaves");
    world.later(allowed.duration_since(world.state.now()));
    pos.settle().await;
    assert_eq!((pos.held().await["MAR-M"].as_str(), pos.sends().await.len()), ("4", calls + 1));
});
