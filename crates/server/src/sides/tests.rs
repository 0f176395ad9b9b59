//! What the bridge's own golden orders look like beside their requests.
#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeSet;

use passerelle_bridge::Became;
use passerelle_wire as wire;
use passerelle_wire::{Cause, CellRole, FateReason, Note, NoteCode, Point, Section, Side, Sum, TicketLine};

use super::amount::Amount;
use super::golden::{fate, golden, model, names, origin, shown, told};
use super::links::{Places, first_unnamed};
use super::model::{Line, Model, Row, Via, number};
use super::totals::{Total, totals};
use super::{Failure, Told, lay_out, pointer, ticket};

/// Rows as a person would copy them down.
fn written(model: &Model, section: Section) -> Vec<String> {
    let half = |line: &Line| {
        let cells = line.told.cells.iter().filter(|cell| cell.role != CellRole::Quiet).map(|cell| cell.text.as_str());
        ["  ".repeat(line.depth()), cells.collect::<Vec<_>>().join(" ")].concat()
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
            let (of, lines): (fn(&Row) -> Option<usize>, _) = match side {
                Side::Order => (|row| row.left, &model.left),
                Side::Request => (|row| row.right, &model.right),
            };
            let shown: Vec<usize> = model.rows.iter().filter_map(of).collect();
            let all: BTreeSet<usize> = shown.iter().copied().collect();
            assert_eq!(shown.len(), lines.len(), "{name}");
            assert_eq!(all.len(), shown.len(), "{name}");
        }
    }
}

#[test]
fn every_provenance_lights_up_both_ways() {
    for name in names() {
        let (model, told) = golden(&name);
        let sides = shown(&name);
        let (left, right) = (Places::of(Side::Order, &model.left), Places::of(Side::Request, &model.right));
        for origin in &told.origins {
            let node = right.find(&first_unnamed(&origin.node)).unwrap();
            for path in &origin.from {
                let Some(part) = left.find(path) else { continue };
                assert!(sides.counterparts(part).contains(&node), "{name}: {path} lights {}", origin.node);
                assert!(sides.counterparts(node).contains(&part), "{name}: {} lights {path}", origin.node);
            }
        }
    }
}

#[test]
fn a_price_made_of_several_lights_all_of_them() {
    let sides = shown("everything");
    let coupon = sides.right.iter().position(|line| line.path == "Transaction/Items/Item").unwrap();
    let cost = sides.right[coupon].cells.iter().position(|cell| cell.label == "CostEach");
    let lit = sides.counterparts(Point { side: Side::Request, line: number(coupon), cell: cost.map(number) });
    let paths: Vec<&str> = lit.iter().map(|point| sides.cell(*point).unwrap().path.as_str()).collect();
    assert_eq!(paths, ["items[0].quantity", "items[0].price", "items[1].quantity", "items[1].price"]);
}

#[test]
fn totals_agree_wherever_the_bridge_noted_no_difference() {
    for name in names() {
        let (model, told) = golden(&name);
        let lost = told.fates.iter().any(|fate| matches!(fate.became, Became::Skipped { .. }));
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
    let difference = |of| totals(&model).into_iter().find(|total| total.of == of).and_then(Total::difference);
    assert_eq!(difference(Sum::Items).map(Amount::money).as_deref(), Some("-3.00"));
    assert_eq!(difference(Sum::Total).map(Amount::money).as_deref(), Some("-3.00"));
    for of in [Sum::Discounts, Sum::Charges, Sum::Tips, Sum::Paid] {
        assert_eq!(difference(of), None, "{of:?}");
    }
}

#[test]
fn the_ticket_reads_as_a_kitchen_speaks() {
    let said = |name: &str| -> Vec<String> {
        let write = |line: TicketLine| format!("{}{} {}", "  ".repeat(line.depth as usize), line.count, line.name);
        ticket::lines(&golden(name).0).into_iter().map(write).collect()
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
        let failure = Failure { cause: Some(cause), detail: Some(detail.to_owned()) };
        pointer::spot(&failure, &model).and_then(|point| pointer::name(&model, point))
    };
    let said = |number: &str| format!("Order Rejected. Reason: Product {number} does not exist");
    assert_eq!(about(Cause::UnknownProduct, &said("101")).as_deref(), Some("Margherita · 101"));
    assert_eq!(about(Cause::TillRefused, "Coupon 45 is not valid today.").as_deref(), Some("Welcome · 45"));
    assert_eq!(about(Cause::UnknownProduct, &said("734003598")), None);
    assert_eq!(about(Cause::WrongToken, "Access Token Denied").as_deref(), Some("EOIAuthenticationToken"));
    assert_eq!(about(Cause::NoAnswer, &said("101")), None);
    let (nothing, _) = golden("nothing_to_send");
    let failure = Failure { cause: Some(Cause::NothingToSend), detail: None };
    assert!(pointer::spot(&failure, &nothing).is_some_and(|point| point.side == Side::Order));
}

#[test]
fn an_order_of_a_thousand_items_is_laid_out_at_once() {
    let item = |at: usize| {
        let options = (0..4).map(|option| format!(r#"{{"name":"o","ref":"{option}","price":"1.00 EUR"}}"#));
        format!(
            r#"{{"product_name":"p{at}","sku_ref":"{at}","price":"3.00 EUR","quantity":"1","options":[{}]}}"#,
            options.collect::<Vec<_>>().join(",")
        )
    };
    let order = format!(r#"{{"items":[{}]}}"#, (0..1_000).map(item).collect::<Vec<_>>().join(","));
    let node =
        |at: usize| format!("<Item><ProdNum>{at}</ProdNum><CostEach>3.00</CostEach><ItemId>{at}</ItemId></Item>");
    let request = format!(
        "<Request><Transaction><Items>{}</Items></Transaction></Request>",
        (0..1_000).map(node).collect::<String>()
    );
    let fates = (0..1_000).map(|at| fate(&format!("items[{at}]: sent as Transaction/Items/Item[{}]", at + 1)));
    let origins =
        (0..1_000).map(|at| origin(&format!("Transaction/Items/Item[{}]/ProdNum <- items[{at}].sku_ref", at + 1)));
    let told = Told {
        order: Some(order),
        request: Some(request),
        total: None,
        was_sent: true,
        exact: true,
        origins: origins.collect(),
        fates: fates.collect(),
    };
    let model = model(&told);
    assert_eq!((model.left.len(), model.right.len(), model.rows.len()), (5_000, 1_000, 5_000));
    assert_eq!(model.rows.iter().filter(|row| row.via == Via::Sent).count(), 1_000);
}

#[test]
fn what_the_app_is_told_is_what_was_laid_out() {
    let failure = Failure {
        cause: Some(Cause::UnknownProduct),
        detail: Some("Order Rejected. Reason: Product 101 does not exist".to_owned()),
    };
    let note =
        |path: &str| Note { code: NoteCode::ItemSkipped, path: path.to_owned(), name: String::new(), other: None };
    let notes = ["", "items[3]", "items[3].sku_ref", "items[3]", "discounts[0].nowhere", "nowhere"].map(note);
    let sides = lay_out(&told("everything"), &failure, &notes);

    let skipped = sides.rows.iter().find(|row| row.via == wire::Via::Skipped).unwrap();
    assert_eq!((skipped.reason, skipped.into, skipped.right), (Some(FateReason::NoRef), None, None));
    let merged = sides.rows.iter().find(|row| row.via == wire::Via::Merged && row.into.is_some()).unwrap();
    assert_eq!((merged.reason, sides.left[merged.left.unwrap() as usize].name()), (None, "Tip"));
    let total = |of| sides.totals.iter().find(|total| total.of == of).unwrap();
    assert_eq!(total(Sum::Items).difference.as_deref(), Some("-3.00 EUR"));
    assert_eq!((&total(Sum::Tips).left, &total(Sum::Tips).difference), (&Some("1.00 EUR".to_owned()), &None));
    assert_eq!((sides.pays.as_deref(), sides.paid, sides.has_request), (None, true, true));

    let about = sides.about.as_ref().unwrap();
    assert_eq!(about.what, "Margherita · 101");
    assert_eq!(sides.cell(about.point()).unwrap().text, "101");
    let noted: Vec<(&str, Option<&str>)> = sides
        .noted
        .iter()
        .map(|spot| (spot.what.as_str(), sides.line(spot.point()).map(|line| line.path.as_str())))
        .collect();
    assert_eq!(
        noted,
        [
            ("discounts[0].nowhere", Some("discounts[0]")),
            ("items[3]", Some("items[3]")),
            ("items[3].sku_ref", Some("items[3]"))
        ]
    );
}

#[test]
fn an_order_that_is_paid_at_the_door_says_how() {
    let sides = shown("payment_at_the_door");
    assert!(!sides.paid && sides.pays.is_some_and(|how| !how.is_empty()));
    let nothing = shown("nothing_to_send");
    assert_eq!((nothing.has_request, nothing.pays, nothing.paid, nothing.totals.len()), (false, None, false, 0));
}
