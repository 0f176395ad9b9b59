//! How connections fare: what calls show, and how one recovers by itself.

use jiff::SignedDuration;
use passerelle_server::assemble;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::live::Stream;
use crate::world::{BELLA, NINA, World};

fn path_of(connection: &Value) -> String {
    format!("/connections/{}", connection["id"].as_str().unwrap())
}

/// A connected till, looked at once.
async fn connected(world: &World) -> (Browser, Value) {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    world.state.hub().check(&world.row(&connection).await).await.unwrap();
    (browser, connection)
}

async fn health(browser: &Browser, connection: &Value) -> Value {
    browser.get(&path_of(connection)).await.ok()["health"].clone()
}

async fn looks(world: &World) -> usize {
    world.received().await.iter().filter(|call| *call == "GET /v1/location").count()
}

flow!(nothing_is_known_before_the_first_call, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let unknown = json!({"state": "unknown", "since": null, "last_failed_at": null, "last_ok_at": null});
    assert_eq!(connection["health"], unknown);
    assert_eq!(connection["role"], "manage");
    let mut page = Stream::open(&world, &browser, &path_of(&connection)).await;
    assert_eq!(health(&browser, &connection).await, unknown, "the answer does not wait for the check it causes");
    assert!(page.changed().await.is_some());
    let known = health(&browser, &connection).await;
    assert_eq!((&known["state"], &known["last_failed_at"]), (&json!("ok"), &Value::Null));
    assert!(known["since"].is_string() && known["last_ok_at"].is_string(), "{known}");
});

flow!(opening_a_page_checks_what_nobody_called_for_a_minute, |world| {
    let (browser, connection) = connected(&world).await;
    world.back_office(&world.installation(&connection).await, "block").await;
    let before = looks(&world).await;
    assert_eq!(health(&browser, &connection).await["state"], "ok");
    assert_eq!(looks(&world).await, before, "a call within the minute is believed");
    world.later(SignedDuration::from_secs(61));
    let mut page = Stream::open(&world, &browser, "/vendors/pos-helper/tills/caisse").await;
    assert_eq!(browser.status("caisse").await["connection"]["health"]["state"], "ok", "told later, not waited for");
    assert!(page.changed().await.is_some());
    let known = health(&browser, &connection).await;
    assert_eq!(known["state"], "blocked");
    assert_eq!(known["since"], known["last_failed_at"]);
});

flow!(every_way_to_fail_is_told_apart_and_passes, |world| {
    let (browser, connection) = connected(&world).await;
    let installation = world.installation(&connection).await;
    let row = world.row(&connection).await;
    let suspend = async |action: &str| {
        world.control(&format!("accounts/{BELLA}/{action}"), json!({})).await;
    };
    let check = async |state: &str| {
        let outcome = world.state.hub().check(&row).await;
        assert_eq!(outcome.is_ok(), state == "ok", "{outcome:?}");
        let known = health(&browser, &connection).await;
        assert_eq!(known["state"], state);
        assert_eq!(known["last_failed_at"].is_null(), state == "ok", "cleared by the next success: {known}");
    };
    world.back_office(&installation, "block").await;
    check("blocked").await;
    world.back_office(&installation, "unblock").await;
    check("ok").await;
    suspend("suspend").await;
    check("unpaid").await;
    suspend("unsuspend").await;
    check("ok").await;
    for (mode, state) in [
        ("fail", "hubrise_down"),
        ("nonsense", "hubrise_down"),
        ("drop", "hubrise_down"),
        ("rate_limit", "rate_limited"),
    ] {
        world.fault("api", mode).await;
        check(state).await;
        world.fault("api", "none").await;
        check("ok").await;
    }
    world.back_office(&installation, "revoke").await;
    check("revoked").await;
});

flow!(a_failure_that_lasts_keeps_the_time_it_began, |world| {
    let (browser, connection) = connected(&world).await;
    world.back_office(&world.installation(&connection).await, "block").await;
    let row = world.row(&connection).await;
    world.state.hub().check(&row).await.unwrap_err();
    let first = health(&browser, &connection).await;
    world.later(SignedDuration::from_secs(30));
    world.state.hub().check(&row).await.unwrap_err();
    let later = health(&browser, &connection).await;
    assert_eq!(later["since"], first["since"]);
    assert_ne!(later["last_failed_at"], first["last_failed_at"]);
});

flow!(a_call_made_for_a_person_tells_as_well, |world| {
    let browser = world.browser().await;
    let connection = world.authorise_comptoir(&browser, NINA).await;
    world.fault("api", "fail").await;
    browser.get(&format!("{}/locations", path_of(&connection))).await.problem(502, "hubrise_failed");
    assert_eq!(health(&browser, &connection).await["state"], "hubrise_down");
    world.fault("api", "none").await;
    browser.get(&format!("{}/locations", path_of(&connection))).await.ok();
    assert_eq!(health(&browser, &connection).await["state"], "ok");
});

flow!(an_unblocked_connection_recovers_within_a_minute, |world| {
    let (browser, connection) = connected(&world).await;
    let installation = world.installation(&connection).await;
    let prober = assemble::prober(&world.state);
    assert_eq!(prober.round().await.unwrap(), 0, "what is well is left alone");
    world.back_office(&installation, "block").await;
    world.state.hub().check(&world.row(&connection).await).await.unwrap_err();
    world.back_office(&installation, "unblock").await;
    let mut page = Stream::open(&world, &browser, &path_of(&connection)).await;
    let mut waited = 0;
    // A round every 15 seconds, as the prober's own loop makes them.
    while prober.round().await.unwrap() == 0 {
        waited += 15;
        assert!(waited < 60, "not within a minute");
        world.later(SignedDuration::from_secs(15));
    }
    assert!(page.changed().await.is_some());
    assert_eq!(health(&browser, &connection).await["state"], "ok");
    world.later(SignedDuration::from_secs(30));
    assert_eq!(prober.round().await.unwrap(), 0);
});

flow!(one_that_still_fails_is_looked_at_every_thirty_seconds_by_one_server, |world| {
    let (_browser, connection) = connected(&world).await;
    world.back_office(&world.installation(&connection).await, "block").await;
    world.state.hub().check(&world.row(&connection).await).await.unwrap_err();
    let (one, other) = (assemble::prober(&world.state), assemble::prober(&world.state));
    let before = looks(&world).await;
    for _ in 0..8 {
        world.later(SignedDuration::from_secs(15));
        let (one, other) = tokio::join!(one.round(), other.round());
        assert!(one.unwrap() + other.unwrap() <= 1, "two servers share the work");
    }
    assert_eq!(looks(&world).await - before, 4);
});

flow!(hubrises_wish_to_wait_is_heeded, |world| {
    let (browser, connection) = connected(&world).await;
    let row = world.row(&connection).await;
    world.fault("api", "rate_limit").await;
    world.state.hub().check(&row).await.unwrap_err();
    world.fault("api", "none").await;
    let (prober, before) = (assemble::prober(&world.state), looks(&world).await);
    assert!(world.state.hub().paused(&row.id).is_some(), "for 30 seconds");
    // Due, but not yet welcome.
    world.later(SignedDuration::from_secs(26));
    assert_eq!(prober.round().await.unwrap(), 1);
    assert_eq!(looks(&world).await, before);
    assert_eq!(health(&browser, &connection).await["state"], "rate_limited");
    world.later(SignedDuration::from_secs(21));
    assert_eq!(prober.round().await.unwrap(), 1);
    assert_eq!(looks(&world).await, before + 1);
    assert_eq!(health(&browser, &connection).await["state"], "ok");
});

flow!(a_revoked_token_is_not_tried_for_ever, |world| {
    let (_browser, connection) = connected(&world).await;
    world.back_office(&world.installation(&connection).await, "revoke").await;
    world.state.hub().check(&world.row(&connection).await).await.unwrap_err();
    let (prober, before) = (assemble::prober(&world.state), looks(&world).await);
    for _ in 0..19 {
        world.later(SignedDuration::from_secs(30));
        prober.round().await.unwrap();
    }
    assert_eq!(looks(&world).await, before, "nine and a half minutes");
    world.later(SignedDuration::from_secs(30));
    prober.round().await.unwrap();
    assert_eq!(looks(&world).await, before + 1);
});

flow!(connecting_again_cures_a_revoked_connection, |world| {
    let (browser, connection) = connected(&world).await;
    world.back_office(&world.installation(&connection).await, "revoke").await;
    world.state.hub().check(&world.row(&connection).await).await.unwrap_err();
    let again = world.connect_caisse(&browser, NINA, json!({})).await;
    assert_eq!(again["id"], connection["id"]);
    assert_eq!(again["health"]["state"], "unknown");
    world.state.hub().check(&world.row(&again).await).await.unwrap();
    assert_eq!(health(&browser, &connection).await["state"], "ok");
});

flow!(a_note_that_fails_does_not_fail_the_call, |world| {
    let (_browser, connection) = connected(&world).await;
    let row = world.row(&connection).await;
    world.state.store().close().await;
    world.state.hub().check(&row).await.unwrap();
});
