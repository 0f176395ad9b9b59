//! How long what was said is kept, and that all of it is.

use jiff::SignedDuration;
use passerelle_server::sweeper::forget;
use passerelle_store::OperationState as State;
use serde_json::json;

use super::stage::{FIRST, Till};

const RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);

async fn forgotten(till: &Till<'_>) -> u64 {
    let world = till.world;
    assert_eq!(world.state.rules().retention, RETENTION);
    forget(world.state.store(), world.state.now(), RETENTION).await.unwrap()
}

flow!(operations_that_are_over_are_forgotten_after_thirty_days_and_no_others, |world| {
    let till = world.till(json!({})).await;
    let over = till.ordered("plain").await;
    till.settle().await;
    world.store(FIRST, "store_offline").await;
    let waiting = till.ordered("plain").await;
    till.settle().await;
    assert_eq!(forgotten(&till).await, 0);
    world.later(RETENTION + SignedDuration::from_hours(1));
    assert!(forgotten(&till).await >= 1);
    assert_eq!(forgotten(&till).await, 0);
    let page = world.state.store().operations(&till.id, None, 100).await.unwrap();
    let left: Vec<_> = page.rows.iter().filter_map(|row| Some(row.order.as_ref()?.order_id.clone())).collect();
    assert_eq!(left, [waiting["id"].as_str().unwrap()], "and not {}", over["id"]);
    till.assert_stands(&till.stands(&waiting).await, State::Queued, Some("store_offline"));
});

flow!(every_call_for_a_bridged_till_is_kept_the_routine_ones_too, |world| {
    let till = world.till(json!({})).await;
    let row = world.state.store().connection_bare(&till.id).await.unwrap().unwrap();
    world.later(RETENTION + SignedDuration::from_hours(1));
    forgotten(&till).await;
    world.state.hub().check(&row).await.unwrap();
    world.fault("api", "fail").await;
    world.state.hub().check(&row).await.unwrap_err();
    // Calls are timed by the machine's clock, which the test does not move.
    world.later(SignedDuration::from_secs(1));
    assert_eq!(forgotten(&till).await, 2);
});

flow!(a_look_at_the_connection_notes_the_locations_time_zone, |world| {
    let till = world.till(json!({})).await;
    let row = world.state.store().connection_bare(&till.id).await.unwrap().unwrap();
    world.state.hub().check(&row).await.unwrap();
    let row = world.state.store().connection_bare(&till.id).await.unwrap().unwrap();
    assert_eq!(row.timezone.as_deref(), Some("Europe/Paris"));
});
