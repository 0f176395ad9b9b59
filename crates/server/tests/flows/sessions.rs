//! Sessions: made, kept, ended.

use jiff::SignedDuration;
use reqwest::header::SET_COOKIE;

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
