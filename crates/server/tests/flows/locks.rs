//! SOMM'IT's way: a till that was disconnected stays so until support releases it.

use passerelle_store::LockId;
use serde_json::{Value, json};

use crate::world::{MARC, NINA, SOMMIT_SUPPORT, World};

fn tiller() -> Value {
    json!({"vendor": "somm-it", "till": "tiller"})
}

async fn locked(world: &World) -> (crate::browser::Browser, Value) {
    let browser = world.browser().await;
    let connection = world.connect(&browser, tiller(), NINA, json!({})).await;
    browser.delete(&format!("/connections/{}", connection["id"].as_str().unwrap())).await.ok();
    let lock = browser.status_at("somm-it", "tiller").await["lock"].clone();
    (browser, lock)
}

flow!(a_till_that_was_disconnected_is_locked, |world| {
    let (browser, lock) = locked(&world).await;
    assert_eq!((&lock["account"]["name"], &lock["location"]["name"]), (&json!("Bella Pizza"), &json!("Paris")));
    browser.post("/attempts", tiller()).await.problem(409, "till_locked");
    // The vendor's other tills are not.
    browser.run(json!({"vendor": "somm-it", "till": "zelty", "key": crate::world::TILL_KEY})).await;
});

flow!(another_browser_cannot_connect_the_same_account_either, |world| {
    locked(&world).await;
    let other = world.browser().await;
    let url = other.run(tiller()).await;
    world.follow(&other, &url, NINA, json!({})).await.problem(409, "till_locked");
    let latest = other.get("/attempts/latest").await.ok();
    assert_eq!((&latest["state"], &latest["problem"]), (&json!("failed"), &json!("till_locked")));
    assert_eq!(world.state.revoker().round().await.unwrap(), 1, "its token dies");
    assert!(other.status_at("somm-it", "tiller").await["connection"].is_null());
});

flow!(another_account_is_not_locked, |world| {
    locked(&world).await;
    let marc = world.browser().await;
    let choices = json!({"location": "Paris Bastille", "catalog": "Carte restaurants"});
    world.connect(&marc, tiller(), MARC, choices).await;
});

flow!(a_run_begun_before_the_lock_does_not_get_around_it, |world| {
    let browser = world.browser().await;
    let connection = world.connect(&browser, tiller(), NINA, json!({})).await;
    let url = browser.run(tiller()).await;
    browser.delete(&format!("/connections/{}", connection["id"].as_str().unwrap())).await.ok();
    world.follow(&browser, &url, NINA, json!({})).await.problem(409, "till_locked");
});

flow!(hubrises_connect_does_not_get_around_it_either, |world| {
    locked(&world).await;
    let nina = world.signed_in("somm-it", NINA).await;
    let back = world.control("connect", json!({"client_id": "somm-it-sandbox", "email": NINA})).await;
    let question = nina.post("/arrivals", json!({"vendor": "somm-it", "code": back["code"]})).await.ok();
    let confirm = format!("/attempts/{}/confirm", question["attempt"].as_str().unwrap());
    nina.post(&confirm, json!({"accept": true})).await.problem(409, "till_locked");
    assert_eq!(world.state.revoker().round().await.unwrap(), 1);
});

flow!(support_releases_it, |world| {
    let (browser, lock) = locked(&world).await;
    let support = world.signed_in("somm-it", SOMMIT_SUPPORT).await;
    let session = world.session_of(&support).await;
    let id = LockId::new(lock["id"].as_str().unwrap());
    assert!(world.state.store().release_lock("somm-it", &id, &session, world.state.now()).await.unwrap());
    assert!(browser.status_at("somm-it", "tiller").await["lock"].is_null());
    world.connect(&browser, tiller(), NINA, json!({})).await;
});

flow!(a_vendor_that_locks_nothing_locks_nothing, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    browser.delete(&format!("/connections/{}", connection["id"].as_str().unwrap())).await.ok();
    assert!(browser.status("caisse").await["lock"].is_null());
    world.connect_caisse(&browser, NINA, json!({})).await;
});
