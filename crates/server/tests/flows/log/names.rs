//! Whose names are seen by whom: managers see them, the vendor's support after it has asked, which is kept.

use serde_json::{Value, json};

use super::stage::{SUPPORT, personal_in};
use crate::browser::Browser;
use crate::delivery::stage::Till;
use crate::world::MARC;

/// An operation with a name in its order, its request and its answers, settled.
async fn operation(till: &Till<'_>) -> String {
    let mut order = super::stage::order_for("ignored", super::stage::helene());
    order.as_object_mut().unwrap().remove("id");
    order["items"][0]["customer_notes"] = "for Hélène, no onions".into();
    let made = till.ordered_as(order).await;
    till.settle().await;
    let row = till.operation(&made).await;
    till.world
        .said(&till.id, &row.id, "content-type: text/plain\n", "thank you HELENE, call 0612345678".as_bytes())
        .await;
    row.id.as_str().to_owned()
}

/// All that can be read of it, as one text.
async fn read(till: &Till<'_>, browser: &Browser, operation: &str) -> String {
    let at = |rest: &str| format!("/connections/{}/{rest}", till.id);
    let one = browser.get(&at(&format!("operations/{operation}"))).await.ok();
    let mut all = one.to_string();
    for call in one["exchanges"].as_array().unwrap() {
        let whole = browser.get(&at(&format!("exchanges/{}", call["id"].as_str().unwrap()))).await.ok();
        all.push_str(&whole.to_string());
    }
    for more in ["sides", "har"] {
        all.push_str(&browser.get(&at(&format!("operations/{operation}/{more}"))).await.ok().to_string());
    }
    all.push_str(&browser.get(&at("operations.har")).await.ok().to_string());
    all.push_str(&browser.get(&at("operations?in=text&q=Tilleul")).await.ok().to_string());
    assert!(all.contains("Calzone"));
    all
}

flow!(support_sees_no_names_until_it_asks_for_them, |world| {
    let till = world.till(json!({})).await;
    let operation = operation(&till).await;
    let path = format!("/connections/{}/operations/{operation}", till.id);
    let support = world.onlooker(&till.id, SUPPORT).await;

    assert_eq!(till.browser.get(&path).await.ok()["names_hidden"], false);
    assert_eq!(personal_in(&read(&till, &till.browser, &operation).await).len(), 5, "who manages it sees them");

    assert_eq!(support.get(&path).await.ok()["names_hidden"], true);
    let hidden = read(&till, &support, &operation).await;
    assert_eq!(personal_in(&hidden), Vec::<&str>::new());
    for told in ["612345678", "HELENE", "Ring twice"] {
        assert!(!hidden.contains(told), "{told}");
    }
    assert!(hidden.contains("•••") && hidden.contains("no onions"));
    let listed = support.get(&format!("/connections/{}/operations?in=text&q=Tilleul", till.id)).await.ok();
    assert_eq!(listed["operations"][0]["matched"]["excerpt"], Value::Null);
    assert!(listed["operations"][0]["matched"]["exchange"].is_string());

    assert_eq!(support.post(&format!("{path}/names"), json!({})).await.status, 204);
    let shown = support.get(&path).await.ok();
    assert_eq!((&shown["names_hidden"], &shown["acts"][0]["kind"]), (&json!(false), &json!("names_shown")));
    assert_eq!(personal_in(&read(&till, &support, &operation).await).len(), 5);

    // For a day, and for this operation alone.
    let other = self::operation(&till).await;
    assert_eq!(support.get(&format!("/connections/{}/operations/{other}", till.id)).await.ok()["names_hidden"], true);
    world.later(jiff::SignedDuration::from_hours(25));
    let later = world.onlooker(&till.id, SUPPORT).await;
    assert_eq!(later.get(&path).await.ok()["names_hidden"], true);
});

flow!(a_merchant_who_may_only_look_sees_their_own_customers, |world| {
    let till = world.till(json!({})).await;
    let operation = operation(&till).await;
    let marc = world.onlooker(&till.id, MARC).await;
    let path = format!("/connections/{}/operations/{operation}", till.id);
    assert_eq!(marc.get(&path).await.ok()["names_hidden"], false);
});

flow!(no_names_and_no_bodies_of_another_connections_operation, |world| {
    let nina = world.till(json!({})).await;
    let operation = operation(&nina).await;
    let marc = world.other_till(json!({})).await;
    for rest in ["", "/sides", "/har"] {
        let own = format!("/connections/{}/operations/{operation}{rest}", marc.id);
        marc.browser.get(&own).await.problem(404, "not_found");
        let foreign = format!("/connections/{}/operations/{operation}{rest}", nina.id);
        marc.browser.get(&foreign).await.problem(404, "connection_unknown");
    }
    for list in ["operations?q=tour", "operations?in=text&q=Tilleul", "operations.csv", "operations.har"] {
        let answer = marc.browser.get(&format!("/connections/{}/{list}", marc.id)).await.ok().to_string();
        assert!(!answer.contains(&operation) && personal_in(&answer).is_empty(), "{answer}");
    }
});
