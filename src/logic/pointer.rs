//! Which part of the order, or which node of the request, a failure is about: read from the till's own words, and from what
//! the translation noted. Nothing is better than a guess.

use passerelle_wire::{Cause, OperationLine};

use super::{
    money,
    sides::{Kind, Model, Point, Role, Section, Side, Via},
};

/// The part a failure is about.
pub fn spot(line: &OperationLine, model: &Model) -> Option<Point> {
    match line.cause? {
        Cause::WrongToken | Cause::NoToken => request_cell(model, |label, _| label == "EOIAuthenticationToken"),
        Cause::UnknownProduct | Cause::TillRefused => named(model, line.detail.as_deref()?),
        Cause::NothingToSend => {
            let skipped =
                model.rows.iter().find(|row| row.section == Section::Items && matches!(row.via, Via::Skipped(_)));
            Some(Point { side: Side::Order, line: skipped?.left?, cell: None })
        }
        Cause::SeveralCurrencies => odd_currency(model),
        _ => None,
    }
}

/// The code of the request that the till's words name.
fn named(model: &Model, words: &str) -> Option<Point> {
    let codes = words.split(|character: char| !character.is_alphanumeric() && !matches!(character, '-' | '_' | '.'));
    let mut codes = codes.filter(|code| code.len() > 1 || code.bytes().all(|byte| byte.is_ascii_digit()));
    codes.find_map(|code| {
        let code = code.trim_end_matches('.');
        request_cell(model, |_, (role, text)| role == Role::Ref && !code.is_empty() && text == code)
    })
}

/// The first amount in another currency than the one before it.
fn odd_currency(model: &Model) -> Option<Point> {
    let mut first = None;
    for (line, its) in model.left.iter().enumerate() {
        for (cell, amount) in its.cells.iter().enumerate().filter(|(_, cell)| cell.role == Role::Amount) {
            let Some((_, currency)) = money::parts(&amount.text) else { continue };
            if *first.get_or_insert(currency) != currency {
                return Some(Point { side: Side::Order, line, cell: Some(cell) });
            }
        }
    }
    None
}

fn request_cell(model: &Model, is_it: impl Fn(&str, (Role, &str)) -> bool) -> Option<Point> {
    model.right.iter().enumerate().find_map(|(line, its)| {
        let cell = its.cells.iter().position(|cell| is_it(&cell.label, (cell.role, &cell.text)))?;
        Some(Point { side: Side::Request, line, cell: Some(cell) })
    })
}

/// What a person calls the part: its name and its code.
pub fn name(model: &Model, point: Point) -> Option<String> {
    let line = model.line(point)?;
    // The order's own words rather than the request's.
    let ordered = match point.side {
        Side::Order => None,
        Side::Request => model.row(point).and_then(|row| model.left.get(row.left?)),
    };
    let said = ordered.unwrap_or(line);
    if said.kind == Kind::Field {
        return Some(said.cells.first()?.label.clone());
    }
    let code = line.of(Role::Ref).or_else(|| said.of(Role::Ref)).filter(|code| !code.is_empty());
    Some(match code {
        Some(code) if code != said.name() => [said.name(), " · ", code].concat(),
        _ => said.name().to_owned(),
    })
}
