//! A till that works by itself: what happens next while it does. Always the same things in the same order, so that a demo
//! that went wrong can be seen again.

use super::product::{Product, Shown};

/// What happens at the till.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happens {
    /// One is sold.
    Sold,
    /// It is counted again after a delivery.
    Restocked,
    /// It is taken off the menu.
    Deactivated,
    /// It is put back.
    Activated,
}

/// Every so many turns something other than a sale happens.
const ODD: u64 = 7;
/// How much there is after a delivery, in thousandths.
pub(super) const DELIVERED: i128 = 12_000;

/// Which product it is the turn of, and what happens to it; nothing where there is nothing to sell.
pub(super) fn next(turn: u64, products: &[Product]) -> Option<(usize, Happens)> {
    let counted: Vec<usize> =
        products.iter().enumerate().filter(|(_, one)| one.managed || !one.available).map(|(at, _)| at).collect();
    // A stride that shares no factor with the usual lengths goes round all of them.
    let step = usize::try_from(turn.wrapping_mul(11)).unwrap_or_default();
    let at = *counted.get(step % counted.len().max(1))?;
    let happens = match products[at].shown() {
        Shown::Inactive => Happens::Activated,
        _ if turn % ODD == ODD - 1 => Happens::Deactivated,
        Shown::Exhausted if products[at].quantity <= -2_000 => Happens::Restocked,
        Shown::InStock | Shown::Exhausted | Shown::Unmanaged => Happens::Sold,
    };
    Some((at, happens))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::inventory::Ref;

    #[test]
    fn a_shift_sells_restocks_and_takes_off_the_menu_all_there_is() {
        let product = |name: &str| Product {
            key: Ref::Sku(name.to_owned()),
            name: name.to_owned(),
            category: String::new(),
            price: String::new(),
            managed: true,
            quantity: 1_000,
            available: true,
            expires_at: None,
        };
        let mut products: Vec<_> = ["a", "b", "c", "d"].map(product).into();
        let mut seen = Vec::new();
        let mut touched = [false; 4];
        for turn in 0..200 {
            let Some((at, happens)) = next(turn, &products) else { panic!("there is something to sell") };
            touched[at] = true;
            match happens {
                Happens::Sold => products[at].quantity -= 1_000,
                Happens::Restocked => products[at].quantity = DELIVERED,
                Happens::Deactivated => products[at].available = false,
                Happens::Activated => products[at].available = true,
            }
            if !seen.contains(&happens) {
                seen.push(happens);
            }
        }
        assert_eq!((seen.len(), touched), (4, [true; 4]));
        assert_eq!(next(0, &[]), None);
    }
}
