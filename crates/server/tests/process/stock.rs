//! A kill at any moment of sending stock: HubRise ends up with the latest state.

use serde_json::{Value, json};

use crate::program::Program;

const SUPPORT: &str = "hubrise@carrepos.fr";
const SCOPE: &str = "location[orders.write,catalog.write,inventory.write]";

async fn code(program: &Program, scope: &str) -> String {
    let ask = json!({"client_id": "carre-pos-sandbox", "email": SUPPORT, "scope": scope, "account": "Bella Pizza"});
    let ask = match scope {
        SCOPE => ask,
        _ => json!({"client_id": "carre-pos-sandbox", "email": SUPPORT, "scope": scope}),
    };
    let answer: Value = program.control("grant", ask).await;
    answer["code"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

fn state(url: &url::Url) -> String {
    url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_while_stock_is_sent_leaves_hubrise_on_the_latest_state() {
    let mut program = Program::start().await;
    let mut browser = program.browser().await;
    let url = browser.run(json!({"vendor": "carre-pos", "purpose": "sign_in"})).await;
    let signed_in = browser.finish(&state(&url), &code(&program, "profile_with_email").await).await;
    browser.keep_cookie(&signed_in);
    browser.open_session().await;
    program.control("accounts/3r4s3/users", json!({"email": SUPPORT, "role": "Manager"})).await;
    let url = browser.run(json!({"vendor": "carre-pos", "till": "caisse"})).await;
    let outcome = browser.finish(&state(&url), &code(&program, SCOPE).await).await.ok();
    let id = outcome["connection"]["id"].as_str().unwrap_or_else(|| panic!("{outcome}")).to_owned();
    let catalog = outcome["connection"]["catalog"]["id"].as_str().unwrap().to_owned();
    let made = browser.post(&format!("/connections/{id}/pos_keys"), json!({})).await.ok();
    let secret = made["secret"].as_str().unwrap().to_owned();
    let token = program.token_of("carre-pos", &code(&program, SCOPE).await).await;
    let inventory = format!("/catalogs/{catalog}/location/inventory");

    // HubRise has the call, and nobody knows what it will do with it.
    program.control("faults", json!({"target": "api", "mode": "slow", "delay_ms": 400})).await;
    assert!(program.pos(&secret, 1, 10).await);
    program.until_hubrise_received("PATCH", &format!("/v1{inventory}"), 1).await;
    // What the till said meanwhile is what counts, also where it is what HubRise held before.
    assert!(program.pos(&secret, 2, 7).await);
    program.kill_and_restart().await;
    program.control("faults", json!({"target": "api", "mode": "none"})).await;
    program.until_hubrise_received("PATCH", &format!("/v1{inventory}"), 2).await;
    let held = program.at_hubrise(&inventory, &token).await;
    assert_eq!(held[0]["stock"], "7", "{held}");
    assert_eq!(program.operations_of(&browser, &id).await, ["delivered"], "one send, tried twice");
}
