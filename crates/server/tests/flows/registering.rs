//! The callback at HubRise: set when a till is connected, looked at daily and whenever asked, put right; and what HubRise
//! could not tell is fetched.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::SignedDuration;
use passerelle_hubrise::Callback;
use passerelle_server::assemble;
use passerelle_store::{ConnectionRow, OperationKind, OperationState, Way};
use serde_json::{Value, json};

use crate::hearing::BRIDGE;
use crate::live::Stream;
use crate::world::{BELLA_PARIS, NINA, World};

fn orders() -> BTreeMap<String, Vec<String>> {
    BTreeMap::from([("order".to_owned(), vec!["create".to_owned(), "update".to_owned()])])
}

/// What this till's scope lets HubRise tell: of customers too, as one may be anonymised.
fn all() -> BTreeMap<String, Vec<String>> {
    let mut all = orders();
    all.insert("customer".to_owned(), vec!["update".to_owned()]);
    all
}

/// Looks at what is due; says how many were.
async fn round(world: &World) -> usize {
    assemble::registrar(&world.state).round().await.unwrap()
}

/// The callback as HubRise has it.
async fn at_hubrise(world: &World, row: &ConnectionRow) -> Callback {
    world.state.hub().call(row, |api, token| async move { api.get_callback(&token).await }).await.unwrap()
}

/// Somebody has HubRise tell another address, where nobody listens.
async fn lead_astray(world: &World, row: &ConnectionRow) {
    let set = world
        .state
        .hub()
        .call(row, |api, token| async move { api.set_callback(&token, "http://127.0.0.1:9/nobody", &orders()).await });
    set.await.unwrap();
}

async fn is_right(world: &World, row: &ConnectionRow) -> bool {
    let wanted = format!("{}/callbacks/hubrise/{BRIDGE}", world.origin);
    let callback = at_hubrise(world, row).await;
    callback.url.as_deref() == Some(&*wanted) && callback.events == all()
}

/// The calls HubRise has received about callbacks.
async fn about_callbacks(world: &World) -> Vec<String> {
    let mut calls = world.received().await;
    calls.retain(|call| call.contains("/callback"));
    calls
}

flow!(connecting_has_hubrise_tell_of_orders, |world| {
    let (_, row) = world.connect_bridge().await;
    assert_eq!(round(&world).await, 1);
    assert_eq!(
        about_callbacks(&world).await,
        ["GET /v1/callback", "POST /v1/callback", "GET /v1/callback", "GET /v1/callback/events"]
    );
    assert!(is_right(&world, &row).await);
    let known = world.state.store().registration(&row.id).await.unwrap();
    assert!(known.verified_at.is_some() && known.error.is_none());
    assert_eq!(known.repaired_at, None, "nothing was wrong with it");
    assert!(world.operations(&row).await.is_empty(), "what goes as it must is no event");
    assert_eq!(round(&world).await, 0);
});

flow!(a_till_that_fetches_its_orders_has_no_callback_from_here, |world| {
    let browser = world.browser().await;
    world.connect_caisse(&browser, NINA, json!({})).await;
    assert_eq!(round(&world).await, 0);
    assert!(about_callbacks(&world).await.is_empty());
});

flow!(it_is_looked_at_daily, |world| {
    let (_, row) = world.connect_bridge().await;
    // Once at the start, when anything may have been missed, and then not before a day is nearly over.
    let registrar = assemble::registrar(&world.state);
    assert_eq!(registrar.round().await.unwrap(), 1);
    world.later(SignedDuration::from_hours(21));
    assert_eq!(registrar.round().await.unwrap(), 0);
    world.later(SignedDuration::from_hours(3) + SignedDuration::from_secs(1));
    assert_eq!(registrar.round().await.unwrap(), 1);
    let set = about_callbacks(&world).await.iter().filter(|call| *call == "POST /v1/callback").count();
    assert_eq!(set, 1, "what is right is left alone");
    let known = world.state.store().registration(&row.id).await.unwrap();
    assert!(known.verified_at.unwrap() > world.state.now() - SignedDuration::from_mins(5));
});

flow!(one_that_is_wrong_is_put_right_and_that_is_told, |world| {
    let (_, row) = world.connect_bridge().await;
    round(&world).await;
    lead_astray(&world, &row).await;
    world.later(SignedDuration::from_hours(25));
    assert_eq!(round(&world).await, 1);
    assert!(is_right(&world, &row).await);
    let known = world.state.store().registration(&row.id).await.unwrap();
    assert!(known.repaired_at.is_some() && known.error.is_none());
    let told = world.operations(&row).await;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].kind, told[0].state), (OperationKind::System, OperationState::Noted));
    assert_eq!(told[0].detail.as_deref(), Some("the callback at hubrise was wrong, and has been put right"));
    let said = world.state.store().exchanges(&row.id, &told[0].id).await.unwrap();
    let calls: Vec<_> = said.iter().map(|one| (one.way, one.method.as_str(), one.status)).collect();
    let way = Way::BridgeToHubrise;
    assert_eq!(calls, [(way, "GET", Some(200)), (way, "POST", Some(200)), (way, "GET", Some(200))]);
    let sent = world.state.store().exchange(&row.id, &said[1].id).await.unwrap().unwrap();
    assert!(sent.request_headers.contains("x-access-token: •••\n"), "{}", sent.request_headers);
    assert!(String::from_utf8(sent.request_body).unwrap().contains("/callbacks/hubrise/pixelpoint-bridge"));
});

flow!(a_person_who_asks_is_answered_among_the_operations, |world| {
    let (_, row) = world.connect_bridge().await;
    round(&world).await;
    world.state.registrar().ask(&row.id, world.state.now()).await.unwrap();
    assert_eq!(round(&world).await, 1);
    let told = world.operations(&row).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].detail.as_deref(), Some("the callback at hubrise is as it must be"));
    assert_eq!(world.state.store().exchanges(&row.id, &told[0].id).await.unwrap().len(), 1);
});

flow!(what_hubrise_could_not_tell_is_fetched_and_forgotten_there, |world| {
    let (_, row) = world.connect_bridge().await;
    round(&world).await;
    lead_astray(&world, &row).await;
    let made = world.control("orders", json!({"location": BELLA_PARIS, "count": 3})).await;
    let made: Vec<_> = made.as_array().unwrap().iter().map(|order| order["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(made.len(), 3);
    assert!(world.operations(&row).await.is_empty(), "nobody was told");

    world.later(SignedDuration::from_hours(25));
    assert_eq!(round(&world).await, 1);
    let kept: Vec<_> =
        world.operations(&row).await.into_iter().filter(|one| one.kind == OperationKind::OrderCreated).collect();
    let ids: Vec<_> = kept.iter().map(|one| one.order.clone().unwrap().order_id).collect();
    assert_eq!(ids, made);
    assert!(kept.iter().all(|one| one.state == OperationState::Queued));
    let said = world.state.store().exchanges(&row.id, &kept[0].id).await.unwrap();
    let calls: Vec<_> = said.iter().map(|one| one.method.as_str()).collect();
    assert_eq!(calls, ["GET", "DELETE"], "fetched, and kept before it was forgotten");

    let now = world.state.now();
    let turns = world.state.store().claim_turns(now, now + SignedDuration::from_secs(60), 10).await.unwrap();
    let event: Value = serde_json::from_slice(&turns[0].event).unwrap();
    assert_eq!(event["new_state"]["id"], made[0].as_str(), "the till's turn has the event");

    let left = world.state.hub().call(&row, |api, token| async move { api.callback_events(&token, None).await });
    assert!(left.await.unwrap().items.is_empty());
});

flow!(a_look_that_fails_is_noted_and_taken_again, |world| {
    let (_, row) = world.connect_bridge().await;
    world.fault("api", "fail").await;
    let registrar = assemble::registrar(&world.state);
    assert_eq!(registrar.round().await.unwrap(), 1);
    let known = world.state.store().registration(&row.id).await.unwrap();
    assert!(known.verified_at.is_none());
    assert!(known.error.unwrap().starts_with("hubrise failed with status"));
    assert_eq!(registrar.round().await.unwrap(), 0, "not at once");
    world.fault("api", "none").await;
    world.later(SignedDuration::from_mins(3));
    assert_eq!(registrar.round().await.unwrap(), 1);
    let known = world.state.store().registration(&row.id).await.unwrap();
    assert!(known.verified_at.is_some() && known.error.is_none());
    assert!(is_right(&world, &row).await);
});

flow!(a_dead_token_is_noted_and_left_in_peace, |world| {
    let (_, row) = world.connect_bridge().await;
    world.back_office(row.app_instance_id.as_deref().unwrap(), "block").await;
    let registrar = assemble::registrar(&world.state);
    assert_eq!(registrar.round().await.unwrap(), 1);
    let known = world.state.store().registration(&row.id).await.unwrap();
    assert!(known.error.unwrap().starts_with("the access token works no more"));
    world.later(SignedDuration::from_mins(30));
    assert_eq!(registrar.round().await.unwrap(), 0);
    world.later(SignedDuration::from_mins(31));
    assert_eq!(registrar.round().await.unwrap(), 1);
});

flow!(a_connection_that_works_again_is_looked_at_at_once, |world| {
    let (_, row) = world.connect_bridge().await;
    let installation = row.app_instance_id.clone().unwrap();
    world.back_office(&installation, "block").await;
    let registrar = assemble::registrar(&world.state);
    assert_eq!(registrar.round().await.unwrap(), 1);
    world.back_office(&installation, "unblock").await;
    world.later(SignedDuration::from_mins(1));
    assert_eq!(registrar.round().await.unwrap(), 0);
    assert_eq!(assemble::prober(&world.state).round().await.unwrap(), 1);
    assert_eq!(registrar.round().await.unwrap(), 1);
    assert!(is_right(&world, &row).await);
});

flow!(a_server_that_starts_looks_at_everything, |world| {
    let (_, row) = world.connect_bridge().await;
    round(&world).await;
    assert_eq!(round(&world).await, 0, "this one has started already");
    let before = world.state.store().registration(&row.id).await.unwrap();
    world.later(SignedDuration::from_secs(60));
    // What came while no server was there, HubRise keeps for an hour.
    let another = world.another();
    assert_eq!(assemble::registrar(&another).round().await.unwrap(), 1);
    let after = world.state.store().registration(&row.id).await.unwrap();
    assert!(after.verified_at > before.verified_at);
});

flow!(connecting_again_looks_at_it_again, |world| {
    let (browser, row) = world.connect_bridge().await;
    round(&world).await;
    browser.delete(&format!("/connections/{}", row.id)).await.ok();
    assert_eq!(round(&world).await, 0, "a closed one is left alone");
    let (_, again) = world.connect_bridge().await;
    assert_eq!(round(&world).await, 1);
    assert!(is_right(&world, &again).await);
});

flow!(an_order_placed_at_hubrise_is_told_and_kept, |world| {
    let (browser, row) = world.connect_bridge().await;
    round(&world).await;
    let mut page = Stream::open(&world, &browser, &format!("/connections/{}", row.id)).await;
    let made = world.control("orders", json!({"location": BELLA_PARIS})).await;
    let kept = async {
        loop {
            if let Some(one) = world.operations(&row).await.into_iter().next() {
                break one;
            }
            page.changed().await.unwrap();
        }
    };
    let kept = tokio::time::timeout(Duration::from_secs(30), kept).await.unwrap();
    assert_eq!((kept.kind, kept.state), (OperationKind::OrderCreated, OperationState::Queued));
    assert_eq!(kept.order.unwrap().order_id, made[0]["id"].as_str().unwrap());
});

flow!(one_that_was_set_before_customers_were_asked_for_is_added_to_and_was_not_wrong, |world| {
    let (_, row) = world.connect_bridge().await;
    round(&world).await;
    let url = format!("{}/callbacks/hubrise/{BRIDGE}", world.origin);
    let set = world.state.hub().call(&row, |api, token| async move { api.set_callback(&token, &url, &orders()).await });
    set.await.unwrap();
    world.later(SignedDuration::from_hours(25));
    assert_eq!(round(&world).await, 1);
    assert!(is_right(&world, &row).await);
    let known = world.state.store().registration(&row.id).await.unwrap();
    assert_eq!(known.repaired_at, None);
    assert!(world.operations(&row).await.is_empty(), "nobody is alarmed");
});
