//! What stands beside what. The request's order leads, as the kitchen's; what was not sent stands after what precedes it in
//! the order.

use std::collections::BTreeMap;

use passerelle_wire::{Became, Fate, FateReason, Sides};

use super::{
    Kind, Line, Point, Role, Row, Section, Side, Via,
    links::{Places, climb, first_unnamed},
};

/// All rows, section by section.
pub(super) fn rows(left: &[Line], right: &[Line], told: &Sides, links: &[(Point, Point)]) -> Vec<Row> {
    let known: BTreeMap<&str, &Fate> = told.fates.iter().map(|fate| (fate.part.as_str(), fate)).collect();
    // Its own fate, or that of what it belongs to.
    let fate = |line: &Line| climb(Side::Order, &line.path, |path| known.get(path).copied());
    let sent: BTreeMap<String, usize> =
        left.iter().enumerate().rev().filter_map(|(at, line)| sent(&known, at, line)).collect();
    let places = Places::of(Side::Request, right);
    let mut rows = Vec::new();
    for section in Section::ALL {
        let mut here: Vec<Row> = Vec::new();
        for (at, line) in right.iter().enumerate().filter(|(_, line)| line.section == section) {
            let from = sent.get(&line.path).copied().filter(|&from| left[from].section == section);
            let via = if from.is_some() { Via::Sent } else { own(at, links) };
            let differs = from.is_some_and(|from| told.exact && differ(&left[from], line, at, links));
            here.push(Row { section, left: from, right: Some(at), via, differs });
        }
        for (at, line) in left.iter().enumerate().filter(|(_, line)| line.section == section) {
            if here.iter().any(|row| row.left == Some(at)) {
                continue;
            }
            let before = here.iter().enumerate().filter(|(_, row)| row.left.is_some_and(|left| left < at));
            let place = before.max_by_key(|(_, row)| row.left).map_or(0, |(place, _)| place + 1);
            let via = via(fate(line), &places);
            here.insert(place, Row { section, left: Some(at), right: None, via, differs: false });
        }
        rows.append(&mut here);
    }
    rows
}

/// The node a part was sent as.
fn sent(fates: &BTreeMap<&str, &Fate>, at: usize, line: &Line) -> Option<(String, usize)> {
    let fate = fates.get(line.path.as_str()).filter(|fate| fate.became == Became::Sent)?;
    Some((first_unnamed(fate.node.as_deref()?), at))
}

/// What became of a part that has no line of the request to itself.
fn via(fate: Option<&Fate>, places: &Places<'_>) -> Via {
    let Some(fate) = fate else { return Via::Loose };
    let reason = fate.reason.unwrap_or(FateReason::NotNeeded);
    match fate.became {
        Became::Skipped => Via::Skipped(reason),
        Became::Ignored => Via::Ignored(reason),
        Became::Sent | Became::Merged => {
            let into = fate.node.as_deref().and_then(|node| places.find(&first_unnamed(node)));
            into.map_or(Via::Loose, |into| Via::Merged(into.line))
        }
    }
}

/// A line of the request that no part was sent as: made of several, or of none.
fn own(at: usize, links: &[(Point, Point)]) -> Via {
    match links.iter().any(|(_, there)| there.line == at) {
        true => Via::Loose,
        false => Via::Own,
    }
}

/// Whether the two amounts of a row are of the same thing and differ. A price that moved to another line is told by where
/// it came from, and is no difference.
fn differ(left: &Line, right: &Line, at: usize, links: &[(Point, Point)]) -> bool {
    let (Some(one), Some(other)) = (left.amount, right.amount) else { return false };
    let cost = right.cells.iter().position(|cell| cell.role == Role::Amount);
    let told = links.iter().any(|(here, there)| {
        there.line == at
            && there.cell.is_some()
            && there.cell == cost
            && left.cells.get(here.cell.unwrap_or(usize::MAX)).is_some()
    });
    let same = match left.kind {
        // Its sign is the configuration's affair.
        Kind::Discount => one.size() == other.size(),
        _ => one == other,
    };
    told && !same
}
