//! What people do to get where a test begins: signing in, connecting, proving a right.

use jiff::SignedDuration;
use passerelle_hubrise::AccessToken;
use passerelle_store::{AttemptId, Claim, NewAttempt, Settlement};
use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::world::{CAISSE, COMPTOIR, World};

impl World {
    /// Signs `email` in at a vendor's console: the browser has another cookie afterwards.
    pub(crate) async fn sign_in(&self, browser: &mut Browser, vendor: &str, email: &str) -> Value {
        let url = browser.run(json!({"vendor": vendor, "purpose": "sign_in"})).await;
        let answer = self.follow(browser, &url, email, json!({})).await;
        browser.keep_cookie(&answer);
        let outcome = answer.ok();
        assert_eq!(outcome["kind"], "signed_in", "{outcome}");
        browser.open_session().await;
        outcome
    }

    /// A browser in which `email` is signed in at a vendor's console.
    pub(crate) async fn signed_in(&self, vendor: &str, email: &str) -> Browser {
        let mut browser = self.browser().await;
        self.sign_in(&mut browser, vendor, email).await;
        browser
    }

    /// Connects any vendor's till and gives the connection.
    pub(crate) async fn connect(&self, browser: &Browser, asked: Value, email: &str, choices: Value) -> Value {
        let url = browser.run(asked).await;
        let outcome = self.follow(browser, &url, email, choices).await.ok();
        assert_eq!(outcome["kind"], "connected", "{outcome}");
        outcome["connection"].clone()
    }

    /// Proves at HubRise a right to a connection, or to an installation.
    pub(crate) async fn authorize(&self, browser: &Browser, mut asked: Value, email: &str) -> Answer {
        asked["purpose"] = "authorize".into();
        let url = browser.run(asked).await;
        self.follow(browser, &url, email, json!({})).await
    }

    /// Connects the till `caisse` as `email` and gives the connection.
    pub(crate) async fn connect_caisse(&self, browser: &Browser, email: &str, choices: Value) -> Value {
        let state = browser.begin("caisse").await;
        let code = self.allow(email, CAISSE, choices).await;
        let outcome = browser.finish(&state, &code).await.ok();
        assert_eq!(outcome["kind"], "connected", "{outcome}");
        outcome["connection"].clone()
    }

    /// Authorises the till `comptoir` as `email` and gives the connection, with its choices still to make.
    pub(crate) async fn authorise_comptoir(&self, browser: &Browser, email: &str) -> Value {
        let state = browser.begin("comptoir").await;
        let code = self.allow(email, COMPTOIR, json!({})).await;
        let outcome = browser.finish(&state, &code).await.ok();
        assert_eq!(outcome["kind"], "choose", "{outcome}");
        outcome["connection"].clone()
    }

    /// Has the connection hold another token than HubRise gives, as if HubRise had given that one before.
    pub(crate) async fn replace_token(&self, browser: &Browser, connection: &Value) {
        let (store, now) = (self.state.store(), self.state.now());
        let (row, session) = (self.row(connection).await, self.session_of(browser).await);
        let id = AttemptId::new("replaced");
        let attempt = NewAttempt {
            id: id.clone(),
            state_hash: [7; 32],
            session: session.clone(),
            vendor: row.vendor.clone(),
            till: row.till.clone(),
            scope: row.scope.clone(),
            replaces: None,
            arrival: false,
            request: None,
            created_at: now,
            expires_at: now + SignedDuration::from_mins(15),
        };
        store.begin_attempt(attempt).await.unwrap();
        assert!(matches!(store.claim_attempt(&[7; 32], &session, now).await.unwrap(), Claim::Claimed(_)));
        let settlement = Settlement {
            connection: row.id.clone(),
            state: row.state,
            level: row.level,
            hub_key: row.hub_key,
            account: row.account,
            location: row.location,
            catalog: row.catalog,
            customer_list: row.customer_list,
            scope: row.scope,
            device_id: row.device_id,
            app_instance_id: row.app_instance_id,
            token: self.state.vault().seal(&AccessToken::new("former"), row.id.as_str()).unwrap(),
            token_fingerprint: [9; 32],
            browser: String::new(),
            at: now,
            grant_expires_at: now + SignedDuration::from_hours(24),
            replaces: None,
        };
        store.settle_attempt(&id, settlement).await.unwrap();
    }
}
