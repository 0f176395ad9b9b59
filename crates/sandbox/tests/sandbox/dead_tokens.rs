//! The three ways a token dies, each with HubRise's own message, and how each is cured.

use reqwest::Method;
use serde_json::json;

use super::stage::{Stage, TILL, Till};
use passerelle_sandbox::seeds::{NINA, bella};

async fn message(till: &Till<'_>) -> (u16, String) {
    let answer = till.get("/location").await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    if answer.status == 401 {
        assert_eq!(answer.body["error_type"], "unauthorized");
    }
    (answer.status, answer.body["message"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_suspended_account_answers_so_until_it_pays() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    stage.control(&format!("accounts/{}/suspend", bella::ACCOUNT), json!({})).await;
    let suspended = "The account/location has been suspended for non payment of the subscription";
    assert_eq!(message(&till).await, (401, suspended.to_owned()));
    let grant = stage.request(Method::POST, "/_sandbox/grant");
    let refused =
        stage.send(grant.json(&json!({ "client_id": "pos-helper-sandbox", "email": NINA, "scope": TILL }))).await;
    assert_eq!(refused.status, 422);
    stage.control(&format!("accounts/{}/unsuspend", bella::ACCOUNT), json!({})).await;
    assert_eq!(message(&till).await.0, 200);
}

#[tokio::test]
async fn a_blocked_connection_recovers_by_unblocking_or_by_reconnecting() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let id = till.connection_id().await;
    stage.control(&format!("connections/{id}/block"), json!({})).await;
    assert_eq!(message(&till).await, (401, "The connection has been blocked".to_owned()));
    stage.control(&format!("connections/{id}/unblock"), json!({})).await;
    assert_eq!(message(&till).await.0, 200);

    stage.control(&format!("connections/{id}/block"), json!({})).await;
    let again = stage.connect(NINA, TILL, json!({})).await;
    assert_eq!(again.token, till.token);
    assert_eq!(message(&till).await.0, 200);
}

#[tokio::test]
async fn a_revoked_an_invented_and_a_missing_token_answer_alike() {
    let stage = Stage::new().await;
    let till = stage.connect(NINA, TILL, json!({})).await;
    let id = till.connection_id().await;
    let shown = stage.control(&format!("connections/{id}/revoke"), json!({})).await;
    assert_eq!(shown["status"], "revoked");
    let dead = "The access token is invalid or the connection has been revoked";
    assert_eq!(message(&till).await, (401, dead.to_owned()));
    let invented = Till { stage: &stage, token: "b9922a78d3ffab6b95e9d72e88".to_owned(), granted: json!({}) };
    assert_eq!(message(&invented).await, (401, dead.to_owned()));
    let bearer = stage.request(Method::GET, "/v1/location").bearer_auth(&till.token);
    assert_eq!(stage.send(bearer).await.body["message"], dead);
    let request = stage.request(Method::POST, &format!("/_sandbox/connections/{id}/unblock"));
    assert_eq!(stage.send(request).await.status, 409);
}
