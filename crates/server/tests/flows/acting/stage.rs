//! What these tests share: people who may act and people who may only look, orders with somebody's name in them.

use jiff::SignedDuration;
use passerelle_store::{ConnectionId, ConnectionRow, OperationKind, OperationRow, Role};
use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::delivery::stage::Till;
use crate::hearing::BRIDGE;
use crate::world::World;

/// PixelPoint Bridge's support.
pub(crate) const SUPPORT: &str = "contact@hubrise.com";

/// What says who ordered, wherever it stands.
pub(crate) const PERSONAL: [&str; 6] =
    ["Zéphyrine", "Quatrebarbes", "zephyrine@example.org", "+33612345699", "17 impasse du Tilleul", "Ring at the gate"];

impl World {
    /// Somebody signed in at the vendor, with a grant to look (no more) on this connection.
    pub(crate) async fn onlooker(&self, connection: &ConnectionId, email: &str) -> Browser {
        let browser = self.signed_in(BRIDGE, email).await;
        let (session, now) = (self.session_of(&browser).await, self.state.now());
        let expires_at = now + SignedDuration::from_hours(24);
        self.state.store().grant(connection, &session, Role::View, now, expires_at).await.unwrap();
        browser
    }

    /// What anybody gets who opens an address: status, headers and body.
    pub(crate) async fn opened(&self, url: &str) -> (u16, reqwest::header::HeaderMap, String) {
        let answer = self.http.get(url).send().await.unwrap();
        (answer.status().as_u16(), answer.headers().clone(), answer.text().await.unwrap())
    }
}

impl Till<'_> {
    /// The path of an operation, and of what is below it.
    pub(crate) fn path(&self, operation: &OperationRow, rest: &str) -> String {
        format!("/connections/{}/operations/{}{rest}", self.id, operation.id)
    }

    /// An operation as a browser sees it.
    pub(crate) async fn shown(&self, browser: &Browser, operation: &OperationRow) -> Value {
        browser.get(&self.path(operation, "")).await.ok()
    }

    /// Has it sent again as a browser sees it now.
    pub(crate) async fn press_resend(&self, browser: &Browser, operation: &OperationRow, with: Value) -> Answer {
        let version = self.shown(browser, operation).await["line"]["version"].clone();
        let mut ask = json!({ "version": version });
        ask.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        browser.post(&self.path(operation, "/resend"), ask).await
    }

    /// An order that the till refused.
    pub(crate) async fn refused(&self) -> (Value, OperationRow) {
        self.world.store(crate::delivery::stage::FIRST, "unknown_product").await;
        let order = self.ordered("plain").await;
        self.settle().await;
        self.world.store(crate::delivery::stage::FIRST, "accept").await;
        let row = self.operation(&order).await;
        (order, row)
    }

    pub(crate) async fn row(&self) -> ConnectionRow {
        self.world.state.store().connection_bare(&self.id).await.unwrap().unwrap()
    }

    /// An order with all of [`PERSONAL`] in it, for a customer of this id.
    pub(crate) async fn ordered_by(&self, customer: Value) -> OperationRow {
        let order = json!({
            "ref": "W-17", "service_type": "delivery", "service_type_ref": "1003",
            "customer_notes": "for Zéphyrine, no onions",
            "items": [{"product_name": "Calzone", "sku_ref": "734", "price": "12.00", "quantity": "1"}],
            "customer": {
                "id": customer, "first_name": PERSONAL[0], "last_name": PERSONAL[1], "email": PERSONAL[2],
                "phone": PERSONAL[3], "address_1": PERSONAL[4], "delivery_notes": PERSONAL[5], "city": "Paris",
            },
        });
        let made = self.ordered_as(order).await;
        self.settle().await;
        self.operation(&made).await
    }

    /// Every body that is kept of an operation, as one text.
    pub(crate) async fn bodies(&self, operation: &OperationRow) -> String {
        let store = self.world.state.store();
        let mut all = String::new();
        for line in store.exchanges(&self.id, &operation.id).await.unwrap() {
            let whole = store.exchange(&self.id, &line.id).await.unwrap().unwrap();
            for body in [&whole.request_body, &whole.response_body] {
                all.push_str(&String::from_utf8_lossy(body));
            }
        }
        all
    }

    /// The operations of a kind, the oldest first.
    pub(crate) async fn all(&self, kind: OperationKind) -> Vec<OperationRow> {
        let mut rows = self.world.state.store().operations(&self.id, None, 100).await.unwrap().rows;
        rows.retain(|row| row.kind == kind);
        rows.reverse();
        rows
    }
}

/// Which of [`PERSONAL`] a text holds.
pub(crate) fn personal_in(text: &str) -> Vec<&'static str> {
    PERSONAL.into_iter().filter(|said| text.contains(said)).collect()
}
