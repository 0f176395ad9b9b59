//! A kill at any moment of sending stock: HubRise ends up with the latest state.

use serde_json::{Value, json};

use crate::browser::Browser;
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

/// A program whose till of Carré POS is connected by support.
struct Till {
    program: Program,
    browser: Browser,
    id: String,
    secret: String,
    /// Where HubRise holds its inventory.
    inventory: String,
    /// The till's token at HubRise.
    token: String,
}

impl Till {
    async fn start() -> Self {
        let program = Program::start().await;
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
        Self { program, browser, id, secret, inventory: format!("/catalogs/{catalog}/location/inventory"), token }
    }

    /// Has HubRise take so long, or answer as ever.
    async fn slow(&self, delay_ms: Option<u32>) {
        let fault = match delay_ms {
            Some(delay) => json!({"target": "api", "mode": "slow", "delay_ms": delay}),
            None => json!({"target": "api", "mode": "none"}),
        };
        self.program.control("faults", fault).await;
    }

    async fn until_received(&self, method: &str, count: usize) {
        self.program.until_hubrise_received(method, &format!("/v1{}", self.inventory), count).await;
    }

    async fn held(&self) -> Value {
        self.program.at_hubrise(&self.inventory, &self.token).await
    }

    async fn says(&self, sequence: u32, quantity: u32) {
        assert!(self.program.pos(&self.secret, sequence, quantity).await);
    }

    async fn operations(&self) -> Vec<String> {
        self.program.operations_of(&self.browser, &self.id).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_while_stock_is_sent_leaves_hubrise_on_the_latest_state() {
    let mut till = Till::start().await;
    // HubRise has the call, and nobody knows what it will do with it.
    till.slow(Some(400)).await;
    till.says(1, 10).await;
    till.until_received("PATCH", 1).await;
    // What the till said meanwhile is what counts, also where it is what HubRise held before.
    till.says(2, 7).await;
    till.program.kill_and_restart().await;
    till.slow(None).await;
    till.until_received("PATCH", 2).await;
    let held = till.held().await;
    assert_eq!(held[0]["stock"], "7", "{held}");
    assert_eq!(till.operations().await, ["delivered"], "one send, tried twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_while_all_is_sent_begins_the_synchronisation_anew() {
    let mut till = Till::start().await;
    till.says(1, 10).await;
    till.until_received("PATCH", 1).await;
    assert_eq!(till.operations().await, ["delivered"]);
    till.slow(Some(400)).await;
    let asked = till.browser.post(&format!("/connections/{}/stock/sync", till.id), Value::Null).await.body;
    till.until_received("PUT", 1).await;
    till.says(2, 7).await;
    till.program.kill_and_restart().await;
    till.slow(None).await;
    till.until_received("PUT", 2).await;
    let states = till.operations().await;
    assert_eq!(states, ["delivered", "delivered"], "one send of all, tried twice");
    let board = till.browser.get(&format!("/connections/{}/stock", till.id)).await.ok();
    let sync = &board["head"]["sync"];
    assert_eq!((&sync["id"], &sync["state"], &sync["result"]["left"]), (&asked["id"], &json!("done"), &json!(0)));
    let held = till.held().await;
    assert_eq!(held[0]["stock"], "7", "{held}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_while_hubrise_is_asked_what_it_holds_loses_no_change() {
    let mut till = Till::start().await;
    // Before the first send of all, what is held is read.
    till.slow(Some(400)).await;
    till.says(1, 10).await;
    till.until_received("GET", 1).await;
    till.program.kill_and_restart().await;
    till.slow(None).await;
    till.until_received("PATCH", 1).await;
    assert_eq!(till.operations().await, ["delivered"]);
    let held = till.held().await;
    assert_eq!(held[0]["stock"], "10", "{held}");
}
