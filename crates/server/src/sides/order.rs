//! The lines of HubRise's order, in an order a kitchen reads: service and time, deals before their items, options under
//! theirs, discounts, charges, payments, customer, and the rest.

use std::collections::HashSet;

use passerelle_wire::{CellRole as Role, Section, SideCell, SideLine};

use super::amount::Amount;
use super::json::Json;
use super::model::{Kind, Line};

/// What the order tells of service and time, and what the customer wrote.
const HEAD: [&str; 5] = ["service_type", "service_type_ref", "expected_time", "collection_code", "customer_notes"];

/// What has lines of its own.
const PARTS: [&str; 6] = ["items", "deals", "discounts", "charges", "payments", "customer"];

/// All lines.
pub(super) fn lines(order: &Json) -> Vec<Line> {
    let mut lines = Vec::new();
    for name in HEAD {
        lines.extend(order.get(name).map(|value| field(name, name, value, Section::Head)));
    }
    let deals = order.map_at("deals");
    let deal_keys: HashSet<&str> = deals.iter().map(|(key, _)| key.as_str()).collect();
    for (key, deal) in deals {
        let path = ["deals.", key].concat();
        let cells = [cell(&path, "name", deal, Role::Name), cell(&path, "ref", deal, Role::Ref)];
        lines.push(line(path, Kind::Deal, 0, cells, None));
    }
    for (at, item) in order.list_at("items").iter().enumerate() {
        let key = item.get("deal_line").and_then(|line| line.text_at("deal_key"));
        let depth = u32::from(key.is_some_and(|key| deal_keys.contains(key)));
        ordered(&mut lines, place("items", at), item, depth);
    }
    let each = |name: &'static str| order.list_at(name).iter().enumerate().map(move |(at, one)| (place(name, at), one));
    for (path, discount) in each("discounts") {
        let amount = discount.text_at("price_off").and_then(Amount::read);
        let cells = [
            cell(&path, "name", discount, Role::Name),
            cell(&path, "ref", discount, Role::Ref),
            cell(&path, "price_off", discount, Role::Amount),
        ];
        lines.push(line(path, Kind::Discount, 0, cells, amount));
    }
    for (path, charge) in each("charges") {
        let named = |word: &str| charge.text_at("name").is_some_and(|name| name.trim().eq_ignore_ascii_case(word));
        let tip = charge.text_at("type") == Some("tip") || named("tip");
        let cells = [
            cell(&path, "name", charge, Role::Name),
            cell(&path, "ref", charge, Role::Ref),
            cell(&path, "price", charge, Role::Amount),
        ];
        let amount = charge.text_at("price").and_then(Amount::read);
        lines.push(line(path, if tip { Kind::Tip } else { Kind::Charge }, 0, cells, amount));
    }
    for (path, payment) in each("payments") {
        let cells = [
            cell(&path, "name", payment, Role::Name),
            cell(&path, "ref", payment, Role::Ref),
            cell(&path, "type", payment, Role::Plain),
            cell(&path, "amount", payment, Role::Amount),
        ];
        let amount = payment.text_at("amount").and_then(Amount::read);
        lines.push(Line { section: Section::Payments, ..line(path, Kind::Payment, 0, cells, amount) });
    }
    for (name, value) in order.map_at("customer").iter().filter(|(_, value)| !value.is_nothing()) {
        lines.push(field(&["customer.", name].concat(), name, value, Section::Customer));
    }
    if let Json::Map(fields) = order {
        let rest = fields.iter().filter(|(name, value)| {
            !HEAD.contains(&name.as_str()) && !PARTS.contains(&name.as_str()) && !value.is_nothing()
        });
        lines.extend(rest.map(|(name, value)| field(name, name, value, Section::Rest)));
    }
    lines
}

/// An item, its options and what the customer wrote to it.
fn ordered(lines: &mut Vec<Line>, path: String, item: &Json, depth: u32) {
    let quantity = item.text_at("quantity").map_or(Some(Amount::UNIT), Amount::read);
    let price = item.text_at("price").and_then(Amount::read);
    let cells = [
        cell(&path, "quantity", item, Role::Quantity),
        cell(&path, "product_name", item, Role::Name),
        cell(&path, "sku_name", item, Role::Plain),
        cell(&path, "sku_ref", item, Role::Ref),
        cell(&path, "price", item, Role::Amount),
    ];
    lines.push(line(path.clone(), Kind::Item, depth, cells, times(price, quantity)));
    for (at, option) in item.list_at("options").iter().enumerate() {
        let path = [path.as_str(), &place(".options", at)].concat();
        let own = option.text_at("quantity").map_or(Some(Amount::UNIT), Amount::read);
        let price = option.text_at("price").and_then(Amount::read);
        let cells = [
            cell(&path, "quantity", option, Role::Quantity),
            cell(&path, "option_list_name", option, Role::Plain),
            cell(&path, "name", option, Role::Name),
            cell(&path, "ref", option, Role::Ref),
            cell(&path, "price", option, Role::Amount),
        ];
        lines.push(line(path, Kind::Choice, depth + 1, cells, times(times(price, own), quantity)));
    }
    if let Some(notes) = item.get("customer_notes") {
        let path = [path.as_str(), ".customer_notes"].concat();
        let mut notes = field(&path, "customer_notes", notes, Section::Items);
        notes.told.depth = depth + 1;
        lines.push(notes);
    }
}

fn times(price: Option<Amount>, count: Option<Amount>) -> Option<Amount> {
    price?.times(count?)
}

/// `items[3]`.
fn place(list: &str, at: usize) -> String {
    [list, "[", &at.to_string(), "]"].concat()
}

fn cell(path: &str, name: &str, of: &Json, role: Role) -> Option<SideCell> {
    let text = of.text_at(name)?.to_owned();
    Some(SideCell { path: [path, ".", name].concat(), label: name.to_owned(), text, role })
}

fn line<const COUNT: usize>(
    path: String,
    kind: Kind,
    depth: u32,
    cells: [Option<SideCell>; COUNT],
    amount: Option<Amount>,
) -> Line {
    let told = SideLine { path, depth, cells: cells.into_iter().flatten().collect() };
    Line { told, section: Section::Items, kind, amount }
}

/// One field, whatever it holds.
fn field(path: &str, label: &str, value: &Json, section: Section) -> Line {
    let text = match value {
        Json::Text(text) => text.clone(),
        Json::List(list) => ["[", &list.len().to_string(), "]"].concat(),
        Json::Map(_) | Json::Nothing => "{…}".to_owned(),
    };
    let cell = SideCell { path: path.to_owned(), label: label.to_owned(), text, role: Role::Plain };
    let told = SideLine { path: path.to_owned(), depth: 0, cells: vec![cell] };
    Line { told, section, kind: Kind::Field, amount: None }
}
