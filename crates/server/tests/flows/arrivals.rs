//! HubRise's **Connect**: a code nobody here asked for, and the question before anything is attached.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{MARC, NINA, World};

const TILL: (&str, &str) = ("pixelpoint-bridge", "pixelpoint");

/// The code HubRise's back office sends a browser here with.
async fn pressed(world: &World, vendor: &str, email: &str, choices: Value) -> String {
    let mut body = json!({"client_id": format!("{vendor}-sandbox"), "email": email});
    body.as_object_mut().unwrap().extend(choices.as_object().unwrap().clone());
    world.control("connect", body).await["code"].as_str().unwrap().to_owned()
}

async fn arrived(world: &World, browser: &Browser, email: &str, choices: Value) -> Value {
    let code = pressed(world, TILL.0, email, choices).await;
    let question = browser.post("/arrivals", json!({"vendor": TILL.0, "code": code})).await.ok();
    assert_eq!(question["kind"], "confirm_arrival", "{question}");
    question
}

fn answer_to(question: &Value) -> String {
    format!("/attempts/{}/confirm", question["attempt"].as_str().unwrap())
}

flow!(nothing_is_attached_before_somebody_signed_in_says_yes, |world| {
    let mut browser = world.browser().await;
    let question = arrived(&world, &browser, NINA, json!({})).await;
    assert_eq!(
        (&question["vendor"], &question["till"], &question["sign_in"]),
        (&json!(TILL.0), &json!(TILL.1), &json!(true))
    );
    assert_eq!((&question["account"]["name"], &question["location"]["name"]), (&json!("Bella Pizza"), &json!("Paris")));
    assert!(browser.status_at(TILL.0, TILL.1).await["connection"].is_null());
    browser.post(&answer_to(&question), json!({"accept": true})).await.problem(403, "sign_in_required");
    world.sign_in(&mut browser, TILL.0, NINA).await;
    // Back from signing in, the page finds its question again.
    let path = format!("/attempts/latest?attempt={}", question["attempt"].as_str().unwrap());
    let found = browser.get(&path).await.ok();
    assert_eq!((&found["state"], &found["purpose"]), (&json!("confirming"), &json!("connect")));
    let mut again = question.clone();
    again["sign_in"] = false.into();
    assert_eq!(found["confirm"], again);
    assert_eq!(browser.get("/attempts/latest").await.ok(), found);
    let outcome = browser.post(&answer_to(&question), json!({"accept": true})).await.ok();
    assert_eq!((&outcome["kind"], &outcome["again"]), (&json!("connected"), &json!(false)));
    assert_eq!(outcome["connection"]["connected_by"]["name"], "Nina Costa");
    assert_eq!(browser.status_at(TILL.0, TILL.1).await["connection"]["id"], outcome["connection"]["id"]);
    browser.post(&answer_to(&question), json!({"accept": true})).await.problem(409, "state_replayed");
});

flow!(declined_the_token_dies, |world| {
    let browser = world.browser().await;
    let question = arrived(&world, &browser, NINA, json!({})).await;
    let outcome = browser.post(&answer_to(&question), json!({"accept": false})).await.ok();
    assert_eq!(outcome, json!({"kind": "declined", "vendor": TILL.0, "till": TILL.1}));
    assert_eq!(world.state.revoker().round().await.unwrap(), 1);
    assert_eq!(world.at_hubrise().await[0]["status"], "revoked");
});

flow!(unanswered_the_token_dies_too, |world| {
    let browser = world.signed_in(TILL.0, NINA).await;
    let question = arrived(&world, &browser, NINA, json!({})).await;
    world.later(SignedDuration::from_mins(16));
    browser.post(&answer_to(&question), json!({"accept": true})).await.problem(410, "state_expired");
    assert_eq!(world.state.store().sweep(world.state.now(), 100).await.unwrap().unanswered, 1);
    assert_eq!(world.state.revoker().round().await.unwrap(), 1);
});

flow!(a_browser_that_was_lured_here_attaches_nothing_to_its_user, |world| {
    let nina = world.signed_in(TILL.0, NINA).await;
    // Marc sends Nina's browser here with a code of his: she is shown what it is, and says no.
    let choices = json!({"location": "Paris Bastille", "catalog": "Carte restaurants", "customer_list": "Clients Web"});
    let question = arrived(&world, &nina, MARC, choices).await;
    assert_eq!(question["account"]["name"], "Dubois Restos");
    nina.post(&answer_to(&question), json!({"accept": false})).await.ok();
    assert!(nina.status_at(TILL.0, TILL.1).await["connection"].is_null());
});

flow!(the_question_is_one_sessions_alone, |world| {
    let browser = world.browser().await;
    let other = world.signed_in(TILL.0, NINA).await;
    let question = arrived(&world, &browser, NINA, json!({})).await;
    for accept in [true, false] {
        other.post(&answer_to(&question), json!({"accept": accept})).await.problem(404, "not_found");
    }
    let path = format!("/attempts/latest?attempt={}", question["attempt"].as_str().unwrap());
    other.get(&path).await.problem(404, "not_found");
});

flow!(connecting_again_from_hubrise_and_saying_no_leaves_the_connection_alone, |world| {
    let browser = world.signed_in(TILL.0, NINA).await;
    let question = arrived(&world, &browser, NINA, json!({})).await;
    let first = browser.post(&answer_to(&question), json!({"accept": true})).await.ok();
    let again = arrived(&world, &browser, NINA, json!({})).await;
    browser.post(&answer_to(&again), json!({"accept": false})).await.ok();
    assert_eq!(world.state.revoker().round().await.unwrap(), 0);
    let once_more = arrived(&world, &browser, NINA, json!({})).await;
    let outcome = browser.post(&answer_to(&once_more), json!({"accept": true})).await.ok();
    assert_eq!((&outcome["connection"]["id"], &outcome["again"]), (&first["connection"]["id"], &json!(true)));
});

flow!(a_second_location_ends_no_other, |world| {
    let browser = world.signed_in(TILL.0, MARC).await;
    let mut ids = Vec::new();
    for location in ["Paris Bastille", "Lyon Croix-Rousse"] {
        let choices = json!({"location": location, "catalog": "Carte restaurants", "customer_list": "Clients Web"});
        let question = arrived(&world, &browser, MARC, choices).await;
        let outcome = browser.post(&answer_to(&question), json!({"accept": true})).await.ok();
        ids.push(outcome["connection"]["id"].as_str().unwrap().to_owned());
    }
    for id in &ids {
        browser.get(&format!("/connections/{id}")).await.ok();
    }
    assert_eq!(world.state.revoker().round().await.unwrap(), 0);
});

flow!(a_code_works_once, |world| {
    let browser = world.browser().await;
    let code = pressed(&world, TILL.0, NINA, json!({})).await;
    browser.post("/arrivals", json!({"vendor": TILL.0, "code": code})).await.ok();
    browser.post("/arrivals", json!({"vendor": TILL.0, "code": code})).await.problem(400, "code_rejected");
    browser.post("/arrivals", json!({"vendor": TILL.0, "code": "made-up"})).await.problem(400, "code_rejected");
    browser.post("/arrivals", json!({"vendor": "nobody", "code": code})).await.problem(404, "vendor_unknown");
    for code in ["".to_owned(), "x".repeat(513)] {
        browser.post("/arrivals", json!({"vendor": TILL.0, "code": code})).await.problem(422, "invalid_request");
    }
});

flow!(the_first_connection_comes_from_hubrise_alone_and_can_be_made_again_here, |world| {
    let browser = world.signed_in(TILL.0, NINA).await;
    let asked = json!({"vendor": TILL.0, "till": TILL.1});
    browser.post("/attempts", asked.clone()).await.problem(404, "connection_unknown");
    let question = arrived(&world, &browser, NINA, json!({})).await;
    let first = browser.post(&answer_to(&question), json!({"accept": true})).await.ok();
    let again = world.connect(&browser, asked, NINA, json!({})).await;
    assert_eq!(again["id"], first["connection"]["id"]);
});

flow!(where_support_connects_only_support_accepts, |world| {
    let browser = world.signed_in("carre-pos", NINA).await;
    let code = pressed(&world, "carre-pos", NINA, json!({})).await;
    let question = browser.post("/arrivals", json!({"vendor": "carre-pos", "code": code})).await.ok();
    browser.post(&answer_to(&question), json!({"accept": true})).await.problem(403, "support_only");
    assert!(browser.status_at("carre-pos", "caisse").await["connection"].is_null());
});

flow!(no_till_that_asks_for_a_key_is_reached_this_way, |world| {
    let browser = world.signed_in("somm-it", NINA).await;
    let code = pressed(&world, "somm-it", NINA, json!({})).await;
    let question = browser.post("/arrivals", json!({"vendor": "somm-it", "code": code})).await.ok();
    assert_eq!(question["till"], "tiller");
});
