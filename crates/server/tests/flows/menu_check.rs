//! The menu check: what of the connected catalog the till would not take.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use passerelle_store::{ConnectionRow, OperationKind, OperationState, Way};
use serde_json::{Value, json};

fn path_of(row: &ConnectionRow) -> String {
    format!("/connections/{}/menu_check", row.id)
}

flow!(lists_what_the_till_would_not_take, |world| {
    let (browser, row) = world.connect_bridge().await;
    let catalog = row.catalog.clone().unwrap();
    let check = browser.post(&path_of(&row), json!({})).await.ok();
    assert_eq!((&check["catalog"], &check["more"]), (&json!(catalog.name), &json!(0)));
    assert!(check["checked_at"].is_string());
    let findings = check["findings"].as_array().unwrap();
    assert!(check["looked_at"].as_u64().unwrap() >= findings.len() as u64, "{check}");
    let faults: BTreeSet<&str> = findings.iter().map(|finding| finding["fault"].as_str().unwrap()).collect();
    assert!(faults.contains("no_ref"), "{check}");
    for finding in findings {
        assert!(!finding["name"].as_str().unwrap().is_empty(), "{finding}");
        assert_eq!(finding["reference"].is_null(), finding["fault"] == "no_ref", "{finding}");
    }
    let calls = world.received().await;
    assert!(calls.contains(&format!("GET /v1/catalogs/{}", catalog.id)), "{calls:?}");
    let kept = world.operations(&row).await.pop().unwrap();
    assert_eq!((kept.kind, kept.state, kept.cause), (OperationKind::System, OperationState::Noted, None));
    let said = world.state.store().exchanges(&row.id, &kept.id).await.unwrap();
    assert_eq!((said.len(), said[0].way, said[0].status), (1, Way::BridgeToHubrise, Some(200)));
    let whole = world.state.store().exchange(&row.id, &said[0].id).await.unwrap().unwrap();
    let token = world.state.vault().open(&row.token).unwrap();
    assert!(!whole.request_headers.contains(token.expose()), "no secret is kept");
});

flow!(once_in_ten_seconds_is_enough, |world| {
    let (browser, row) = world.connect_bridge().await;
    browser.post(&path_of(&row), json!({})).await.ok();
    let refused = browser.post(&path_of(&row), json!({})).await;
    let wait: i64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    refused.problem(429, "too_many_requests");
    assert!((1..=10).contains(&wait), "{wait}");
    world.later(SignedDuration::from_secs(11));
    browser.post(&path_of(&row), json!({})).await.ok();
});

flow!(what_hubrise_refuses_is_said_and_kept, |world| {
    let (browser, row) = world.connect_bridge().await;
    world.back_office(row.app_instance_id.as_deref().unwrap(), "block").await;
    let problem = browser.post(&path_of(&row), json!({})).await;
    assert!(problem.status.is_client_error() || problem.status.is_server_error());
    let code = problem.body["code"].as_str().unwrap();
    assert!(code.starts_with("hubrise_"), "{code}");
    let kept = world.operations(&row).await.pop().unwrap();
    assert_eq!((kept.state, kept.cause.as_deref()), (OperationState::Failed, Some("hubrise_refused")));
    assert!(kept.detail.is_some());
    let page: Value = browser.get(&format!("/connections/{}/operations", row.id)).await.ok();
    assert_eq!(page["operations"][0]["cause"], "hubrise_refused");
});
