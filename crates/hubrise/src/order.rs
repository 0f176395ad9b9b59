//! A HubRise order, as its events and `GET …/orders/:id` bring it (`developers/api/orders`).
//!
//! Owns how it is read: nothing but `id` is required, an odd optional field is as good as missing, and an amount that
//! cannot be read is kept as that rather than guessed. Knows no till, and makes no call.

mod customer;
mod element;
mod item;
mod moment;
mod money;
mod reading;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use customer::Customer;
pub use element::{Charge, Deal, Discount, Payment};
pub use item::{DealLine, Item, OrderOption};
pub use moment::Moment;
pub use money::{Currency, Money, Quantity};
pub use reading::Reading;

use reading::{flag, list, reading, reference, text};

/// Fields of an order that are texts, or may be numbers where they are refs.
const TEXTS: &[&str] =
    &["location_id", "status", "connection_name", "created_by", "service_type", "customer_notes", "seller_notes"];
const REFS: &[&str] = &["ref", "private_ref", "collection_code", "service_type_ref"];
/// The other fields that are read here; those in none of the three are named in [`Order::others`].
const READ: &[&str] = &[
    "id",
    "created_at",
    "expected_time",
    "asap",
    "total",
    "items",
    "deals",
    "discounts",
    "charges",
    "payments",
    "customer",
];

/// An order. Elements marked `deleted` are among its elements, as HubRise keeps them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Opaque; case matters.
    pub id: String,
    /// The location it was placed at.
    pub location_id: Option<String>,
    /// `new`, `received`, … as HubRise writes it.
    pub status: Option<String>,
    /// `ref`: what the application that created it calls it.
    pub reference: Option<String>,
    /// The till's own name for it.
    pub private_ref: Option<String>,
    /// A short code that customer and kitchen share.
    pub collection_code: Option<String>,
    /// Where it was placed (`Uber Eats`).
    pub connection_name: Option<String>,
    /// The client that created it.
    pub created_by: Option<String>,
    /// When it was placed.
    pub created_at: Reading<Moment>,
    /// When it is wanted.
    pub expected_time: Reading<Moment>,
    /// Whether it is wanted as soon as possible, whatever `expected_time` says.
    pub asap: bool,
    /// `delivery`, `collection` or `eat_in`.
    pub service_type: Option<String>,
    /// The till's code of the way it is served.
    pub service_type_ref: Option<String>,
    /// What the customer wrote.
    pub customer_notes: Option<String>,
    /// What the seller wrote.
    pub seller_notes: Option<String>,
    /// HubRise's own sum of items, charges and discounts.
    pub total: Reading<Money>,
    /// What was ordered.
    pub items: Vec<Item>,
    /// Deals by the key that items name them by.
    pub deals: BTreeMap<String, Deal>,
    /// Discounts on the whole order.
    pub discounts: Vec<Discount>,
    /// Charges on the whole order.
    pub charges: Vec<Charge>,
    /// How it is paid; none is unpaid.
    pub payments: Vec<Payment>,
    /// Who ordered.
    pub customer: Option<Customer>,
    /// Parts that are there and have another shape than documented (`items[3]`): not read.
    pub odd: Vec<String>,
    /// Fields that hold something and are not read here (`custom_fields`), in the order of the alphabet.
    pub others: Vec<String>,
}

/// Why there is no order in what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// It is no JSON object.
    #[error("the order is no object")]
    NotAnObject,
    /// It has no `id`, or one that is no text.
    #[error("the order has no `id`")]
    NoId,
}

impl Order {
    /// Reads an order from an event's `new_state`, or from the answer of `GET …/orders/:id`.
    ///
    /// # Errors
    /// If it is no object, or has no `id`.
    pub fn read(value: &Value) -> Result<Order, OrderError> {
        let object = value.as_object().ok_or(OrderError::NotAnObject)?;
        let id = text(value, "id").ok_or(OrderError::NoId)?;
        let mut odd = Vec::new();
        let items = list(value, "items", "items", &mut odd, item::read);
        let deals = element::deals(value, &mut odd);
        let discounts = list(value, "discounts", "discounts", &mut odd, element::discount);
        let charges = list(value, "charges", "charges", &mut odd, element::charge);
        let payments = list(value, "payments", "payments", &mut odd, element::payment);
        let customer = customer::read(value, &mut odd);
        odd.extend(odd_fields(object));
        let others = object
            .iter()
            .filter(|(key, held)| holds_something(held) && !is_read(key))
            .map(|(key, _)| key.clone())
            .collect();
        Ok(Order {
            id,
            location_id: text(value, "location_id"),
            status: text(value, "status"),
            reference: reference(value, "ref"),
            private_ref: reference(value, "private_ref"),
            collection_code: reference(value, "collection_code"),
            connection_name: text(value, "connection_name"),
            created_by: text(value, "created_by"),
            created_at: reading(value, "created_at"),
            expected_time: reading(value, "expected_time"),
            asap: flag(value, "asap"),
            service_type: text(value, "service_type"),
            service_type_ref: reference(value, "service_type_ref"),
            customer_notes: text(value, "customer_notes"),
            seller_notes: text(value, "seller_notes"),
            total: reading(value, "total"),
            items,
            deals,
            discounts,
            charges,
            payments,
            customer,
            odd,
            others,
        })
    }
}

fn is_read(key: &str) -> bool {
    [READ, TEXTS, REFS].iter().any(|keys| keys.contains(&key))
}

/// The fields that hold something else than they should.
fn odd_fields(order: &Map<String, Value>) -> impl Iterator<Item = String> {
    let odd = |keys: &'static [&'static str], fits: fn(&Value) -> bool| {
        keys.iter().filter(move |key| order.get(**key).is_some_and(|value| !value.is_null() && !fits(value)))
    };
    odd(TEXTS, Value::is_string)
        .chain(odd(REFS, |value| value.is_string() || value.is_i64() || value.is_u64()))
        .chain(odd(&["asap"], Value::is_boolean))
        .map(|key| (*key).to_owned())
}

/// Whether a field is more than a place kept free.
fn holds_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => !values.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::String(text) => !text.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

#[cfg(test)]
mod tests;
