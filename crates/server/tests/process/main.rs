//! The real binary, killed and started again: what was acknowledged is on disk, and nothing is half done.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../flows/browser.rs"]
#[expect(dead_code, reason = "shared with the flows, which use more of it")]
mod browser;
mod program;
mod stock;

use serde_json::{Value, json};

use program::Program;

const CAISSE: &str = "location[orders.write,customer_list.write,catalog.read]";

async fn code(program: &Program) -> String {
    let ask = json!({"client_id": "pos-helper-sandbox", "email": "nina@bella-pizza.example", "scope": CAISSE});
    let answer: Value = program.control("grant", ask).await;
    answer["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_survives_a_kill_and_its_disconnection_too() {
    let mut program = Program::start().await;
    let browser = program.browser().await;
    let state = browser.begin("caisse").await;
    let outcome = browser.finish(&state, &code(&program).await).await.ok();
    let id = outcome["connection"]["id"].as_str().unwrap().to_owned();

    program.kill_and_restart().await;
    let lasting = |mut connection: Value| {
        // How its calls fare is looked at beside the answer, and may be known by now.
        for passing in ["health", "last_order_at"] {
            connection.as_object_mut().unwrap().remove(passing).unwrap();
        }
        connection
    };
    let (shown, made) = (browser.status("caisse").await, outcome["connection"].clone());
    assert_eq!(
        lasting(shown["connection"].clone()),
        lasting(made),
        "the session, the grant and the connection are there"
    );

    program.control("faults", json!({"target": "revoke", "mode": "fail"})).await;
    assert_eq!(browser.delete(&format!("/connections/{id}")).await.ok(), json!({"revoked": false}));
    program.kill_and_restart().await;
    let after = browser.status("caisse").await;
    assert_eq!((&after["connection"], &after["revoking"]), (&Value::Null, &json!(true)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_during_the_exchange_leaves_all_or_nothing_and_connecting_again_works() {
    let mut program = Program::start().await;
    let browser = program.browser().await;
    // The kill comes as soon as HubRise has been asked: before its answer, while it is kept, or just after.
    for (round, delay) in [0, 60, 0, 5, 0, 2, 0, 1].into_iter().enumerate() {
        program.control("faults", json!({"target": "token", "mode": "slow", "delay_ms": delay})).await;
        let state = browser.begin("caisse").await;
        let code = code(&program).await;
        let finishing = tokio::spawn(program.finish(&browser, &state, &code));
        // Until HubRise has been asked, there is nothing to interrupt.
        program.until_hubrise_received("POST", "/oauth2/v1/token", round + 1).await;
        program.kill_and_restart().await;
        let acknowledged = finishing.await.unwrap();
        let shown = browser.status("caisse").await;
        let latest = browser.get("/attempts/latest").await.ok();
        let connected = shown["connection"].is_object();
        if acknowledged {
            assert!(connected, "round {round}: what was acknowledged is on disk");
        }
        if latest["state"] == "done" {
            assert!(connected, "round {round}: an attempt that is done has its connection");
        } else {
            assert_eq!(latest["state"], "exchanging", "round {round}: an attempt cut off is neither done nor failed");
        }
    }
    program.control("faults", json!({"target": "token", "mode": "none"})).await;
    let state = browser.begin("caisse").await;
    let outcome = browser.finish(&state, &code(&program).await).await.ok();
    assert_eq!(outcome["kind"], "connected");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_start_keeps_the_generated_key_and_mode_0600() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut program = Program::start().await;
    let key = std::fs::read(program.data().join("encryption.key")).unwrap();
    for file in ["encryption.key", "passerelle.db"] {
        let mode = std::fs::metadata(program.data().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    program.kill_and_restart().await;
    assert_eq!(std::fs::read(program.data().join("encryption.key")).unwrap(), key);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_is_logged_or_kept_in_the_clear() {
    let program = Program::start().await;
    let browser = program.browser().await;
    let state = browser.begin("caisse").await;
    let used = code(&program).await;
    browser.finish(&state, &used).await.ok();
    browser.finish(&state, &used).await.problem(409, "state_replayed");
    let cookie = browser.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let token = program.token_at_hubrise(&code(&program).await).await;
    let secrets = [state, used, cookie, browser.csrf.clone().unwrap(), token, "pos-helper-sandbox-secret".to_owned()];
    let written = program.everything_written().await;
    for secret in secrets {
        assert!(secret.len() >= 6, "a secret worth the name: {secret}");
        for (name, bytes) in &written {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "a secret ({} characters) stands in {name}", secret.len());
        }
    }
}
