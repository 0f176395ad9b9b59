//! Which cell came from which: the server's provenance, put into places of the two sides.

use std::collections::BTreeMap;

use passerelle_wire::{Became, Fate, Sides};

use super::{Line, Point, Side};

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
            all.insert(line.path.as_str(), Point { side, line: at, cell: None });
            for (cell, its) in line.cells.iter().enumerate() {
                all.insert(its.path.as_str(), Point { side, line: at, cell: Some(cell) });
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
pub(super) fn links(left: &[Line], right: &[Line], told: &Sides) -> Vec<(Point, Point)> {
    let (here, there) = (Places::of(Side::Order, left), Places::of(Side::Request, right));
    let mut links = Vec::new();
    for origin in told.origins.iter().filter(|origin| !origin.from.is_empty()) {
        if let Some(node) = there.find(&first_unnamed(&origin.node)) {
            links.extend(origin.from.iter().filter_map(|path| Some((here.find(path)?, node))));
        }
    }
    for Fate { part, became, node, .. } in &told.fates {
        let (Became::Sent | Became::Merged, Some(node)) = (became, node) else { continue };
        if let (Some(part), Some(node)) = (here.all.get(part.as_str()), there.find(&first_unnamed(node))) {
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
    loop {
        if let Some(found) = look(path) {
            return Some(found);
        }
        path = &path[..path.rfind(ends)?];
    }
}

/// A node's path where the first of several is called like an only one: senders differ, what is meant does not.
pub(super) fn first_unnamed(node: &str) -> String {
    node.replace("[1]", "")
}
