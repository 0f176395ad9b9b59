//! The shapes of orders that can be asked for by name: the ordinary ones, and every odd one that HubRise's "Orders"
//! allows or that integrations have met. Refs are those of the seeded menu "Menu 2026"; amounts carry no currency, as
//! the place's is added.

mod customers;
mod deals;
mod items;
mod payments;
mod statuses;
mod texts;

use serde_json::{Map, Value, json};

/// What a shape is made with.
pub(crate) struct Frame<'a> {
    /// How many orders were made before.
    pub(crate) number: u64,
    /// ISO 8601, so many minutes from now, with the place's offset.
    pub(crate) in_minutes: &'a dyn Fn(i64) -> String,
}

/// An order to be put in as it is.
pub(crate) struct Made {
    pub(crate) fields: Map<String, Value>,
    /// Fields HubRise would add and this order is to lack.
    pub(crate) without: &'static [&'static str],
}

impl From<Value> for Made {
    fn from(value: Value) -> Self {
        let Value::Object(fields) = value else { unreachable!("a shape is an object") };
        Self { fields, without: &[] }
    }
}

/// A shape.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// What is particular about it.
    pub(crate) what: &'static str,
    pub(crate) make: fn(&Frame<'_>) -> Made,
}

/// Every shape, the ordinary ones first.
pub(crate) fn all() -> impl Iterator<Item = Shape> {
    let groups = [items::SHAPES, deals::SHAPES, payments::SHAPES, customers::SHAPES, texts::SHAPES, statuses::SHAPES];
    groups.into_iter().flatten().copied()
}

/// The shape with this name.
pub(crate) fn named(name: &str) -> Option<Shape> {
    all().find(|shape| shape.name == name)
}

/// What a rush or a trickle is made of unless it is said: what a restaurant gets in an ordinary hour.
pub(crate) const ORDINARY: [&str; 8] =
    ["plain", "options", "collection", "deal", "half_and_half", "charge_and_tip", "discount", "scheduled"];

/// The names guests have.
const GUESTS: [(&str, &str); 8] = [
    ("Olivia", "Martin"),
    ("Noah", "Lefèvre"),
    ("Emma", "O'Neill"),
    ("Liam", "Nguyen"),
    ("Ava", "Costa"),
    ("Lucas", "Bernard"),
    ("Mia", "Schmidt"),
    ("Hugo", "Dubois"),
];

/// A guest: the e-mail address bears the order's number, so that what a kitchen printed can be counted.
fn guest(number: u64) -> Value {
    let at = usize::try_from(number).unwrap_or(0) % GUESTS.len();
    let (first_name, last_name) = GUESTS[at];
    json!({
        "id": null,
        "customer_list_id": null,
        "anonymised": false,
        "email": format!("order-{number}@guests.example"),
        "first_name": first_name,
        "last_name": last_name,
        "gender": null,
        "birth_date": null,
        "company_name": null,
        "phone": format!("+1617555{:04}", number % 10_000),
        "phone_access_code": null,
        "address_1": format!("{} Atlantic Avenue", 1 + number % 400),
        "address_2": null,
        "postal_code": "02110",
        "city": "Boston",
        "state": "MA",
        "country": "US",
        "latitude": null,
        "longitude": null,
        "delivery_notes": null,
        "sms_marketing": false,
        "email_marketing": false,
        "loyalty_cards": [],
        "custom_fields": {},
    })
}

/// A delivery to a guest, paid online, with these items; `amount` is what was paid.
fn delivery(frame: &Frame<'_>, items: Value, amount: &str) -> Value {
    json!({
        "ref": format!("W-{}", 1_000 + frame.number),
        "service_type": "delivery",
        "service_type_ref": "1003",
        "expected_time": null,
        "customer": guest(frame.number),
        "items": items,
        "payments": [online(amount)],
    })
}

/// A payment made online. HubRise's documents give payments no `type`; older integrations write one all the same.
fn online(amount: &str) -> Value {
    json!({ "type": "online", "name": "Card online", "ref": "41", "amount": amount })
}

/// An item without options.
fn item(name: &str, sku_ref: &str, price: &str, quantity: &str) -> Value {
    json!({ "product_name": name, "sku_ref": sku_ref, "price": price, "quantity": quantity, "options": [] })
}

/// An option of an item.
fn option(list: &str, name: &str, option_ref: &str, price: &str) -> Value {
    json!({
        "option_list_name": list, "name": name, "ref": option_ref, "price": price, "quantity": 1, "removed": false,
    })
}

/// The value with other fields.
fn with(mut value: Value, fields: Value) -> Value {
    if let (Some(target), Value::Object(fields)) = (value.as_object_mut(), fields) {
        target.extend(fields);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_differ_and_the_ordinary_ones_exist() {
        let names: Vec<_> = all().map(|shape| shape.name).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        assert!(ORDINARY.iter().all(|name| named(name).is_some()));
        assert!(names.len() >= 45, "{}", names.len());
    }

    #[test]
    fn every_shape_is_an_order_and_two_of_a_kind_differ() {
        let in_minutes = |minutes: i64| format!("in {minutes}");
        for shape in all() {
            let made = |number| (shape.make)(&Frame { number, in_minutes: &in_minutes });
            assert!(!shape.what.is_empty());
            assert!(!made(0).fields.is_empty(), "{}", shape.name);
            if made(0).fields.get("customer").is_some_and(|customer| customer["email"].is_string()) {
                assert_ne!(made(0).fields, made(1).fields, "{}", shape.name);
            }
        }
    }
}
