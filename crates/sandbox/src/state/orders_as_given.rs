//! Orders put in as they are, without the checks of "Create Order": HubRise shows orders that its API would take from
//! nobody (an anonymised customer, a deleted item, null where a name is expected), and the generator makes those too.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{
    State,
    orders::{Actor, Order},
    orders_json::{COLLECTIONS, total},
};
use crate::{
    clock,
    money::{self, Money},
};

/// Fields that hold an amount; one written without a currency is in the account's.
const AMOUNTS: [&str; 5] = ["price", "amount", "price_off", "subtotal", "total"];
/// Fields of an order that are null when nothing is known.
const NULLS: [&str; 11] = [
    "ref",
    "service_type",
    "service_type_ref",
    "expected_time",
    "confirmed_time",
    "customer_notes",
    "seller_notes",
    "collection_code",
    "customer",
    "delivery",
    "private_ref",
];

impl State {
    /// Keeps an order as given, with an id, a place and a time of its own, and what HubRise adds where it is missing;
    /// then takes away what `without` names. Everybody who listens hears of it. Answers its place in `orders`.
    pub(crate) fn put_order(&mut self, location_id: &str, given: Map<String, Value>, without: &[&str]) -> usize {
        let now = self.clock.now();
        let (currency, zone) = self.currency_and_zone(location_id);
        let mut order = Value::Object(given);
        in_currency(&mut order, &currency);
        let mut body = order.as_object_mut().map(std::mem::take).unwrap_or_default();
        let id = self.ids.next();
        body.insert("id".into(), json!(id));
        body.insert("location_id".into(), json!(location_id));
        body.insert("created_at".into(), json!(clock::iso_in(now, &zone)));
        let mut missing = |name: &str, value: Value| {
            body.entry(name).or_insert(value);
        };
        missing("status", json!("new"));
        missing("created_by", json!("Web shop"));
        missing("connection_name", json!("Web shop"));
        missing("deals", json!({}));
        missing("custom_fields", json!({}));
        missing("coupon_codes", json!([]));
        missing("loyalty_operations", json!([]));
        NULLS.into_iter().for_each(|name| missing(name, Value::Null));
        COLLECTIONS.into_iter().for_each(|name| missing(name, json!([])));
        for name in COLLECTIONS {
            for element in body.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
                let element_id = self.ids.next();
                completed(element, element_id, name, &currency);
            }
        }
        if !body.contains_key("total") {
            body.insert("total".into(), json!(total(&body, &currency)));
        }
        for name in without {
            body.remove(*name);
        }
        let location_id = location_id.to_owned();
        self.keep_order(Order { id, location_id, created_at: now, body, private_refs: HashMap::new() }, "")
    }

    /// Changes an order as somebody who is no connection: another till, a person.
    ///
    /// # Errors
    /// Every field that is wrong; nothing is changed then.
    pub(crate) fn change_order(&mut self, at: usize, change: &Value) -> Result<(), Vec<super::orders_json::Complaint>> {
        self.patch_order(at, change, Actor { connection_id: "", client_id: "", client_name: "Web shop" })
    }
}

/// Gives every bare amount the currency, however deep it lies.
fn in_currency(value: &mut Value, currency: &str) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let bare = field.as_str().filter(|text| AMOUNTS.contains(&name.as_str()) && is_bare(text));
                match bare.map(|text| format!("{text} {currency}")) {
                    Some(amount) => *field = Value::String(amount),
                    None => in_currency(field, currency),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| in_currency(element, currency)),
        _ => {}
    }
}

fn is_bare(text: &str) -> bool {
    Money::parse(&format!("{text} XXX")).is_some()
}

/// An element with what HubRise writes into each.
fn completed(element: &mut Value, id: String, collection: &str, currency: &str) {
    let subtotal = (collection == "items").then(|| subtotal(element, currency));
    let Some(fields) = element.as_object_mut() else { return };
    let mut missing = |name: &str, value: Value| {
        fields.entry(name).or_insert(value);
    };
    missing("id", json!(id));
    missing("deleted", json!(false));
    if let Some(subtotal) = subtotal {
        missing("subtotal", subtotal);
        missing("options", json!([]));
        ["sku_name", "sku_ref", "tax_rate", "customer_notes", "points_earned", "points_used"]
            .into_iter()
            .for_each(|name| missing(name, Value::Null));
    } else {
        missing("ref", Value::Null);
    }
}

/// Price with options, times quantity; null where either cannot be read.
fn subtotal(item: &Value, currency: &str) -> Value {
    let amount = |value: &Value| value.as_str().and_then(Money::parse).map(|money| money.cents);
    let quantity = item["quantity"].as_str().and_then(money::parse_thousandths);
    let (Some(price), Some(quantity)) = (amount(&item["price"]), quantity) else { return Value::Null };
    let options: i128 = item["options"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|option| amount(&option["price"]).unwrap_or(0) * i128::from(option["quantity"].as_i64().unwrap_or(1)))
        .sum();
    json!(Money::format(money::times(price + options, quantity), currency))
}
