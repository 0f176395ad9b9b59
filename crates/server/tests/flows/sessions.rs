//! Sessions: made, kept, ended.

use jiff::SignedDuration;
use reqwest::header::SET_COOKIE;
use serde_json::json;

use crate::world::{MARC, NINA};

flow!(a_newcomer_gets_a_session_and_keeps_it, |world| {
    let mut browser = world.newcomer();
    let first = browser.get("/session").await;
    let set = first.headers[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(set.starts_with("passerelle=") && set.contains("; HttpOnly; SameSite=Lax; Max-Age=86400"), "{set}");
    assert_eq!(first.headers["cache-control"], "no-store");
    browser.cookie = Some(set.split(';').next().unwrap().to_owned());
    let again = browser.get("/session").await;
    assert!(again.headers.get(SET_COOKIE).is_none());
    assert_eq!(again.body["csrf_token"], first.body["csrf_token"]);
    assert!(!set.contains(first.body["csrf_token"].as_str().unwrap()), "the token must not give the cookie away");
});

flow!(a_session_ends_when_idle, |world| {
    let browser = world.browser().await;
    world.later(SignedDuration::from_hours(11));
    browser.status("caisse").await;
    world.later(SignedDuration::from_hours(11));
    browser.status("caisse").await;
    // Over 24 hours old by then, however busy.
    world.later(SignedDuration::from_hours(3));
    browser.get("/vendors/pos-helper/tills/caisse/status").await.problem(401, "no_session");
});

flow!(an_idle_session_is_replaced_by_another, |world| {
    let mut browser = world.browser().await;
    let before = browser.cookie.clone();
    world.later(SignedDuration::from_hours(13));
    browser.get("/attempts/latest").await.problem(401, "no_session");
    browser.open_session().await;
    assert_ne!(browser.cookie, before);
    browser.get("/attempts/latest").await.problem(404, "not_found");
});

flow!(a_cookie_somebody_made_up_is_no_session, |world| {
    let mut browser = world.newcomer();
    browser.cookie = Some("passerelle=AAAAAAAAAAAAAAAAAAAAAA".into());
    browser.get("/attempts/latest").await.problem(401, "no_session");
    let given = browser.get("/session").await;
    // Fixation: the server never adopts an id it did not give out.
    assert!(!given.headers[SET_COOKIE].to_str().unwrap().contains("AAAAAAAAAAAAAAAAAAAAAA"));
});

flow!(a_user_sees_where_they_are_signed_in_and_ends_it, |world| {
    let phone = world.signed_in("pos-helper", NINA).await;
    let desktop = world.signed_in("pos-helper", NINA).await;
    let marc = world.signed_in("pos-helper", MARC).await;
    let lines = desktop.get("/vendors/pos-helper/sessions").await.ok();
    let lines = lines.as_array().unwrap();
    assert_eq!(lines.len(), 2, "Nina's two, not Marc's: {lines:?}");
    assert_eq!(lines.iter().filter(|line| line["this"] == true).count(), 1);
    assert!(lines.iter().all(|line| line["browser"] == "Firefox, Android"));
    let cookie = phone.cookie.clone().unwrap();
    assert!(!lines.iter().any(|line| cookie.contains(line["id"].as_str().unwrap())), "an id is no cookie");
    let other = lines.iter().find(|line| line["this"] == false).unwrap();
    let path = format!("/vendors/pos-helper/sessions/{}", other["id"].as_str().unwrap());
    marc.delete(&path).await.problem(404, "not_found");
    phone.get("/vendors/pos-helper/sessions").await.ok();
    let answer = desktop.delete(&path).await;
    assert_eq!(answer.status, 204);
    assert!(answer.headers.get(SET_COOKIE).is_none());
    phone.get("/vendors/pos-helper/sessions").await.problem(401, "no_session");
    desktop.delete(&path).await.problem(404, "not_found");
    assert_eq!(desktop.get("/vendors/pos-helper/sessions").await.ok().as_array().unwrap().len(), 1);
});

flow!(ending_the_session_one_is_in_forgets_its_cookie, |world| {
    let browser = world.signed_in("pos-helper", NINA).await;
    let lines = browser.get("/vendors/pos-helper/sessions").await.ok();
    let path = format!("/vendors/pos-helper/sessions/{}", lines[0]["id"].as_str().unwrap());
    let answer = browser.delete(&path).await;
    assert_eq!(answer.status, 204);
    assert!(answer.headers[SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    browser.get("/vendors/pos-helper/sessions").await.problem(401, "no_session");
});

flow!(signing_out_ends_the_session_and_keeps_what_is_the_users, |world| {
    let mut browser = world.signed_in("pos-helper", NINA).await;
    let connection = world.connect_caisse(&browser, NINA, json!({})).await;
    let former = browser.clone();
    let answer = browser.delete("/session").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.headers[SET_COOKIE], "passerelle=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    former.get("/vendors/pos-helper/tills/caisse/status").await.problem(401, "no_session");
    former.delete("/session").await.problem(401, "no_session");
    browser.cookie = None;
    browser.open_session().await;
    assert!(browser.status("caisse").await["connection"].is_null());
    assert_eq!(browser.users().await, json!([]));
    world.sign_in(&mut browser, "pos-helper", NINA).await;
    assert_eq!(browser.status("caisse").await["connection"]["id"], connection["id"]);
});

flow!(sessions_that_are_over_are_not_listed, |world| {
    world.signed_in("pos-helper", NINA).await;
    world.later(SignedDuration::from_hours(13));
    let browser = world.signed_in("pos-helper", NINA).await;
    assert_eq!(browser.get("/vendors/pos-helper/sessions").await.ok().as_array().unwrap().len(), 1);
});

flow!(the_list_of_sessions_is_for_users, |world| {
    let browser = world.browser().await;
    browser.get("/vendors/pos-helper/sessions").await.problem(403, "sign_in_required");
    browser.get("/vendors/nobody/sessions").await.problem(404, "vendor_unknown");
});
