//! What HubRise tells: a till whose orders are bridged, and callbacks signed as HubRise signs them, or not.

use hmac::{Hmac, KeyInit as _, Mac as _};
use passerelle_store::{ConnectionRow, OperationRow};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::browser::Browser;
use crate::world::{BELLA, BELLA_PARIS, NINA, World};

/// The vendor that bridges orders, and its client secret in tests.
pub(crate) const BRIDGE: &str = "pixelpoint-bridge";
pub(crate) const SECRET: &str = "pixelpoint-bridge-sandbox-secret";

/// The header of the signature, as HubRise writes it.
pub(crate) const SIGNATURE: &str = "X-HubRise-Hmac-SHA256";

/// As HubRise signs.
pub(crate) fn signed(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A new order, the least of one.
pub(crate) fn order(id: &str, status: &str) -> Value {
    json!({"id": id, "status": status, "ref": id, "connection_name": "Uber Eats", "total": "9.80 EUR"})
}

/// An event about an order of Nina's location.
pub(crate) fn event(id: &str, kind: &str, installation: &str, order: &Value) -> Value {
    json!({
        "id": id, "resource_type": "order", "event_type": kind, "created_at": "2026-11-22T12:00:01+01:00",
        "order_id": order["id"], "location_id": BELLA_PARIS, "account_id": BELLA, "app_instance_id": installation,
        "new_state": order,
    })
}

/// HubRise's id of a connection's installation.
pub(crate) fn installation(row: &ConnectionRow) -> String {
    row.app_instance_id.clone().unwrap()
}

impl World {
    /// Nina's till of the vendor that bridges orders: connected from HubRise's back office.
    pub(crate) async fn connect_bridge(&self) -> (Browser, ConnectionRow) {
        let browser = self.signed_in(BRIDGE, NINA).await;
        let arriving = json!({"client_id": "pixelpoint-bridge-sandbox", "email": NINA});
        let code = self.control("connect", arriving).await["code"].clone();
        let question = browser.post("/arrivals", json!({"vendor": BRIDGE, "code": code})).await.ok();
        let attempt = question["attempt"].as_str().unwrap_or_else(|| panic!("{question}"));
        let outcome = browser.post(&format!("/attempts/{attempt}/confirm"), json!({"accept": true})).await.ok();
        assert_eq!(outcome["kind"], "connected", "{outcome}");
        let row = self.row(&outcome["connection"]).await;
        (browser, row)
    }

    /// Calls as HubRise does, with this signature or none; says the status.
    pub(crate) async fn tell(&self, vendor: &str, body: Vec<u8>, signature: Option<&str>) -> u16 {
        let mut call = self.http.post(format!("{}/callbacks/hubrise/{vendor}", self.origin)).body(body);
        call = call.header("content-type", "application/json");
        if let Some(signature) = signature {
            call = call.header(SIGNATURE, signature);
        }
        call.send().await.unwrap().status().as_u16()
    }

    /// HubRise tells of this event; says the status.
    pub(crate) async fn told(&self, event: &Value) -> u16 {
        let body = event.to_string().into_bytes();
        let signature = signed(SECRET, &body);
        self.tell(BRIDGE, body, Some(&signature)).await
    }

    /// The operations of a connection, the oldest first.
    pub(crate) async fn operations(&self, row: &ConnectionRow) -> Vec<OperationRow> {
        let mut rows = self.state.store().operations(&row.id, None, 100).await.unwrap().rows;
        rows.reverse();
        rows
    }
}
