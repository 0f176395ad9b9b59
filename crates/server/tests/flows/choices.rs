//! What HubRise's page left to the console.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{INES, MARC, NINA, World};

async fn opened(world: &World, email: &str) -> (Browser, String) {
    let browser = world.browser().await;
    let connection = world.authorise_comptoir(&browser, email).await;
    (browser, format!("/connections/{}", connection["id"].as_str().unwrap()))
}

async fn items(browser: &Browser, path: &str) -> Vec<Value> {
    browser.get(path).await.ok()["items"].as_array().unwrap().clone()
}

fn id(item: &Value) -> &str {
    item["id"].as_str().unwrap()
}

flow!(a_location_a_catalog_and_a_list_complete_the_connection, |world| {
    let (browser, path) = opened(&world, MARC).await;
    assert_eq!(browser.status("comptoir").await["connection"]["state"], "choosing");
    let places = items(&browser, &format!("{path}/locations")).await;
    assert_eq!(places.len(), 3);
    let paris = places.iter().find(|place| place["name"] == "Paris Bastille").unwrap();
    assert!(paris["detail"].as_str().unwrap().contains("Paris"), "{paris}");
    let catalogs = items(&browser, &format!("{path}/catalogs?location_id={}", id(paris))).await;
    let owners: Vec<_> = catalogs.iter().map(|catalog| catalog["owner"].as_str().unwrap()).collect();
    assert_eq!(owners.iter().filter(|owner| **owner == "location").count(), 1, "{catalogs:?}");
    assert_eq!(owners.iter().filter(|owner| **owner == "account").count(), 2, "{catalogs:?}");
    let lists = items(&browser, &format!("{path}/customer_lists?location_id={}", id(paris))).await;
    assert_eq!(lists.len(), 2);
    let choice = json!({
        "location_id": id(paris), "catalog_id": id(&catalogs[0]), "customer_list_id": id(&lists[1]),
    });
    let done = browser.put(&format!("{path}/choice"), choice.clone()).await.ok();
    assert_eq!(done["connection"]["state"], "connected");
    assert_eq!((&done["again"], &done["changes"]), (&json!(false), &json!([])));
    assert_eq!(done["connection"]["customer_list"]["name"], lists[1]["name"]);
    let mut other = choice;
    other["catalog_id"] = id(&catalogs[1]).into();
    let changed = browser.put(&format!("{path}/choice"), other).await.ok();
    assert_eq!(changed["changes"][0]["subject"], "catalog");
});

flow!(two_hundred_locations_come_in_pages, |world| {
    let (browser, path) = opened(&world, INES).await;
    let first = browser.get(&format!("{path}/locations")).await.ok();
    assert_eq!(first["items"].as_array().unwrap().len(), 100);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = browser.get(&format!("{path}/locations?cursor={cursor}")).await.ok();
    assert_eq!(second["items"].as_array().unwrap().len(), 100);
    assert!(second["next_cursor"].is_null());
    assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
});

flow!(what_is_not_there_cannot_be_chosen, |world| {
    let (browser, path) = opened(&world, MARC).await;
    let places = items(&browser, &format!("{path}/locations")).await;
    let place = id(&places[0]);
    let catalogs = items(&browser, &format!("{path}/catalogs?location_id={place}")).await;
    let lists = items(&browser, &format!("{path}/customer_lists?location_id={place}")).await;
    let (catalog, list) = (id(&catalogs[0]), id(&lists[0]));
    for (choice, field) in [
        (json!({"location_id": "nowhere", "catalog_id": catalog, "customer_list_id": list}), None),
        (json!({"location_id": "../x", "catalog_id": catalog, "customer_list_id": list}), None),
        (json!({"location_id": place.to_uppercase(), "catalog_id": catalog, "customer_list_id": list}), None),
        (json!({"location_id": place, "catalog_id": "nothing", "customer_list_id": list}), Some("catalog_id")),
        (json!({"location_id": place, "customer_list_id": list}), Some("catalog_id")),
        (json!({"location_id": place, "catalog_id": catalog}), Some("customer_list_id")),
    ] {
        let problem = browser.put(&format!("{path}/choice"), choice).await.problem(422, "choice_invalid");
        if let Some(field) = field {
            assert_eq!(problem["fields"][0]["field"], field);
        }
    }
    assert_eq!(browser.status("comptoir").await["connection"]["state"], "choosing");
});

flow!(a_till_whose_choices_are_made_at_hubrise_has_none_here, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let path = format!("/connections/{}", id(&connection));
    let choice = json!({"location_id": connection["location"]["id"]});
    browser.put(&format!("{path}/choice"), choice).await.problem(422, "choice_invalid");
    assert_eq!(items(&browser, &format!("{path}/locations")).await.len(), 1);
});

flow!(authorising_again_keeps_what_was_chosen, |world| {
    let (browser, path) = opened(&world, MARC).await;
    let places = items(&browser, &format!("{path}/locations")).await;
    let place = id(&places[0]);
    let catalogs = items(&browser, &format!("{path}/catalogs?location_id={place}")).await;
    let lists = items(&browser, &format!("{path}/customer_lists?location_id={place}")).await;
    let choice = json!({"location_id": place, "catalog_id": id(&catalogs[0]), "customer_list_id": id(&lists[0])});
    let before = browser.put(&format!("{path}/choice"), choice).await.ok();
    let state = browser.begin("comptoir").await;
    let code = world.allow(MARC, crate::world::COMPTOIR, json!({"account": "Dubois Restos"})).await;
    let after = browser.finish(&state, &code).await.ok();
    assert_eq!((&after["kind"], &after["changes"]), (&json!("connected"), &json!([])), "{after}");
    assert_eq!(after["connection"]["location"], before["connection"]["location"]);
});

flow!(hubrise_failing_is_said_and_passes, |world| {
    let (browser, path) = opened(&world, MARC).await;
    for (mode, status, code) in [
        ("fail", 502, "hubrise_failed"),
        ("nonsense", 502, "hubrise_nonsense"),
        ("rate_limit", 503, "hubrise_rate_limited"),
    ] {
        world.fault("api", mode).await;
        browser.get(&format!("{path}/locations")).await.problem(status, code);
    }
    world.fault("api", "none").await;
    assert_eq!(items(&browser, &format!("{path}/locations")).await.len(), 3);
});
