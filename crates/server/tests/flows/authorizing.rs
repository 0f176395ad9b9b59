//! Proving a right to a connection: HubRise decides, and what it says holds for a day.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{BELLA, CAISSE, HELPER_SUPPORT, INES, MARC, NINA, World};

fn by_id(connection: &Value) -> Value {
    json!({"vendor": "pos-helper", "connection": connection["id"], "return_to": "/pos-helper/caisse"})
}

fn by_installation(id: &str) -> Value {
    json!({"vendor": "pos-helper", "app_instance_id": id})
}

/// Nina's connection, made by Nina signed in; her session is over by now.
async fn nina_yesterday(world: &World) -> Value {
    let browser = world.signed_in("pos-helper", NINA).await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    assert_eq!(connection["connected_by"]["name"], "Nina Costa");
    world.later(SignedDuration::from_hours(25));
    connection
}

flow!(a_right_that_ran_out_is_proven_anew, |world| {
    let connection = nina_yesterday(&world).await;
    let nina = world.signed_in("pos-helper", NINA).await;
    let path = format!("/connections/{}", connection["id"].as_str().unwrap());
    nina.get(&path).await.problem(404, "connection_unknown");
    let status = nina.status("caisse").await;
    assert_eq!((&status["connection"], &status["known"]), (&Value::Null, &connection["id"]));
    let before = world.row(&connection).await;
    let outcome = world.authorize(&nina, by_id(&connection), NINA).await.ok();
    assert_eq!(
        (&outcome["kind"], &outcome["return_to"], &outcome["connection"]["role"]),
        (&json!("authorized"), &json!("/pos-helper/caisse"), &json!("manage"))
    );
    let status = nina.status("caisse").await;
    assert_eq!((&status["connection"]["id"], &status["known"]), (&connection["id"], &Value::Null));
    let after = world.row(&connection).await;
    assert_eq!((after.version, after.token), (before.version, before.token), "the same token is not stored again");
    assert_eq!(world.state.revoker().round().await.unwrap(), 0);
});

flow!(what_hubrise_is_asked_is_what_the_connection_was_made_with, |world| {
    let nina = world.signed_in("pos-helper", NINA).await;
    let connection = world.authorise_comptoir(&nina, NINA).await;
    let installation = world.installation(&connection).await;
    let asked = json!({"vendor": "pos-helper", "purpose": "authorize", "connection": connection["id"]});
    let query: std::collections::HashMap<_, _> = nina.run(asked).await.query_pairs().into_owned().collect();
    assert_eq!(query["scope"], crate::world::COMPTOIR);
    assert_eq!((query["device_id"].as_str(), query["app_instance_id"].as_str()), ("comptoir", installation.as_str()));
});

flow!(nobody_is_authorized_who_is_not_signed_in, |world| {
    let browser = world.browser().await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    for mut asked in [by_id(&connection), by_installation(&world.installation(&connection).await)] {
        asked["purpose"] = "authorize".into();
        browser.post("/attempts", asked.clone()).await.problem(403, "sign_in_required");
        // Nor by somebody signed in elsewhere.
        let elsewhere = world.signed_in("carre-pos", NINA).await;
        elsewhere.post("/attempts", asked).await.problem(403, "sign_in_required");
    }
});

flow!(a_colleague_opens_the_console_from_hubrise, |world| {
    let connection = nina_yesterday(&world).await;
    let installation = world.installation(&connection).await;
    let marc = world.signed_in("pos-helper", MARC).await;
    assert!(marc.status("caisse").await["known"].is_null(), "he has never had a right to it");
    let outcome = world.authorize(&marc, by_installation(&installation), MARC).await.ok();
    assert_eq!(outcome["connection"]["id"], connection["id"]);
    assert_eq!(outcome["return_to"], "/pos-helper");
    let page = marc.get(&format!("/connections/{}", connection["id"].as_str().unwrap())).await.ok();
    assert_eq!(
        page["connected_by"],
        json!({"this_session": false, "browser": "Firefox, Android", "name": "Nina Costa"})
    );
});

flow!(guessing_an_installation_brings_nothing_and_tells_nothing, |world| {
    let connection = nina_yesterday(&world).await;
    let installation = world.installation(&connection).await;
    let ines = world.signed_in("pos-helper", INES).await;
    let mut told = Vec::new();
    for guess in [installation.as_str(), "zzzzz", "5q9xx"] {
        let mut asked = by_installation(guess);
        asked["purpose"] = "authorize".into();
        let url = ines.run(asked).await;
        let names: Vec<_> =
            url.query_pairs().map(|(name, _)| name.into_owned()).filter(|name| name != "device_id").collect();
        let answer = world.follow(&ines, &url, INES, json!({})).await;
        let problem = answer.problem(403, "not_yours");
        told.push((names, problem["detail"].clone(), problem["fields"].clone()));
    }
    assert!(told.windows(2).all(|two| two[0] == two[1]), "known and unknown look alike: {told:?}");
    ines.get(&format!("/connections/{}", connection["id"].as_str().unwrap())).await.problem(404, "connection_unknown");
    assert!(ines.status("caisse").await["connection"].is_null());
});

flow!(an_installation_nobody_has_asks_hubrise_for_the_same_again_and_again, |world| {
    let ines = world.signed_in("pos-helper", INES).await;
    let ask = |guess: &'static str| {
        let ines = ines.clone();
        async move {
            let asked = json!({"vendor": "pos-helper", "purpose": "authorize", "app_instance_id": guess});
            let url = ines.run(asked).await;
            url.query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned()
        }
    };
    let first = ask("zzzzz").await;
    for _ in 0..3 {
        assert_eq!(ask("zzzzz").await, first);
    }
});

flow!(a_connection_one_has_never_known_does_not_exist, |world| {
    let connection = nina_yesterday(&world).await;
    let marc = world.signed_in("pos-helper", MARC).await;
    let mut details = Vec::new();
    for id in [connection["id"].clone(), json!("AAAAAAAAAAAAAAAAAAAAAA"), json!(""), json!("a\u{0}b")] {
        let asked = json!({"vendor": "pos-helper", "purpose": "authorize", "connection": id});
        details.push(marc.post("/attempts", asked).await.problem(404, "connection_unknown")["detail"].clone());
    }
    assert!(details.windows(2).all(|two| two[0] == two[1]));
    // Nor does one of another vendor, to its own user.
    let nina = world.signed_in("carre-pos", NINA).await;
    let asked = json!({"vendor": "carre-pos", "purpose": "authorize", "connection": connection["id"]});
    nina.post("/attempts", asked).await.problem(404, "connection_unknown");
});

flow!(support_needs_hubrises_word_too, |world| {
    let connection = nina_yesterday(&world).await;
    let support = world.signed_in("pos-helper", HELPER_SUPPORT).await;
    let path = format!("/connections/{}", connection["id"].as_str().unwrap());
    support.get(&path).await.problem(404, "connection_unknown");
    world.authorize(&support, by_id(&connection), HELPER_SUPPORT).await.problem(403, "not_yours");
    support.get(&path).await.problem(404, "connection_unknown");
    world.give_access(BELLA, HELPER_SUPPORT).await;
    let outcome = world.authorize(&support, by_id(&connection), HELPER_SUPPORT).await.ok();
    assert!(outcome["connection"]["support_verified_at"].is_string(), "{outcome}");
    support.get(&path).await.ok();
});

flow!(the_proof_of_another_place_proves_nothing, |world| {
    let connection = nina_yesterday(&world).await;
    let ines = world.signed_in("pos-helper", INES).await;
    let mut asked = by_installation(&world.installation(&connection).await);
    asked["purpose"] = "authorize".into();
    // Whoever sits at the browser can change what HubRise is asked: here, for a location of one's own.
    let url = ines.run(asked).await;
    let stripped = without(&url, "app_instance_id");
    let own = json!({"location": "9x2gc-1", "catalog": "g1nat", "customer_list": "g2web", "scope": CAISSE});
    world.follow(&ines, &stripped, INES, own).await.problem(403, "not_yours");
    assert!(ines.status("caisse").await["connection"].is_null());
    assert_eq!(world.state.revoker().round().await.unwrap(), 1, "the token nobody asked for dies");
    assert!(world.at_hubrise().await.iter().any(|one| one["location_id"] == "9x2gc-1" && one["status"] == "revoked"));
});

flow!(a_proof_that_is_another_connections_token_leaves_that_connection_alone, |world| {
    let connection = nina_yesterday(&world).await;
    let own = json!({"location": "9x2gc-1", "catalog": "g1nat", "customer_list": "g2web"});
    let ines = world.signed_in("pos-helper", INES).await;
    let theirs = world.connect_caisse(&ines, INES, own.clone()).await;
    let mut asked = by_installation(&world.installation(&connection).await);
    asked["purpose"] = "authorize".into();
    let stripped = without(&ines.run(asked).await, "app_instance_id");
    let own = json!({"location": "9x2gc-1", "catalog": "g1nat", "customer_list": "g2web", "scope": CAISSE});
    world.follow(&ines, &stripped, INES, own).await.problem(403, "not_yours");
    assert_eq!(world.state.revoker().round().await.unwrap(), 0);
    assert_eq!(ines.status("caisse").await["connection"]["id"], theirs["id"]);
});

flow!(another_token_of_the_same_installation_takes_the_formers_place, |world| {
    let nina = world.signed_in("pos-helper", NINA).await;
    let connection = world.connect_caisse(&nina, NINA, json!({})).await;
    let at_hubrise = world.row(&connection).await;
    world.replace_token(&nina, &connection).await;
    assert_ne!(world.row(&connection).await.token_fingerprint, at_hubrise.token_fingerprint);
    let outcome = world.authorize(&nina, by_id(&connection), NINA).await.ok();
    assert_eq!((&outcome["kind"], &outcome["connection"]["id"]), (&json!("authorized"), &connection["id"]));
    let row = world.row(&connection).await;
    assert_eq!(row.token_fingerprint, at_hubrise.token_fingerprint);
    assert!(row.reconnected_at.is_some());
    assert_eq!(world.state.revoker().round().await.unwrap(), 1, "the former token dies, the one in use does not");
    assert!(world.at_hubrise().await.iter().any(|one| one["status"] == "active"));
});

flow!(whoever_asks_for_both_or_neither_is_asked_to_choose, |world| {
    let nina = world.signed_in("pos-helper", NINA).await;
    let long = "x".repeat(65);
    for more in [
        json!({}),
        json!({"connection": "c", "app_instance_id": "i"}),
        json!({"app_instance_id": ""}),
        json!({"app_instance_id": long}),
    ] {
        let mut asked = json!({"vendor": "pos-helper", "purpose": "authorize"});
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        nina.post("/attempts", asked).await.problem(422, "invalid_request");
    }
});

fn without(url: &url::Url, dropped: &str) -> url::Url {
    let kept: Vec<_> = url.query_pairs().into_owned().filter(|(name, _)| name != dropped && name != "scope").collect();
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(kept);
    url
}
