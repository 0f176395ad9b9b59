//! Half and half: a parent that is only described, what is on the whole of it, and two halves with what is on each.
//!
//! HubRise knows them by reserved option lists; everything else about them is an item like any other.

use std::sync::Arc;

use passerelle_hubrise::order::{Item, OrderOption};
use rust_decimal::Decimal;

use crate::draft::{Draft, item_node};
use crate::options::{Chosen, Share};

/// What PixelPoint calls the parent (HubRise, *Understanding logs*).
pub(crate) const DESCRIPTION: &str = "Half half";

/// The lists whose options are the halves.
const SIDES: [&str; 2] = ["Side 1", "Side 2"];
/// The lists whose options are on one half.
const TOPPINGS: [&str; 2] = ["Toppings 1", "Toppings 2"];

/// A half of quantity 0.5 is only true of one dish: so many are written one by one. More of them, or parts of one, are
/// written once, with their quantity.
const ONE_BY_ONE: u32 = 20;

/// What an item's options are, by where they belong.
#[derive(Debug, Default)]
pub(crate) struct Halves {
    whole: Vec<Chosen>,
    sides: [Vec<Chosen>; 2],
    toppings: [Vec<Chosen>; 2],
}

impl Halves {
    /// The halves of an item; its options back when it has none.
    pub(crate) fn of(options: Vec<(&OrderOption, Chosen)>) -> Result<Halves, Vec<Chosen>> {
        if !options.iter().any(|(option, _)| SIDES.contains(&list(option))) {
            return Err(options.into_iter().map(|(_, chosen)| chosen).collect());
        }
        let mut halves = Halves::default();
        for (option, chosen) in options {
            let list = list(option);
            if let Some(side) = SIDES.iter().position(|name| *name == list) {
                halves.sides[side].push(chosen);
            } else if let Some(side) = TOPPINGS.iter().position(|name| *name == list) {
                halves.toppings[side].push(chosen.forced());
            } else {
                halves.whole.push(chosen);
            }
        }
        Ok(halves)
    }

    /// Writes what belongs to the parent. A topping whose half was not sent is on the parent: better there than lost.
    pub(crate) fn attach(&self, parent: u32, of: Decimal, item: &Arc<str>, first: bool, draft: &mut Draft) {
        let mut write = |chosen: &Chosen, parent, share| {
            let id = chosen.attach(parent, of, item, share, draft);
            if first {
                draft.sent(&chosen.part, item_node(id));
            }
            id
        };
        for chosen in &self.whole {
            write(chosen, parent, Share::Whole);
        }
        for (sides, toppings) in self.sides.iter().zip(&self.toppings) {
            let mut half = parent;
            for (place, side) in sides.iter().enumerate() {
                let id = write(side, parent, Share::Half);
                if place == 0 {
                    half = id;
                }
            }
            for topping in toppings {
                write(topping, half, Share::Half);
            }
        }
    }
}

/// How often, and with which quantity each, a half and half of this quantity is written.
pub(crate) fn repeated(quantity: Decimal) -> (u32, Decimal) {
    match u32::try_from(quantity) {
        Ok(count) if count <= ONE_BY_ONE && Decimal::from(count) == quantity => (count, Decimal::ONE),
        _ => (1, quantity),
    }
}

/// Whether an item is a half and half: it has a half that can be sent.
pub(crate) fn has_halves(item: &Item) -> bool {
    item.options.iter().any(|option| !option.deleted && option.reference.is_some() && SIDES.contains(&list(option)))
}

fn list(option: &OrderOption) -> &str {
    option.option_list_name.as_deref().map_or("", str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_dishes_are_written_one_by_one() {
        for (quantity, expect) in
            [("1", (1, "1")), ("2.0", (2, "1")), ("20", (20, "1")), ("21", (1, "21")), ("1.5", (1, "1.5"))]
        {
            let quantity = Decimal::from_str_exact(quantity).unwrap_or_default();
            let (count, each) = repeated(quantity);
            assert_eq!((count, each.to_string().as_str()), expect);
        }
    }
}
