#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use std::{collections::BTreeSet, fs, path::Path};

use passerelle_wire::{Became, Cause, Fate, OperationLine, OperationState, Origin};
use serde_json::Value;

use super::{
    totals::{Sum, totals},
    *,
};
use crate::logic::{
    operation::tests::line,
    pointer,
    ticket::{Entry, entries},
};

/// What the bridge's own tests hold true: an order, its request, and what became of what.
fn golden(name: &str) -> (Model, Sides) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/bridge/tests/golden").join(name);
    let text = |file: &str| fs::read_to_string(folder.join(file)).unwrap_or_default();
    let told: Value = serde_json::from_str(&text("notes.json")).unwrap();
    let lines = |key: &str| -> Vec<String> {
        let all = told[key].as_array().into_iter().flatten();
        all.map(|line| line.as_str().unwrap().to_owned()).collect()
    };
    let order = text("order.json");
    let request = text("request.xml");
    let sides = Sides {
        order: Some(order.clone()),
        request: Some(request.clone()),
        was_sent: true,
        exact: true,
        origins: lines("origins").iter().map(|line| origin(line)).collect(),
        fates: lines("fates").iter().map(|line| fate(line)).collect(),
        notes: Vec::new(),
    };
    let order = serde_json::from_str(&order).map(json).unwrap();
    let request = (!request.is_empty()).then(|| xml(&request));
    (Model::of(Some(&order), request.as_ref(), &sides), sides)
}

fn names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/bridge/tests/golden");
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    all.filter(|name| name != "texts_long").collect()
}

fn origin(line: &str) -> Origin {
    let (node, from) = line.split_once(" <- ").unwrap();
    let from = from.split(", ").filter(|path| !path.is_empty()).map(str::to_owned).collect();
    Origin { node: node.to_owned(), from }
}

fn fate(line: &str) -> Fate {
    let (part, rest) = line.split_once(": ").unwrap();
    let word = |text: &str| serde_json::from_value(Value::String(text.to_owned())).unwrap();
    let (became, node, reason) = match rest.split_once(' ') {
        Some(("sent", node)) => (Became::Sent, node.strip_prefix("as "), None),
        Some(("merged", node)) => (Became::Merged, node.strip_prefix("into "), None),
        Some(("skipped:", reason)) => (Became::Skipped, None, Some(word(reason))),
        Some(("ignored:", reason)) => (Became::Ignored, None, Some(word(reason))),
        other => panic!("{other:?}"),
    };
    Fate { part: part.to_owned(), became, node: node.map(str::to_owned), reason }
}

fn json(value: Value) -> Json {
    match value {
        Value::Null => Json::Nothing,
        Value::String(text) => Json::Text(text),
        Value::Array(list) => Json::List(list.into_iter().map(json).collect()),
        Value::Object(map) => Json::Map(map.into_iter().map(|(name, value)| (name, json(value))).collect()),
        other => Json::Text(other.to_string()),
    }
}

/// The golden requests: elements and texts, nothing else.
fn xml(text: &str) -> Element {
    let mut stack = vec![Element { name: String::new(), text: String::new(), children: Vec::new() }];
    for piece in text.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').unwrap();
        if tag.starts_with('?') {
            continue;
        }
        if tag.starts_with('/') {
            let done = stack.pop().unwrap();
            stack.last_mut().unwrap().children.push(done);
            continue;
        }
        let name = tag.trim_end_matches('/').to_owned();
        let own = Element { name, text: after.trim().replace("&amp;", "&"), children: Vec::new() };
        match tag.ends_with('/') {
            true => stack.last_mut().unwrap().children.push(own),
            false => stack.push(own),
        }
    }
    stack.pop().unwrap().children.pop().unwrap()
}

/// Rows as a person would copy them down.
fn written(model: &Model, section: Section) -> Vec<String> {
    let half = |line: &Line| {
        let cells = line.cells.iter().filter(|cell| cell.role != Role::Quiet).map(|cell| cell.text.as_str());
        ["  ".repeat(line.depth), cells.collect::<Vec<_>>().join(" ")].concat()
    };
    let rows = model.rows.iter().filter(|row| row.section == section);
    rows.map(|row| {
        let left = row.left.map(|line| half(&model.left[line])).unwrap_or_default();
        let right = row.right.map(|line| half(&model.right[line])).unwrap_or_default();
        format!("{left} | {:?} | {right}", row.via)
    })
    .collect()
}

#[test]
fn what_was_sent_stands_beside_what_it_became_and_what_was_not_where_it_belongs() {
    let (model, _) = golden("everything");
    assert_eq!(
        written(&model, Section::Items),
        [
            "Duo COUPON-8 | Sent | 1 Duo 8 15.00",
            "  1.0 Half and half 100 10.00 EUR | Sent |   1 Half half 0.00",
            "    1 Side 1 Margherita 111 0.00 EUR | Sent |     0.5 Margherita 111 0.00",
            "    1 Toppings 1 Olives 62 1.00 EUR | Sent |       0.5 Olives 62 2.00",
            "    1 Side 2 Regina 112 1.50 EUR | Sent |     0.5 Regina 112 3.00",
            "  2 Cola 301 2.50 EUR | Sent |   2 Cola 301 0.00",
            "1.0 Margherita 101 9.00 EUR | Sent | 1 Margherita 101 9.00",
            "  1 Ingredients Onion 63 0.00 EUR | Sent |   1 - Onion 63 0.00",
            "1.0 Secret 3.00 EUR | Skipped(NoRef) | ",
            "Delivery 46 2.50 EUR | Sent | 1 Delivery 46 2.50",
            "Tip 1.00 EUR | Merged(14) | ",
            "Welcome 2.00 EUR | Sent | 1 Welcome 45 -2.00",
        ]
    );
    assert_eq!(
        written(&model, Section::Payments),
        ["Voucher 21 online 10.00 EUR | Sent | 21 9.00 1.00", "Uber Eats 20 online 22.00 EUR | Sent | 20 22.00"]
    );
    // Prices that moved to the coupon are told by where they came from: nothing differs.
    assert_eq!(model.rows.iter().filter(|row| row.differs).count(), 0);
}

#[test]
fn nothing_of_any_order_or_request_is_lost_or_shown_twice() {
    for name in names() {
        let (model, _) = golden(&name);
        for side in [Side::Order, Side::Request] {
            let of = |row: &Row| if side == Side::Order { row.left } else { row.right };
            let shown: Vec<usize> = model.rows.iter().filter_map(of).collect();
            let all: BTreeSet<usize> = shown.iter().copied().collect();
            assert_eq!(shown.len(), model.lines(side).len(), "{name}");
            assert_eq!(all.len(), shown.len(), "{name}");
        }
    }
}

#[test]
fn every_provenance_lights_up_both_ways() {
    for name in names() {
        let (model, told) = golden(&name);
        let (left, right) =
            (links::Places::of(Side::Order, &model.left), links::Places::of(Side::Request, &model.right));
        for origin in &told.origins {
            let node = right.find(&links::first_unnamed(&origin.node)).unwrap();
            for path in &origin.from {
                let Some(part) = left.find(path) else { continue };
                assert!(model.counterparts(part).contains(&node), "{name}: {path} lights {}", origin.node);
                assert!(model.counterparts(node).contains(&part), "{name}: {} lights {path}", origin.node);
            }
        }
    }
}

#[test]
fn a_price_made_of_several_lights_all_of_them() {
    let (model, _) = golden("everything");
    let coupon = model.right.iter().position(|line| line.path == "Transaction/Items/Item").unwrap();
    let cost = model.right[coupon].cells.iter().position(|cell| cell.label == "CostEach");
    let lit = model.counterparts(Point { side: Side::Request, line: coupon, cell: cost });
    let paths: Vec<&str> = lit.iter().map(|point| model.cell(*point).unwrap().path.as_str()).collect();
    assert_eq!(paths, ["items[0].quantity", "items[0].price", "items[1].quantity", "items[1].price"]);
}

#[test]
fn totals_agree_wherever_the_bridge_noted_no_difference() {
    for name in names() {
        let (model, told) = golden(&name);
        let lost = told.fates.iter().any(|fate| fate.became == Became::Skipped);
        let total = totals(&model).into_iter().find(|total| total.of == Sum::Total);
        let Some(total) = total.filter(|total| total.left.is_some() && !lost) else { continue };
        let rounding = Amount::read("0.05").unwrap();
        let difference = total.difference().unwrap_or_default();
        let odd = ["item_by_weight_too_far", "tip_unpaid", "currencies"];
        assert!(difference.size() <= rounding || odd.contains(&name.as_str()), "{name}: {}", difference.money());
    }
}

#[test]
fn what_was_left_out_is_what_the_totals_lack() {
    let (model, _) = golden("everything");
    let difference = |of| totals(&model).into_iter().find(|total| total.of == of).and_then(totals::Total::difference);
    assert_eq!(difference(Sum::Items).map(Amount::money).as_deref(), Some("-3.00"));
    assert_eq!(difference(Sum::Total).map(Amount::money).as_deref(), Some("-3.00"));
    for of in [Sum::Discounts, Sum::Charges, Sum::Tips, Sum::Paid] {
        assert_eq!(difference(of), None, "{of:?}");
    }
}

#[test]
fn the_ticket_reads_as_a_kitchen_speaks() {
    let said = |name: &str| -> Vec<String> {
        let write = |entry: Entry| format!("{}{} {}", "  ".repeat(entry.depth), entry.count, entry.name);
        entries(&golden(name).0).into_iter().map(write).collect()
    };
    assert_eq!(
        said("half_and_half_toppings"),
        ["1 Half half", "   BBQ", "   Ham", "  ½ Margherita", "     Olives", "  ½ Regina", "     Egg"]
    );
    assert_eq!(said("deal"), [" 2 for 1", "   Margherita", "     BBQ", "  2 Regina"]);
    // Nothing was sent: what was ordered, but for what comes to nothing.
    assert_eq!(said("nothing_to_send"), ["1 Secret", " Delivery"]);
}

#[test]
fn a_failure_points_at_what_it_is_about() {
    let (model, _) = golden("everything");
    let about = |cause, detail: &str| {
        let line =
            OperationLine { cause: Some(cause), detail: Some(detail.to_owned()), ..line("a", OperationState::Refused) };
        pointer::spot(&line, &model).and_then(|point| pointer::name(&model, point))
    };
    let said = |number: &str| format!("Order Rejected. Reason: Product {number} does not exist");
    assert_eq!(about(Cause::UnknownProduct, &said("101")).as_deref(), Some("Margherita · 101"));
    assert_eq!(about(Cause::TillRefused, "Coupon 45 is not valid today.").as_deref(), Some("Welcome · 45"));
    assert_eq!(about(Cause::UnknownProduct, &said("734003598")), None);
    assert_eq!(about(Cause::WrongToken, "Access Token Denied").as_deref(), Some("EOIAuthenticationToken"));
    assert_eq!(about(Cause::NoAnswer, &said("101")), None);
    let (nothing, _) = golden("nothing_to_send");
    let line = OperationLine { cause: Some(Cause::NothingToSend), ..line("a", OperationState::Failed) };
    assert!(pointer::spot(&line, &nothing).is_some_and(|point| point.side == Side::Order));
}

#[test]
fn an_order_of_five_hundred_items_is_laid_out_at_once() {
    let item = |at: usize| {
        let options = (0..4).map(|option| format!(r#"{{"name":"o","ref":"{option}","price":"1.00 EUR"}}"#));
        format!(
            r#"{{"product_name":"p{at}","sku_ref":"{at}","price":"3.00 EUR","quantity":"1","options":[{}]}}"#,
            options.collect::<Vec<_>>().join(",")
        )
    };
    let order = format!(r#"{{"items":[{}]}}"#, (0..500).map(item).collect::<Vec<_>>().join(","));
    let node =
        |at: usize| format!("<Item><ProdNum>{at}</ProdNum><CostEach>3.00</CostEach><ItemId>{at}</ItemId></Item>");
    let request = format!(
        "<Request><Transaction><Items>{}</Items></Transaction></Request>",
        (0..500).map(node).collect::<String>()
    );
    let fates = (0..500).map(|at| fate(&format!("items[{at}]: sent as Transaction/Items/Item[{}]", at + 1)));
    let origins =
        (0..500).map(|at| origin(&format!("Transaction/Items/Item[{}]/ProdNum <- items[{at}].sku_ref", at + 1)));
    let told = Sides {
        order: None,
        request: None,
        was_sent: true,
        exact: true,
        origins: origins.collect(),
        fates: fates.collect(),
        notes: Vec::new(),
    };
    let order = json(serde_json::from_str(&order).unwrap());
    let model = Model::of(Some(&order), Some(&xml(&request)), &told);
    assert_eq!((model.left.len(), model.right.len(), model.rows.len()), (2_500, 500, 2_500));
    assert_eq!(model.rows.iter().filter(|row| row.via == Via::Sent).count(), 500);
}
