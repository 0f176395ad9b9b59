//! What the EOI accepts as an order (`Transaction` and `Member`): every rule that is public, each with the words of its
//! refusal. Knows no store and no mode.
//!
//! Element names that are not public (a customer's address, the mark of a forced answer) are let through and kept as
//! they came; everything else that is not known is refused, so that a misspelt element does not go unnoticed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{decimal, xml::Element};

/// `PriceApplied` of every item.
const PRICE_APPLIED: &str = "13";
/// `AuthType` of every payment.
const AUTH_TYPE: &str = "114";
/// The `Description` of an item that is two halves; it alone needs no number.
const HALF_HALF: &str = "Half half";

/// An order as it comes out of the printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Order {
    pub(crate) sale_type: Option<String>,
    pub(crate) schedule_time: Option<String>,
    pub(crate) items: Vec<Item>,
    pub(crate) payments: Vec<Payment>,
    pub(crate) footer: Option<String>,
    /// The customer, element name → text.
    pub(crate) member: BTreeMap<String, String>,
    /// The sum of its items.
    pub(crate) total: String,
    /// The sum of its tenders.
    pub(crate) paid: String,
    /// Whether payments, if there are any, are the sum of the items.
    pub(crate) balanced: bool,
}

/// One `Item`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Item {
    pub(crate) id: u64,
    pub(crate) parent: u64,
    pub(crate) product: Option<String>,
    pub(crate) coupon: Option<String>,
    pub(crate) description: String,
    pub(crate) cost_each: String,
    pub(crate) quantity: String,
    pub(crate) combo: Option<String>,
    /// Elements that are not public, as they came.
    pub(crate) other: BTreeMap<String, String>,
}

/// One `Payment`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Payment {
    pub(crate) method: String,
    pub(crate) tender: String,
    pub(crate) tip: Option<String>,
}

impl Order {
    /// Reads and judges an order; what is wrong with it otherwise.
    pub(super) fn read(transaction: &Element, member: Option<&Element>) -> Result<Self, String> {
        known(transaction, &["SaleTypeNum", "ScheduleTime", "Items", "Payment", "Payments", "CustomRecFooter"])?;
        let sale_type = leaf(transaction, "SaleTypeNum")?;
        if let Some(text) = &sale_type {
            number(text).ok_or_else(|| format!("`SaleTypeNum` `{text}` is not a number"))?;
        }
        let schedule_time = leaf(transaction, "ScheduleTime")?;
        if let Some(text) = &schedule_time {
            is_time(text).then_some(()).ok_or_else(|| format!("`ScheduleTime` `{text}` is not a time"))?;
        }
        let list = transaction.only("Items")?.ok_or("`Transaction` has no `Items`")?;
        known(list, &["Item"])?;
        let (items, total) = items(list)?;
        let mut payments = Vec::new();
        let mut paid = 0;
        let wrapped = transaction.only("Payments")?;
        if let Some(wrapped) = wrapped {
            known(wrapped, &["Payment"])?;
        }
        for (place, element) in
            transaction.all("Payment").chain(wrapped.into_iter().flat_map(|it| it.all("Payment"))).enumerate()
        {
            let (payment, tender) = payment(element).map_err(|wrong| format!("payment {}: {wrong}", place + 1))?;
            paid += tender;
            payments.push(payment);
        }
        let footer = leaf(transaction, "CustomRecFooter")?;
        let member = member.map(fields).transpose()?.unwrap_or_default();
        let balanced = payments.is_empty() || total == paid;
        let (total, paid) = (decimal::shown(total), decimal::shown(paid));
        Ok(Self { sale_type, schedule_time, items, payments, footer, member, total, paid, balanced })
    }
}

/// The items, and their sum.
fn items(list: &Element) -> Result<(Vec<Item>, i128), String> {
    let mut items = Vec::new();
    let mut total = 0;
    for (place, element) in list.children.iter().enumerate() {
        let (item, cost) = item(element).map_err(|wrong| format!("item {}: {wrong}", place + 1))?;
        total += cost;
        items.push(item);
    }
    if items.is_empty() {
        return Err("`Items` has no `Item`".to_owned());
    }
    let mut parents = BTreeMap::new();
    for item in &items {
        if parents.insert(item.id, item.parent).is_some() {
            return Err(format!("`ItemId` `{}` stands twice", item.id));
        }
    }
    for item in &items {
        let (mut at, mut seen) = (item.id, BTreeSet::new());
        loop {
            let Some(parent) = parents.get(&at) else {
                return Err(format!("`ParentId` `{at}` of an item is nobody's `ItemId`"));
            };
            if *parent == at {
                break;
            }
            if !seen.insert(at) {
                return Err(format!("item `{}` is attached to itself by a detour", item.id));
            }
            at = *parent;
        }
    }
    Ok((items, total))
}

/// One item, and what it comes to.
fn item(element: &Element) -> Result<(Item, i128), String> {
    let need = |name: &str| leaf(element, name)?.ok_or_else(|| format!("`{name}` is missing"));
    let id = need("ItemId")?;
    let id = number(&id).filter(|id| *id > 0).ok_or_else(|| format!("`ItemId` `{id}` is not a number above 0"))?;
    let parent = need("ParentId")?;
    let parent = number(&parent).ok_or_else(|| format!("`ParentId` `{parent}` is not a number"))?;
    let description = need("Description")?;
    let (product, coupon) = (leaf(element, "ProdNum")?, leaf(element, "CouponNum")?);
    match (&product, &coupon) {
        (Some(_), Some(_)) => return Err("both `ProdNum` and `CouponNum`".to_owned()),
        (None, None) if description != HALF_HALF => return Err("neither `ProdNum` nor `CouponNum`".to_owned()),
        _ => {}
    }
    let applied = need("PriceApplied")?;
    if applied != PRICE_APPLIED {
        return Err(format!("`PriceApplied` is `{applied}` and must be {PRICE_APPLIED}"));
    }
    let cost_each = need("CostEach")?;
    let cost = decimal::read(&cost_each).ok_or_else(|| format!("`CostEach` `{cost_each}` is not a decimal"))?;
    let quantity = need("Quantity")?;
    let count = decimal::read(&quantity)
        .filter(|count| *count > 0)
        .ok_or_else(|| format!("`Quantity` `{quantity}` is not a decimal above 0"))?;
    let combo = leaf(element, "ComboItemId")?;
    let public = [
        "ItemId",
        "ParentId",
        "Description",
        "ProdNum",
        "CouponNum",
        "PriceApplied",
        "CostEach",
        "Quantity",
        "ComboItemId",
    ];
    let mut other = fields(element)?;
    other.retain(|name, _| !public.contains(&name.as_str()));
    let item = Item { id, parent, product, coupon, description, cost_each, quantity, combo, other };
    Ok((item, decimal::times(cost, count)))
}

/// One payment, and its tender.
fn payment(element: &Element) -> Result<(Payment, i128), String> {
    known(element, &["MethodNumber", "AuthType", "Tender", "Tip"])?;
    let need = |name: &str| leaf(element, name)?.ok_or_else(|| format!("`{name}` is missing"));
    let method = need("MethodNumber")?;
    let kind = need("AuthType")?;
    if kind != AUTH_TYPE {
        return Err(format!("`AuthType` is `{kind}` and must be {AUTH_TYPE}"));
    }
    let tender = need("Tender")?;
    let amount = decimal::read(&tender).ok_or_else(|| format!("`Tender` `{tender}` is not a decimal"))?;
    let tip = leaf(element, "Tip")?;
    if let Some(text) = &tip {
        decimal::read(text).ok_or_else(|| format!("`Tip` `{text}` is not a decimal"))?;
    }
    Ok((Payment { method, tender, tip }, amount))
}

/// The text of a child that may be left out but not be empty, hold elements, or stand twice.
pub(super) fn leaf(element: &Element, name: &str) -> Result<Option<String>, String> {
    let Some(child) = element.only(name)? else { return Ok(None) };
    if let Some(inner) = child.children.first() {
        return Err(format!("`{name}` holds the element `{}`", inner.name));
    }
    if child.text.trim().is_empty() && name != "Description" {
        return Err(format!("`{name}` is empty"));
    }
    Ok(Some(child.text.clone()))
}

/// Every child as name → text; nothing nested, nothing twice.
fn fields(element: &Element) -> Result<BTreeMap<String, String>, String> {
    let mut fields = BTreeMap::new();
    for child in &element.children {
        if let Some(inner) = child.children.first() {
            return Err(format!("`{}` of `{}` holds the element `{}`", child.name, element.name, inner.name));
        }
        if fields.insert(child.name.clone(), child.text.clone()).is_some() {
            return Err(format!("`{}` holds `{}` twice", element.name, child.name));
        }
    }
    Ok(fields)
}

/// Refuses children that are not known.
pub(super) fn known(element: &Element, names: &[&str]) -> Result<(), String> {
    match element.children.iter().find(|child| !names.contains(&child.name.as_str())) {
        Some(child) => Err(format!("`{}` is not known in `{}`", child.name, element.name)),
        None => Ok(()),
    }
}

fn number(text: &str) -> Option<u64> {
    (text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// ISO 8601, with an offset or without, or as Windows writes it. Which the EOI wants is not public.
fn is_time(text: &str) -> bool {
    text.parse::<jiff::civil::DateTime>().is_ok()
        || text.parse::<jiff::Timestamp>().is_ok()
        || jiff::civil::DateTime::strptime("%m/%d/%Y %I:%M:%S %p", text).is_ok()
}
