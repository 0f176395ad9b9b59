//! Tills that ask for an identification key, and tills that cannot be connected at all.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{NINA, TILL_KEY};

fn with(key: &str) -> Value {
    json!({"vendor": "somm-it", "till": "zelty", "key": key})
}

async fn wrong(browser: &Browser, times: usize) {
    for _ in 0..times {
        browser.post("/attempts", with("CAVE-2026-BLANC")).await.problem(403, "key_wrong");
    }
}

async fn waits(browser: &Browser, key: &str) -> i64 {
    let answer = browser.post("/attempts", with(key)).await;
    let wait = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
    answer.problem(429, "too_many_requests");
    wait
}

flow!(the_right_key_lets_a_till_be_connected, |world| {
    let browser = world.browser().await;
    let connection = world.connect(&browser, with(&format!(" {TILL_KEY} ")), NINA, json!({})).await;
    // Whoever manages it has shown the key once.
    let again = world.connect(&browser, json!({"vendor": "somm-it", "till": "zelty"}), NINA, json!({})).await;
    assert_eq!(again["id"], connection["id"]);
    browser.post("/attempts", with("wrong")).await.problem(403, "key_wrong");
});

flow!(without_a_key_or_with_a_wrong_one_nothing_begins, |world| {
    let browser = world.browser().await;
    for missing in [json!(null), json!(""), json!("  ")] {
        let asked = json!({"vendor": "somm-it", "till": "zelty", "key": missing});
        browser.post("/attempts", asked).await.problem(403, "key_required");
    }
    for key in ["cave-2026-rouge", "CAVE-2026-ROUG", "CAVE-2026-ROUGE!"] {
        browser.post("/attempts", with(key)).await.problem(403, "key_wrong");
    }
    browser.post("/attempts", with(&"x".repeat(257))).await.problem(422, "invalid_request");
    browser.get("/attempts/latest").await.problem(404, "not_found");
    // A till that asks for none takes no notice of one.
    browser.run(json!({"vendor": "somm-it", "till": "tiller", "key": "whatever"})).await;
});

flow!(after_five_wrong_keys_the_sixth_waits, |world| {
    let browser = world.browser().await;
    wrong(&browser, 5).await;
    let wait = waits(&browser, TILL_KEY).await;
    assert!((28..=30).contains(&wait), "the right key waits too: {wait}");
    world.later(SignedDuration::from_secs(31));
    wrong(&browser, 1).await;
    let wait = waits(&browser, TILL_KEY).await;
    assert!((58..=60).contains(&wait), "twice as long: {wait}");
    // Another browser is not held up by this one's guesses.
    world.browser().await.run(with(TILL_KEY)).await;
    world.later(SignedDuration::from_secs(61));
    browser.run(with(TILL_KEY)).await;
});

flow!(guessing_in_many_browsers_at_once_comes_to_an_end, |world| {
    for _ in 0..12 {
        wrong(&world.browser().await, 5).await;
    }
    let fresh = world.browser().await;
    let wait = waits(&fresh, TILL_KEY).await;
    assert!((1..=3_600).contains(&wait), "{wait}");
    world.later(SignedDuration::from_hours(1));
    fresh.run(with(TILL_KEY)).await;
});

flow!(guessing_many_at_once_in_one_browser_gains_nothing, |world| {
    let browser = world.browser().await;
    let answers =
        futures_util::future::join_all((0..20).map(|_| browser.post("/attempts", with("CAVE-2026-BLANC")))).await;
    let looked_at = answers.iter().filter(|answer| answer.status == 403).count();
    assert!(looked_at <= 5, "{looked_at} of 20 keys were looked at");
});

flow!(a_disabled_till_is_connected_by_nobody, |world| {
    let browser = world.browser().await;
    let asked = json!({"vendor": "somm-it", "till": "laddition", "key": TILL_KEY});
    browser.post("/attempts", asked).await.problem(409, "till_disabled");
});
