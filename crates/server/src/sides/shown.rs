//! The layout as it is told to the app: places as numbers, amounts as texts.

use passerelle_bridge::Reason;
use passerelle_wire as wire;
use passerelle_wire::{FateReason, Note, Side, SideRow, Sides, Spot};

use super::amount::{Amount, currency};
use super::links::Places;
use super::model::{Model, Row, Via, number};
use super::paying::{Paying, paying};
use super::totals::{Total, totals};
use super::{Failure, Told, pointer, ticket};

/// All of it.
pub(super) fn sides(model: Model, told: &Told, failure: &Failure, notes: &[Note]) -> Sides {
    let (pays, paid) = match paying(&model) {
        Some(Paying::Will(how)) => (Some(how), false),
        Some(Paying::Was) => (None, true),
        None => (None, false),
    };
    let about =
        pointer::spot(failure, &model).and_then(|point| pointer::name(&model, point).map(|what| spot(what, point)));
    let places = Places::of(Side::Order, &model.left);
    let mut paths: Vec<&str> = notes.iter().map(|note| note.path.as_str()).filter(|path| !path.is_empty()).collect();
    paths.sort_unstable();
    paths.dedup();
    let noted = paths.into_iter().filter_map(|path| Some(spot(path.to_owned(), places.find(path)?))).collect();
    Sides {
        was_sent: told.was_sent,
        exact: told.exact,
        has_request: told.request.is_some(),
        rows: model.rows.iter().map(row).collect(),
        links: model.links.iter().map(link).collect(),
        totals: totals(&model).into_iter().map(|sum| total(sum, told.total.as_deref().and_then(currency))).collect(),
        ticket: ticket::lines(&model),
        pays,
        paid,
        about,
        noted,
        left: model.left.into_iter().map(|line| line.told).collect(),
        right: model.right.into_iter().map(|line| line.told).collect(),
    }
}

fn spot(what: String, point: wire::Point) -> Spot {
    Spot { what, side: point.side, line: point.line, cell: point.cell }
}

fn row(row: &Row) -> SideRow {
    let (via, into, reason) = match row.via {
        Via::Sent => (wire::Via::Sent, None, None),
        Via::Merged(into) => (wire::Via::Merged, Some(into), None),
        Via::Skipped(reason) => (wire::Via::Skipped, None, Some(why(reason))),
        Via::Ignored(reason) => (wire::Via::Ignored, None, Some(why(reason))),
        Via::Own => (wire::Via::Own, None, None),
        Via::Loose => (wire::Via::Loose, None, None),
    };
    let (left, right) = (row.left.map(number), row.right.map(number));
    SideRow { section: row.section, left, right, via, into, reason, differs: row.differs }
}

fn link((here, there): &(wire::Point, wire::Point)) -> [Option<u32>; 4] {
    [Some(here.line), here.cell, Some(there.line), there.cell]
}

fn total(total: Total, currency: Option<&str>) -> wire::Total {
    let written = |amount: Amount| match currency {
        Some(currency) => [&amount.money(), " ", currency].concat(),
        None => amount.money(),
    };
    wire::Total {
        of: total.of,
        left: total.left.map(written),
        right: total.right.map(written),
        difference: total.difference().map(written),
    }
}

const fn why(reason: Reason) -> FateReason {
    match reason {
        Reason::NoRef => FateReason::NoRef,
        Reason::WithItem => FateReason::WithItem,
        Reason::Unreadable => FateReason::Unreadable,
        Reason::OddShape => FateReason::OddShape,
        Reason::Deleted => FateReason::Deleted,
        Reason::Nothing => FateReason::Nothing,
        Reason::NoItems => FateReason::NoItems,
        Reason::NoSuchDeal => FateReason::NoSuchDeal,
        Reason::NotPaidOnline => FateReason::NotPaidOnline,
        Reason::DueSoon => FateReason::DueSoon,
        Reason::NotSupported => FateReason::NotSupported,
        Reason::NotNeeded => FateReason::NotNeeded,
    }
}
