//! Amounts and quantities: one currency per order, and nothing that cannot be read is guessed.

use std::collections::BTreeSet;

use passerelle_hubrise::order::{Currency, Money, Order, Quantity, Reading};
use rust_decimal::Decimal;

use crate::draft::{Draft, field_of};
use crate::note::NoteCode;

/// The currencies of all amounts that count.
pub(crate) fn currencies(order: &Order) -> BTreeSet<Currency> {
    let items = order.items.iter().filter(|item| !item.deleted).flat_map(|item| {
        let options = item.options.iter().filter(|option| !option.deleted).map(|option| &option.price);
        std::iter::once(&item.price).chain(options)
    });
    let discounts = order.discounts.iter().filter(|one| !one.deleted).map(|discount| &discount.price_off);
    let charges = order.charges.iter().filter(|one| !one.deleted).map(|charge| &charge.price);
    let payments = order.payments.iter().filter(|one| !one.deleted).map(|payment| &payment.amount);
    std::iter::once(&order.total)
        .chain(items)
        .chain(discounts)
        .chain(charges)
        .chain(payments)
        .filter_map(Reading::read)
        .map(|money| money.currency)
        .collect()
}

/// An amount as it is written: two decimals, more only where it has them.
pub(crate) fn money(amount: Decimal) -> Decimal {
    if amount.scale() == 2 {
        return amount;
    }
    let mut amount = amount.normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    amount
}

impl Draft {
    /// An amount of `part`; missing is nothing to pay. None, and noted, where it cannot be read.
    pub(crate) fn amount(&mut self, part: &str, field: &str, money: &Reading<Money>, name: &str) -> Option<Decimal> {
        match money {
            Reading::Missing => Some(Decimal::ZERO),
            Reading::Read(money) => Some(money.amount),
            Reading::Unreadable(text) => self.unreadable(part, field, name, text),
        }
    }

    /// A quantity of `part`; missing is one. None, and noted, where it cannot be read.
    pub(crate) fn quantity(&mut self, part: &str, quantity: &Reading<Quantity>, name: &str) -> Option<Decimal> {
        match quantity.or(Quantity::ONE) {
            Ok(quantity) => Some(quantity.0),
            Err(text) => self.unreadable(part, "quantity", name, text),
        }
    }

    fn unreadable(&mut self, part: &str, field: &str, name: &str, text: &str) -> Option<Decimal> {
        self.note_with(NoteCode::AmountUnreadable, &field_of(part, field), name, text);
        None
    }
}
