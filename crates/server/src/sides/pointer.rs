//! Which part of the order, or which node of the request, a failure is about: read from the till's own words, and from what
//! the translation noted. Nothing is better than a guess.

use std::collections::HashMap;

use passerelle_wire::{Cause, CellRole, Point, Section, Side, SideCell};

use super::Failure;
use super::amount::currency;
use super::model::{Kind, Model, Via, number};

/// The part a failure is about.
pub(super) fn spot(failure: &Failure, model: &Model) -> Option<Point> {
    match failure.cause? {
        Cause::WrongToken | Cause::NoToken => {
            request_cells(model).find(|(_, cell)| cell.label == "EOIAuthenticationToken").map(|(point, _)| point)
        }
        Cause::UnknownProduct | Cause::TillRefused => named(model, failure.detail.as_deref()?),
        Cause::NothingToSend => {
            let skipped =
                model.rows.iter().find(|row| row.section == Section::Items && matches!(row.via, Via::Skipped(_)));
            Some(Point { side: Side::Order, line: number(skipped?.left?), cell: None })
        }
        Cause::SeveralCurrencies => odd_currency(model),
        _ => None,
    }
}

/// The code of the request that the till's words name.
fn named(model: &Model, words: &str) -> Option<Point> {
    let mut places: HashMap<&str, Point> = HashMap::new();
    for (point, cell) in request_cells(model).filter(|(_, cell)| cell.role == CellRole::Ref && !cell.text.is_empty()) {
        places.entry(&cell.text).or_insert(point);
    }
    let codes = words.split(|character: char| !character.is_alphanumeric() && !matches!(character, '-' | '_' | '.'));
    let mut codes = codes.filter(|code| code.len() > 1 || code.bytes().all(|byte| byte.is_ascii_digit()));
    codes.find_map(|code| places.get(code.trim_end_matches('.')).copied())
}

/// The first amount in another currency than the one before it.
fn odd_currency(model: &Model) -> Option<Point> {
    let mut first = None;
    for (line, its) in model.left.iter().enumerate() {
        for (cell, amount) in its.told.cells.iter().enumerate().filter(|(_, cell)| cell.role == CellRole::Amount) {
            let Some(currency) = currency(&amount.text) else { continue };
            if *first.get_or_insert(currency) != currency {
                return Some(Point { side: Side::Order, line: number(line), cell: Some(number(cell)) });
            }
        }
    }
    None
}

/// Every cell of the request, with its place.
fn request_cells(model: &Model) -> impl Iterator<Item = (Point, &SideCell)> {
    model.right.iter().enumerate().flat_map(|(line, its)| {
        let place = move |cell| Point { side: Side::Request, line: number(line), cell: Some(number(cell)) };
        its.told.cells.iter().enumerate().map(move |(at, cell)| (place(at), cell))
    })
}

/// What a person calls the part: its name and its code.
pub(super) fn name(model: &Model, point: Point) -> Option<String> {
    let line = model.line(point)?;
    // The order's own words rather than the request's.
    let ordered = match point.side {
        Side::Order => None,
        Side::Request => model.beside(point.line),
    };
    let said = ordered.unwrap_or(line);
    if said.kind == Kind::Field {
        return Some(said.told.cells.first()?.label.clone());
    }
    let (said, code) = (&said.told, line.told.of(CellRole::Ref));
    let code = code.or_else(|| said.of(CellRole::Ref)).filter(|code| !code.is_empty());
    Some(match code {
        Some(code) if code != said.name() => [said.name(), " · ", code].concat(),
        _ => said.name().to_owned(),
    })
}
