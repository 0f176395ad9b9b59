//! The order generator: shapes, orders as given, rushes and trickles, and its page.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{Stage, TILL};
use passerelle_sandbox::seeds::{KATE, NINA, bella, chain, harbor};

async fn make(stage: &Stage, shape: &str) -> Value {
    stage.control("orders", json!({ "location": harbor::BOSTON, "shape": shape })).await[0].take()
}

#[tokio::test]
async fn every_shape_can_be_ordered_and_read_over_the_api() {
    let stage = Stage::new().await;
    let till = stage.connect(KATE, TILL, json!({})).await;
    let shapes = stage.look("orders/shapes").await;
    for shape in shapes.as_array().unwrap() {
        let order = make(&stage, shape["name"].as_str().unwrap()).await;
        let path = format!("/location/orders/{}", order["id"].as_str().unwrap());
        let read = till.get(&path).await;
        assert_eq!((read.status, &read.body), (200, &order), "{shape}");
        assert_eq!(order["location_id"], harbor::BOSTON);
    }
}

#[tokio::test]
async fn shapes_are_as_hubrise_shows_such_orders() {
    let stage = Stage::new().await;
    let plain = make(&stage, "plain").await;
    assert_eq!((&plain["total"], &plain["items"][1]["subtotal"]), (&json!("32.50 USD"), &json!("24.00 USD")));
    assert_eq!(plain["payments"][0]["amount"], "32.50 USD");
    assert_eq!(plain["customer"]["email"], "order-0@guests.example");
    let created: jiff::Timestamp = plain["created_at"].as_str().unwrap().parse().unwrap();
    assert!(created.duration_since(jiff::Timestamp::now()).abs() < jiff::SignedDuration::from_secs(60));
    assert!(["-04:00", "-05:00"].iter().any(|offset| plain["created_at"].as_str().unwrap().ends_with(offset)));

    let deleted = make(&stage, "deleted").await;
    assert_eq!((&deleted["total"], &deleted["items"][1]["deleted"]), (&json!("8.50 USD"), &json!(true)));
    assert_eq!(make(&stage, "anonymised").await["customer"]["anonymised"], true);
    assert_eq!(make(&stage, "no_customer").await["customer"], Value::Null);
    assert_eq!(make(&stage, "two_currencies").await["charges"][0]["price"], "2.00 XTS");
    assert_eq!(make(&stage, "removed_option").await["items"][0]["options"][0]["removed"], true);
    assert_eq!(make(&stage, "hundred_items").await["items"].as_array().unwrap().len(), 100);
    assert!(make(&stage, "long_texts").await["customer_notes"].as_str().unwrap().chars().count() >= 10_000);
    assert!(make(&stage, "control_characters").await["customer_notes"].as_str().unwrap().contains('\u{0}'));
    let bare = make(&stage, "bare").await;
    assert_eq!((&bare["total"], &bare["items"], &bare["customer"]), (&json!("0.00 USD"), &json!([]), &Value::Null));
    let missing = make(&stage, "missing_fields").await;
    assert!(["customer", "payments", "deals"].iter().all(|name| missing.get(name).is_none()), "{missing}");
    let unreadable = make(&stage, "unreadable_amounts").await;
    assert_eq!((&unreadable["items"][0]["price"], &unreadable["total"]), (&json!("8,5 dollars"), &Value::Null));
}

#[tokio::test]
async fn an_order_is_put_in_as_given_and_kept_so_when_it_is_received() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let given =
        json!({ "items": [{ "product_name": "X", "price": "1.00", "quantity": "3" }], "total": "9.99", "new": 1 });
    let made = stage.control("orders", json!({ "location": "Paris", "order": given })).await;
    let order = &made[0];
    assert_eq!((&order["items"][0]["subtotal"], &order["total"]), (&json!("3.00 EUR"), &json!("9.99 EUR")));
    assert_eq!((&order["location_id"], &order["new"]), (&json!(bella::PARIS), &json!(1)));
    let path = format!("/location/orders/{}", order["id"].as_str().unwrap());
    let received = till.call(Method::PATCH, &path, Some(json!({ "status": "received" }))).await.body;
    assert_eq!((&received["status"], &received["total"]), (&json!("received"), &order["total"]));
}

#[tokio::test]
async fn a_rush_goes_round_an_accounts_locations_and_ends() {
    let stage = Stage::new().await;
    let asked = json!({ "location": chain::ACCOUNT, "per_second": 1_000, "seconds": 1, "shapes": ["plain", "deal"] });
    let rush = stage.control("orders/rush", asked).await;
    assert_eq!((&rush["count"], &rush["locations"], &rush["over"]), (&json!(1_000), &json!(200), &json!(false)));
    let over = async {
        while stage.look("orders/streams").await[0]["over"] == false {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), over).await.unwrap();
    assert_eq!(stage.look("orders/streams").await[0]["made"], 1_000);
    let of_one = stage.look(&format!("orders?location={}-7", chain::ACCOUNT)).await;
    assert_eq!(of_one.as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_trickle_begins_at_once_and_is_stopped() {
    let stage = Stage::new().await;
    let trickle = stage.control("orders/trickle", json!({ "location": harbor::BOSTON, "every_seconds": 3_600 })).await;
    assert_eq!((&trickle["kind"], &trickle["count"]), (&json!("trickle"), &Value::Null));
    let first = async {
        while stage.look(&format!("orders?location={}", harbor::BOSTON)).await == json!([]) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), first).await.unwrap();
    assert_eq!(stage.control("orders/stop", json!({})).await, json!({ "stopped": 1 }));
    assert_eq!(stage.look("orders/streams").await[0]["over"], true);
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_in_words() {
    let stage = Stage::new().await;
    let order = make(&stage, "completed").await;
    let back = format!("orders/{}", order["id"].as_str().unwrap());
    for (path, body, why) in [
        ("orders", json!({ "location": "Atlantis" }), "no location or account is called `Atlantis`"),
        ("orders", json!({ "location": "Boston", "shape": "round" }), "no shape is called `round`"),
        ("orders", json!({ "location": "Boston", "count": 1_001 }), "at most 1000 at once"),
        ("orders/rush", json!({ "location": "Boston", "per_second": 0, "seconds": 1 }), "orders a second"),
        ("orders/trickle", json!({ "location": "Boston", "every_seconds": 0 }), "at least a second"),
        ("orders/zzzzz", json!({ "status": "received" }), "no order has the id `zzzzz`"),
        (back.as_str(), json!({ "status": "received" }), "cannot go from 'completed' to 'received'"),
        ("callbacks", json!({ "copies": 0 }), "1 to 100 copies"),
    ] {
        let answer = stage.send(stage.request(Method::POST, &format!("/_sandbox/{path}")).json(&body)).await;
        assert!([404, 422].contains(&answer.status), "{path}: {}", answer.status);
        assert!(answer.body["message"].as_str().unwrap().contains(why), "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn the_page_shows_orders_and_its_forms_make_them() {
    let stage = Stage::new().await;
    make(&stage, "markup").await;
    let form = [("location", harbor::BOSTON), ("shape", "deal"), ("count", "2")];
    let answer = stage.send(stage.request(Method::POST, "/_sandbox/orders").form(&form)).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/_sandbox/orders/page")));
    // An empty choice is the ordinary mixture.
    let form = [("location", harbor::BOSTON), ("shape", ""), ("every_seconds", "600")];
    assert_eq!(stage.send(stage.request(Method::POST, "/_sandbox/orders/trickle").form(&form)).await.status, 303);
    let page = stage.send(stage.request(Method::GET, "/_sandbox/orders/page").header("Accept-Language", "en")).await;
    let html = page.body.as_str().unwrap();
    for told in
        ["Harbor Grill, Boston (6h4rb-1)", "half_and_half", "Begin a rush", "under way", "Latest deliveries", "W-1001"]
    {
        assert!(html.contains(told), "`{told}` is missing");
    }
    let mut ids: Vec<_> = html.split(r#" id=""#).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
}
