//! What others change at HubRise: seen, told as theirs, and healed by the next change or by hand.

use passerelle_server::assemble;
use serde_json::{Value, json};

use super::stage::{Pos, change_at_hubrise, counted, holding};
use crate::delivery::stage::until;
use crate::world::World;

/// A till that HubRise tells of changes, settled with one product at 5.
async fn heard(world: &World) -> Pos<'_> {
    let pos = world.pos().await;
    assert_eq!(assemble::registrar(&world.state).round().await.unwrap(), 1);
    pos.put(1, &[counted("MAR-M", "5"), counted("COK-33", "2")]).await;
    pos.settle().await;
    pos
}

/// Until the lane has heard of so many changes.
async fn told(pos: &Pos<'_>, looks: i64) {
    let store = pos.world.state.store();
    until("hubrise tells", || async { store.stock_head(&pos.id).await.unwrap().unwrap().lane.looks >= looks }).await;
}

flow!(somebody_elses_change_is_drift_and_the_next_change_heals_it, |world| {
    let pos = heard(&world).await;
    let other = world.somebody_else().await;
    change_at_hubrise(&world, &other, "MAR-M", Some("99")).await;
    told(&pos, 1).await;
    pos.settle().await;
    let tile = pos.tile("MAR-M").await;
    assert_eq!((&tile["held"], &tile["wanted"], &tile["differs"]), (&json!("99"), &json!("5"), &json!(true)));
    assert!(tile["others_at"].is_i64());
    assert_eq!(pos.tile("COK-33").await["differs"], Value::Null);
    assert_eq!(pos.sends().await.len(), 2, "a change of others is shown, not fought");
    assert_eq!(pos.held().await["MAR-M"], "99");
    // Any next change of the till's.
    pos.patch(2, &[counted("COK-33", "3")]).await;
    pos.settle().await;
    assert_eq!(pos.held().await, holding(&[("MAR-M", "5"), ("COK-33", "3")]));
    let tile = pos.tile("MAR-M").await;
    assert_eq!((&tile["differs"], &tile["others_at"]), (&Value::Null, &Value::Null));
});

flow!(what_others_add_is_shown_and_goes_with_a_synchronisation, |world| {
    let pos = heard(&world).await;
    let other = world.somebody_else().await;
    change_at_hubrise(&world, &other, "TIR-1", Some("4")).await;
    told(&pos, 1).await;
    pos.settle().await;
    let tile = pos.tile("TIR-1").await;
    assert_eq!((&tile["says"], &tile["held"], &tile["differs"]), (&json!("nothing"), &json!("4"), &json!(true)));
    pos.synchronise().await;
    pos.settle().await;
    assert_eq!(pos.held().await, holding(&[("MAR-M", "5"), ("COK-33", "2")]));
    assert_eq!(pos.board().await["head"]["sync"]["result"]["removed"], 1);
});

flow!(a_catalog_that_lost_a_product_is_read_anew, |world| {
    let pos = heard(&world).await;
    let catalog = pos.row().await.catalog.unwrap().id;
    world.control(&format!("catalogs/{catalog}"), json!({"without": "COK-33"})).await;
    told(&pos, 1).await;
    // Not believed for ten minutes: HubRise has said that it changed.
    pos.patch(2, &[counted("MAR-M", "4"), counted("COK-33", "1")]).await;
    pos.settle().await;
    assert_eq!(pos.tile("COK-33").await["unknown"], true);
    assert_eq!(pos.held().await["MAR-M"], "4");
    let last = pos.operations().await.pop().unwrap();
    let said = world.state.store().exchanges(&pos.id, &last.id).await.unwrap();
    assert_eq!(said.iter().map(|one| (one.method.as_str(), one.status)).collect::<Vec<_>>(), [("PATCH", Some(200))]);
});

flow!(what_hubrise_could_not_tell_of_stock_is_fetched_and_heeded, |world| {
    let pos = heard(&world).await;
    let row = pos.row().await;
    let lane = async || world.state.store().stock_head(&pos.id).await.unwrap().unwrap().lane;
    let events = std::collections::BTreeMap::from([("inventory".to_owned(), vec!["patch".to_owned()])]);
    let astray = world
        .state
        .hub()
        .call(&row, |api, token| async move { api.set_callback(&token, "http://127.0.0.1:9/nobody", &events).await });
    astray.await.unwrap();
    let (before, other) = (lane().await.looks, world.somebody_else().await);
    change_at_hubrise(&world, &other, "MAR-M", Some("99")).await;
    pos.settle().await;
    assert_eq!((lane().await.looks, &pos.tile("MAR-M").await["held"]), (before, &json!("5")), "nobody was told");
    world.later(jiff::SignedDuration::from_hours(25));
    assert_eq!(assemble::registrar(&world.state).round().await.unwrap(), 1);
    assert!(lane().await.looks > before);
    pos.settle().await;
    // A day later nobody's session lives: the store is asked.
    let view = world.state.store().stock_differing(&pos.id).await.unwrap().unwrap();
    let held = view.held.iter().find(|held| held.of.reference == "MAR-M").unwrap();
    assert_eq!((held.stock.as_deref(), held.others_at.is_some()), (Some("99"), true));
    let left = world.state.hub().call(&row, |api, token| async move { api.callback_events(&token, None).await });
    assert!(left.await.unwrap().items.is_empty());
});

flow!(our_own_changes_are_no_drift, |world| {
    let pos = heard(&world).await;
    pos.patch(2, &[counted("MAR-M", "1")]).await;
    pos.settle().await;
    let lane = world.state.store().stock_head(&pos.id).await.unwrap().unwrap().lane;
    assert_eq!(lane.looks, lane.looked);
    assert_eq!(pos.tile("MAR-M").await["others_at"], Value::Null);
});

flow!(hubrise_tells_carre_pos_of_inventories_and_catalogs_alone, |world| {
    let pos = heard(&world).await;
    let row = pos.row().await;
    let callback = world.state.hub().call(&row, |api, token| async move { api.get_callback(&token).await });
    let callback = callback.await.unwrap();
    assert_eq!(callback.url.as_deref(), Some(&*format!("{}/callbacks/hubrise/carre-pos", world.origin)));
    let events: Vec<_> = callback.events.into_iter().collect();
    let kinds = |kinds: &[&str]| kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        events,
        [("catalog".to_owned(), kinds(&["update"])), ("inventory".to_owned(), kinds(&["patch", "update"]))]
    );
});
