//! What is taken away: spreadsheets that hold no formula, HAR files that tools can read and that hold no secret.

use serde_json::{Value, json};

use super::stage::order_for;
use crate::delivery::stage::FIRST;
use crate::hearing::{installation, order};
use crate::world::World;

flow!(a_spreadsheet_has_the_lists_lines_and_no_formula, |world| {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    let mut evil = order("evil", "new");
    evil["connection_name"] = "=HYPERLINK(\"https://evil.example\",\"x\")".into();
    evil["collection_code"] = "@SUM(A1:A9)".into();
    evil["total"] = "-2.00 EUR".into();
    world.told_order(&known, &evil).await;
    world.told_order(&known, &order_for("good", Value::Null)).await;
    let answer = browser.get(&format!("/connections/{}/operations.csv", row.id)).await;
    assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
    let name = answer.headers["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.starts_with("attachment; filename=\"operations-") && name.ends_with(".csv\""), "{name}");
    let text = answer.ok().as_str().unwrap().to_owned();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!((lines.len(), lines[3]), (4, ""), "{text}");
    assert!(lines[0].starts_with("\u{feff}received_at,order_id,ref,channel,total,kind,state,"), "{text}");
    assert!(lines[1].contains(",good,cgood,Deliveroo,12.00 EUR,order_created,waiting,,"), "{text}");
    let evil =
        "evil,\"'@SUM(A1:A9)\",\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"x\"\")\",\"'-2.00 EUR\",order_created";
    assert!(lines[2].contains(evil), "{text}");
    let filtered = browser.get(&format!("/connections/{}/operations.csv?q=good", row.id)).await.ok();
    assert_eq!(filtered.as_str().unwrap().matches("\r\n").count(), 2);
});

flow!(a_spreadsheet_goes_on_past_a_page, |world| {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    for nth in 0..205 {
        world.told_order(&known, &order(&format!("o{nth}"), "new")).await;
    }
    let text = browser.get(&format!("/connections/{}/operations.csv", row.id)).await.ok();
    let ids: Vec<String> =
        text.as_str().unwrap().lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned()).collect();
    let expect: Vec<String> = (0..205).rev().map(|nth| format!("o{nth}")).collect();
    assert_eq!(ids, expect);
});

/// Few, so that a list is soon too long.
fn narrow() -> [(&'static str, String); 2] {
    [("PASSERELLE_OPERATIONS_CSV_LINES", "3".to_owned()), ("PASSERELLE_OPERATIONS_HAR_MIB", "1".to_owned())]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_much_is_cut_and_says_so_sqlite() {
    what_is_too_much_is_cut_and_says_so(World::sqlite_with(&narrow()).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_much_is_cut_and_says_so_postgres() {
    what_is_too_much_is_cut_and_says_so(World::postgres_with(&narrow()).await).await;
}

async fn what_is_too_much_is_cut_and_says_so(world: World) {
    let (browser, row) = world.connect_bridge().await;
    let known = installation(&row);
    let mut long = order("o0", "new");
    long["customer_notes"] = "x".repeat(400 * 1024).into();
    for nth in 0..4 {
        long["id"] = format!("o{nth}").into();
        world.told_order(&known, &long).await;
    }
    let csv = async |query: &str| {
        let text = browser.get(&format!("/connections/{}/operations.csv{query}", row.id)).await.ok();
        text.as_str().unwrap().split_terminator("\r\n").map(str::to_owned).collect::<Vec<_>>()
    };
    let lines = csv("").await;
    assert_eq!(lines.len(), 5, "a head, three lines, and one that says that it was cut: {lines:?}");
    let came = lines[4].split(',').nth(1).unwrap();
    assert!(lines[4].starts_with("…,20") && lines[3].split(',').next().unwrap() >= came, "{lines:?}");
    // What is not too much is whole.
    let few = csv("?q=o3").await;
    assert!(few.len() == 2 && !few[1].starts_with('…'), "{few:?}");

    let har = async |query: &str| browser.get(&format!("/connections/{}/operations.har{query}", row.id)).await.ok();
    let cut = har("").await;
    assert_eq!(cut["log"]["entries"].as_array().unwrap().len(), 3, "the third is the first beyond 1 MiB");
    assert_eq!(cut["log"]["comment"], "cut after 3 operations: there may be more");
    let whole = har("?q=o3").await;
    assert_eq!((whole["log"]["entries"].as_array().unwrap().len(), whole["log"].get("comment")), (1, None));
}

/// Asserts what HAR 1.2 demands of an entry.
fn assert_is_entry(entry: &Value) {
    let text = |value: &Value| assert!(value.is_string(), "{entry:#}");
    let number = |value: &Value| assert!(value.is_number(), "{entry:#}");
    assert!(entry["startedDateTime"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    number(&entry["time"]);
    for side in ["request", "response"] {
        text(&entry[side]["httpVersion"]);
        assert_eq!(entry[side]["cookies"], json!([]));
        for header in entry[side]["headers"].as_array().unwrap() {
            text(&header["name"]);
            text(&header["value"]);
        }
        number(&entry[side]["headersSize"]);
        number(&entry[side]["bodySize"]);
    }
    text(&entry["request"]["method"]);
    text(&entry["request"]["url"]);
    assert!(entry["request"]["queryString"].is_array());
    if let Some(posted) = entry["request"].get("postData") {
        text(&posted["mimeType"]);
        text(&posted["text"]);
    }
    number(&entry["response"]["status"]);
    text(&entry["response"]["statusText"]);
    text(&entry["response"]["redirectURL"]);
    number(&entry["response"]["content"]["size"]);
    text(&entry["response"]["content"]["mimeType"]);
    assert!(entry["cache"].is_object());
    for timing in ["send", "wait", "receive"] {
        assert!(entry["timings"][timing].as_f64().unwrap() >= 0.0);
    }
}

flow!(a_har_file_holds_all_that_was_said_and_no_secret, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    till.ordered("options").await;
    till.settle().await;
    let row = till.operation(&order).await;
    let one = till.browser.get(&format!("/connections/{}/operations/{}/har", till.id, row.id)).await;
    assert_eq!(one.headers["content-type"], "application/json");
    assert!(one.headers["content-disposition"].to_str().unwrap().ends_with(".har\""));
    let one = one.ok();
    assert_eq!((&one["log"]["version"], &one["log"]["creator"]["name"]), (&json!("1.2"), &json!("Passerelle")));
    let entries = one["log"]["entries"].as_array().unwrap();
    let kept = world.state.store().exchanges(&till.id, &row.id).await.unwrap();
    assert!(kept.len() >= 3 && entries.len() == kept.len(), "event, request, HubRise told: {one:#}");
    entries.iter().for_each(assert_is_entry);
    assert!(entries[0]["request"]["postData"]["text"].as_str().unwrap().contains("Clam chowder"));
    assert!(entries[1]["request"]["postData"]["text"].as_str().unwrap().contains("<Transaction>"));

    let all = till.browser.get(&format!("/connections/{}/operations.har?direction=from_hubrise", till.id)).await.ok();
    let entries = all["log"]["entries"].as_array().unwrap();
    assert!(entries.len() >= 6 && all["log"].get("comment").is_none());
    entries.iter().for_each(assert_is_entry);
    let operations: std::collections::BTreeSet<_> =
        entries.iter().map(|entry| entry["_operation"].as_str().unwrap()).collect();
    assert_eq!(operations.len(), 2);
    for secret in [FIRST, "CEED65AD33823A5B"] {
        assert!(!all.to_string().contains(secret));
    }
    let none = till.browser.get(&format!("/connections/{}/operations.har?q=nothing", till.id)).await.ok();
    assert_eq!(none["log"]["entries"], json!([]));
});

flow!(bodies_that_lie_or_are_no_text_are_told_as_they_came, |world| {
    let till = world.till(json!({})).await;
    let order = till.ordered("plain").await;
    let row = till.operation(&order).await;
    let zipped = b"\x1f\x8b\x08\x00\xff\xfe<Response/>";
    world.said(&till.id, &row.id, "content-type: application/json\ncontent-encoding: gzip\n", zipped).await;
    let at = |rest: &str| format!("/connections/{}/{rest}", till.id);
    let one = till.browser.get(&at(&format!("operations/{}", row.id))).await.ok();
    let call = one["exchanges"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    let whole = till.browser.get(&at(&format!("exchanges/{call}"))).await.ok();
    assert_eq!(whole["response_body"], "\u{1f}\u{fffd}\u{8}\u{0}\u{fffd}\u{fffd}<Response/>");
    assert!(whole["response_headers"].as_str().unwrap().contains("application/json"));
    let har = till.browser.get(&at(&format!("operations/{}/har", row.id))).await.ok();
    let last = har["log"]["entries"].as_array().unwrap().last().unwrap().clone();
    assert_is_entry(&last);
    let content = &last["response"]["content"];
    assert_eq!((&content["encoding"], &content["mimeType"]), (&json!("base64"), &json!("application/json")));
    assert_eq!((&content["text"], &content["size"]), (&json!("H4sIAP/+PFJlc3BvbnNlLz4="), &json!(17)));
});
