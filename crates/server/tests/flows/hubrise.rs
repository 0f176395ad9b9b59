//! HubRise as tests use it: what its pages come back with, its back office, its faults, and what it was asked.

use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::world::{CAISSE, COMPTOIR, MARC, World};

impl World {
    /// Presses **Allow** as `email` and gives the code HubRise returns with.
    pub(crate) async fn allow(&self, email: &str, scope: &str, choices: Value) -> String {
        let mut body = json!({"client_id": "pos-helper-sandbox", "email": email, "scope": scope});
        if scope.starts_with("account") {
            body["device_id"] = "comptoir".into();
        }
        // Marc has several of everything: what a test does not care about is picked for it.
        match scope {
            CAISSE if email == MARC => {
                body["catalog"] = "Carte restaurants".into();
                body["customer_list"] = "Clients Web".into();
            }
            COMPTOIR if email == MARC => body["account"] = "Dubois Restos".into(),
            _ => {}
        }
        body.as_object_mut().unwrap().extend(choices.as_object().unwrap().clone());
        let answer = self.control("grant", body).await;
        answer["code"].as_str().unwrap_or_else(|| panic!("no code: {answer}")).to_owned()
    }

    /// What HubRise's pages come back with when `email` says yes to whatever `url` asks for: hands it over.
    pub(crate) async fn follow(&self, browser: &Browser, url: &url::Url, email: &str, choices: Value) -> Answer {
        let asked: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
        let mut body = json!({"email": email});
        for name in ["client_id", "scope", "device_id", "app_instance_id"] {
            if let Some(value) = asked.get(name) {
                body[name] = value.as_str().into();
            }
        }
        body.as_object_mut().unwrap().extend(choices.as_object().unwrap().clone());
        let mut back = self.control("grant", body).await;
        back["state"] = asked["state"].as_str().into();
        browser.post("/attempts/finish", back).await
    }

    /// Gives `email` access to an account at HubRise, as its manager does under **Permissions**.
    pub(crate) async fn give_access(&self, account: &str, email: &str) {
        self.control(&format!("accounts/{account}/users"), json!({"email": email, "role": "Manager"})).await;
    }

    /// HubRise's own connections: what its back office lists.
    pub(crate) async fn at_hubrise(&self) -> Vec<Value> {
        let url = format!("{}/_sandbox/connections", self.sandbox.base_url);
        let all: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        all.as_array().or_else(|| all["connections"].as_array()).unwrap().clone()
    }

    /// Has HubRise's back office do something (`block`, `unblock`, `revoke`, `disconnect`) to an installation.
    pub(crate) async fn back_office(&self, installation: &str, action: &str) {
        let all = self.at_hubrise().await;
        let one = all.iter().find(|one| one["app_instance_id"] == installation).unwrap();
        let id = one["id"].as_str().unwrap();
        self.control(&format!("connections/{id}/{action}"), json!({})).await;
    }

    /// A call to the sandbox's control.
    pub(crate) async fn control(&self, call: &str, body: Value) -> Value {
        let url = format!("{}/_sandbox/{call}", self.sandbox.base_url);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{call}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Has part of HubRise fail: `mode` and `target` as the sandbox names them.
    pub(crate) async fn fault(&self, target: &str, mode: &str) {
        self.control("faults", json!({"target": target, "mode": mode, "delay_ms": 15_000})).await;
    }

    /// The requests HubRise received, as `METHOD path`, in order.
    pub(crate) async fn received(&self) -> Vec<String> {
        let url = format!("{}/_sandbox/requests", self.sandbox.base_url);
        let answer: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        let list = answer.as_array().or_else(|| answer["requests"].as_array()).unwrap();
        list.iter()
            .map(|call| format!("{} {}", call["method"].as_str().unwrap(), call["path"].as_str().unwrap()))
            .collect()
    }
}
