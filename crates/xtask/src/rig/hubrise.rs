//! Orders and events as HubRise writes and signs them, for a load that does not pass through the sandbox's HubRise.

use anyhow::Context;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// Where a vendor's events are sent.
pub(crate) fn callback_path(vendor: &str) -> String {
    format!("/callbacks/hubrise/{vendor}")
}

/// The header that carries a body's signature with the client secret of a vendor's sandbox app.
pub(crate) fn signature(vendor: &str, body: &[u8]) -> anyhow::Result<String> {
    let mut mac = mac(vendor)?;
    mac.update(body);
    Ok(header(mac))
}

/// Bodies that are alike but for what stands at their end: what they share is written and signed once.
#[derive(Debug)]
pub(crate) struct Template {
    start: String,
    mac: Hmac<Sha256>,
}

impl Template {
    /// Events about new orders like this one, which has no id yet.
    pub(crate) fn new(vendor: &str, event: &Value) -> anyhow::Result<Self> {
        let mut event = event.clone();
        let order = event["new_state"].take().to_string();
        for name in ["id", "order_id", "new_state"] {
            event.as_object_mut().context("an event is an object")?.remove(name);
        }
        let unclosed =
            |object: &str| object.strip_suffix('}').map(str::to_owned).context("an event and its order are objects");
        let start = format!("{},\"new_state\":{},\"id\":\"", unclosed(&event.to_string())?, unclosed(&order)?);
        let mut mac = mac(vendor)?;
        mac.update(start.as_bytes());
        Ok(Self { start, mac })
    }

    /// The event of a number: its signature's header, and its body.
    pub(crate) fn event(&self, number: usize) -> (String, Vec<u8>) {
        let end = format!("o{number}\"}},\"order_id\":\"o{number}\",\"id\":\"e{number}\"}}");
        let mut mac = self.mac.clone();
        mac.update(end.as_bytes());
        (header(mac), [self.start.as_bytes(), end.as_bytes()].concat())
    }
}

fn mac(vendor: &str) -> anyhow::Result<Hmac<Sha256>> {
    Ok(Hmac::<Sha256>::new_from_slice(format!("{vendor}-sandbox-secret").as_bytes())?)
}

fn header(mac: Hmac<Sha256>) -> String {
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("x-hubrise-hmac-sha256: {hex}")
}

/// An event about an order, for an account, a location and an installation.
pub(crate) fn event(id: &str, kind: &str, order: &Value, (account, location, app): (&str, &str, &str)) -> Value {
    json!({
        "id": id, "resource_type": "order", "event_type": kind, "created_at": order["created_at"],
        "account_id": account, "location_id": location, "app_instance_id": app, "order_id": order["id"],
        "new_state": order,
    })
}

/// A paid order of so many items, some with options; its customer is called by the label, which the printer shows.
pub(crate) fn order(label: &str, items: usize) -> Value {
    let item = |number: usize| {
        let options = if number.is_multiple_of(2) {
            json!([{ "option_list_name": "Sauce", "name": "Ketchup", "ref": "5101", "price": "0.50 EUR", "quantity": 1 }])
        } else {
            json!([])
        };
        json!({
            "product_name": format!("Burger {number}"), "sku_name": "Menu", "sku_ref": (1001 + number).to_string(),
            "price": "9.50 EUR", "quantity": "1", "tax_rate": "10.0", "customer_notes": null, "options": options,
        })
    };
    let cents = 950 * items + 50 * items.div_ceil(2);
    let total = format!("{}.{:02} EUR", cents / 100, cents % 100);
    json!({
        "status": "new", "service_type": "delivery", "service_type_ref": "1003", "expected_time": null,
        "items": (0..items).map(item).collect::<Vec<_>>(),
        "payments": [{ "name": "Online", "ref": "7", "amount": total }],
        "customer": {
            "id": null, "customer_list_id": null, "anonymised": false, "first_name": "Order", "last_name": label,
            "email": "order@example.com", "phone": "+33612345678", "address_1": "12 rue des Lilas", "address_2": null,
            "postal_code": "75011", "city": "Paris", "country": "FR", "delivery_notes": "Second floor",
        },
        "total": total,
    })
}

/// The label of an order, as the printer shows its customer.
pub(crate) fn label_of(customer: &str) -> &str {
    customer.rsplit(' ').next().unwrap_or(customer)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn payments_are_the_sum_of_the_items() {
        let order = order("r-1", 3);
        assert_eq!((&order["total"], &order["payments"][0]["amount"]), (&json!("29.50 EUR"), &json!("29.50 EUR")));
        assert_eq!(label_of("Order r-1"), "r-1");
    }

    #[test]
    fn a_template_signs_what_it_writes() {
        let like = event("e", "create", &order("r-1", 2), ("a", "l", "i"));
        let (signed, body) = Template::new("x", &like).unwrap().event(7);
        assert_eq!(signed, signature("x", &body).unwrap());
        let body: Value = serde_json::from_slice(&body).unwrap();
        let mut wanted = event("e7", "create", &order("r-1", 2), ("a", "l", "i"));
        wanted["new_state"]["id"] = json!("o7");
        wanted["order_id"] = json!("o7");
        assert_eq!(body, wanted);
    }

    #[test]
    fn a_body_is_signed_in_lower_case_hexadecimal() {
        let line = signature("x", b"{}").unwrap();
        let (name, hex) = line.split_once(": ").unwrap_or_default();
        assert_eq!((name, hex.len()), ("x-hubrise-hmac-sha256", 64));
        assert!(hex.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)));
    }
}
