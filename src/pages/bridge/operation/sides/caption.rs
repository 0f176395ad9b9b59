//! What became of a part, in words: for a screen reader, and for whoever wants to read it.

use leptos::prelude::*;
use passerelle_wire::{FateReason, Point, Side, SideCell, SideRow, Sides, Via};

use crate::{
    i18n::{Locale, td_string},
    logic::visible::visible,
};

/// The words to what was picked.
pub(super) fn caption(locale: Locale, sides: Memo<Option<Sides>>, picked: RwSignal<Option<Point>>) -> String {
    let said = sides.with(|sides| Some(told(locale, sides.as_ref()?, picked.get()?)));
    said.unwrap_or_default()
}

fn told(locale: Locale, sides: &Sides, point: Point) -> String {
    let counterparts = sides.counterparts(point);
    let what: Vec<String> = counterparts.iter().filter_map(|there| call(sides, *there)).collect();
    let what = what.join(" · ");
    match (what.is_empty(), point.side) {
        (false, Side::Order) => td_string!(locale, operation.sides.becomes, what = what.as_str()),
        (false, Side::Request) => td_string!(locale, operation.sides.from, what = what.as_str()),
        (true, Side::Request) => td_string!(locale, operation.sides.own).to_owned(),
        (true, Side::Order) => sides.row(point).and_then(|row| reason(locale, sides, row)).unwrap_or_default(),
    }
}

/// What a counterpart is called: a cell by its label and what stands there, a line by its name.
fn call(sides: &Sides, point: Point) -> Option<String> {
    let line = sides.line(point)?;
    Some(match sides.cell(point) {
        Some(SideCell { label, text, .. }) => [label.as_str(), " ", &visible(text)].concat(),
        None => visible(line.name()).into_owned(),
    })
}

/// Why a part of the order has no line of its own in the request.
pub(super) fn reason(locale: Locale, sides: &Sides, row: &SideRow) -> Option<String> {
    match row.via {
        Via::Skipped => Some(td_string!(locale, operation.sides.skipped, why = why(locale, row.reason?))),
        Via::Ignored => Some(td_string!(locale, operation.sides.ignored, why = why(locale, row.reason?))),
        Via::Merged => {
            let what = sides.right.get(row.into? as usize)?;
            Some(td_string!(locale, operation.sides.within, what = what.path.as_str()))
        }
        Via::Sent | Via::Own | Via::Loose => None,
    }
}

/// A reason in words.
fn why(locale: Locale, reason: FateReason) -> &'static str {
    match reason {
        FateReason::NoRef => td_string!(locale, operation.fate.no_ref),
        FateReason::WithItem => td_string!(locale, operation.fate.with_item),
        FateReason::Unreadable => td_string!(locale, operation.fate.unreadable),
        FateReason::OddShape => td_string!(locale, operation.fate.odd_shape),
        FateReason::Deleted => td_string!(locale, operation.fate.deleted),
        FateReason::Nothing => td_string!(locale, operation.fate.nothing),
        FateReason::NoItems => td_string!(locale, operation.fate.no_items),
        FateReason::NoSuchDeal => td_string!(locale, operation.fate.no_such_deal),
        FateReason::NotPaidOnline => td_string!(locale, operation.fate.not_paid_online),
        FateReason::DueSoon => td_string!(locale, operation.fate.due_soon),
        FateReason::NotSupported => td_string!(locale, operation.fate.not_supported),
        FateReason::NotNeeded => td_string!(locale, operation.fate.not_needed),
    }
}
