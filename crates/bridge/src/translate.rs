//! The translation as a whole: which rule comes after which.

use jiff::Timestamp;
use passerelle_hubrise::order::Order;

use crate::configuration::Configuration;
use crate::draft::Draft;
use crate::translation::{Translation, Untranslatable, Why};
use crate::{amounts, charges, customer, deals, discounts, payments, remainder, schedule, service, total};

/// What is to be sent to the till for an order, at a point in time: an order due soon is sent without a time.
///
/// The same order, configuration and time bring the same translation.
///
/// # Errors
/// If nothing of it can be sent, or its amounts are in several currencies.
pub fn translate(order: &Order, configuration: &Configuration, now: Timestamp) -> Result<Translation, Untranslatable> {
    let options: usize = order.items.iter().map(|item| item.options.len()).sum();
    let mut draft = Draft::with_room_for(order.items.len() + options + order.charges.len() + order.discounts.len());
    let currencies = amounts::currencies(order);
    if currencies.len() > 1 {
        return Err(draft.fails(Why::SeveralCurrencies(currencies.into_iter().collect())));
    }
    let sale_type = service::sale_type(order, &mut draft);
    let schedule_time = schedule::schedule_time(order, configuration, now, &mut draft);
    deals::write(order, &configuration.deals, &mut draft);
    let items_written = draft.items.len();
    let tips = charges::write(order, &mut draft);
    let charges_written = draft.items.len() - items_written;
    discounts::write(order, &configuration.discounts, &mut draft);
    let settled = payments::settle(order, &tips, &mut draft);
    let member = customer::member(order, &mut draft);
    remainder::record(order, &mut draft);
    // A delivery without the dishes is no order; an order of charges alone is one.
    let wanted_items = order.items.iter().any(|item| !item.deleted);
    if items_written == 0 && (wanted_items || charges_written == 0) {
        return Err(draft.fails(Why::NothingToSend));
    }
    total::check(&settled.payments, currencies.first().copied(), &mut draft);
    let order = passerelle_pixelpoint::Order {
        sale_type,
        schedule_time,
        items: draft.items,
        payments: settled.payments,
        footer: settled.footer,
        member,
    };
    Ok(Translation { order, origins: draft.origins, fates: draft.fates, notes: draft.notes })
}
