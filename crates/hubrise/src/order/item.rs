//! What was ordered: items, their options, and the deal an item belongs to.

use serde_json::Value;

use super::money::{Money, Quantity};
use super::reading::{Reading, flag, list, reading, reference, text};

/// An ordered item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its place in the order's list.
    pub index: usize,
    /// Opaque.
    pub id: Option<String>,
    /// The product's name.
    pub product_name: Option<String>,
    /// The sku's name, typically a size.
    pub sku_name: Option<String>,
    /// The till's code.
    pub sku_ref: Option<String>,
    /// Of one, without options.
    pub price: Reading<Money>,
    /// How many.
    pub quantity: Reading<Quantity>,
    /// What the customer wrote about it.
    pub customer_notes: Option<String>,
    /// What was chosen with it.
    pub options: Vec<OrderOption>,
    /// Whether it has been taken out of the order.
    pub deleted: bool,
    /// The deal it belongs to.
    pub deal_line: Option<DealLine>,
}

/// An option of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderOption {
    /// Its place in the item's list.
    pub index: usize,
    /// The list it was chosen from (`Sauce`).
    pub option_list_name: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The till's code.
    pub reference: Option<String>,
    /// Of one; missing is free.
    pub price: Reading<Money>,
    /// How many of it with one item; missing is one.
    pub quantity: Reading<Quantity>,
    /// Whether it is to be left out of the dish. Its price is then what leaving it out costs.
    pub removed: bool,
    /// Whether it has been taken out of the order.
    pub deleted: bool,
}

/// How an item belongs to a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealLine {
    /// A key of the order's deals.
    pub deal_key: String,
    /// What the deal calls it (`Drink`).
    pub label: Option<String>,
}

pub(super) fn read(value: &Value, index: usize, odd: &mut Vec<String>) -> Item {
    let options = match value.get("options") {
        None | Some(Value::Null) => Vec::new(),
        // The path is made only where there is something to walk through.
        Some(_) => list(value, "options", &format!("items[{index}].options"), odd, option),
    };
    Item {
        index,
        id: text(value, "id"),
        product_name: text(value, "product_name"),
        sku_name: text(value, "sku_name"),
        sku_ref: reference(value, "sku_ref"),
        price: reading(value, "price"),
        quantity: reading(value, "quantity"),
        customer_notes: text(value, "customer_notes"),
        options,
        deleted: flag(value, "deleted"),
        deal_line: deal_line(value, index, odd),
    }
}

fn option(value: &Value, index: usize, _: &mut Vec<String>) -> OrderOption {
    OrderOption {
        index,
        option_list_name: text(value, "option_list_name"),
        name: text(value, "name"),
        reference: reference(value, "ref"),
        price: reading(value, "price"),
        quantity: reading(value, "quantity"),
        removed: flag(value, "removed"),
        deleted: flag(value, "deleted"),
    }
}

fn deal_line(item: &Value, index: usize, odd: &mut Vec<String>) -> Option<DealLine> {
    let line = item.get("deal_line").filter(|line| !line.is_null())?;
    let Some(deal_key) = reference(line, "deal_key") else {
        odd.push(format!("items[{index}].deal_line"));
        return None;
    };
    Some(DealLine { deal_key, label: text(line, "label") })
}
