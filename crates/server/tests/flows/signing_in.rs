//! Signing in with HubRise: who the user is, whose session it is from then on, and where it leads back to.

use jiff::SignedDuration;
use serde_json::json;

use crate::world::{HELPER_SUPPORT, MARC, NINA};

flow!(a_user_signs_in, |world| {
    let mut browser = world.browser().await;
    assert_eq!(browser.users().await, json!([]));
    let url = browser.run(json!({"vendor": "pos-helper", "purpose": "sign_in"})).await;
    let query: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(query["scope"], "profile_with_email");
    assert_eq!(query["client_id"], "pos-helper-sandbox");
    assert!(!query.contains_key("device_id") && !query.contains_key("app_instance_id"));
    let session = world.session_of(&browser).await;
    let answer = world.follow(&browser, &url, NINA, json!({})).await;
    browser.keep_cookie(&answer);
    assert_eq!(answer.ok(), json!({"kind": "signed_in", "vendor": "pos-helper", "return_to": "/pos-helper"}));
    let nina = json!({"vendor": "pos-helper", "name": "Nina Costa", "email": NINA, "support": false});
    assert_eq!(browser.users().await, json!([nina]));
    assert_eq!(world.session_of(&browser).await, session, "the session keeps its id");
});

flow!(the_cookie_that_was_there_before_is_worth_nothing_afterwards, |world| {
    let mut victim = world.browser().await;
    // Somebody planted this cookie, and waits for a user to sign in with it.
    let attacker = victim.clone();
    let csrf = victim.csrf.clone();
    world.connect_caisse(&victim, NINA, json!({})).await;
    world.sign_in(&mut victim, "pos-helper", NINA).await;
    assert_ne!(victim.cookie, attacker.cookie);
    assert_ne!(victim.csrf, csrf, "the CSRF token goes with the cookie");
    attacker.get("/attempts/latest").await.problem(401, "no_session");
    attacker.get("/vendors/pos-helper/tills/caisse/status").await.problem(401, "no_session");
    let fresh = attacker.get("/session").await;
    assert_eq!(fresh.body["users"], json!([]), "it gets a session of its own, with nobody in it");
    assert!(victim.status("caisse").await["connection"].is_object());
});

flow!(signing_in_sets_the_cookie_with_all_its_attributes, |world| {
    let browser = world.browser().await;
    let url = browser.run(json!({"vendor": "pos-helper", "purpose": "sign_in"})).await;
    world.later(SignedDuration::from_hours(1));
    let answer = world.follow(&browser, &url, NINA, json!({})).await;
    // An hour later the run is over; signing in anew, an hour of the session's day is gone.
    answer.problem(410, "state_expired");
    let url = browser.run(json!({"vendor": "pos-helper", "purpose": "sign_in"})).await;
    let answer = world.follow(&browser, &url, NINA, json!({})).await;
    let set = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    let (_, life) = set.split_once("; Max-Age=").unwrap();
    assert!(set.starts_with("passerelle=") && set.contains("; Path=/; HttpOnly; SameSite=Lax"), "{set}");
    let life: i64 = life.parse().unwrap();
    assert!((82_700..=82_800).contains(&life), "signing in does not lengthen the session: {life}");
});

flow!(it_leads_back_to_a_page_of_this_console_alone, |world| {
    let mut browser = world.browser().await;
    let too_long = format!("/{}", "a".repeat(512));
    for (asked, led) in [
        ("/pos-helper/caisse?tab=history", "/pos-helper/caisse?tab=history"),
        ("/", "/"),
        ("//evil.example", "/pos-helper"),
        ("/\\evil.example", "/pos-helper"),
        ("https://evil.example", "/pos-helper"),
        ("/%0d%0aLocation:x", "/pos-helper"),
        ("javascript:alert(1)", "/pos-helper"),
        (too_long.as_str(), "/pos-helper"),
    ] {
        let url = browser.run(json!({"vendor": "pos-helper", "purpose": "sign_in", "return_to": asked})).await;
        assert!(!url.as_str().contains("evil"), "HubRise is told nothing of it");
        let answer = world.follow(&browser, &url, NINA, json!({})).await;
        browser.keep_cookie(&answer);
        assert_eq!(answer.ok()["return_to"], led, "{asked}");
        browser.open_session().await;
    }
});

flow!(support_is_whom_the_vendors_profile_names, |world| {
    let mut browser = world.browser().await;
    world.sign_in(&mut browser, "pos-helper", HELPER_SUPPORT).await;
    world.sign_in(&mut browser, "carre-pos", HELPER_SUPPORT).await;
    let users = browser.users().await;
    let support = |vendor: &str| {
        users.as_array().unwrap().iter().find(|user| user["vendor"] == vendor).unwrap()["support"].as_bool().unwrap()
    };
    assert!(support("pos-helper") && !support("carre-pos"), "another vendor's support is nobody here: {users}");
});

flow!(being_signed_in_at_one_vendor_says_nothing_at_another, |world| {
    let mut browser = world.signed_in("pos-helper", NINA).await;
    browser.get("/vendors/carre-pos/sessions").await.problem(403, "sign_in_required");
    world.sign_in(&mut browser, "carre-pos", MARC).await;
    let users = browser.users().await;
    let names: Vec<_> = users.as_array().unwrap().iter().map(|user| user["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Marc Dubois", "Nina Costa"]);
});

flow!(what_the_session_connected_becomes_its_users, |world| {
    let mut phone = world.browser().await;
    let connection = world.connect_caisse(&phone, NINA, json!({})).await;
    world.sign_in(&mut phone, "pos-helper", NINA).await;
    assert_eq!(phone.status("caisse").await["connection"]["id"], connection["id"]);
    let desktop = world.signed_in("pos-helper", NINA).await;
    assert_eq!(desktop.status("caisse").await["connection"]["id"], connection["id"], "signed in anywhere");
    let marc = world.signed_in("pos-helper", MARC).await;
    assert!(marc.status("caisse").await["connection"].is_null());
});

flow!(another_user_in_the_same_browser_takes_over_nothing, |world| {
    let mut browser = world.signed_in("pos-helper", NINA).await;
    world.connect_caisse(&browser, NINA, json!({})).await;
    world.sign_in(&mut browser, "pos-helper", MARC).await;
    assert_eq!(browser.users().await[0]["name"], "Marc Dubois");
    assert!(browser.status("caisse").await["connection"].is_null());
    world.sign_in(&mut browser, "pos-helper", NINA).await;
    assert!(browser.status("caisse").await["connection"].is_object(), "it was Nina's all along");
});

flow!(a_user_who_denies_stays_a_stranger, |world| {
    let browser = world.browser().await;
    let url = browser.run(json!({"vendor": "pos-helper", "purpose": "sign_in"})).await;
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let answer = browser.post("/attempts/finish", json!({"state": state, "error": "access_denied"})).await;
    assert!(answer.headers.get("set-cookie").is_none());
    answer.problem(403, "access_denied");
    assert_eq!(browser.users().await, json!([]));
    browser.finish(&state, "code").await.problem(409, "state_replayed");
});

flow!(a_sign_in_is_its_own_sessions_once_and_in_time, |world| {
    let (browser, other) = (world.browser().await, world.browser().await);
    let asked = json!({"vendor": "pos-helper", "purpose": "sign_in"});
    let url = browser.run(asked.clone()).await;
    // Signing somebody in as oneself: with a state of another browser it does not work.
    world.follow(&other, &url, MARC, json!({})).await.problem(403, "state_foreign");
    assert_eq!(other.users().await, json!([]));
    let late = browser.run(asked).await;
    world.later(SignedDuration::from_mins(16));
    world.follow(&browser, &late, NINA, json!({})).await.problem(410, "state_expired");
});

flow!(a_user_without_an_address_is_refused_and_told_why, |world| {
    let browser = world.browser().await;
    let url = browser.run(json!({"vendor": "pos-helper", "purpose": "sign_in"})).await;
    let answer = world.follow(&browser, &url, NINA, json!({"scope": "profile"})).await;
    assert!(answer.headers.get("set-cookie").is_none());
    let problem = answer.problem(403, "hubrise_forbidden");
    assert_eq!(problem["detail"], "HubRise gave no e-mail address for this user");
    assert_eq!(browser.users().await, json!([]));
});

flow!(a_code_for_something_else_signs_nobody_in, |world| {
    let browser = world.browser().await;
    let url = browser.run(json!({"vendor": "pos-helper", "purpose": "sign_in"})).await;
    world.follow(&browser, &url, NINA, json!({"scope": crate::world::CAISSE})).await.problem(403, "hubrise_forbidden");
    assert_eq!(browser.users().await, json!([]));
});

flow!(hubrise_that_fails_signs_nobody_in, |world| {
    let mut browser = world.browser().await;
    for (target, mode, status, code) in
        [("token", "fail", 502, "hubrise_failed"), ("api", "nonsense", 502, "hubrise_nonsense")]
    {
        world.fault(target, mode).await;
        let url = browser.run(json!({"vendor": "pos-helper", "purpose": "sign_in"})).await;
        world.follow(&browser, &url, NINA, json!({})).await.problem(status, code);
        world.fault(target, "none").await;
    }
    assert_eq!(browser.users().await, json!([]));
    world.sign_in(&mut browser, "pos-helper", NINA).await;
});

flow!(what_hubrise_says_of_a_person_is_kept_and_its_token_is_not, |world| {
    let browser = world.signed_in("pos-helper", NINA).await;
    assert_eq!(browser.users().await[0]["email"], NINA);
    // Nothing waits to be revoked, and no attempt was left behind.
    assert_eq!(world.state.revoker().round().await.unwrap(), 0);
    browser.get("/attempts/latest").await.problem(404, "not_found");
});
