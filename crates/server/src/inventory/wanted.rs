//! What HubRise should hold of what a till says, and what has to be sent so that it does. Plain functions of their arguments.

use std::collections::HashMap;

use jiff::Timestamp;
use passerelle_store::{StockEntry, StockHeld, StockLevel, StockRef};
use passerelle_wire::{StockReason, StockSent};

use super::menu::Menu;
use super::quantity::for_hubrise;

/// What HubRise should hold of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// How much; none: no entry, so that it is unlimited.
    pub(crate) stock: Option<String>,
    /// Until when, of a stock of 0, if that is known and still to come.
    pub(crate) expires_at: Option<Timestamp>,
    /// Why it is not simply the till's quantity.
    pub(crate) reason: Option<StockReason>,
}

/// Unavailable: 0. Else managed: its quantity, nothing below zero. Else no entry. What was to come back by now has.
pub(crate) fn wanted(entry: &StockEntry, now: Timestamp) -> Wanted {
    let ends = entry.expires_at.filter(|at| *at > now).map(whole_second);
    let back = entry.expires_at.is_some() && ends.is_none();
    if !entry.available && !back {
        return Wanted { stock: Some("0".to_owned()), expires_at: ends, reason: Some(StockReason::Unavailable) };
    }
    let Some(quantity) = entry.quantity.as_deref().filter(|_| entry.managed) else {
        return Wanted { reason: Some(StockReason::Unmanaged), ..Wanted::default() };
    };
    let stock = for_hubrise(quantity);
    let reason = if quantity.starts_with('-') {
        Some(StockReason::BelowZero)
    } else {
        (stock != quantity).then_some(StockReason::Rounded)
    };
    let expires_at = ends.filter(|_| stock == "0");
    Wanted { stock: Some(stock), expires_at, reason }
}

/// HubRise keeps times to the second.
fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// What HubRise holds now, as far as is known: a shortage that was to end by now has.
pub(crate) fn holds(held: &StockHeld, now: Timestamp) -> (Option<&str>, Option<Timestamp>) {
    match held.expires_at {
        Some(end) if end <= now => (None, None),
        end => (held.stock.as_deref(), end.map(whole_second)),
    }
}

/// Whether HubRise holds what it should.
pub(crate) fn is_held(wanted: &Wanted, held: Option<&StockHeld>, now: Timestamp) -> bool {
    held.map_or((None, None), |held| holds(held, now)) == (wanted.stock.as_deref(), wanted.expires_at)
}

/// What has to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Entries to be set; with no stock, to be removed.
    pub(crate) levels: Vec<StockLevel>,
    /// Refs that are wanted and that the catalog does not know.
    pub(crate) unknown: Vec<StockRef>,
}

impl Difference {
    /// How much that is.
    pub(crate) fn facts(&self, whole: bool) -> StockSent {
        let set = self.levels.iter().filter_map(|level| level.stock.as_deref());
        StockSent {
            whole,
            sent: count(set.clone().count()),
            zeroed: count(set.clone().filter(|stock| *stock == "0").count()),
            removed: count(self.levels.iter().filter(|level| level.stock.is_none()).count()),
            unknown: count(self.unknown.len()),
        }
    }
}

/// What of these entries and of what is held differs, or is in doubt. Whatever is left out is held as it is wanted.
pub(crate) fn difference(entries: &[StockEntry], held: &[StockHeld], menu: &Menu, now: Timestamp) -> Difference {
    let mut difference = Difference::default();
    let mut rest: HashMap<&StockRef, &StockHeld> = held.iter().map(|held| (&held.of, held)).collect();
    for entry in entries {
        let wanted = wanted(entry, now);
        let held = rest.remove(&entry.of);
        if !menu.knows(&entry.of) {
            if wanted.stock.is_some() {
                difference.unknown.push(entry.of.clone());
            }
        } else if held.is_some_and(|held| held.doubt) || !is_held(&wanted, held, now) {
            let Wanted { stock, expires_at, reason: _ } = wanted;
            difference.levels.push(StockLevel { of: entry.of.clone(), stock, expires_at });
        }
    }
    // What the till does not name has no entry at HubRise.
    let gone = rest.into_values().filter(|held| menu.knows(&held.of) && (held.doubt || holds(held, now).0.is_some()));
    difference.levels.extend(gone.map(|held| StockLevel { of: held.of.clone(), stock: None, expires_at: None }));
    difference.levels.sort_by(|a, b| a.of.cmp(&b.of));
    difference
}

/// The whole state: everything that should be held.
pub(crate) fn whole(entries: &[StockEntry], menu: &Menu, now: Timestamp) -> Difference {
    let mut state = difference(entries, &[], menu, now);
    state.levels.retain(|level| level.stock.is_some());
    state
}

pub(crate) fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "wanted_tests.rs"]
mod tests;
