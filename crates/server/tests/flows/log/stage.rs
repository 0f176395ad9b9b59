//! What these tests share: orders that HubRise told of, and lists of them.

use passerelle_server::recorder;
use passerelle_store::{ConnectionId, Ended, NewExchange, OperationId, Way};
use serde_json::{Value, json};

use crate::hearing::event;
use crate::world::World;

/// The vendor's support.
pub(crate) const SUPPORT: &str = "contact@hubrise.com";

/// An order with somebody's name in it.
pub(crate) fn order_for(id: &str, customer: Value) -> Value {
    json!({
        "id": id, "status": "new", "ref": format!("R-{id}"), "collection_code": format!("c{id}"),
        "connection_name": "Deliveroo", "total": "12.00 EUR", "service_type": "delivery", "service_type_ref": "1003",
        "items": [{"product_name": "Calzone", "sku_ref": "734", "price": "12.00 EUR", "quantity": "1", "options": []}],
        "customer": customer,
    })
}

/// The customer of [`order_for`] in most tests.
pub(crate) fn helene() -> Value {
    json!({
        "id": "cust1", "first_name": "Hélène", "last_name": "de la Tour", "email": "helene@tour.example",
        "phone": "+33 6 12 34 56 78", "address_1": "17 impasse du Tilleul", "city": "Paris",
        "delivery_notes": "Ring twice",
    })
}

/// What says who she is, wherever it stands.
pub(crate) const PERSONAL: [&str; 5] = ["Hélène", "de la Tour", "helene@tour.example", "12 34 56 78", "Tilleul"];

/// Which of [`PERSONAL`] a text holds.
pub(crate) fn personal_in(text: &str) -> Vec<&'static str> {
    PERSONAL.into_iter().filter(|said| text.contains(said)).collect()
}

/// The orders of a page, in its order.
pub(crate) fn orders(page: &Value) -> Vec<String> {
    let lines = page["operations"].as_array().unwrap_or_else(|| panic!("{page}")).iter();
    lines.map(|line| line["order"]["order_id"].as_str().unwrap_or("-").to_owned()).collect()
}

impl World {
    /// HubRise tells of a new order.
    pub(crate) async fn told_order(&self, installation: &str, order: &Value) {
        let id = format!("e-{}", order["id"].as_str().unwrap());
        assert_eq!(self.told(&event(&id, "create", installation, order)).await, 200);
    }

    /// A call is put down to an operation.
    pub(crate) async fn said(&self, connection: &ConnectionId, operation: &OperationId, headers: &str, body: &[u8]) {
        let call = NewExchange {
            id: recorder::exchange_id(),
            way: Way::BridgeToTill,
            method: "POST".into(),
            url: "https://till.example/eoi?store=1".into(),
            status: Some(200),
            ended: Ended::Answered,
            started_at: self.state.now(),
            duration_us: 1_500,
            error: None,
            request_headers: "content-type: application/xml\n".into(),
            request_body: b"<Request/>".to_vec(),
            response_headers: headers.into(),
            response_body: body.to_vec(),
        };
        self.state.store().note_exchanges(connection, Some(operation), vec![call]).await.unwrap();
    }
}
