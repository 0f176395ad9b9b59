//! The order as a kitchen reads it: what is made, how often, and what hangs under what. Read from the request where there is
//! one, as that is what is printed; else from the order.

use passerelle_wire::{CellRole, Section, TicketLine};

use super::amount::Amount;
use super::model::{Kind, Line, Model, Via};

/// The ticket.
pub(super) fn lines(model: &Model) -> Vec<TicketLine> {
    let printed: Vec<&Line> = model.right.iter().filter(|line| line.section == Section::Items).collect();
    if !printed.is_empty() {
        return read(&printed);
    }
    let ordered = model.rows.iter().filter(|row| row.section == Section::Items && !matches!(row.via, Via::Ignored(_)));
    let ordered: Vec<&Line> = ordered.filter_map(|row| model.left.get(row.left?)).collect();
    read(&ordered)
}

fn read(lines: &[&Line]) -> Vec<TicketLine> {
    // How many there are at each depth, down to the line before.
    let mut above: Vec<Amount> = Vec::new();
    let mut ticket = Vec::new();
    for line in lines {
        let own = line.told.of(CellRole::Quantity).and_then(Amount::read).unwrap_or(Amount::UNIT);
        above.truncate(line.depth());
        let around = above.last().copied();
        above.resize(line.depth() + 1, own);
        let of_order = !line.told.path.starts_with("Transaction");
        // An option's quantity at HubRise is for one of its item already.
        let each = match around {
            Some(around) if !of_order => own.over(around).unwrap_or(own),
            _ => own,
        };
        let aside = matches!(line.kind, Kind::Discount | Kind::Charge | Kind::Tip | Kind::Deal | Kind::Field);
        let goes_without = each == Amount::UNIT && (line.told.depth > 0 || aside);
        let count = if goes_without { String::new() } else { spoken(each) };
        ticket.push(TicketLine { depth: line.told.depth, count, name: line.told.name().to_owned(), aside });
    }
    ticket
}

/// A count as it is spoken.
fn spoken(count: Amount) -> String {
    match count.count().as_str() {
        "0.5" => "½".to_owned(),
        "0.25" => "¼".to_owned(),
        other => other.to_owned(),
    }
}
