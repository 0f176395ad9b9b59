//! How the parts of a layout name each other: the following of its indices. Owns no rule of what belongs to what.

use super::{CellRole, Side, SideCell, SideLine, SideRow, Sides, Spot};

/// A line of a side, or one cell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Point {
    /// Which side.
    pub side: Side,
    /// Which line.
    pub line: u32,
    /// Which cell of it; all of it where none is named.
    pub cell: Option<u32>,
}

impl Side {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Order => Self::Request,
            Self::Request => Self::Order,
        }
    }
}

impl SideLine {
    /// The text of its first cell of a role.
    #[must_use]
    pub fn of(&self, role: CellRole) -> Option<&str> {
        self.cells.iter().find(|cell| cell.role == role).map(|cell| cell.text.as_str())
    }

    /// What a person calls it: its name, or else what it says.
    #[must_use]
    pub fn name(&self) -> &str {
        let first = || self.cells.iter().find(|cell| !cell.text.is_empty()).map(|cell| cell.text.as_str());
        self.of(CellRole::Name).filter(|name| !name.is_empty()).or_else(first).unwrap_or(&self.path)
    }
}

impl SideRow {
    /// Its half of a side.
    #[must_use]
    pub const fn half(&self, side: Side) -> Option<u32> {
        match side {
            Side::Order => self.left,
            Side::Request => self.right,
        }
    }
}

impl Spot {
    /// Where it is.
    #[must_use]
    pub const fn point(&self) -> Point {
        Point { side: self.side, line: self.line, cell: self.cell }
    }
}

impl Sides {
    /// The lines of a side.
    #[must_use]
    pub fn lines(&self, side: Side) -> &[SideLine] {
        match side {
            Side::Order => &self.left,
            Side::Request => &self.right,
        }
    }

    /// A line.
    #[must_use]
    pub fn line(&self, point: Point) -> Option<&SideLine> {
        self.lines(point.side).get(point.line as usize)
    }

    /// A cell.
    #[must_use]
    pub fn cell(&self, point: Point) -> Option<&SideCell> {
        self.line(point)?.cells.get(point.cell? as usize)
    }

    /// The row a line stands in.
    #[must_use]
    pub fn row(&self, point: Point) -> Option<&SideRow> {
        self.rows.iter().find(|row| row.half(point.side) == Some(point.line))
    }

    /// What belongs to it on the other side: cells where cells are known, else the line. A cell of the request that comes
    /// from nowhere belongs to nothing.
    #[must_use]
    pub fn counterparts(&self, point: Point) -> Vec<Point> {
        let side = point.side.other();
        let mut found: Vec<Point> = Vec::new();
        for [left, left_cell, right, right_cell] in self.links.iter().copied() {
            let (here, cell, line, there) = match point.side {
                Side::Order => (left, left_cell, right, right_cell),
                Side::Request => (right, right_cell, left, left_cell),
            };
            if here == Some(point.line) && (point.cell.is_none() || cell == point.cell) {
                found.extend(line.map(|line| Point { side, line, cell: there }));
            }
        }
        let opposite = point.cell.is_none() || (found.is_empty() && point.side == Side::Order);
        if let Some(row) = self.row(point).filter(|_| opposite) {
            let line = match row.into.filter(|_| point.side == Side::Order) {
                Some(into) => Some(into),
                None => row.half(side),
            };
            found.extend(line.map(|line| Point { side, line, cell: None }));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Section, Via};

    fn point(side: Side, line: u32, cell: Option<u32>) -> Point {
        Point { side, line, cell }
    }

    fn row(left: Option<u32>, right: Option<u32>, via: Via, into: Option<u32>) -> SideRow {
        SideRow { section: Section::Items, left, right, via, into, reason: None, differs: false }
    }

    /// A pizza whose price came to stand with the deal, and a tip that is part of a payment.
    fn sides() -> Sides {
        Sides {
            rows: vec![
                row(Some(0), Some(1), Via::Sent, None),
                row(None, Some(0), Via::Own, None),
                row(Some(1), None, Via::Merged, Some(2)),
            ],
            links: vec![[Some(0), Some(1), Some(0), Some(3)], [Some(0), Some(0), Some(1), Some(0)]],
            ..Sides::default()
        }
    }

    #[test]
    fn a_cell_belongs_to_the_cells_it_became_and_these_to_it() {
        let (price, cost) = (point(Side::Order, 0, Some(1)), point(Side::Request, 0, Some(3)));
        assert_eq!(sides().counterparts(price), [cost]);
        assert_eq!(sides().counterparts(cost), [price]);
    }

    #[test]
    fn a_line_belongs_to_all_that_its_cells_do_and_to_the_line_beside_it() {
        let lit = sides().counterparts(point(Side::Order, 0, None));
        let expected =
            [point(Side::Request, 0, Some(3)), point(Side::Request, 1, None), point(Side::Request, 1, Some(0))];
        assert_eq!(lit, expected);
    }

    #[test]
    fn what_is_part_of_another_line_belongs_to_that_and_what_comes_from_nowhere_to_nothing() {
        assert_eq!(sides().counterparts(point(Side::Order, 1, Some(0))), [point(Side::Request, 2, None)]);
        assert_eq!(sides().counterparts(point(Side::Request, 0, Some(0))), []);
        assert_eq!(sides().counterparts(point(Side::Order, 9, None)), []);
    }
}
