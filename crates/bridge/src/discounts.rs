//! Discounts: coupons on the whole order. One without a ref takes it by its name, else by default, else it is dropped.

use std::borrow::Cow;
use std::sync::Arc;

use passerelle_hubrise::order::{Discount, Order};
use passerelle_pixelpoint::Number;
use rust_decimal::Decimal;

use crate::configuration::Discounts;
use crate::draft::{Draft, Line, Sources, item_node, place};
use crate::note::NoteCode;
use crate::origins::{Came, Source};
use crate::provenance::Reason;

pub(crate) fn write(order: &Order, discounts: &Discounts, draft: &mut Draft) {
    for discount in &order.discounts {
        let part: Arc<str> = place("discounts", discount.index).into();
        if discount.deleted {
            draft.ignored(&part, Reason::Deleted);
            continue;
        }
        let name = draft.name(&part, "name", discount.name.as_deref());
        let Some(price_off) = draft.amount(&part, "price_off", &discount.price_off, &name) else {
            draft.skipped(&part, Reason::Unreadable);
            continue;
        };
        match reference(discount, discounts, &part, &name, draft) {
            Some((reference, from)) => write_one(reference, from, &part, name, price_off, draft),
            None => {
                draft.note(NoteCode::DiscountSkipped, &part, &name);
                draft.skipped(&part, Reason::NoRef);
            }
        }
    }
}

/// A discount's ref, and where it stands.
fn reference(
    discount: &Discount,
    discounts: &Discounts,
    part: &Arc<str>,
    name: &str,
    draft: &mut Draft,
) -> Option<(String, Came)> {
    if let Some(own) = draft.reference(part, "ref", discount.reference.as_deref(), name) {
        return Some((own, Came::From(Source::field(part, "ref"))));
    }
    let named = by_name(name, discounts);
    let (found, code, from) = match (named, discounts.default_ref.as_deref()) {
        (Some(named), _) => (named, NoteCode::DiscountByName, Came::From(Source::field(part, "name"))),
        (None, Some(default)) => (default, NoteCode::DiscountByDefault, Came::FromNowhere),
        (None, None) => return None,
    };
    let (found, _) = crate::text::clean(found);
    if found.is_empty() {
        return None;
    }
    draft.note_with(code, part, name, &found);
    draft.note_unless_number(part, "ref", &found, name);
    Some((found.into_owned(), from))
}

/// The till's ref of a name: exactly that name, else one that differs in blanks and capitals alone.
fn by_name<'a>(name: &str, discounts: &'a Discounts) -> Option<&'a str> {
    if name.is_empty() {
        return None;
    }
    discounts.by_name.get(name).map(String::as_str).or_else(|| {
        let wanted = folded(name);
        discounts.by_name.iter().find(|(known, _)| folded(known) == wanted).map(|(_, reference)| reference.as_str())
    })
}

fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn write_one(reference: String, from: Came, part: &Arc<str>, name: String, price_off: Decimal, draft: &mut Draft) {
    let (description, described_by) = match name.is_empty() {
        true => (Cow::Borrowed(&reference), from.clone()),
        false => (Cow::Owned(name), Came::From(Source::field(part, "name"))),
    };
    let from = Sources {
        number: from,
        description: described_by,
        cost_each: Came::From(Source::field(part, "price_off")),
        ..Sources::default()
    };
    let line = Line {
        parent: None,
        description: description.into_owned(),
        number: Some(Number::Coupon(reference)),
        // What is taken off is negative here; whether the sign is written is the dialect's. Nothing has no sign.
        cost_each: if price_off.is_zero() { price_off } else { -price_off },
        quantity: Decimal::ONE,
        combo_item_id: None,
        forced_answer: false,
    };
    let id = draft.add(line, part, from);
    draft.sent(part, item_node(id));
}
