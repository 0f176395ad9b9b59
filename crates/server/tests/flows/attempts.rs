//! The OAuth run, and each way it goes wrong.

use jiff::SignedDuration;
use serde_json::json;

use crate::world::{CAISSE, MARC, NINA, World};

flow!(connects_a_till_whose_choices_are_made_at_hubrise, |world| {
    let browser = world.browser().await;
    let url = browser.authorize_url("caisse").await;
    let query: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(query["scope"], CAISSE);
    assert_eq!(query["redirect_uri"], format!("{}/oauth/callback", world.origin));
    assert_eq!(query["country"], "FR");
    assert_eq!(query["state"].len(), 22);
    let code = world.allow(NINA, CAISSE, json!({})).await;
    let outcome = browser.finish(&query["state"], &code).await.ok();
    assert_eq!(outcome["kind"], "connected");
    assert_eq!(outcome["again"], false);
    assert_eq!(outcome["changes"], json!([]));
    let shown = browser.status("caisse").await;
    let connection = &shown["connection"];
    assert_eq!(connection, &outcome["connection"]);
    assert_eq!(connection["account"]["name"], "Bella Pizza");
    assert_eq!(connection["location"]["name"], "Paris");
    assert_eq!(connection["catalog"]["name"], "Carte 2026");
    assert_eq!(connection["customer_list"]["name"], "Clients Web");
    assert_eq!(connection["connected_by"], json!({"this_session": true, "browser": "Firefox, Android", "name": null}));
    assert_eq!(browser.get("/attempts/latest").await.ok()["state"], "done");
});

flow!(the_token_is_kept_encrypted_and_never_told, |world| {
    let browser = world.browser().await;
    world.connect_caisse(&browser, NINA, json!({})).await;
    let told = browser.get("/vendors/pos-helper/tills/caisse/status").await;
    assert!(!told.body.to_string().contains("token"), "{}", told.body);
    let key = told.body["connection"]["location"]["id"].as_str().unwrap().to_owned();
    let row = world.state.store().open_connection("pos-helper", "caisse", &key).await.unwrap().unwrap();
    let token = world.state.vault().open(&row.token).unwrap();
    assert!(!row.token.bytes.windows(token.expose().len()).any(|window| window == token.expose().as_bytes()));
    assert_eq!(row.token.bound_to, row.id.as_str());
});

flow!(prefills_what_is_known_when_connecting_again, |world| {
    let browser = world.browser().await;
    world.connect_caisse(&browser, NINA, json!({})).await;
    let url = browser.authorize_url("caisse").await;
    let query: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!((query["account_name"].as_str(), query["location_name"].as_str()), ("Bella Pizza", "Paris"));
});

flow!(the_user_denied, |world| {
    let browser = world.browser().await;
    let state = browser.begin("caisse").await;
    let back = json!({"state": state, "error": "access_denied"});
    browser.post("/attempts/finish", back.clone()).await.problem(403, "access_denied");
    let latest = browser.get("/attempts/latest").await.ok();
    assert_eq!((&latest["state"], &latest["problem"]), (&json!("failed"), &json!("access_denied")));
    browser.post("/attempts/finish", back).await.problem(409, "state_replayed");
});

flow!(hubrise_returned_another_error, |world| {
    let browser = world.browser().await;
    let state = browser.begin("caisse").await;
    let back = json!({"state": state, "error": "invalid_scope"});
    browser.post("/attempts/finish", back).await.problem(502, "authorize_failed");
});

flow!(the_code_has_expired, |world| {
    let browser = world.browser().await;
    let state = browser.begin("caisse").await;
    let code = world.allow(NINA, CAISSE, json!({})).await;
    world.control("clock", json!({"advance_seconds": 601})).await;
    browser.finish(&state, &code).await.problem(400, "code_rejected");
    assert_eq!(browser.get("/attempts/latest").await.ok()["problem"], "code_rejected");
});

flow!(the_code_was_used_already, |world| {
    let browser = world.browser().await;
    let code = world.allow(NINA, CAISSE, json!({})).await;
    let (first, second) = (browser.begin("caisse").await, browser.begin("caisse").await);
    browser.finish(&first, &code).await.ok();
    browser.finish(&second, &code).await.problem(400, "code_rejected");
    assert!(browser.status("caisse").await["connection"].is_object(), "what was connected stays");
});

flow!(a_code_nobody_gave_out, |world| {
    let browser = world.browser().await;
    let state = browser.begin("caisse").await;
    browser.finish(&state, "0123456789").await.problem(400, "code_rejected");
});

flow!(the_state_is_unknown, |world| {
    let browser = world.browser().await;
    browser.finish("AAAAAAAAAAAAAAAAAAAAAA", "code").await.problem(404, "state_unknown");
});

flow!(the_state_is_another_sessions, |world| {
    let (browser, other) = (world.browser().await, world.browser().await);
    let state = browser.begin("caisse").await;
    let code = world.allow(NINA, CAISSE, json!({})).await;
    other.finish(&state, &code).await.problem(403, "state_foreign");
    assert!(other.status("caisse").await["connection"].is_null());
    // It stays good for whoever it was given to.
    browser.finish(&state, &code).await.ok();
});

flow!(the_session_was_lost_in_between, |world| {
    let mut browser = world.browser().await;
    let state = browser.begin("caisse").await;
    let code = world.allow(NINA, CAISSE, json!({})).await;
    browser.cookie = None;
    browser.finish(&state, &code).await.problem(401, "no_session");
    browser.open_session().await;
    browser.finish(&state, &code).await.problem(403, "state_foreign");
});

flow!(the_state_has_expired, |world| {
    let browser = world.browser().await;
    let state = browser.begin("caisse").await;
    let code = world.allow(NINA, CAISSE, json!({})).await;
    world.later(SignedDuration::from_mins(16));
    assert_eq!(browser.get("/attempts/latest").await.ok()["state"], "expired");
    browser.finish(&state, &code).await.problem(410, "state_expired");
});

flow!(the_state_comes_back_many_times_at_once, |world| {
    let browser = world.browser().await;
    let state = browser.begin("caisse").await;
    let code = world.allow(NINA, CAISSE, json!({})).await;
    let answers = futures_util::future::join_all((0..20).map(|_| browser.finish(&state, &code))).await;
    let (good, bad): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status.is_success());
    assert_eq!(good.len(), 1);
    for answer in bad {
        answer.problem(409, "state_replayed");
    }
    let exchanges = world.received().await.into_iter().filter(|call| call == "POST /oauth2/v1/token").count();
    assert_eq!(exchanges, 1);
});

async fn hubrise_fails(world: &World, mode: &str, status: u16, code: &str) {
    let browser = world.browser().await;
    let state = browser.begin("caisse").await;
    let granted = world.allow(NINA, CAISSE, json!({})).await;
    world.fault("token", mode).await;
    browser.finish(&state, &granted).await.problem(status, code);
    assert_eq!(browser.get("/attempts/latest").await.ok()["problem"], code);
    world.fault("token", "none").await;
    // Trying again is all it takes.
    world.connect_caisse(&browser, NINA, json!({})).await;
}

flow!(hubrise_fails_with_5xx, |world| {
    hubrise_fails(&world, "fail", 502, "hubrise_failed").await;
});

flow!(hubrise_answers_nonsense, |world| {
    hubrise_fails(&world, "nonsense", 502, "hubrise_nonsense").await;
});

flow!(hubrise_is_slow, |world| {
    hubrise_fails(&world, "slow", 504, "hubrise_timeout").await;
});

flow!(hubrise_hangs_up, |world| {
    hubrise_fails(&world, "drop", 502, "hubrise_unreachable").await;
});

flow!(hubrise_is_not_there_at_all, |world| {
    let browser = world.browser().await;
    let state = browser.begin("caisse").await;
    world.sandbox.stop().await;
    browser.finish(&state, "0123456789").await.problem(502, "hubrise_unreachable");
});

flow!(two_tabs_at_once_make_one_connection, |world| {
    let browser = world.browser().await;
    let (one, two) = (browser.begin("caisse").await, browser.begin("caisse").await);
    let first_code = world.allow(NINA, CAISSE, json!({})).await;
    let second_code = world.allow(NINA, CAISSE, json!({})).await;
    let (first, second) = tokio::join!(browser.finish(&one, &first_code), browser.finish(&two, &second_code));
    let (first, second) = (first.ok(), second.ok());
    assert_eq!(first["connection"]["id"], second["connection"]["id"]);
    assert_ne!(first["again"], second["again"], "one made it, the other found it");
});

flow!(what_comes_back_must_be_well_formed, |world| {
    let browser = world.browser().await;
    let long = "x".repeat(600);
    for back in [
        json!({"state": "s"}),
        json!({"state": "s", "code": "c", "error": "e"}),
        json!({"state": "", "code": "c"}),
        json!({"state": "s", "code": long}),
        json!({"state": "s", "code": "c", "more": 1}),
    ] {
        browser.post("/attempts/finish", back).await.problem(422, "invalid_request");
    }
});

flow!(another_location_of_the_same_user_is_another_connection, |world| {
    let (paris, lyon) = (world.browser().await, world.browser().await);
    let one = world.connect_caisse(&paris, MARC, json!({"location": "Paris Bastille"})).await;
    let two = world.connect_caisse(&lyon, MARC, json!({"location": "Lyon Croix-Rousse"})).await;
    assert_ne!(one["id"], two["id"]);
    assert_eq!(paris.status("caisse").await["connection"]["location"]["name"], "Paris Bastille");
    lyon.get(&format!("/connections/{}", one["id"].as_str().unwrap())).await.problem(404, "connection_unknown");
});
