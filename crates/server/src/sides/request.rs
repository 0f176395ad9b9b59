//! The lines of the till's request, in its own order; what points at what (`ParentId`) says how deep each hangs. The
//! wrappers `Request` and `EOITransfer` are passed through: callers put them in different places.

use std::collections::HashMap;

use passerelle_wire::{CellRole as Role, Section, SideCell, SideLine};

use super::amount::Amount;
use super::model::{Kind, Line};
use super::xml::Element;

/// Elements that hold the request and mean nothing of themselves.
const WRAPPERS: [&str; 2] = ["Request", "EOITransfer"];

/// Attachments of attachments of… that anybody would draw.
const DEEPEST: u32 = 6;

/// All lines.
pub(super) fn lines(root: &Element) -> Vec<Line> {
    let mut lines = Vec::new();
    within(&mut lines, root);
    lines
}

fn within(lines: &mut Vec<Line>, element: &Element) {
    match element.name.as_str() {
        name if WRAPPERS.contains(&name) => element.children.iter().for_each(|child| within(lines, child)),
        "Transaction" => transaction(lines, element),
        "Member" => each(lines, element, Section::Customer),
        name => lines.push(simple(name.to_owned(), element, Section::Head)),
    }
}

fn transaction(lines: &mut Vec<Line>, transaction: &Element) {
    let mut payments = 0;
    for child in &transaction.children {
        let path = ["Transaction/", &child.name].concat();
        match child.name.as_str() {
            "Items" => items(lines, &path, child),
            "Payment" => {
                payments += 1;
                let path = nth(&path, payments);
                let amount = child.text_of("Tender").and_then(Amount::read);
                let tip = child.text_of("Tip").and_then(Amount::read).unwrap_or_default();
                let told = SideLine { depth: 0, cells: cells(&path, child), path };
                let amount = amount.and_then(|amount| amount.plus(tip));
                lines.push(Line { told, section: Section::Payments, kind: Kind::Payment, amount });
            }
            "CustomRecFooter" => lines.push(simple(path, child, Section::Payments)),
            _ => lines.push(simple(path, child, Section::Head)),
        }
    }
}

fn items(lines: &mut Vec<Line>, path: &str, items: &Element) {
    let first = lines.len();
    let mut ids: Vec<(&str, &str)> = Vec::new();
    for (at, item) in items.children.iter().enumerate() {
        let path = nth(&[path, "/", &item.name].concat(), at + 1);
        let number = |name: &str| item.text_of(name).and_then(Amount::read);
        let amount = number("CostEach").and_then(|cost| cost.times(number("Quantity").unwrap_or(Amount::UNIT)));
        let kind = if item.text_of("CouponNum").is_some() { Kind::Deal } else { Kind::Item };
        let told = SideLine { depth: 0, cells: cells(&path, item), path };
        lines.push(Line { told, section: Section::Items, kind, amount });
        ids.push((item.text_of("ItemId").unwrap_or_default(), item.text_of("ParentId").unwrap_or_default()));
    }
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, (own, _)) in ids.iter().enumerate() {
        places.entry(own).or_insert(at);
    }
    for (at, line) in lines[first..].iter_mut().enumerate() {
        let depth = depth(&ids, &places, at);
        line.told.depth = depth;
        if depth > 0 && line.kind == Kind::Item {
            line.kind = Kind::Choice;
        }
    }
}

/// How many steps lead from an item to one that points at itself, or at nothing.
fn depth(ids: &[(&str, &str)], places: &HashMap<&str, usize>, start: usize) -> u32 {
    let mut at = start;
    for steps in 0..DEEPEST {
        let (own, parent) = ids[at];
        match places.get(parent) {
            Some(&next) if own != parent && !parent.is_empty() => at = next,
            _ => return steps,
        }
    }
    DEEPEST
}

/// Every element of one of the simple kind.
fn each(lines: &mut Vec<Line>, of: &Element, section: Section) {
    for child in &of.children {
        lines.push(simple([of.name.as_str(), "/", &child.name].concat(), child, section));
    }
}

fn simple(path: String, element: &Element, section: Section) -> Line {
    let mut all = cells(&path, element);
    if all.is_empty() {
        let (label, text) = (element.name.clone(), element.text.clone());
        all.push(SideCell { path: path.clone(), label, text, role: role(&element.name, Role::Plain) });
    }
    Line { told: SideLine { path, depth: 0, cells: all }, section, kind: Kind::Field, amount: None }
}

fn cells(path: &str, element: &Element) -> Vec<SideCell> {
    let mut cells = Vec::new();
    for child in &element.children {
        let path = [path, "/", &child.name].concat();
        let (label, text) = (child.name.clone(), child.text.clone());
        cells.push(SideCell { path, label, text, role: role(&child.name, Role::Quiet) });
    }
    // As a person reads it: how many of what, its code, its price; what only the interface needs comes last.
    let order = [Role::Quantity, Role::Name, Role::Ref, Role::Plain, Role::Amount, Role::Quiet];
    let placed = order.into_iter().flat_map(|role| cells.iter().filter(move |cell| cell.role == role));
    placed.cloned().collect()
}

/// What an element tells; one that is not known is of role `other`.
fn role(name: &str, other: Role) -> Role {
    match name {
        "Quantity" => Role::Quantity,
        "Description" => Role::Name,
        "ProdNum" | "CouponNum" | "MethodNumber" | "SaleTypeNum" | "ComboItemId" => Role::Ref,
        "CostEach" | "Tender" | "Tip" => Role::Amount,
        "ItemId" | "ParentId" | "PriceApplied" | "AuthType" | "ForcedAnswer" => Role::Quiet,
        _ => other,
    }
}

/// `Transaction/Payment[2]`; places count from 1, and the first is not called so.
fn nth(path: &str, place: usize) -> String {
    match place {
        1 => path.to_owned(),
        _ => [path, "[", &place.to_string(), "]"].concat(),
    }
}
