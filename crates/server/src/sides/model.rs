//! Both sides as the rules here know them: what each line is about and comes to, beside what is told of it.

use passerelle_bridge::Reason;
use passerelle_wire::{Point, Section, Side, SideLine};

use super::amount::Amount;
use super::json::Json;
use super::xml::Element;
use super::{Told, links, order, request, rows};

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
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

/// One line of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// What is told of it.
    pub(super) told: SideLine,
    /// Where it stands.
    pub(super) section: Section,
    /// What it is about.
    pub(super) kind: Kind,
    /// Price times quantity, where both can be read.
    pub(super) amount: Option<Amount>,
}

impl Line {
    /// How deep it hangs.
    pub(super) fn depth(&self) -> usize {
        self.told.depth as usize
    }
}

/// How the two halves of a row belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// The left was sent as the right.
    Sent,
    /// The left is part of that line of the request, which others share.
    Merged(u32),
    /// The left was left out, though the till could take it.
    Skipped(Reason),
    /// The left is not for the till.
    Ignored(Reason),
    /// The right comes from nowhere in the order.
    Own,
    /// Nothing is known of it.
    Loose,
}

/// A row: what stands beside what, as places in the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Where it stands.
    pub(super) section: Section,
    /// The order's line.
    pub(super) left: Option<usize>,
    /// The request's line.
    pub(super) right: Option<usize>,
    /// How they belong together.
    pub(super) via: Via,
    /// Both tell an amount, of the very same thing, and they differ.
    pub(super) differs: bool,
}

/// Both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Model {
    /// HubRise's order.
    pub(super) left: Vec<Line>,
    /// The till's request.
    pub(super) right: Vec<Line>,
    /// What stands beside what.
    pub(super) rows: Vec<Row>,
    /// What came from what, the order's half first.
    pub(super) links: Vec<(Point, Point)>,
}

impl Model {
    /// Lays both sides beside each other.
    pub(super) fn of(order: Option<&Json>, request: Option<&Element>, told: &Told) -> Self {
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

    /// A line.
    pub(super) fn line(&self, point: Point) -> Option<&Line> {
        let lines = match point.side {
            Side::Order => &self.left,
            Side::Request => &self.right,
        };
        lines.get(point.line as usize)
    }

    /// The order's line beside a line of the request.
    pub(super) fn beside(&self, right: u32) -> Option<&Line> {
        let row = self.rows.iter().find(|row| row.right == Some(right as usize))?;
        self.left.get(row.left?)
    }
}

/// A place in a side as it is told. What is read is bounded far below what this can count.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
