//! The connection's page, and disconnecting.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::NINA;

/// A till of which nothing is left but, perhaps, a token that waits to be revoked.
fn nothing_but(revoking: bool) -> Value {
    json!({"connection": null, "revoking": revoking, "known": null, "lock": null, "request": null})
}

flow!(disconnects_at_once, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let path = format!("/connections/{}", connection["id"].as_str().unwrap());
    assert_eq!(browser.delete(&path).await.ok(), json!({"revoked": true}));
    let shown = browser.status("caisse").await;
    assert_eq!(shown, nothing_but(false));
    let calls = world.received().await;
    let callback = calls.iter().position(|call| call == "DELETE /v1/callback");
    let revoke = calls.iter().position(|call| call == "POST /oauth2/v1/revoke");
    assert!(callback.is_some() && callback < revoke, "the callback goes first: {calls:?}");
    browser.delete(&path).await.problem(404, "connection_unknown");
});

flow!(disconnecting_twice_at_once_revokes_once, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let path = format!("/connections/{}", connection["id"].as_str().unwrap());
    let (one, two) = tokio::join!(browser.delete(&path), browser.delete(&path));
    let succeeded = [one.status, two.status].iter().filter(|status| status.is_success()).count();
    assert_eq!(succeeded, 1);
    let revoked = world.received().await.into_iter().filter(|call| call == "POST /oauth2/v1/revoke").count();
    assert_eq!(revoked, 1);
});

flow!(a_revocation_hubrise_did_not_hear_is_told_later, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    world.fault("revoke", "fail").await;
    let path = format!("/connections/{}", connection["id"].as_str().unwrap());
    assert_eq!(browser.delete(&path).await.ok(), json!({"revoked": false}));
    assert_eq!(browser.status("caisse").await, nothing_but(true));
    assert_eq!(world.state.revoker().round().await.unwrap(), 0, "not before its time");
    world.later(SignedDuration::from_secs(16));
    assert_eq!(world.state.revoker().round().await.unwrap(), 1);
    assert_eq!(browser.status("caisse").await["revoking"], true, "HubRise still fails");
    world.fault("revoke", "none").await;
    world.later(SignedDuration::from_secs(31));
    assert_eq!(world.state.revoker().round().await.unwrap(), 1);
    assert_eq!(browser.status("caisse").await["revoking"], false);
});

flow!(a_token_hubrise_killed_can_be_disconnected, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    world.back_office(&world.installation(&connection).await, "revoke").await;
    let path = format!("/connections/{}", connection["id"].as_str().unwrap());
    assert_eq!(browser.delete(&path).await.ok(), json!({"revoked": true}));
});

flow!(another_browser_that_connects_the_same_till_shares_it, |world| {
    let (one, two) = (world.browser().await, world.browser().await);
    let first = world.connect_caisse(&one, NINA, json!({})).await;
    let second = world.connect_caisse(&two, NINA, json!({})).await;
    assert_eq!(first["id"], second["id"]);
    assert_eq!(second["connected_by"]["this_session"], false);
    two.delete(&format!("/connections/{}", second["id"].as_str().unwrap())).await.ok();
    assert!(one.status("caisse").await["connection"].is_null());
});

flow!(a_right_ends_after_a_day, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let session = world.session_of(&browser).await;
    let id = passerelle_store::ConnectionId::new(connection["id"].as_str().unwrap());
    let day = world.state.now() + SignedDuration::from_hours(25);
    assert!(world.state.store().connection(&id, &session, world.state.now()).await.unwrap().is_some());
    assert!(world.state.store().connection(&id, &session, day).await.unwrap().is_none());
});
