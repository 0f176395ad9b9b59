//! What stands beside what. The request's order leads, as the kitchen's; what was not sent stands after what precedes it in
//! the order.

use std::collections::{BTreeMap, HashMap, HashSet};

use passerelle_bridge::{Became, Fate};
use passerelle_wire::{CellRole, Point, Section, Side};

use super::Told;
use super::links::{Places, climb, first_unnamed};
use super::model::{Kind, Line, Row, Via};

/// All rows, section by section. In time with the number of lines: an order may have thousands.
pub(super) fn rows(left: &[Line], right: &[Line], told: &Told, links: &[(Point, Point)]) -> Vec<Row> {
    let known: BTreeMap<&str, &Fate> = told.fates.iter().map(|fate| (fate.part.as_str(), fate)).collect();
    // Its own fate, or that of what it belongs to.
    let fate = |line: &Line| climb(Side::Order, &line.told.path, |path| known.get(path).copied());
    let mut sent: HashMap<String, usize> =
        left.iter().enumerate().rev().filter_map(|(at, line)| sent(&known, at, line)).collect();
    let places = Places::of(Side::Request, right);
    let linked = linked(right.len(), links);
    let mut rows = Vec::new();
    for section in Section::ALL {
        let here = |lines: &[Line]| -> Vec<usize> {
            lines.iter().enumerate().filter(|(_, line)| line.section == section).map(|(at, _)| at).collect()
        };
        let mut placed: HashSet<usize> = HashSet::new();
        let mut leading = Vec::new();
        for at in here(right) {
            let line = &right[at];
            let from = sent.get(&line.told.path).copied().filter(|&from| left[from].section == section);
            let via = match from {
                Some(_) => Via::Sent,
                None if linked[at].is_empty() => Via::Own,
                None => Via::Loose,
            };
            let differs = from.is_some_and(|from| told.exact && differ(&left[from], line, &linked[at]));
            let row = Row { section, left: from, right: Some(at), via, differs };
            leading.push(row);
            if let Some(from) = from {
                placed.insert(from);
                // An element that is there twice came of it once.
                sent.remove(&line.told.path);
            }
        }
        // What was not sent, after the last line before it that was; none is before all.
        let mut following: HashMap<Option<usize>, Vec<Row>> = HashMap::new();
        let mut before = None;
        for at in here(left) {
            if placed.contains(&at) {
                before = Some(at);
                continue;
            }
            let via = via(fate(&left[at]), &places);
            let row = Row { section, left: Some(at), right: None, via, differs: false };
            following.entry(before).or_default().push(row);
        }
        rows.extend(following.remove(&None).into_iter().flatten());
        for row in leading {
            rows.push(row);
            if row.left.is_some() {
                rows.extend(following.remove(&row.left).into_iter().flatten());
            }
        }
    }
    rows
}

/// For each line of the request what its cells came from: the part, and the cell that did.
fn linked(lines: usize, links: &[(Point, Point)]) -> Vec<Vec<(Point, Option<u32>)>> {
    let mut linked = vec![Vec::new(); lines];
    for (here, there) in links {
        if let Some(line) = linked.get_mut(there.line as usize) {
            line.push((*here, there.cell));
        }
    }
    linked
}

/// The node a part was sent as.
fn sent(fates: &BTreeMap<&str, &Fate>, at: usize, line: &Line) -> Option<(String, usize)> {
    match &fates.get(line.told.path.as_str())?.became {
        Became::Sent { node } => Some((first_unnamed(node), at)),
        Became::Merged { .. } | Became::Skipped { .. } | Became::Ignored { .. } => None,
    }
}

/// What became of a part that has no line of the request to itself.
fn via(fate: Option<&Fate>, places: &Places<'_>) -> Via {
    let Some(fate) = fate else { return Via::Loose };
    match &fate.became {
        Became::Skipped { reason } => Via::Skipped(*reason),
        Became::Ignored { reason } => Via::Ignored(*reason),
        Became::Sent { node } | Became::Merged { into: node } => {
            places.find(&first_unnamed(node)).map_or(Via::Loose, |into| Via::Merged(into.line))
        }
    }
}

/// Whether the two amounts of a row are of the same thing and differ. A price that moved to another line is told by where
/// it came from, and is no difference.
fn differ(left: &Line, right: &Line, linked: &[(Point, Option<u32>)]) -> bool {
    let (Some(one), Some(other)) = (left.amount, right.amount) else { return false };
    let cost = right.told.cells.iter().position(|cell| cell.role == CellRole::Amount);
    let told = linked.iter().any(|(here, there)| {
        there.is_some_and(|there| Some(there as usize) == cost)
            && here.cell.is_some_and(|cell| (cell as usize) < left.told.cells.len())
    });
    let same = match left.kind {
        // Its sign is the configuration's affair.
        Kind::Discount => one.size() == other.size(),
        Kind::Item | Kind::Choice | Kind::Deal | Kind::Charge | Kind::Tip | Kind::Payment | Kind::Field => one == other,
    };
    told && !same
}
