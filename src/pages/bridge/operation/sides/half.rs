//! One half of a row: a line of the order or of the request as a button, each of its facts a cell that can be pointed at; and
//! the counterpart that opens under it where there is no room for both.

use leptos::prelude::*;
use passerelle_wire::{CellRole, Point, Side, SideCell, SideLine, Sides};

use super::super::tale::id;
use crate::logic::visible::visible;

/// The line. `gone`: it was not sent.
pub(super) fn half(sides: &Sides, point: Point, gone: bool) -> AnyView {
    let Some(line) = sides.line(point) else { return ().into_any() };
    let class = format!("half d{}{}", line.depth.min(4), if gone { " gone" } else { "" });
    view! {
        <button type="button" id=id(point) class=class>
            {cells(line, point)}
        </button>
    }
    .into_any()
}

/// The counterparts of a line, where they stand on the side that is out of view; nothing where there are none.
pub(super) fn under(sides: &Sides, point: Point) -> Option<AnyView> {
    let mut lines: Vec<u32> = sides.counterparts(point).into_iter().map(|there| there.line).collect();
    lines.dedup();
    let side = point.side.other();
    let shown: Vec<AnyView> = lines
        .into_iter()
        .filter_map(|line| {
            let line = sides.lines(side).get(line as usize)?;
            let cells: Vec<AnyView> = line.cells.iter().map(|its| cell(its, None, side)).collect();
            Some(view! { <p class="half">{cells}</p> }.into_any())
        })
        .collect();
    // It is told in words elsewhere.
    (!shown.is_empty()).then(|| view! { <div class="under" aria-hidden="true">{shown}</div> }.into_any())
}

fn cells(line: &SideLine, point: Point) -> Vec<AnyView> {
    line.cells
        .iter()
        .zip(0..)
        .map(|(its, at)| cell(its, Some(id(Point { cell: Some(at), ..point })), point.side))
        .collect()
}

/// One fact: what the format calls it, where that tells something, and what stands there.
fn cell(cell: &SideCell, id: Option<String>, side: Side) -> AnyView {
    let role = match cell.role {
        CellRole::Quantity => "cell count",
        CellRole::Name => "cell name",
        CellRole::Ref => "cell ref",
        CellRole::Amount => "cell money",
        CellRole::Plain => "cell",
        CellRole::Quiet => "cell quiet",
    };
    // What an order holds speaks for itself; a request is read by its elements.
    let label = (side == Side::Request || matches!(cell.role, CellRole::Plain)).then(|| cell.label.clone());
    let text = visible(&cell.text).into_owned();
    view! {
        <span class=role id=id title=cell.path.clone()>
            {label.map(|label| view! { <i>{label}</i> " " })}
            <bdi>{text}</bdi>
        </span>
        " "
    }
    .into_any()
}
