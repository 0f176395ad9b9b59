//! Deals, and the order in which items are written: a deal's coupon comes first, its items right behind it.
//!
//! A deal is sent in one of three ways: as a coupon whose items keep their prices (it costs nothing itself), as a coupon
//! that takes their prices over, or, the legacy way, as a mark on each of its items.

use std::collections::BTreeMap;
use std::sync::Arc;

use passerelle_hubrise::order::{Item, Order};
use passerelle_pixelpoint::Number;
use rust_decimal::Decimal;

use crate::configuration::Deals;
use crate::draft::{Draft, Line, Sources, field_of, item_node};
use crate::items::{self, Manner, Ordered};
use crate::note::NoteCode;
use crate::origins::{Came, Source};
use crate::provenance::Reason;

/// A deal's ref that begins so is a coupon's, with the rest as its number (HubRise, *Map ref codes*).
pub(crate) const COUPON: &str = "COUPON-";

/// Writes every item that can be sent, the deals among them.
pub(crate) fn write(order: &Order, deals: &Deals, draft: &mut Draft) {
    let mut plans: Vec<Plan<'_>> = Vec::new();
    let mut by_key: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &order.items {
        let Some(ordered) = items::ordered(item, draft) else { continue };
        match deal_of(item, order, &ordered.part, draft) {
            None => plans.push(Plan { deal: None, items: vec![ordered] }),
            Some(key) => match by_key.get(key) {
                Some(&place) => plans[place].items.push(ordered),
                None => {
                    by_key.insert(key, plans.len());
                    plans.push(Plan { deal: Some(key), items: vec![ordered] });
                }
            },
        }
    }
    for plan in &plans {
        match plan.deal {
            None => plan.items.iter().for_each(|item| item.write(Manner::default(), draft)),
            Some(key) => write_deal(order, key, &plan.items, deals, draft),
        }
    }
    for key in order.deals.keys().filter(|key| !by_key.contains_key(key.as_str())) {
        draft.ignored(&part_of(key), Reason::NoItems);
    }
}

/// What is written together, at the place of its first item.
#[derive(Debug)]
struct Plan<'a> {
    deal: Option<&'a str>,
    items: Vec<Ordered>,
}

/// The key of the deal an item belongs to.
fn deal_of<'a>(item: &'a Item, order: &Order, part: &str, draft: &mut Draft) -> Option<&'a str> {
    let line = item.deal_line.as_ref()?;
    if order.deals.contains_key(&line.deal_key) {
        return Some(&line.deal_key);
    }
    draft.ignored(&field_of(part, "deal_line"), Reason::NoSuchDeal);
    None
}

fn part_of(key: &str) -> Arc<str> {
    field_of("deals", key).into()
}

fn write_deal(order: &Order, key: &str, items: &[Ordered], deals: &Deals, draft: &mut Draft) {
    let part = part_of(key);
    let (given_name, given_ref) =
        order.deals.get(key).map_or((None, None), |deal| (deal.name.as_deref(), deal.reference.as_deref()));
    let name = draft.name(&part, "name", given_name);
    let reference = given_ref.map(|reference| draft.text(&part, "ref", reference)).unwrap_or_default();
    let coupon = reference.strip_prefix(COUPON);
    let code = coupon.unwrap_or(&reference);
    if code.is_empty() {
        draft.note(NoteCode::DealSkipped, &part, &name);
        draft.skipped(&part, Reason::NoRef);
        items.iter().for_each(|item| item.write(Manner::default(), draft));
        return;
    }
    draft.note_unless_number(&part, "ref", code, &name);
    if deals.refs_as_combo_ids && coupon.is_none() {
        let manner = Manner { combo: Some((code, &part)), ..Manner::default() };
        let first = item_node(draft.next_id());
        items.iter().for_each(|item| item.write(manner, draft));
        draft.merged(&part, first + "/ComboItemId");
        return;
    }
    let number = match coupon {
        Some(code) => Number::Coupon(code.to_owned()),
        None => Number::Product(code.to_owned()),
    };
    let (cost_each, cost_from) = if deals.aggregate_prices { sum(items) } else { (Decimal::ZERO, Came::FromNowhere) };
    let (description, described_by) = if name.is_empty() { (code, "ref") } else { (name.as_str(), "name") };
    let line = Line {
        parent: None,
        number: Some(number),
        description: description.to_owned(),
        cost_each,
        quantity: Decimal::ONE,
        combo_item_id: None,
        forced_answer: false,
    };
    let from = Sources {
        number: Came::From(Source::field(&part, "ref")),
        description: Came::From(Source::field(&part, described_by)),
        cost_each: cost_from,
        ..Sources::default()
    };
    let id = draft.add(line, &part, from);
    draft.sent(&part, item_node(id));
    let manner = Manner { coupon: Some(id), price_moved: deals.aggregate_prices, combo: None };
    items.iter().for_each(|item| item.write(manner, draft));
}

/// What the items of a deal cost together, without their options, which stay what they are: extras.
fn sum(items: &[Ordered]) -> (Decimal, Came) {
    let cost = items.iter().map(|item| item.price * item.quantity).sum();
    let field = |item: &Ordered, name| Source::field(&item.part, name);
    let from = items.iter().flat_map(|item| [field(item, "price"), field(item, "quantity")]).collect();
    (cost, Came::FromMany(from))
}
