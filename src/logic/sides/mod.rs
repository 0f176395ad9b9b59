//! HubRise's order and the till's request beside each other: lines a person can read, in rows of what belongs together, and
//! what lights up on the other side when a part is pointed at. Owns no words and no DOM; what was translated how is told by
//! the server, never guessed here.

mod links;
mod order;
mod request;
mod rows;
pub mod totals;

use passerelle_wire::{FateReason, Sides};

use super::{
    amount::Amount,
    tree::{Element, Json},
};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// HubRise's order.
    Order,
    /// The till's request.
    Request,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Order => Self::Request,
            Self::Request => Self::Order,
        }
    }
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// What kind of service, and when.
    Head,
    /// What was ordered, with discounts and charges.
    Items,
    /// What was paid, or will be.
    Payments,
    /// Who ordered.
    Customer,
    /// What only one side has a use for.
    Rest,
}

impl Section {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [Self::Head, Self::Items, Self::Payments, Self::Customer, Self::Rest];
}

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A product.
    Item,
    /// An option of one.
    Choice,
    /// A deal, or the coupon that stands for it.
    Deal,
    /// A discount.
    Discount,
    /// A charge; a tip is one, too.
    Charge,
    /// A charge that is a tip.
    Tip,
    /// A payment.
    Payment,
    /// One field.
    Field,
}

/// What a cell tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// How many.
    Quantity,
    /// What it is called.
    Name,
    /// The code both sides know it by.
    Ref,
    /// Money.
    Amount,
    /// Anything else.
    Plain,
    /// What the interface demands and no person needs.
    Quiet,
}

/// One fact of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its path in the order or in the request.
    pub path: String,
    /// What the format calls it.
    pub label: String,
    /// What stands there; text from outside.
    pub text: String,
    /// What it tells.
    pub role: Role,
}

/// One line of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its path in the order or in the request.
    pub path: String,
    /// Where it stands.
    pub section: Section,
    /// What it is about.
    pub kind: Kind,
    /// How deep it hangs.
    pub depth: usize,
    /// Its facts.
    pub cells: Vec<Cell>,
    /// Price times quantity, where both can be read.
    pub amount: Option<Amount>,
}

impl Line {
    /// The text of its first cell of a role.
    pub fn of(&self, role: Role) -> Option<&str> {
        self.cells.iter().find(|cell| cell.role == role).map(|cell| cell.text.as_str())
    }

    /// What a person calls it: its name, or else what it says.
    pub fn name(&self) -> &str {
        let first = || self.cells.iter().find(|cell| !cell.text.is_empty()).map(|cell| cell.text.as_str());
        self.of(Role::Name).filter(|name| !name.is_empty()).or_else(first).unwrap_or(&self.path)
    }
}

/// How the two halves of a row belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Via {
    /// The left was sent as the right.
    Sent,
    /// The left is part of that line of the request, which others share.
    Merged(usize),
    /// The left was left out, though the till could take it.
    Skipped(FateReason),
    /// The left is not for the till.
    Ignored(FateReason),
    /// The right comes from nowhere in the order.
    Own,
    /// Nothing is known of it.
    Loose,
}

/// A row: what stands beside what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub section: Section,
    /// The order's line.
    pub left: Option<usize>,
    /// The request's line.
    pub right: Option<usize>,
    /// How they belong together.
    pub via: Via,
    /// Both tell an amount, of the very same thing, and they differ.
    pub differs: bool,
}

/// A line, or one cell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Point {
    /// Which side.
    pub side: Side,
    /// Which line.
    pub line: usize,
    /// Which cell of it; all of it where none is named.
    pub cell: Option<usize>,
}

/// Both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// HubRise's order.
    pub left: Vec<Line>,
    /// The till's request.
    pub right: Vec<Line>,
    /// What stands beside what.
    pub rows: Vec<Row>,
    links: Vec<(Point, Point)>,
}

impl Model {
    /// Lays both sides beside each other.
    pub fn of(order: Option<&Json>, request: Option<&Element>, told: &Sides) -> Self {
        let left = order.map(order::lines).unwrap_or_default();
        let right = request.map(request::lines).unwrap_or_default();
        let links = links::links(&left, &right, told);
        let rows = rows::rows(&left, &right, told, &links);
        let mut model = Self { left, right, rows, links };
        // What a charge became tells the request's lines apart: the interface knows items alone.
        for row in &model.rows {
            if let (Some(left), Some(right)) = (row.left, row.right)
                && matches!(model.left[left].kind, Kind::Charge | Kind::Discount | Kind::Deal)
            {
                model.right[right].kind = model.left[left].kind;
            }
        }
        model
    }

    /// The lines of a side.
    pub fn lines(&self, side: Side) -> &[Line] {
        match side {
            Side::Order => &self.left,
            Side::Request => &self.right,
        }
    }

    /// A line.
    pub fn line(&self, point: Point) -> Option<&Line> {
        self.lines(point.side).get(point.line)
    }

    /// A cell.
    pub fn cell(&self, point: Point) -> Option<&Cell> {
        self.line(point)?.cells.get(point.cell?)
    }

    /// The row a line stands in.
    pub fn row(&self, point: Point) -> Option<&Row> {
        self.rows.iter().find(|row| {
            let line = match point.side {
                Side::Order => row.left,
                Side::Request => row.right,
            };
            line == Some(point.line)
        })
    }

    /// What belongs to it on the other side: cells where cells are known, else the line. A cell of the request that comes
    /// from nowhere belongs to nothing.
    pub fn counterparts(&self, point: Point) -> Vec<Point> {
        let mut found: Vec<Point> = Vec::new();
        for (one, other) in &self.links {
            for (here, there) in [(one, other), (other, one)] {
                let same = here.side == point.side && here.line == point.line;
                if same && (point.cell.is_none() || here.cell == point.cell) {
                    found.push(*there);
                }
            }
        }
        let opposite = point.cell.is_none() || (found.is_empty() && point.side == Side::Order);
        if let Some(row) = self.row(point).filter(|_| opposite) {
            let line = match (point.side, row.via) {
                (Side::Order, Via::Merged(into)) => Some(into),
                (Side::Order, _) => row.right,
                (Side::Request, _) => row.left,
            };
            found.extend(line.map(|line| Point { side: point.side.other(), line, cell: None }));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The line of the order that a path of it leads to, or that holds it.
    pub fn at_path(&self, path: &str) -> Option<Point> {
        links::Places::of(Side::Order, &self.left).find(path)
    }
}

#[cfg(test)]
mod tests;
