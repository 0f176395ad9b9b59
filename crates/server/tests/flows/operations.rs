//! Operations as a manager reads them: what came, what became of it, and what was said.

use jiff::SignedDuration;
use passerelle_server::assemble;
use serde_json::{Value, json};

use crate::hearing::{BRIDGE, event, order};
use crate::world::MARC;

flow!(an_order_is_a_line_with_its_facts, |world| {
    let (browser, row) = world.connect_bridge().await;
    let path = format!("/connections/{}/operations", row.id);
    let empty = browser.get(&path).await.ok();
    assert_eq!((&empty["operations"], &empty["next"]), (&json!([]), &Value::Null));
    assert_eq!(empty["day"], json!({"under_way": 0, "delivered": 0, "to_look_at": 0}));
    let installation = row.app_instance_id.clone().unwrap();
    assert_eq!(world.told(&event("e1", "create", &installation, &order("5dpm9", "new"))).await, 200);
    let page = browser.get(&path).await.ok();
    assert_eq!(page["day"]["under_way"], 1);
    assert!(page["callback"]["heard_at"].is_string(), "{page}");
    assert_eq!((&page["callback"]["refused"], &page["callback"]["failing"]), (&json!(0), &json!(false)));
    let line = &page["operations"][0];
    assert_eq!(
        (&line["kind"], &line["state"], &line["cause"]),
        (&json!("order_created"), &json!("waiting"), &Value::Null)
    );
    assert_eq!((&line["order"]["order_id"], &line["order"]["channel"]), (&json!("5dpm9"), &json!("Uber Eats")));
    assert_eq!(
        (&line["order"]["total"], &line["telling"], &line["tries"]),
        (&json!("9.80 EUR"), &json!("none"), &json!(0))
    );
    assert!(line["next_try_at"].is_string() && line["received_at"].is_string());
});

flow!(one_operation_shows_what_was_said_and_each_exchange_its_bodies, |world| {
    let (browser, row) = world.connect_bridge().await;
    let told = event("e1", "create", &row.app_instance_id.clone().unwrap(), &order("5dpm9", "new"));
    assert_eq!(world.told(&told).await, 200);
    let at = |rest: &str| format!("/connections/{}/{rest}", row.id);
    let id = browser.get(&at("operations")).await.ok()["operations"][0]["id"].as_str().unwrap().to_owned();
    let one = browser.get(&at(&format!("operations/{id}"))).await.ok();
    assert_eq!((&one["line"]["id"], &one["notes"]), (&json!(id), &json!([])));
    let [call] = one["exchanges"].as_array().unwrap().as_slice() else { panic!("{one}") };
    assert_eq!(
        (&call["way"], &call["method"], &call["status"]),
        (&json!("hubrise_to_bridge"), &json!("POST"), &json!(200))
    );
    assert!(call.get("request_body").is_none(), "a list reads no body");
    let whole = browser.get(&at(&format!("exchanges/{}", call["id"].as_str().unwrap()))).await.ok();
    assert_eq!(whole["line"], *call);
    let body: Value = serde_json::from_str(whole["request_body"].as_str().unwrap()).unwrap();
    assert_eq!(body, told);
    assert!(whole["request_headers"].as_str().unwrap().contains("content-type: application/json\n"));
    browser.get(&at("operations/none")).await.problem(404, "not_found");
    browser.get(&at("exchanges/none")).await.problem(404, "not_found");
});

flow!(nobody_reads_another_connections_operations, |world| {
    let (nina, row) = world.connect_bridge().await;
    let told = event("e1", "create", &row.app_instance_id.clone().unwrap(), &order("5dpm9", "new"));
    assert_eq!(world.told(&told).await, 200);
    let kept = world.operations(&row).await.pop().unwrap();
    let call = world.state.store().exchanges(&row.id, &kept.id).await.unwrap().pop().unwrap();

    // Marc holds a connection of the same vendor, and asks through it for what is Nina's.
    let marc = world.signed_in(BRIDGE, MARC).await;
    let arriving = json!({
        "client_id": "pixelpoint-bridge-sandbox", "email": MARC, "location": "Paris Bastille",
        "catalog": "Carte restaurants", "customer_list": "Clients Web",
    });
    let code = world.control("connect", arriving).await["code"].clone();
    let question = marc.post("/arrivals", json!({"vendor": BRIDGE, "code": code})).await.ok();
    let confirm = format!("/attempts/{}/confirm", question["attempt"].as_str().unwrap());
    let outcome = marc.post(&confirm, json!({"accept": true})).await.ok();
    let own = outcome["connection"]["id"].as_str().unwrap();
    for (of, rest) in [("operations", kept.id.as_str()), ("exchanges", call.id.as_str())] {
        nina.get(&format!("/connections/{}/{of}/{rest}", row.id)).await.ok();
        marc.get(&format!("/connections/{own}/{of}/{rest}")).await.problem(404, "not_found");
        marc.get(&format!("/connections/{}/{of}/{rest}", row.id)).await.problem(404, "connection_unknown");
    }
    assert_eq!(marc.get(&format!("/connections/{own}/operations")).await.ok()["operations"], json!([]));
});

flow!(a_callback_is_checked_when_a_person_asks, |world| {
    let (browser, row) = world.connect_bridge().await;
    let registrar = assemble::registrar(&world.state);
    registrar.round().await.unwrap();
    let at = |rest: &str| format!("/connections/{}/{rest}", row.id);
    let verified = |page: &Value| page["callback"]["verified_at"].as_str().map(str::to_owned);
    let before = verified(&browser.get(&at("operations")).await.ok());
    assert!(before.is_some());
    world.later(SignedDuration::from_secs(60));
    assert_eq!(registrar.round().await.unwrap(), 0, "it was looked at a minute ago");
    assert_eq!(browser.post(&at("callback_check"), json!({})).await.status, 202);
    assert_eq!(registrar.round().await.unwrap(), 1);
    let page = browser.get(&at("operations")).await.ok();
    assert!(verified(&page) > before, "{page}");
    let line = &page["operations"][0];
    assert_eq!((&line["kind"], &line["state"]), (&json!("system"), &json!("noted")), "what a person asked is told");
    for _ in 0..5 {
        assert_eq!(browser.post(&at("callback_check"), json!({})).await.status, 202);
    }
    browser.post(&at("callback_check"), json!({})).await.problem(429, "too_many_requests");
});
