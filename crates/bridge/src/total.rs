//! What the till will compute against what it is told was paid: it refuses an order where they differ.

use passerelle_hubrise::order::{Currency, Money};
use passerelle_pixelpoint::{Item, Payment};
use rust_decimal::Decimal;

use crate::amounts::money;
use crate::draft::Draft;
use crate::note::NoteCode;

/// What the till will compute.
pub(crate) fn computed(items: &[Item]) -> Decimal {
    items.iter().map(|item| item.cost_each * item.quantity).sum()
}

/// Notes where the two differ. An order that is not paid online has nothing to differ from.
pub(crate) fn check(payments: &[Payment], currency: Option<Currency>, draft: &mut Draft) {
    if payments.is_empty() {
        return;
    }
    let computed = computed(&draft.items);
    let tendered: Decimal = payments.iter().map(|payment| payment.tender).sum();
    if computed != tendered {
        let written = |amount: Decimal| match currency {
            Some(currency) => Money { amount: money(amount), currency }.to_string(),
            None => money(amount).to_string(),
        };
        draft.note_with(NoteCode::TotalDiffers, "", &written(computed), &written(tendered));
    }
}
