//! What became of a part, in words: for a screen reader, and for whoever wants to read it.

use leptos::prelude::*;
use passerelle_wire::FateReason;

use crate::{
    i18n::{Locale, td_string},
    logic::{
        sides::{Cell, Model, Point, Side, Via},
        visible::visible,
    },
};

/// The words to what was picked.
pub(super) fn caption(locale: Locale, model: Memo<Option<Model>>, picked: RwSignal<Option<Point>>) -> String {
    let said = model.with(|model| Some(told(locale, model.as_ref()?, picked.get()?)));
    said.unwrap_or_default()
}

fn told(locale: Locale, model: &Model, point: Point) -> String {
    let counterparts = model.counterparts(point);
    let what: Vec<String> = counterparts.iter().filter_map(|there| call(model, *there)).collect();
    let what = what.join(" · ");
    let via = model.row(point).map(|row| row.via);
    match (what.is_empty(), point.side) {
        (false, Side::Order) => td_string!(locale, operation.sides.becomes, what = what.as_str()),
        (false, Side::Request) => td_string!(locale, operation.sides.from, what = what.as_str()),
        (true, Side::Request) => td_string!(locale, operation.sides.own).to_owned(),
        (true, Side::Order) => via.and_then(|via| reason(locale, model, via)).unwrap_or_default(),
    }
}

/// What a counterpart is called: a cell by its label and what stands there, a line by its name.
fn call(model: &Model, point: Point) -> Option<String> {
    let line = model.line(point)?;
    Some(match model.cell(point) {
        Some(Cell { label, text, .. }) => [label.as_str(), " ", &visible(text)].concat(),
        None => visible(line.name()).into_owned(),
    })
}

/// Why a part of the order has no line of its own in the request.
pub(super) fn reason(locale: Locale, model: &Model, via: Via) -> Option<String> {
    match via {
        Via::Skipped(reason) => Some(td_string!(locale, operation.sides.skipped, why = why(locale, reason))),
        Via::Ignored(reason) => Some(td_string!(locale, operation.sides.ignored, why = why(locale, reason))),
        Via::Merged(into) => {
            let what = model.right.get(into)?;
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
