//! What the till will compute against what it is told was paid: it refuses an order where they differ.

use passerelle_hubrise::order::{Currency, Money};
use passerelle_pixelpoint::{Item, Payment};
use rust_decimal::Decimal;

use crate::amounts::money;
use crate::draft::Draft;
use crate::note::NoteCode;

/// Half a cent: what rounding a line can change.
const ROUNDING: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// What the till will compute, and how far off that may be: of what is sold by weight, each side rounds each line its own way.
fn computed(items: &[Item]) -> (Decimal, Decimal) {
    let mut total = Decimal::ZERO;
    let mut slack = Decimal::ZERO;
    for item in items {
        let line = (item.cost_each * item.quantity).normalize();
        total += line;
        if line.scale() > 2 {
            slack += ROUNDING;
        }
    }
    (total, slack)
}

/// Notes where the two differ. An order that is not paid online has nothing to differ from.
pub(crate) fn check(payments: &[Payment], currency: Option<Currency>, draft: &mut Draft) {
    if payments.is_empty() {
        return;
    }
    let (computed, slack) = computed(&draft.items);
    let tendered: Decimal = payments.iter().map(|payment| payment.tender).sum();
    if (computed - tendered).abs() > slack {
        let written = |amount: Decimal| match currency {
            Some(currency) => Money { amount: money(amount), currency }.to_string(),
            None => money(amount).to_string(),
        };
        draft.note_with(NoteCode::TotalDiffers, "", &written(computed), &written(tendered));
    }
}
