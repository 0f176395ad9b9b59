//! Which cell came from which: the bridge's provenance, put into places of the two sides.

use std::collections::BTreeMap;

use passerelle_bridge::Became;
use passerelle_wire::{Point, Side};

use super::Told;
use super::model::{Line, number};

/// Steps from a path to what holds all of it; ours have half a dozen.
const MOST_STEPS: usize = 32;

/// Where every path of a side is.
pub(super) struct Places<'a> {
    side: Side,
    all: BTreeMap<&'a str, Point>,
}

impl<'a> Places<'a> {
    /// Of these lines.
    pub(super) fn of(side: Side, lines: &'a [Line]) -> Self {
        let mut all = BTreeMap::new();
        for (at, line) in lines.iter().enumerate() {
            let whole = Point { side, line: number(at), cell: None };
            all.insert(line.told.path.as_str(), whole);
            for (cell, its) in line.told.cells.iter().enumerate() {
                all.insert(its.path.as_str(), Point { cell: Some(number(cell)), ..whole });
            }
        }
        Self { side, all }
    }

    /// The place of a path, or else of what it is within.
    pub(super) fn find(&self, path: &str) -> Option<Point> {
        climb(self.side, path, |path| self.all.get(path).copied())
    }
}

/// Every pair that belongs together, the order's half first.
pub(super) fn links(left: &[Line], right: &[Line], told: &Told) -> Vec<(Point, Point)> {
    let (here, there) = (Places::of(Side::Order, left), Places::of(Side::Request, right));
    let mut links = Vec::new();
    for origin in told.origins.iter().filter(|origin| !origin.from.is_empty()) {
        if let Some(node) = there.find(&first_unnamed(&origin.node)) {
            links.extend(origin.from.iter().filter_map(|path| Some((here.find(path)?, node))));
        }
    }
    for fate in &told.fates {
        let (Became::Sent { node } | Became::Merged { into: node }) = &fate.became else { continue };
        if let (Some(part), Some(node)) = (here.all.get(fate.part.as_str()), there.find(&first_unnamed(node))) {
            links.push((*part, node));
        }
    }
    links
}

/// What `look` finds under a path, or else under what the path is within, the nearest first.
pub(super) fn climb<T>(side: Side, path: &str, look: impl Fn(&str) -> Option<T>) -> Option<T> {
    let ends: &[char] = match side {
        Side::Order => &['.', '['],
        Side::Request => &['/'],
    };
    let mut path = path;
    for _ in 0..MOST_STEPS {
        if let Some(found) = look(path) {
            return Some(found);
        }
        path = &path[..path.rfind(ends)?];
    }
    None
}

/// A node's path where the first of several is called like an only one: senders differ, what is meant does not.
pub(super) fn first_unnamed(node: &str) -> String {
    node.replace("[1]", "")
}
