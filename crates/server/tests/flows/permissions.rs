//! What a connection may do: what was asked, what was verified, and what one who may only look may not.

use jiff::SignedDuration;
use passerelle_store::{Choice, ConnectionId, NamedRef, Role};
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{MARC, NINA, World};

fn path_of(connection: &Value) -> String {
    format!("/connections/{}/permissions", connection["id"].as_str().unwrap())
}

async fn connected(world: &World) -> (Browser, String) {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    (browser, path_of(&connection))
}

/// Resource, what is known of reading it, whether writing was granted.
fn lines(shown: &Value) -> Vec<(&str, &str, bool)> {
    let items = shown["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            assert_eq!(item["checked_at"].is_null(), item["read"] == "unverified", "each tick has its time: {item}");
            let text = |at: &'static str| item.pointer(at).unwrap().as_str().unwrap();
            (text("/permission/resource"), text("/read"), item["write_granted"] == true)
        })
        .collect()
}

flow!(nothing_is_ticked_before_it_was_checked, |world| {
    let (browser, path) = connected(&world).await;
    let shown = browser.get(&path).await.ok();
    assert!(shown["again_at"].is_null());
    assert_eq!(
        lines(&shown),
        [("orders", "unverified", true), ("customer_list", "unverified", true), ("catalog", "unverified", false)]
    );
});

flow!(verifies_with_one_light_call_a_resource, |world| {
    let (browser, path) = connected(&world).await;
    let before = world.received().await.len();
    let shown = browser.send(Method::POST, &path, None).await.ok();
    let verified = [("orders", "verified", true), ("customer_list", "verified", true), ("catalog", "verified", false)];
    assert_eq!(lines(&shown), verified);
    assert!(shown["again_at"].is_string());
    assert_eq!(lines(&browser.get(&path).await.ok()), verified, "and keeps what it found");
    let mut calls = world.received().await.split_off(before);
    calls.sort();
    let ([list, catalog], rest) = (calls.first_chunk::<2>().map(|[a, b]| [b.clone(), a.clone()]).unwrap(), &calls[2..]);
    assert!(catalog.starts_with("GET /v1/catalogs/") && list.starts_with("GET /v1/customer_lists/"), "{calls:?}");
    let orders = rest.iter().filter(|call| call.ends_with("/orders")).count();
    // One call verifies, one more looks for the latest order.
    assert_eq!((rest.len(), orders), (3, 2), "{calls:?}");
    assert!(rest.contains(&"GET /v1/location".to_owned()), "{calls:?}");
});

flow!(the_latest_order_is_noted_on_the_way, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let shown = format!("/connections/{}", connection["id"].as_str().unwrap());
    assert!(browser.get(&shown).await.ok()["last_order_at"].is_null());
    browser.send(Method::POST, &path_of(&connection), None).await.ok();
    let row = world.row(&connection).await;
    let token = world.state.vault().open(&row.token).unwrap();
    let url = format!("{}/location/orders", world.sandbox.api_url());
    let orders: Value =
        world.http.get(url).header("x-access-token", token.expose()).send().await.unwrap().json().await.unwrap();
    let at = |order: &Value| order["created_at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let latest = orders.as_array().unwrap().iter().map(at).max().unwrap();
    let noted: jiff::Timestamp = browser.get(&shown).await.ok()["last_order_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(noted, latest);
});

flow!(verifies_once_a_minute_whoever_asks, |world| {
    let (browser, path) = connected(&world).await;
    let other = world.browser().await;
    world.connect_caisse(&other, NINA, json!({})).await;
    let (one, two) = tokio::join!(browser.send(Method::POST, &path, None), other.send(Method::POST, &path, None));
    let (one, two) = (one.ok(), two.ok());
    let verifying = world.received().await.iter().filter(|call| call.starts_with("GET /v1/catalogs/")).count();
    assert_eq!(verifying, 1);
    assert_eq!(one["again_at"], two["again_at"]);
    let again = browser.send(Method::POST, &path, None).await.ok();
    assert_eq!(again["again_at"], one["again_at"]);
    world.later(SignedDuration::from_secs(61));
    assert!(browser.get(&path).await.ok()["again_at"].is_null());
    browser.send(Method::POST, &path, None).await.ok();
    let verifying = world.received().await.iter().filter(|call| call.starts_with("GET /v1/catalogs/")).count();
    assert_eq!(verifying, 2);
});

flow!(what_is_not_there_is_missing, |world| {
    let browser = world.browser().await;
    let connection = world.authorise_comptoir(&browser, MARC).await;
    let path = path_of(&connection);
    // No location is chosen: there is nothing to ask about.
    let unasked = [
        ("orders", "unverified", true),
        ("all_customer_lists", "unverified", true),
        ("all_catalogs", "unverified", false),
    ];
    assert_eq!(lines(&browser.send(Method::POST, &path, None).await.ok()), unasked);
    let places = browser.get(&format!("/connections/{}/locations", connection["id"].as_str().unwrap())).await.ok();
    let place = &places["items"][0];
    let text = |of: &Value| of.as_str().unwrap().to_owned();
    let row = world.row(&connection).await;
    let choice = Choice {
        location: NamedRef { id: text(&place["id"]), name: text(&place["name"]) },
        catalog: Some(NamedRef { id: "gone".into(), name: "A catalog HubRise has no more".into() }),
        customer_list: None,
    };
    let session = world.session_of(&browser).await;
    world.state.store().choose(&row.id, &session, row.version, choice, world.state.now()).await.unwrap();
    world.later(SignedDuration::from_secs(61));
    let shown = browser.send(Method::POST, &path, None).await.ok();
    let found =
        [("orders", "verified", true), ("all_customer_lists", "verified", true), ("all_catalogs", "missing", false)];
    assert_eq!(lines(&shown), found);
    let health = browser.status("comptoir").await["connection"]["health"]["state"].clone();
    assert_eq!(health, "ok", "a token that may not do everything is sound");
});

flow!(a_token_that_does_not_work_verifies_nothing, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    world.back_office(&world.installation(&connection).await, "block").await;
    let before = world.received().await.len();
    let shown = browser.send(Method::POST, &path_of(&connection), None).await.ok();
    assert_eq!(
        lines(&shown),
        [("orders", "failed", true), ("customer_list", "failed", true), ("catalog", "failed", false)]
    );
    assert_eq!(world.received().await.split_off(before), ["GET /v1/location"], "one call says it all");
    assert_eq!(browser.status("caisse").await["connection"]["health"]["state"], "blocked");
});

flow!(whoever_may_only_look_changes_nothing, |world| {
    let (owner, viewer) = (world.browser().await, world.browser().await);
    let connection = world.connect_caisse(&owner, NINA, json!({})).await;
    let id = ConnectionId::new(connection["id"].as_str().unwrap());
    let (session, now) = (world.session_of(&viewer).await, world.state.now());
    world.state.store().grant(&id, &session, Role::View, now, now + SignedDuration::from_hours(1)).await.unwrap();
    let at = |rest: &str| format!("/connections/{id}{rest}");
    assert_eq!(viewer.get(&at("")).await.ok()["role"], "view");
    assert_eq!(viewer.status("caisse").await["connection"]["role"], "view");
    for path in ["/permissions", "/audit", "/locations"] {
        viewer.get(&at(path)).await.ok();
    }
    let choice = json!({"location_id": "x"});
    let settings = json!({"api_token": "x", "choices": {"debug": true}, "version": 0});
    for (method, path, body) in [
        (Method::DELETE, "", None),
        (Method::PUT, "/choice", Some(&choice)),
        (Method::POST, "/permissions", None),
        (Method::PUT, "/till_settings", Some(&settings)),
    ] {
        viewer.send(method, &at(path), body).await.problem(403, "view_only");
    }
    assert_eq!(owner.status("caisse").await["connection"]["role"], "manage");
});
