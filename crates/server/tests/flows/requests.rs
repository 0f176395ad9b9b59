//! Carré POS' way: the merchant asks, support connects, and the merchant sees what came of it.

use passerelle_store::RequestId;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{BELLA, BELLA_PARIS, CARRE_SUPPORT, MARC, NINA, World};

const TILL: (&str, &str) = ("carre-pos", "caisse");

fn asked(hubrise_id: &str) -> Value {
    json!({"till": TILL.1, "hubrise_id": hubrise_id, "location_name": "Bella Pizza Paris", "language": "fr"})
}

async fn sent(browser: &Browser, hubrise_id: &str) -> Value {
    browser.post("/vendors/carre-pos/requests", asked(hubrise_id)).await.ok()
}

fn on(request: &Value) -> Value {
    json!({"vendor": TILL.0, "till": TILL.1, "request": request["id"]})
}

/// Nina with her request, and support with access to her account.
async fn both(world: &World, hubrise_id: &str) -> (Browser, Value, Browser) {
    let nina = world.signed_in(TILL.0, NINA).await;
    let request = sent(&nina, hubrise_id).await;
    world.give_access(BELLA, CARRE_SUPPORT).await;
    (nina, request, world.signed_in(TILL.0, CARRE_SUPPORT).await)
}

flow!(a_merchant_asks_and_support_connects, |world| {
    let (nina, request, support) = both(&world, &format!(" {BELLA_PARIS} ")).await;
    assert_eq!((&request["state"], &request["hubrise_id"]), (&json!("waiting"), &json!(BELLA_PARIS)));
    assert_eq!(
        (&request["name"], &request["email"], &request["language"]),
        (&json!("Nina Costa"), &json!(NINA), &json!("fr"))
    );
    assert_eq!(nina.status_at(TILL.0, TILL.1).await["request"], request);
    let url = support.run(on(&request)).await;
    assert!(url.query_pairs().any(|(name, value)| name == "location_name" && value == "Bella Pizza Paris"));
    let outcome = world.follow(&support, &url, CARRE_SUPPORT, json!({})).await.ok();
    assert_eq!((&outcome["kind"], &outcome["connection"]["role"]), (&json!("connected"), &json!("manage")));
    assert!(outcome["connection"]["support_verified_at"].is_string());
    let status = nina.status_at(TILL.0, TILL.1).await;
    assert_eq!(status["connection"]["id"], outcome["connection"]["id"]);
    assert_eq!((&status["connection"]["role"], &status["request"]["state"]), (&json!("view"), &json!("connected")));
    assert_eq!(status["connection"]["connected_by"]["name"], "Support Carré POS");
    let path = format!("/connections/{}", outcome["connection"]["id"].as_str().unwrap());
    nina.get(&path).await.ok();
    nina.delete(&path).await.problem(403, "view_only");
});

flow!(the_account_is_as_good_a_name_as_the_location, |world| {
    let (_, request, support) = both(&world, BELLA).await;
    world.connect(&support, on(&request), CARRE_SUPPORT, json!({})).await;
});

flow!(what_was_not_asked_for_is_not_connected, |world| {
    let (nina, request, support) = both(&world, "3R4S3-1").await;
    let url = support.run(on(&request)).await;
    let answer = world.follow(&support, &url, CARRE_SUPPORT, json!({})).await;
    answer.problem(409, "request_mismatch");
    let latest = support.get("/attempts/latest").await.ok();
    assert_eq!((&latest["state"], &latest["problem"]), (&json!("failed"), &json!("request_mismatch")));
    assert_eq!(world.state.revoker().round().await.unwrap(), 1, "its token dies");
    let status = nina.status_at(TILL.0, TILL.1).await;
    assert_eq!((&status["request"]["state"], &status["connection"]), (&json!("waiting"), &Value::Null));
    assert!(support.status_at(TILL.0, TILL.1).await["connection"].is_null());
});

flow!(support_connects_one_merchant_after_another, |world| {
    let (_, request, support) = both(&world, BELLA_PARIS).await;
    let first = world.connect(&support, on(&request), CARRE_SUPPORT, json!({})).await;
    let marc = world.signed_in(TILL.0, MARC).await;
    let request = sent(&marc, "5k8rd-2").await;
    world.give_access("5k8rd", CARRE_SUPPORT).await;
    let choices = json!({"location": "Lyon Croix-Rousse", "catalog": "Carte restaurants"});
    let second = world.connect(&support, on(&request), CARRE_SUPPORT, choices).await;
    assert_ne!(first["id"], second["id"]);
    for connection in [&first, &second] {
        support.get(&format!("/connections/{}", connection["id"].as_str().unwrap())).await.ok();
    }
    assert_eq!(world.state.revoker().round().await.unwrap(), 0, "the first merchant's connection lives on");
});

flow!(only_support_connects, |world| {
    let (nina, request, _) = both(&world, BELLA_PARIS).await;
    let plain = json!({"vendor": TILL.0, "till": TILL.1});
    for asked in [plain, on(&request)] {
        nina.post("/attempts", asked.clone()).await.problem(403, "support_only");
        world.browser().await.post("/attempts", asked).await.problem(403, "sign_in_required");
    }
});

flow!(support_may_connect_without_being_asked, |world| {
    world.give_access(BELLA, CARRE_SUPPORT).await;
    let support = world.signed_in(TILL.0, CARRE_SUPPORT).await;
    world.connect(&support, json!({"vendor": TILL.0, "till": TILL.1}), CARRE_SUPPORT, json!({})).await;
});

flow!(a_request_that_no_longer_waits_is_not_connected_on, |world| {
    let (nina, request, support) = both(&world, BELLA_PARIS).await;
    let url = support.run(on(&request)).await;
    let id = RequestId::new(request["id"].as_str().unwrap());
    let now = world.state.now();
    assert!(world.state.store().decline_request(TILL.0, &id, "Version PRO requise.", now).await.unwrap());
    world.follow(&support, &url, CARRE_SUPPORT, json!({})).await.problem(404, "request_unknown");
    assert_eq!(world.state.revoker().round().await.unwrap(), 1);
    support.post("/attempts", on(&request)).await.problem(404, "request_unknown");
    support.post("/attempts", on(&json!({"id": "made-up"}))).await.problem(404, "request_unknown");
    let status = nina.status_at(TILL.0, TILL.1).await;
    assert_eq!(status["request"]["answer"], "Version PRO requise.");
});

flow!(asking_again_replaces_and_withdrawing_ends, |world| {
    let nina = world.signed_in(TILL.0, NINA).await;
    let first = sent(&nina, "wrong").await;
    let second = sent(&nina, BELLA_PARIS).await;
    assert_eq!(nina.status_at(TILL.0, TILL.1).await["request"]["id"], second["id"]);
    nina.delete(&format!("/vendors/carre-pos/requests/{}", first["id"].as_str().unwrap()))
        .await
        .problem(404, "request_unknown");
    let path = format!("/vendors/carre-pos/requests/{}", second["id"].as_str().unwrap());
    let marc = world.signed_in(TILL.0, MARC).await;
    marc.delete(&path).await.problem(404, "request_unknown");
    assert_eq!(nina.delete(&path).await.status, 204);
    assert!(nina.status_at(TILL.0, TILL.1).await["request"].is_null());
    nina.delete(&path).await.problem(404, "request_unknown");
});

flow!(a_request_says_what_support_needs, |world| {
    let nina = world.signed_in(TILL.0, NINA).await;
    let path = "/vendors/carre-pos/requests";
    for (field, value) in [
        ("hubrise_id", json!("")),
        ("hubrise_id", json!("   ")),
        ("hubrise_id", json!("x".repeat(65))),
        ("hubrise_id", json!("a\nb")),
        ("location_name", json!("")),
        ("location_name", json!("é".repeat(161))),
        ("location_name", json!("a\u{0}b")),
        ("language", json!("de")),
        ("more", json!(1)),
    ] {
        let mut body = asked(BELLA_PARIS);
        body[field] = value.clone();
        nina.post(path, body).await.problem(422, "invalid_request");
    }
    let mut longest = asked(BELLA_PARIS);
    longest["location_name"] = "é".repeat(160).into();
    nina.post(path, longest).await.ok();
    let mut unknown = asked(BELLA_PARIS);
    unknown["till"] = "nothing".into();
    nina.post(path, unknown).await.problem(404, "till_unknown");
    let helper = world.signed_in("pos-helper", NINA).await;
    helper.post("/vendors/pos-helper/requests", asked(BELLA_PARIS)).await.problem(422, "invalid_request");
});
