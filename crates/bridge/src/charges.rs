//! Charges: plain items, with the name and price of the charge. Tips are none of them: they go with a payment.

use std::sync::Arc;

use passerelle_hubrise::order::{Charge, Order};
use passerelle_pixelpoint::Number;
use rust_decimal::Decimal;

use crate::draft::{Draft, Line, Sources, item_node, place};
use crate::note::NoteCode;
use crate::origins::{Came, Source};
use crate::provenance::Reason;

/// The type of a charge that is a tip.
const TIP: &str = "tip";
/// The names of a tip where no type says so, as newer integrations write none.
const TIP_NAMES: &[&str] = &["tip", "tips", "pourboire"];

/// A tip, to be sent with a payment.
#[derive(Debug)]
pub(crate) struct Tip {
    /// Its path in the order.
    pub(crate) part: Arc<str>,
    /// More than nothing.
    pub(crate) amount: Decimal,
}

/// Writes every charge that can be sent, and answers the tips among them.
pub(crate) fn write(order: &Order, draft: &mut Draft) -> Vec<Tip> {
    let mut tips = Vec::new();
    for charge in &order.charges {
        let part: Arc<str> = place("charges", charge.index).into();
        if charge.deleted {
            draft.ignored(&part, Reason::Deleted);
            continue;
        }
        let name = draft.name(&part, "name", charge.name.as_deref());
        let Some(price) = draft.amount(&part, "price", &charge.price, &name) else {
            draft.skipped(&part, Reason::Unreadable);
            continue;
        };
        if !is_tip(charge) {
            write_one(charge, &part, name, price, draft);
        } else if price > Decimal::ZERO {
            tips.push(Tip { part, amount: price });
        } else {
            draft.ignored(&part, Reason::Nothing);
        }
    }
    tips
}

fn write_one(charge: &Charge, part: &Arc<str>, name: String, price: Decimal, draft: &mut Draft) {
    let Some(reference) = draft.reference(part, "ref", charge.reference.as_deref(), &name) else {
        draft.note(NoteCode::ChargeSkipped, part, &name);
        draft.skipped(part, Reason::NoRef);
        return;
    };
    let described_by = if name.is_empty() { "ref" } else { "name" };
    let from = Sources {
        number: Came::From(Source::field(part, "ref")),
        description: Came::From(Source::field(part, described_by)),
        cost_each: Came::From(Source::field(part, "price")),
        ..Sources::default()
    };
    let line = Line {
        parent: None,
        description: if name.is_empty() { reference.clone() } else { name },
        number: Some(Number::Product(reference)),
        cost_each: price,
        quantity: Decimal::ONE,
        combo_item_id: None,
        forced_answer: false,
    };
    let id = draft.add(line, part, from);
    draft.sent(part, item_node(id));
}

fn is_tip(charge: &Charge) -> bool {
    let named = |name: &String| TIP_NAMES.iter().any(|tip| name.trim().eq_ignore_ascii_case(tip));
    charge.kind.as_deref() == Some(TIP) || charge.name.as_ref().is_some_and(named)
}
