//! Who may not call: every route, every kind of stranger.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{MARC, NINA};

/// Every route that needs a session: method, path, body. `{c}` is somebody's connection, `{a}` somebody's attempt.
fn guarded() -> Vec<(Method, &'static str, Option<Value>)> {
    vec![
        (Method::GET, "/vendors/pos-helper/tills/caisse/status", None),
        (Method::POST, "/attempts", Some(json!({"vendor": "pos-helper", "till": "caisse"}))),
        (Method::POST, "/attempts/finish", Some(json!({"state": "s", "code": "c"}))),
        (Method::GET, "/attempts/latest", None),
        (Method::POST, "/attempts/{a}/confirm", Some(json!({"accept": true}))),
        (Method::GET, "/connections/{c}", None),
        (Method::DELETE, "/connections/{c}", None),
        (Method::GET, "/connections/{c}/locations", None),
        (Method::GET, "/connections/{c}/catalogs?location_id=x", None),
        (Method::GET, "/connections/{c}/customer_lists?location_id=x", None),
        (Method::PUT, "/connections/{c}/choice", Some(json!({"location_id": "x"}))),
    ]
}

async fn call(browser: &Browser, route: &(Method, &str, Option<Value>), connection: &str) -> crate::browser::Answer {
    let path = route.1.replace("{c}", connection).replace("{a}", "AAAAAAAAAAAAAAAAAAAAAA");
    browser.send(route.0.clone(), &path, route.2.as_ref()).await
}

flow!(every_route_of_the_contract_is_walked, |world| {
    let document: Value = world.newcomer().get("/openapi.json").await.ok();
    let public = ["/api/v1/session", "/api/v1/vendors", "/api/v1/vendors/{vendor}"];
    let mut open = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            let known = guarded().into_iter().any(|(guarded, route, _)| {
                let route = route.split('?').next().unwrap().replace("{c}", "{connection}").replace("{a}", "{attempt}");
                let route = route.replace("vendors/pos-helper/tills/caisse", "vendors/{vendor}/tills/{till}");
                path.ends_with(&route) && method.eq_ignore_ascii_case(guarded.as_str())
            });
            if !known && !public.iter().any(|public| public.ends_with(path.as_str()) || path == public) {
                open.push(format!("{method} {path}"));
            }
        }
    }
    assert!(open.is_empty(), "routes no stranger was sent to: {open:?}");
});

flow!(no_session_no_answer, |world| {
    let owner = world.browser().await;
    let connection = world.connect_caisse(&owner, NINA, json!({})).await;
    let id = connection["id"].as_str().unwrap();
    for route in guarded() {
        let stranger = world.newcomer();
        let answer = call(&stranger, &route, id).await;
        assert_eq!(answer.status, 401, "{} {}", route.0, route.1);
        answer.problem(401, "no_session");
    }
});

flow!(an_expired_session_is_no_session, |world| {
    let owner = world.browser().await;
    let connection = world.connect_caisse(&owner, NINA, json!({})).await;
    let id = connection["id"].as_str().unwrap();
    world.later(SignedDuration::from_hours(25));
    for route in guarded() {
        call(&owner, &route, id).await.problem(401, "no_session");
    }
});

flow!(another_merchants_connection_does_not_exist, |world| {
    let (nina, marc) = (world.browser().await, world.browser().await);
    let connection = world.connect_caisse(&nina, NINA, json!({})).await;
    world.connect_caisse(&marc, MARC, json!({"location": "Paris Bastille"})).await;
    let id = connection["id"].as_str().unwrap();
    for route in guarded().into_iter().filter(|(_, path, _)| path.contains("{c}")) {
        call(&marc, &route, id).await.problem(404, "connection_unknown");
    }
    let seen = marc.status("caisse").await;
    assert_eq!(seen["connection"]["account"]["name"], "Dubois Restos");
    assert!(nina.status("caisse").await["connection"].is_object(), "and nothing happened to it");
});

flow!(a_page_of_another_origin_changes_nothing, |world| {
    let owner = world.browser().await;
    let connection = world.connect_caisse(&owner, NINA, json!({})).await;
    let id = connection["id"].as_str().unwrap();
    for origin in [None, Some("https://evil.example"), Some("null"), Some("http://127.0.0.1:1")] {
        for route in guarded().into_iter().filter(|(method, ..)| *method != Method::GET) {
            let mut foreign = owner.clone();
            foreign.origin = origin.map(str::to_owned);
            call(&foreign, &route, id).await.problem(403, "foreign_origin");
        }
    }
    assert!(owner.status("caisse").await["connection"].is_object());
});

flow!(a_call_without_the_sessions_own_csrf_token_changes_nothing, |world| {
    let (owner, other) = (world.browser().await, world.browser().await);
    let connection = world.connect_caisse(&owner, NINA, json!({})).await;
    let id = connection["id"].as_str().unwrap();
    for token in [None, Some(String::new()), Some("x".repeat(43)), other.csrf.clone()] {
        for route in guarded().into_iter().filter(|(method, ..)| *method != Method::GET) {
            let mut forged = owner.clone();
            forged.csrf.clone_from(&token);
            call(&forged, &route, id).await.problem(403, "csrf_mismatch");
        }
    }
    assert!(owner.status("caisse").await["connection"].is_object());
});
