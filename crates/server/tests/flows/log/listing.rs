//! Filters, pages both ways, jumps, numbers.

use jiff::SignedDuration;
use passerelle_server::assemble;
use serde_json::{Value, json};

use super::stage::{SUPPORT, order_for, orders};
use crate::delivery::stage::FIRST;
use crate::hearing::{event, installation, order};

flow!(filters_narrow_the_list, |world| {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    world.told_order(&known, &order("fresh", "new")).await;
    world.told_order(&known, &order("over", "completed")).await;
    world.told_order(&known, &order_for("other", Value::Null)).await;
    assert_eq!(world.told(&event("e2", "update", &known, &order("fresh", "accepted"))).await, 200);
    let mut delivery = event("e3", "create", &known, &order("fresh", "new"));
    delivery["resource_type"] = "delivery".into();
    assert_eq!(world.told(&delivery).await, 200);
    assert_eq!(browser.post(&format!("/connections/{}/callback_check", row.id), json!({})).await.status, 202);
    assemble::registrar(&world.state).round().await.unwrap();

    let path = format!("/connections/{}/operations", row.id);
    for (query, expect) in [
        ("direction=from_hubrise", &["-", "fresh", "other", "over", "fresh"][..]),
        ("direction=own", &["-"]),
        ("state=waiting", &["other", "fresh"]),
        ("state=retrying", &[]),
        ("state=waiting,noted&direction=from_hubrise", &["fresh", "other", "over", "fresh"]),
        ("cause=already_over", &["over"]),
        ("cause=already_over,event_unknown", &["-", "over"]),
        ("channel=Deliveroo", &["other"]),
        ("channel=deliver%", &[]),
        ("channel=%27%20OR%201=1%20--", &[]),
        ("state=waiting&channel=Uber%20Eats&period=today", &["fresh"]),
        ("period=yesterday", &[]),
        ("mine=true", &[]),
    ] {
        let page = browser.get(&format!("{path}?{query}")).await.ok();
        assert_eq!(orders(&page), expect, "{query}");
        assert_eq!((&page["next"], &page["searched_to"]), (&Value::Null, &Value::Null), "{query}");
    }
});

flow!(what_is_mine_is_what_my_role_can_cure, |world| {
    let till = world.till(json!({})).await;
    let row = world.state.store().connection_bare(&till.id).await.unwrap().unwrap();
    world.store(FIRST, "unknown_product").await;
    let refused = till.ordered("plain").await;
    till.settle().await;
    // An order without an order in it: for those who look after the bridge.
    let unreadable = event("e9", "create", &installation(&row), &json!({"id": "odd"})["nothing"]);
    let mut unreadable = unreadable;
    unreadable["order_id"] = "odd".into();
    assert_eq!(world.told(&unreadable).await, 200);

    let path = format!("/connections/{}/operations?mine=true", till.id);
    let support = world.onlooker(&till.id, SUPPORT).await;
    let page = till.browser.get(&path).await.ok();
    assert_eq!(orders(&page), [refused["id"].as_str().unwrap()]);
    assert_eq!(page["operations"][0]["resendable"], "safe");
    assert_eq!(orders(&support.get(&path).await.ok()), ["odd"]);

    // What somebody has marked as handled is nobody's any more.
    let one = format!("/connections/{}/operations/{}", till.id, page["operations"][0]["id"].as_str().unwrap());
    till.browser.put(&format!("{one}/handled"), json!({"handled": true, "note": "told the kitchen"})).await.ok();
    assert_eq!(orders(&till.browser.get(&path).await.ok()), Vec::<String>::new());
    let shown = till.browser.get(&one).await.ok();
    assert_eq!((&shown["acts"][0]["kind"], &shown["acts"][0]["note"]), (&json!("handled"), &json!("told the kitchen")));
    assert!(shown["line"]["handled_at"].is_string());
});

flow!(pages_go_on_both_ways, |world| {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    for nth in 0..65 {
        world.told_order(&known, &order(&format!("o{nth}"), "new")).await;
    }
    let path = format!("/connections/{}/operations", row.id);
    let named = |from: usize, to: usize| (to..=from).rev().map(|nth| format!("o{nth}")).collect::<Vec<_>>();
    let first = browser.get(&path).await.ok();
    assert_eq!((orders(&first), &first["newer"]), (named(64, 5), &Value::Null));
    let older = first["next"].as_str().unwrap();
    let second = browser.get(&format!("{path}?older={older}")).await.ok();
    assert_eq!((orders(&second), &second["next"]), (named(4, 0), &Value::Null));

    // And back: the nearest newer ones, whatever has come since.
    world.told_order(&known, &order("o65", "new")).await;
    let newer = second["newer"].as_str().unwrap();
    let back = browser.get(&format!("{path}?newer={newer}")).await.ok();
    assert_eq!(orders(&back), named(64, 5));
    let newest = browser.get(&format!("{path}?newer={}", back["newer"].as_str().unwrap())).await.ok();
    assert_eq!((orders(&newest), &newest["newer"]), (named(65, 65), &Value::Null));
    for cursor in ["elsewhere", "-1"] {
        for way in ["older", "newer"] {
            let problem = browser.get(&format!("{path}?{way}={cursor}")).await.problem(400, "invalid_request");
            assert_eq!(problem["fields"][0]["field"], way);
        }
    }
});

flow!(one_jumps_to_a_time_of_the_stores_clock, |world| {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    assemble::registrar(&world.state).round().await.unwrap();
    let path = format!("/connections/{}/operations", row.id);
    world.told_order(&known, &order("early", "new")).await;
    let page = browser.get(&format!("{path}?direction=from_hubrise")).await.ok();
    let zone = jiff::tz::TimeZone::get(page["timezone"].as_str().unwrap()).unwrap();
    let local = |text: &Value| text.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().to_zoned(zone.clone());
    let early = local(&page["operations"][0]["received_at"]);
    world.later(SignedDuration::from_hours(2));
    world.told_order(&known, &order("late", "new")).await;

    let at = early.strftime("%Y-%m-%dT%H:%M").to_string();
    let jumped = browser.get(&format!("{path}?at={at}&direction=from_hubrise")).await.ok();
    assert_eq!(orders(&jumped), ["early"]);
    let newer = browser.get(&format!("{path}?newer={}", jumped["newer"].as_str().unwrap())).await.ok();
    assert_eq!(orders(&newer), ["late"]);
    let until = format!("{path}?to={at}:59&from={at}&direction=from_hubrise");
    assert!(orders(&browser.get(&until).await.ok()).iter().all(|order| order != "late"));
});

flow!(a_query_that_makes_no_sense_is_refused_by_field, |world| {
    let (browser, row) = world.connect_bridge().await;
    for of in ["operations", "operations.csv", "operations.har"] {
        let path = format!("/connections/{}/{of}", row.id);
        for (query, fields) in [
            ("from=2026-11-22&to=2026-11-21", &["to"][..]),
            ("period=2w&state=asleep&mine=yes", &["period", "state", "mine"]),
            ("older=1&newer=2", &["newer"]),
            (&format!("q={}", "x".repeat(10_000)), &["q"]),
            ("cursor=1", &["cursor"]),
        ] {
            let problem = browser.get(&format!("{path}?{query}")).await.problem(400, "invalid_request");
            let named: Vec<_> =
                problem["fields"].as_array().unwrap().iter().map(|field| field["field"].as_str().unwrap()).collect();
            assert_eq!(named.len(), fields.len(), "{named:?}");
            assert!(fields.iter().all(|field| named.contains(field)), "{named:?}");
        }
        // The hour that the clock leaves out.
        assert_eq!(browser.get(&format!("{path}?from=2026-03-29T02:30")).await.status, 200);
    }
});

flow!(the_numbers_are_todays, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "unknown_product").await;
    let (first, second) = (till.ordered("plain").await, till.ordered("plain").await);
    till.settle().await;
    world.store(FIRST, "accept").await;
    till.ordered("options").await;
    till.settle().await;
    let numbers = till.browser.get(&format!("/connections/{}/operation_stats", till.id)).await.ok();
    let days = numbers["days"].as_array().unwrap();
    assert_eq!((days.len(), &days[29]["orders"], &days[29]["failures"]), (30, &json!(3), &json!(2)), "{numbers}");
    assert!(days[..29].iter().all(|day| day["orders"] == 0));
    let [group] = numbers["failures"].as_array().unwrap().as_slice() else { panic!("{numbers}") };
    assert_eq!((&group["cause"], &group["orders"]), (&json!("unknown_product"), &json!(2)));
    let newest = till.operation(&second).await;
    assert_eq!((&group["newest"], &group["detail"]), (&json!(newest.id.as_str()), &json!(newest.detail)));

    let handled = till.operation(&first).await;
    let path = format!("/connections/{}/operations/{}/handled", till.id, handled.id);
    till.browser.put(&path, json!({"handled": true})).await.ok();
    let numbers = till.browser.get(&format!("/connections/{}/operation_stats", till.id)).await.ok();
    assert_eq!(numbers["failures"][0]["orders"], 1);
});

flow!(orders_channels_are_there_to_filter_by, |world| {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    world.told_order(&known, &order("a", "new")).await;
    world.told_order(&known, &order_for("b", Value::Null)).await;
    let numbers = browser.get(&format!("/connections/{}/operation_stats", row.id)).await.ok();
    assert_eq!(numbers["channels"], json!(["Deliveroo", "Uber Eats"]));
});
