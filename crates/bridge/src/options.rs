//! Options: each an item of its own that points at what it belongs to. Owns which lists are forced answers.

use std::sync::Arc;

use passerelle_hubrise::order::{Item, OrderOption};
use passerelle_pixelpoint::Number;
use rust_decimal::Decimal;

use crate::draft::{self, Draft, Line, Sources, field_of, place};
use crate::note::NoteCode;
use crate::origins::{Came, Source};
use crate::provenance::Reason;

/// Lists whose options PixelPoint takes as forced answers (HubRise, *Push orders*).
const FORCED: &[&str] = &["Topping", "Toppings", "Ingredients", INGREDIENT_REMOVED];
/// The one of them whose options say by their own names that something is left out.
const INGREDIENT_REMOVED: &str = "Ingredient removed";
/// What stands before the name of an option that is to be left out of the dish, in any other list: sent bare, it would be
/// read as wanted. How PixelPoint itself says so is unknown.
const REMOVED: &str = "- ";

/// An option that can be sent.
#[derive(Debug)]
pub(crate) struct Chosen {
    /// Its path in the order.
    pub(crate) part: Arc<str>,
    reference: String,
    description: String,
    named: bool,
    price: Decimal,
    /// With one of its item.
    quantity: Decimal,
    forced: bool,
}

/// How much of its item an option is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Share {
    /// All of it.
    Whole,
    /// A half: half the quantity, at twice the price, so that the amount stays what HubRise says.
    Half,
}

/// The options of an item that can be sent, in their order; what becomes of the others is told.
pub(crate) fn chosen<'a>(item: &'a Item, part: &str, draft: &mut Draft) -> Vec<(&'a OrderOption, Chosen)> {
    let mut chosen = Vec::with_capacity(item.options.len());
    let list = field_of(part, "options");
    for option in &item.options {
        let part: Arc<str> = place(&list, option.index).into();
        if option.deleted {
            draft.ignored(&part, Reason::Deleted);
        } else if let Some(one) = choose(option, part, draft) {
            chosen.push((option, one));
        }
    }
    chosen
}

fn choose(option: &OrderOption, part: Arc<str>, draft: &mut Draft) -> Option<Chosen> {
    let name = draft.name(&part, "name", option.name.as_deref());
    let Some(reference) = draft.reference(&part, "ref", option.reference.as_deref(), &name) else {
        draft.note(NoteCode::OptionSkipped, &part, &name);
        draft.skipped(&part, Reason::NoRef);
        return None;
    };
    let price = draft.amount(&part, "price", &option.price, &name);
    let quantity = draft.quantity(&part, &option.quantity, &name);
    let (Some(price), Some(quantity)) = (price, quantity) else {
        draft.skipped(&part, Reason::Unreadable);
        return None;
    };
    if quantity.is_zero() {
        draft.ignored(&part, Reason::Nothing);
        return None;
    }
    let list = option.option_list_name.as_deref().map_or("", str::trim);
    let left_out = option.removed && list != INGREDIENT_REMOVED;
    let named = !name.is_empty();
    let mut description = if named { name } else { reference.clone() };
    if left_out {
        description.insert_str(0, REMOVED);
    }
    let forced = option.removed || FORCED.contains(&list);
    Some(Chosen { part, reference, description, named, price, quantity, forced })
}

impl Chosen {
    /// Calls it a forced answer, whatever its list.
    pub(crate) fn forced(self) -> Chosen {
        Chosen { forced: true, ..self }
    }

    /// Writes it as what belongs to `parent`, in an item of which there are `of`, and answers its id.
    pub(crate) fn attach(&self, parent: u32, of: Decimal, item: &Arc<str>, share: Share, draft: &mut Draft) -> u32 {
        let whole = of * self.quantity;
        let (cost_each, quantity) = match share {
            Share::Whole => (self.price, whole),
            Share::Half => (self.price * Decimal::TWO, whole * HALF),
        };
        let field = |name| Source::field(&self.part, name);
        let from = Sources {
            number: Came::From(field("ref")),
            description: Came::From(field(if self.named { "name" } else { "ref" })),
            cost_each: Came::From(field("price")),
            quantity: Came::FromBoth(field("quantity"), Source::field(item, "quantity")),
            combo_item_id: Came::FromNowhere,
        };
        let line = Line {
            parent: Some(parent),
            number: Some(Number::Product(self.reference.clone())),
            description: self.description.clone(),
            cost_each,
            quantity,
            combo_item_id: None,
            forced_answer: self.forced,
        };
        let id = draft.add(line, &self.part, from);
        if self.forced {
            draft.origin(draft::item(id, "ForcedAnswer"), Came::From(field("option_list_name")));
        }
        id
    }
}

/// One half.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
