//! One box: ids, refs, codes, phones, names, the words of failures; and texts in bodies.

use serde_json::{Value, json};

use super::stage::{helene, order_for, orders};
use crate::browser::Browser;
use crate::delivery::stage::FIRST;
use crate::hearing::{installation, order};

async fn found(browser: &Browser, path: &str, typed: &str) -> (Vec<String>, Vec<Value>) {
    let query: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
    let page = browser.get(&format!("{path}?q={query}")).await.ok();
    let matched = page["operations"].as_array().unwrap().iter().map(|line| line["matched"]["kind"].clone()).collect();
    (orders(&page), matched)
}

flow!(an_order_is_found_by_what_people_know_of_it, |world| {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    world.told_order(&known, &order_for("5dPM9", helene())).await;
    world.told_order(&known, &order("zzzzz", "new")).await;
    let path = format!("/connections/{}/operations", row.id);
    for (typed, kind) in [
        ("5dPM9", "order_id"),
        ("5dpm", "order_id"),
        ("R-5dPM9", "reference"),
        ("c5dpm9", "collection_code"),
        ("+33612345678", "phone"),
        ("06 12 34 56 78", "phone"),
        ("5678", "phone"),
        ("Hélène", "customer"),
        ("helene de la", "customer"),
        ("TOUR", "customer"),
        ("de la tour", "customer"),
        ("He\u{301}le\u{300}ne", "customer"),
        ("\u{202e}hel\u{200b}ene\u{0}", "customer"),
    ] {
        let (orders, kinds) = found(&browser, &path, typed).await;
        assert_eq!((orders, kinds), (vec!["5dPM9".to_owned()], vec![json!(kind)]), "{typed:?}");
    }
    for typed in [
        "%",
        "_",
        "5d%9",
        "' OR '1'='1",
        "'; DROP TABLE operations; --",
        "(5dPM9|zzzzz)",
        ".*",
        "\\",
        "lene",
        "\u{200b}\u{0}",
        "📦",
    ] {
        assert_eq!(found(&browser, &path, typed).await.0, Vec::<String>::new(), "{typed:?}");
    }
    let page = browser.get(&format!("{path}?q=helene&channel=Uber%20Eats")).await.ok();
    assert_eq!(orders(&page), Vec::<String>::new(), "and by the filters");
    assert_eq!(orders(&browser.get(&path).await.ok()).len(), 2, "nothing was dropped");
});

flow!(an_order_is_found_by_the_words_of_its_failure, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "unknown_product").await;
    let order = till.ordered("plain").await;
    till.settle().await;
    let detail = till.operation(&order).await.detail.unwrap();
    let path = format!("/connections/{}/operations", till.id);
    let (orders, kinds) = found(&till.browser, &path, &detail.to_uppercase()).await;
    assert_eq!((orders, kinds), (vec![order["id"].as_str().unwrap().to_owned()], vec![json!("detail")]), "{detail}");
});

flow!(a_text_is_found_in_bodies_and_where, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("options").await;
    till.ordered("plain").await;
    till.settle().await;
    let path = format!("/connections/{}/operations?in=text", till.id);
    let page = till.browser.get(&format!("{path}&q=sweet%20POTATO")).await.ok();
    assert_eq!(orders(&page), [order["id"].as_str().unwrap()]);
    let matched = &page["operations"][0]["matched"];
    assert_eq!(matched["kind"], "request", "{page}");
    assert!(matched["excerpt"].as_str().unwrap().contains("Sweet potato fries"), "{page}");
    let exchange = format!("/connections/{}/exchanges/{}", till.id, matched["exchange"].as_str().unwrap());
    assert!(till.browser.get(&exchange).await.ok()["request_body"].as_str().unwrap().contains("Sweet potato"));

    let answers = till.browser.get(&format!("{path}&q=%3CErrorNum%3E0")).await.ok();
    assert_eq!((orders(&answers).len(), &answers["operations"][0]["matched"]["kind"]), (2, &json!("answer")));
    for nothing in ["sweet%25fries", "sweet_potato", "%27%20OR%201=1", "s.eet", "%00"] {
        assert_eq!(
            orders(&till.browser.get(&format!("{path}&q={nothing}")).await.ok()),
            Vec::<String>::new(),
            "{nothing}"
        );
    }
    // Eight days later a week is not enough, and a month is.
    world.later(jiff::SignedDuration::from_hours(8 * 24));
    let browser = world.onlooker(&till.id, crate::world::NINA).await;
    assert_eq!(orders(&browser.get(&format!("{path}&q=sweet%20potato")).await.ok()), Vec::<String>::new());
    assert_eq!(orders(&browser.get(&format!("{path}&q=sweet%20potato&period=30d")).await.ok()).len(), 1);
});
