//! Items: each with its ref, HubRise's price and quantity, and its options. Those without a ref are skipped with all theirs.

use std::sync::Arc;

use passerelle_hubrise::order::Item;
use passerelle_pixelpoint::Number;
use rust_decimal::Decimal;

use crate::draft::{Draft, Line, Sources, field_of, item_node, place};
use crate::halves::{self, Halves};
use crate::note::NoteCode;
use crate::options::{self, Chosen, Share};
use crate::origins::{Came, Source};
use crate::provenance::Reason;

/// An item that can be sent.
#[derive(Debug)]
pub(crate) struct Ordered {
    /// Its path in the order.
    pub(crate) part: Arc<str>,
    /// Of one, without options.
    pub(crate) price: Decimal,
    /// How many.
    pub(crate) quantity: Decimal,
    shape: Shape,
}

#[derive(Debug)]
enum Shape {
    /// A product.
    Plain(Plain),
    /// A half and half.
    Halves(Halves),
}

#[derive(Debug)]
struct Plain {
    reference: String,
    /// Empty where the order gives it no name.
    description: String,
    /// The fields `description` is made of.
    described_by: &'static [&'static str],
    options: Vec<Chosen>,
}

/// How an item is written beside what it is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Manner<'a> {
    /// The coupon it belongs to.
    pub(crate) coupon: Option<u32>,
    /// Whether its price has moved to the coupon.
    pub(crate) price_moved: bool,
    /// The deal's ref, and the deal.
    pub(crate) combo: Option<(&'a str, &'a Arc<str>)>,
}

/// The item, if it can be sent; what becomes of it otherwise is told.
pub(crate) fn ordered(item: &Item, draft: &mut Draft) -> Option<Ordered> {
    let part: Arc<str> = place("items", item.index).into();
    if item.deleted {
        draft.ignored(&part, Reason::Deleted);
        return None;
    }
    let (name, described_by) = described(item, &part, draft);
    let price = draft.amount(&part, "price", &item.price, &name);
    let quantity = draft.quantity(&part, &item.quantity, &name);
    let (Some(price), Some(quantity)) = (price, quantity) else {
        draft.skipped(&part, Reason::Unreadable);
        with_options(item, &part, draft);
        return None;
    };
    if quantity.is_zero() {
        draft.ignored(&part, Reason::Nothing);
        return None;
    }
    let halved = halves::has_halves(item);
    let reference = |draft: &mut Draft| draft.reference(&part, "sku_ref", item.sku_ref.as_deref(), &name);
    let found = if halved { None } else { reference(draft) };
    if found.is_none() && !halved {
        draft.note(NoteCode::ItemSkipped, &part, &name);
        draft.skipped(&part, Reason::NoRef);
        with_options(item, &part, draft);
        return None;
    }
    let shape = match Halves::of(options::chosen(item, &part, draft)) {
        Ok(halves) => Shape::Halves(halves),
        // Without halves, or with none whose amounts can be read, it is a product like any other.
        Err(options) => match found.or_else(|| reference(draft)) {
            Some(reference) => Shape::Plain(Plain { reference, description: name, described_by, options }),
            None => {
                draft.note(NoteCode::ItemSkipped, &part, &name);
                draft.skipped(&part, Reason::NoRef);
                options.iter().for_each(|chosen| draft.skipped(&chosen.part, Reason::WithItem));
                return None;
            }
        },
    };
    if let Some(notes) = &item.customer_notes {
        draft.note_lost(&field_of(&part, "customer_notes"), notes);
    }
    Some(Ordered { part, price, quantity, shape })
}

/// An item takes its options with it.
fn with_options(item: &Item, part: &str, draft: &mut Draft) {
    let list = field_of(part, "options");
    for option in &item.options {
        draft.skipped(&place(&list, option.index), Reason::WithItem);
    }
}

/// What an item is called, and which of its fields say so.
fn described(item: &Item, part: &str, draft: &mut Draft) -> (String, &'static [&'static str]) {
    let product = draft.name(part, "product_name", item.product_name.as_deref());
    let sku = draft.name(part, "sku_name", item.sku_name.as_deref());
    match (product.is_empty(), sku.is_empty() || sku == product) {
        (false, true) => (product, &["product_name"]),
        (true, false) => (sku, &["sku_name"]),
        (false, false) => (product + " " + &sku, &["product_name", "sku_name"]),
        (true, true) => (String::new(), &[]),
    }
}

impl Ordered {
    /// Writes it, with its options.
    pub(crate) fn write(&self, manner: Manner<'_>, draft: &mut Draft) {
        match &self.shape {
            Shape::Plain(plain) => self.write_plain(plain, manner, draft),
            Shape::Halves(halves) => self.write_halves(halves, manner, draft),
        }
    }

    fn write_plain(&self, plain: &Plain, manner: Manner<'_>, draft: &mut Draft) {
        let number = Some(Number::Product(plain.reference.clone()));
        let (description, described_by): (_, &[&'static str]) = match plain.described_by {
            [] => (&plain.reference, &["sku_ref"]),
            fields => (&plain.description, fields),
        };
        let id = self.write_line(number, description, described_by, self.quantity, manner, draft);
        draft.sent(&self.part, item_node(id));
        for chosen in &plain.options {
            let attached = chosen.attach(id, self.quantity, &self.part, Share::Whole, draft);
            draft.sent(&chosen.part, item_node(attached));
        }
    }

    fn write_halves(&self, halves: &Halves, manner: Manner<'_>, draft: &mut Draft) {
        let (times, quantity) = halves::repeated(self.quantity);
        for time in 0..times {
            let id = self.write_line(None, halves::DESCRIPTION, &[], quantity, manner, draft);
            if time == 0 {
                draft.sent(&self.part, item_node(id));
            }
            halves.attach(id, quantity, &self.part, time == 0, draft);
        }
    }

    fn write_line(
        &self,
        number: Option<Number>,
        description: &str,
        described_by: &[&'static str],
        quantity: Decimal,
        manner: Manner<'_>,
        draft: &mut Draft,
    ) -> u32 {
        let field = |name| Source::field(&self.part, name);
        let from = Sources {
            number: Came::From(field("sku_ref")),
            description: match described_by {
                [] => Came::FromNowhere,
                [one] => Came::From(field(*one)),
                [one, other] => Came::FromBoth(field(*one), field(*other)),
                many => Came::FromMany(many.iter().map(|name| field(*name)).collect()),
            },
            cost_each: if manner.price_moved { Came::FromNowhere } else { Came::From(field("price")) },
            quantity: Came::From(field("quantity")),
            combo_item_id: manner.combo.map(|(_, deal)| Came::From(Source::field(deal, "ref"))).unwrap_or_default(),
        };
        let line = Line {
            parent: manner.coupon,
            number,
            description: description.to_owned(),
            cost_each: if manner.price_moved { Decimal::ZERO } else { self.price },
            quantity,
            combo_item_id: manner.combo.map(|(reference, _)| reference.to_owned()),
            forced_answer: false,
        };
        draft.add(line, &self.part, from)
    }
}
