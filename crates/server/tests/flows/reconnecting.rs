//! Connecting a till again: what changes, what is asked, what dies.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{CAISSE, MARC, NINA, World};

async fn again(world: &World, browser: &crate::browser::Browser, choices: Value) -> Value {
    let state = browser.begin("caisse").await;
    let code = world.allow(MARC, CAISSE, choices).await;
    browser.finish(&state, &code).await.ok()
}

flow!(nothing_changed, |world| {
    let browser = world.browser().await;
    let first = world.connect_caisse(&browser, MARC, json!({"location": "Paris Bastille"})).await;
    let outcome = again(&world, &browser, json!({"location": "Paris Bastille"})).await;
    assert_eq!(
        (&outcome["kind"], &outcome["again"], &outcome["changes"]),
        (&json!("connected"), &json!(true), &json!([]))
    );
    assert_eq!(outcome["connection"]["id"], first["id"]);
    assert_eq!(outcome["connection"]["connected_at"], first["connected_at"]);
    assert!(outcome["connection"]["reconnected_at"].is_string());
});

flow!(another_catalog_is_told, |world| {
    let browser = world.browser().await;
    let first = world.connect_caisse(&browser, MARC, json!({"location": "Paris Bastille"})).await;
    let token_calls =
        world.state.store().open_connection("pos-helper", "caisse", first["location"]["id"].as_str().unwrap());
    let before = token_calls.await.unwrap().unwrap();
    let outcome = again(&world, &browser, json!({"location": "Paris Bastille", "catalog": "Carte livraison"})).await;
    assert_eq!(outcome["changes"].as_array().unwrap().len(), 1, "{outcome}");
    assert_eq!(outcome["changes"][0]["subject"], "catalog");
    assert_eq!(outcome["changes"][0]["from"], first["catalog"]);
    assert_eq!(outcome["changes"][0]["to"]["name"].as_str().unwrap(), "Carte livraison");
    let after = world.state.store().open_connection("pos-helper", "caisse", &before.hub_key).await.unwrap().unwrap();
    assert_eq!(after.token_fingerprint, before.token_fingerprint, "HubRise gives the same token");
});

flow!(another_location_replaces_the_connection_and_revokes_the_former_token, |world| {
    let browser = world.browser().await;
    let first = world.connect_caisse(&browser, MARC, json!({"location": "Paris Bastille"})).await;
    let outcome = again(&world, &browser, json!({"location": "Lyon Croix-Rousse"})).await;
    assert_ne!(outcome["connection"]["id"], first["id"]);
    assert_eq!(outcome["again"], true);
    assert_eq!(outcome["changes"][0]["subject"], "location");
    let former = format!("/connections/{}", first["id"].as_str().unwrap());
    browser.get(&former).await.problem(404, "connection_unknown");
    assert_eq!(browser.status("caisse").await["revoking"], false, "it is about to be told");
    assert_eq!(world.state.revoker().round().await.unwrap(), 1);
    assert_eq!(browser.status("caisse").await["revoking"], false);
    assert!(world.received().await.contains(&"POST /oauth2/v1/revoke".to_owned()));
});

async fn to_another_account(world: &World, browser: &crate::browser::Browser) -> Value {
    let connection = world.connect_caisse(browser, MARC, json!({"location": "Paris Bastille"})).await;
    let state = browser.begin("caisse").await;
    let code = world.allow(NINA, CAISSE, json!({})).await;
    let outcome = browser.finish(&state, &code).await.ok();
    assert_eq!(outcome["kind"], "confirm_account", "{outcome}");
    assert_eq!(outcome["from"], connection["account"]);
    assert_eq!(outcome["to"]["name"], "Bella Pizza");
    assert_eq!(outcome["location"]["name"], "Paris");
    assert_eq!(browser.status("caisse").await["connection"]["id"], connection["id"], "nothing has changed yet");
    outcome
}

flow!(another_account_is_confirmed, |world| {
    let browser = world.browser().await;
    let question = to_another_account(&world, &browser).await;
    let latest = browser.get("/attempts/latest").await.ok();
    assert_eq!(
        (&latest["state"], &latest["confirm"]),
        (&json!("confirming"), &question),
        "a reload finds the question"
    );
    let confirm = format!("/attempts/{}/confirm", question["attempt"].as_str().unwrap());
    let outcome = browser.post(&confirm, json!({"accept": true})).await.ok();
    assert_eq!((&outcome["kind"], &outcome["again"]), (&json!("connected"), &json!(true)));
    assert_eq!(outcome["changes"][0]["subject"], "account");
    assert_eq!(browser.status("caisse").await["connection"]["account"]["name"], "Bella Pizza");
    assert_eq!(world.state.revoker().round().await.unwrap(), 1, "the former token dies");
    browser.post(&confirm, json!({"accept": true})).await.problem(409, "state_replayed");
});

flow!(another_account_is_declined, |world| {
    let browser = world.browser().await;
    let question = to_another_account(&world, &browser).await;
    let confirm = format!("/attempts/{}/confirm", question["attempt"].as_str().unwrap());
    let outcome = browser.post(&confirm, json!({"accept": false})).await.ok();
    assert_eq!(outcome["kind"], "declined");
    assert_eq!(browser.status("caisse").await["connection"]["account"]["name"], "Dubois Restos");
    assert_eq!(world.state.revoker().round().await.unwrap(), 1, "the new token dies");
});

flow!(a_question_nobody_answers_dies_with_its_token, |world| {
    let browser = world.browser().await;
    let question = to_another_account(&world, &browser).await;
    world.later(SignedDuration::from_mins(16));
    let confirm = format!("/attempts/{}/confirm", question["attempt"].as_str().unwrap());
    browser.post(&confirm, json!({"accept": true})).await.problem(410, "state_expired");
    let swept = world.state.store().sweep(world.state.now(), 100).await.unwrap();
    assert_eq!(swept.unanswered, 1);
    assert_eq!(world.state.revoker().round().await.unwrap(), 1);
    assert_eq!(browser.status("caisse").await["connection"]["account"]["name"], "Dubois Restos");
});

flow!(another_session_cannot_answer_the_question, |world| {
    let (browser, other) = (world.browser().await, world.browser().await);
    let question = to_another_account(&world, &browser).await;
    let confirm = format!("/attempts/{}/confirm", question["attempt"].as_str().unwrap());
    other.post(&confirm, json!({"accept": true})).await.problem(404, "not_found");
});

flow!(connecting_again_calls_off_a_revocation_that_waits, |world| {
    let browser = world.browser().await;
    let first = world.connect_caisse(&browser, NINA, json!({})).await;
    world.fault("revoke", "fail").await;
    let gone = browser.delete(&format!("/connections/{}", first["id"].as_str().unwrap())).await.ok();
    assert_eq!(gone["revoked"], false);
    let second = world.connect_caisse(&browser, NINA, json!({})).await;
    assert_ne!(second["id"], first["id"]);
    assert_eq!(browser.status("caisse").await["revoking"], false);
    world.fault("revoke", "none").await;
    world.later(SignedDuration::from_hours(2));
    assert_eq!(world.state.revoker().round().await.unwrap(), 0, "the token in use again is left alone");
});
