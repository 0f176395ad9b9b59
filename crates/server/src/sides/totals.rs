//! Both sides added up and compared line by line.

use passerelle_bridge::Reason;
use passerelle_wire::{CellRole, Section, Sum};

use super::amount::Amount;
use super::model::{Kind, Line, Model, Via};

/// One line of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Total {
    /// What is added up.
    pub(super) of: Sum,
    /// At HubRise; nothing where it cannot be read.
    pub(super) left: Option<Amount>,
    /// At the till.
    pub(super) right: Option<Amount>,
}

impl Total {
    /// How much more the till counts, where that is not nothing.
    pub(super) fn difference(self) -> Option<Amount> {
        self.right?.minus(self.left?).filter(|difference| !difference.is_zero())
    }
}

/// The comparison; empty where there is no request to compare with.
pub(super) fn totals(model: &Model) -> Vec<Total> {
    if model.right.iter().all(|line| line.section != Section::Items) {
        return Vec::new();
    }
    let counted = model.rows.iter().filter(|row| row.via != Via::Ignored(Reason::Deleted));
    let left: Vec<&Line> = counted.filter_map(|row| model.left.get(row.left?)).collect();
    let right: Vec<&Line> = model.right.iter().collect();
    let both = |of: Sum, kinds: &[Kind], signed: bool| {
        let (left, right) = (sum(&left, kinds, signed), sum(&right, kinds, signed));
        Total { of, left, right }
    };
    let items = both(Sum::Items, &[Kind::Item, Kind::Choice, Kind::Deal], true);
    let discounts = both(Sum::Discounts, &[Kind::Discount], false);
    let charges = both(Sum::Charges, &[Kind::Charge], true);
    let tips = Total { of: Sum::Tips, left: sum(&left, &[Kind::Tip], true), right: tips(&right) };
    let add = |take: fn(&Total) -> Option<Amount>| {
        take(&items)?.minus(take(&discounts)?)?.plus(take(&charges)?)?.plus(take(&tips)?)
    };
    let total = Total { of: Sum::Total, left: add(|total| total.left), right: add(|total| total.right) };
    let mut all = vec![items];
    let some = |total: &Total| [total.left, total.right].iter().any(|side| side.is_none_or(|sum| !sum.is_zero()));
    all.extend([discounts, charges, tips].into_iter().filter(some));
    all.push(total);
    // An order that is paid at the door has no payment in its request: nothing differs there.
    if right.iter().any(|line| line.kind == Kind::Payment) {
        all.push(both(Sum::Paid, &[Kind::Payment], true));
    }
    all
}

/// What the lines of these kinds come to; nothing where one of them cannot be read. Discounts count as what they take off.
fn sum(lines: &[&Line], kinds: &[Kind], signed: bool) -> Option<Amount> {
    let chosen = lines.iter().filter(|line| kinds.contains(&line.kind) && line.told.of(CellRole::Amount).is_some());
    chosen.map(|line| line.amount).try_fold(Amount::default(), |sum, amount| {
        let amount = amount?;
        sum.plus(if signed { amount } else { amount.size() })
    })
}

fn tips(right: &[&Line]) -> Option<Amount> {
    let tips = right.iter().flat_map(|line| &line.told.cells).filter(|cell| cell.path.ends_with("/Tip"));
    tips.map(|cell| Amount::read(&cell.text)).try_fold(Amount::default(), |sum, tip| sum.plus(tip?))
}
