//! Cases: one operation as a page, masked for everybody, and links to it that end.

use jiff::SignedDuration;
use passerelle_store::ActKind;
use serde_json::{Value, json};

use super::stage::{SUPPORT, personal_in};
use crate::delivery::stage::FIRST;
use crate::world::MARC;

flow!(a_case_tells_all_but_who_it_was_and_no_secret, |world| {
    let till = world.till(json!({})).await;
    world.store(FIRST, "unknown_product").await;
    let row = till.ordered_by(json!("cus-1")).await;
    assert_eq!(personal_in(&till.bodies(&row).await).len(), 6, "what is kept has it all");
    let path = till.path(&row, "/case?language=en");
    let answer = till.browser.get(&path).await;
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    let policy = answer.headers["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert_eq!(
        (&answer.headers["referrer-policy"], &answer.headers["x-robots-tag"]),
        (&"no-referrer".parse().unwrap(), &"noindex, nofollow".parse().unwrap())
    );
    assert!(answer.headers.get("content-disposition").is_none());
    let page = answer.ok().as_str().unwrap().to_owned();
    assert_eq!(personal_in(&page), Vec::<&str>::new());
    assert!(!page.contains("23A5B") && !page.contains(FIRST), "not even the token's end");
    assert!(!page.contains("<script") && !page.contains(" style=") && !page.contains("src="), "{page}");
    for told in [
        "The till does not know a code of this order",
        "Add the product it names to the till",
        "HubRise told the bridge",
        "Sent to the till",
        "Bella Pizza",
        "W-17",
        "no onions",
        "&lt;Request&gt;",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let french = till.browser.get(&till.path(&row, "/case?language=fr")).await.ok();
    assert!(french.as_str().unwrap().contains("lang=\"fr\"") && french.as_str().unwrap().contains("Que faire"));

    // Whoever asks, it is the same.
    let support = world.onlooker(&till.id, SUPPORT).await;
    assert_eq!(support.get(&path).await.ok(), page.as_str());
    let odd = till.browser.get(&till.path(&row, "/case?language=de")).await.problem(400, "invalid_request");
    assert_eq!(odd["fields"][0]["field"], "language");
});

flow!(a_case_that_is_taken_away_is_a_file_and_on_record, |world| {
    let till = world.till(json!({})).await;
    let (order, row) = till.refused().await;
    let answer = till.browser.get(&till.path(&row, "/case?language=en&download=true")).await;
    let name = format!("attachment; filename=\"case-{}.html\"", order["id"].as_str().unwrap());
    assert_eq!(answer.headers["content-disposition"], name.as_str());
    let acts = world.state.store().acts(&till.id, &row.id).await.unwrap();
    assert_eq!((acts.len(), acts[0].kind), (1, ActKind::CaseTaken));
    let preview = till.browser.get(&till.path(&row, "/case?language=en")).await.ok();
    assert_eq!(answer.ok(), preview, "what was previewed is what was taken");
});

flow!(what_comes_from_outside_is_text_in_a_case, |world| {
    let till = world.till(json!({})).await;
    let order = json!({
        "ref": "<script>alert(1)</script>", "connection_name": "\u{202e}evil\u{0}\u{1b}[31m",
        "items": [{"product_name": "\"><img src=x onerror=alert(1)>", "sku_ref": "1", "price": "1.00", "quantity": "1"}],
    });
    let made = till.ordered_as(order).await;
    till.settle().await;
    let row = till.operation(&made).await;
    let page = till.browser.get(&till.path(&row, "/case?language=en")).await.ok();
    let page = page.as_str().unwrap();
    for markup in ["<script", "<img", "\u{202e}", "\u{0}", "\u{1b}"] {
        assert!(!page.contains(markup), "{markup:?}");
    }
    assert!(page.len() < 2 * 1024 * 1024);
});

flow!(a_link_opens_for_anybody_until_it_is_ended, |world| {
    let till = world.till(json!({})).await;
    let row = till.ordered_by(json!("cus-1")).await;
    let shares = till.path(&row, "/shares");
    assert_eq!(till.browser.get(&shares).await.ok(), json!([]));
    let made = till.browser.post(&format!("{shares}?language=en"), json!({"days": 7})).await.ok();
    let url = made["url"].as_str().unwrap().to_owned();
    assert!(url.starts_with(&format!("{}/shared/", world.origin)), "{url}");
    assert_eq!((&made["share"]["by"], &made["share"]["opened"]), (&json!("Nina Costa"), &json!(0)));

    let (status, headers, page) = world.opened(&url).await;
    assert_eq!(status, 200);
    assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'; style-src 'sha256-"));
    assert_eq!(
        (&headers["referrer-policy"], &headers["cache-control"]),
        (&"no-referrer".parse().unwrap(), &"no-store".parse().unwrap())
    );
    assert_eq!(headers["x-robots-tag"], "noindex, nofollow");
    assert!(headers.get("set-cookie").is_none());
    assert_eq!(personal_in(&page), Vec::<&str>::new());
    let preview = till.browser.get(&till.path(&row, "/case?language=en")).await.ok();
    assert_eq!(preview, page.as_str(), "what was previewed is what is shared");

    let listed = till.browser.get(&shares).await.ok();
    assert_eq!((&listed[0]["opened"], &listed[0]["ended_at"], &listed[0].get("url")), (&json!(1), &Value::Null, &None));
    let one = format!("{shares}/{}", made["share"]["id"].as_str().unwrap());
    assert_eq!(till.browser.delete(&one).await.status, 204);
    let (status, headers, gone) = world.opened(&url).await;
    assert_eq!((status, &headers["x-robots-tag"]), (410, &"noindex, nofollow".parse().unwrap()));
    assert!(gone.contains("leads nowhere any more") && gone.contains("ne mène plus nulle part"), "{gone}");
    assert!(till.browser.get(&shares).await.ok()[0]["ended_at"].is_string());
    let acts: Vec<_> = world.state.store().acts(&till.id, &row.id).await.unwrap().iter().map(|act| act.kind).collect();
    assert_eq!(acts, [ActKind::Shared, ActKind::ShareEnded]);
    till.browser.delete(&format!("{shares}/none")).await.problem(404, "not_found");
});

flow!(a_link_shows_what_it_showed_when_it_was_made_and_expires, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = till.refused().await;
    let made = till.browser.post(&till.path(&row, "/shares?language=fr"), json!({"days": 2})).await.ok();
    let url = made["url"].as_str().unwrap();
    let (_, _, before) = world.opened(url).await;
    till.press_resend(&till.browser, &row, json!({})).await.ok();
    till.settle().await;
    assert_eq!(world.opened(url).await.2, before);
    world.later(SignedDuration::from_hours(47));
    assert_eq!(world.opened(url).await.0, 200);
    world.later(SignedDuration::from_hours(2));
    assert_eq!(world.opened(url).await.0, 410);
});

flow!(whoever_has_no_link_opens_nothing_and_cannot_go_on_guessing, |world| {
    let shared = |token: &str| format!("{}/shared/{token}", world.origin);
    assert_eq!(world.opened(&shared("AAAAAAAAAAAAAAAAAAAAAA")).await.0, 410, "nobody learns that it never was");
    for odd in ["a%00b", "%3Cscript%3E", &"A".repeat(65), "a.b"] {
        assert_eq!(world.opened(&shared(odd)).await.0, 404, "{odd}");
    }
    for _ in 0..59 {
        assert_eq!(world.opened(&shared("AAAAAAAAAAAAAAAAAAAAAA")).await.0, 410);
    }
    let (status, headers, _) = world.opened(&shared("AAAAAAAAAAAAAAAAAAAAAA")).await;
    assert_eq!((status, headers.contains_key("retry-after")), (429, true));
});

flow!(links_are_made_for_days_by_whoever_may_act, |world| {
    let till = world.till(json!({})).await;
    let (_, row) = till.refused().await;
    let shares = till.path(&row, "/shares");
    for days in [0, 31, 255] {
        let problem = till.browser.post(&shares, json!({ "days": days })).await.problem(422, "invalid_request");
        assert_eq!(problem["fields"][0]["field"], "days");
    }
    let onlooker = world.onlooker(&till.id, MARC).await;
    onlooker.post(&shares, json!({"days": 1})).await.problem(403, "view_only");
    assert_eq!(onlooker.get(&shares).await.ok(), json!([]));
    let support = world.onlooker(&till.id, SUPPORT).await;
    let made = support.post(&shares, json!({"days": 30})).await.ok();
    // Another connection's link is none of one's own.
    let other = world.other_till(json!({})).await;
    let foreign = format!("/connections/{}/operations/{}/shares", other.id, row.id);
    other.browser.get(&foreign).await.problem(404, "not_found");
    let one = format!("{foreign}/{}", made["share"]["id"].as_str().unwrap());
    other.browser.delete(&one).await.problem(404, "not_found");
    assert_eq!(world.opened(made["url"].as_str().unwrap()).await.0, 200);
});
