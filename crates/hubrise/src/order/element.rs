//! What else an order is made of: deals, discounts, charges, payments.

use std::collections::BTreeMap;

use serde_json::Value;

use super::money::Money;
use super::reading::{Reading, flag, reading, reference, text};

/// A deal that some of the order's items belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deal {
    /// Its name.
    pub name: Option<String>,
    /// The till's code.
    pub reference: Option<String>,
}

/// A discount on the whole order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discount {
    /// Its place in the order's list.
    pub index: usize,
    /// Its name.
    pub name: Option<String>,
    /// The till's code.
    pub reference: Option<String>,
    /// What is taken off; positive.
    pub price_off: Reading<Money>,
    /// Whether it has been taken out of the order.
    pub deleted: bool,
}

/// A charge on the whole order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charge {
    /// Its place in the order's list.
    pub index: usize,
    /// Its name.
    pub name: Option<String>,
    /// `delivery`, `tip`, … An old field, which HubRise still writes.
    pub kind: Option<String>,
    /// The till's code.
    pub reference: Option<String>,
    /// What it costs.
    pub price: Reading<Money>,
    /// Whether it has been taken out of the order.
    pub deleted: bool,
}

/// A payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payment {
    /// Its place in the order's list.
    pub index: usize,
    /// The way of paying.
    pub name: Option<String>,
    /// `online`, `cash`, … An old field, which HubRise still writes.
    pub kind: Option<String>,
    /// The till's code.
    pub reference: Option<String>,
    /// What is paid with it.
    pub amount: Reading<Money>,
    /// Whether it has been taken out of the order.
    pub deleted: bool,
}

pub(super) fn deals(order: &Value, odd: &mut Vec<String>) -> BTreeMap<String, Deal> {
    match order.get("deals") {
        None | Some(Value::Null) => BTreeMap::new(),
        Some(Value::Object(entries)) => {
            let mut deals = BTreeMap::new();
            for (key, deal) in entries {
                if deal.is_object() {
                    let deal = Deal { name: text(deal, "name"), reference: reference(deal, "ref") };
                    deals.insert(key.clone(), deal);
                } else {
                    odd.push(format!("deals.{key}"));
                }
            }
            deals
        }
        Some(Value::Array(entries)) if entries.is_empty() => BTreeMap::new(),
        Some(_) => {
            odd.push("deals".to_owned());
            BTreeMap::new()
        }
    }
}

pub(super) fn discount(value: &Value, index: usize, _: &mut Vec<String>) -> Discount {
    Discount {
        index,
        name: text(value, "name"),
        reference: reference(value, "ref"),
        price_off: reading(value, "price_off"),
        deleted: flag(value, "deleted"),
    }
}

pub(super) fn charge(value: &Value, index: usize, _: &mut Vec<String>) -> Charge {
    Charge {
        index,
        name: text(value, "name"),
        kind: text(value, "type").or_else(|| text(value, "charge_type")),
        reference: reference(value, "ref"),
        price: reading(value, "price"),
        deleted: flag(value, "deleted"),
    }
}

pub(super) fn payment(value: &Value, index: usize, _: &mut Vec<String>) -> Payment {
    Payment {
        index,
        name: text(value, "name"),
        kind: text(value, "type"),
        reference: reference(value, "ref"),
        amount: reading(value, "amount"),
        deleted: flag(value, "deleted"),
    }
}
