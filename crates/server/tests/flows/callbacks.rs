//! What HubRise tells of: disconnections, which anybody could claim and HubRise has to confirm.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{NINA, World};

fn told(vendor: &str, installation: &str) -> String {
    format!("/callbacks/hubrise/{vendor}/disconnect?app_instance_id={installation}")
}

async fn connected(world: &World) -> (crate::browser::Browser, Value, String) {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let installation = world.installation(&connection).await;
    (browser, connection, installation)
}

flow!(disconnecting_at_hubrise_closes_the_connection, |world| {
    let (browser, _, installation) = connected(&world).await;
    // HubRise revokes, and tells us.
    world.back_office(&installation, "disconnect").await;
    assert!(browser.status("caisse").await["connection"].is_null());
    let one = world.at_hubrise().await.into_iter().find(|one| one["app_instance_id"] == installation.as_str()).unwrap();
    assert_eq!(one["told"]["status"], 200, "{one}");
    assert_eq!(world.state.revoker().round().await.unwrap(), 0, "there is nothing left to revoke");
    assert_eq!(
        world.called(&told("pos-helper", &installation)).await,
        404,
        "told again, there is no such installation"
    );
});

flow!(a_guess_disconnects_nobody, |world| {
    let (browser, connection, installation) = connected(&world).await;
    assert_eq!(world.called(&told("pos-helper", &installation)).await, 200);
    assert_eq!(browser.status("caisse").await["connection"]["id"], connection["id"]);
    world.back_office(&installation, "block").await;
    assert_eq!(world.called(&told("pos-helper", &installation)).await, 200);
    assert_eq!(browser.status("caisse").await["connection"]["id"], connection["id"], "blocked is not disconnected");
});

flow!(an_unpaid_connection_is_not_a_disconnected_one, |world| {
    let (browser, connection, installation) = connected(&world).await;
    world.control("accounts/3r4s3/suspend", json!({})).await;
    assert_eq!(world.called(&told("pos-helper", &installation)).await, 200);
    let shown = browser.status("caisse").await;
    assert_eq!(shown["connection"]["id"], connection["id"]);
    assert_eq!(shown["connection"]["health"]["state"], "unpaid");
});

flow!(an_unknown_installation_is_unknown, |world| {
    let (_, _, installation) = connected(&world).await;
    let long = "x".repeat(65);
    for path in [
        told("pos-helper", "zzzzz"),
        told("pos-helper", ""),
        told("pos-helper", &long),
        told("pos-helper", "%00"),
        told("carre-pos", &installation),
        told("nobody", &installation),
        "/callbacks/hubrise/pos-helper/disconnect".to_owned(),
    ] {
        assert_eq!(world.called(&path).await, 404, "{path}");
    }
    assert_eq!(world.called(&format!("{}&more=1", told("pos-helper", &installation))).await, 200);
    for installation in ["zzzzz", &installation] {
        let url = format!("{}{}", world.origin, told("pos-helper", installation));
        let answer = world.http.get(url).send().await.unwrap();
        assert_eq!(answer.headers()["cache-control"], "no-store", "it is told anew each time");
    }
});

flow!(without_hubrises_word_nothing_happens_and_it_is_to_tell_again, |world| {
    let (browser, connection, installation) = connected(&world).await;
    for mode in ["fail", "nonsense", "drop", "rate_limit"] {
        world.fault("api", mode).await;
        assert_eq!(world.called(&told("pos-helper", &installation)).await, 503, "{mode}");
    }
    world.fault("api", "none").await;
    assert_eq!(browser.status("caisse").await["connection"]["id"], connection["id"]);
});

flow!(nobody_uses_up_a_connections_calls_by_guessing, |world| {
    let (_, _, installation) = connected(&world).await;
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(world.called(&told("pos-helper", &installation)).await);
    }
    assert_eq!((statuses[9], statuses[10], statuses[11]), (200, 429, 429));
    world.later(SignedDuration::from_secs(61));
    assert_eq!(world.called(&told("pos-helper", &installation)).await, 200);
});
