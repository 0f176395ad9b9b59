//! One half of a row: a line of the order or of the request as a button, each of its facts a cell that can be pointed at; and
//! the counterpart that opens under it where there is no room for both.

use leptos::prelude::*;

use super::super::tale::id;
use crate::logic::{
    sides::{Cell, Line, Model, Point, Role, Side},
    visible::visible,
};

/// The line. `gone`: it was not sent.
pub(super) fn half(model: &Model, point: Point, gone: bool) -> AnyView {
    let Some(line) = model.line(point) else { return ().into_any() };
    let class = format!("half d{}{}", line.depth.min(4), if gone { " gone" } else { "" });
    view! {
        <button type="button" id=id(point) class=class>
            {cells(line, point)}
        </button>
    }
    .into_any()
}

/// The counterparts of a line, where they stand on the side that is out of view; nothing where there are none.
pub(super) fn under(model: &Model, point: Point) -> Option<AnyView> {
    let mut lines: Vec<usize> = model.counterparts(point).into_iter().map(|there| there.line).collect();
    lines.dedup();
    let side = point.side.other();
    let shown: Vec<AnyView> = lines
        .into_iter()
        .filter_map(|line| {
            let line = model.lines(side).get(line)?;
            let cells: Vec<AnyView> = line.cells.iter().map(|its| cell(its, None, side)).collect();
            Some(view! { <p class="half">{cells}</p> }.into_any())
        })
        .collect();
    // It is told in words elsewhere.
    (!shown.is_empty()).then(|| view! { <div class="under" aria-hidden="true">{shown}</div> }.into_any())
}

fn cells(line: &Line, point: Point) -> Vec<AnyView> {
    let each = line.cells.iter().enumerate();
    each.map(|(at, its)| cell(its, Some(id(Point { cell: Some(at), ..point })), point.side)).collect()
}

/// One fact: what the format calls it, where that tells something, and what stands there.
fn cell(cell: &Cell, id: Option<String>, side: Side) -> AnyView {
    let role = match cell.role {
        Role::Quantity => "cell count",
        Role::Name => "cell name",
        Role::Ref => "cell ref",
        Role::Amount => "cell money",
        Role::Plain => "cell",
        Role::Quiet => "cell quiet",
    };
    // What an order holds speaks for itself; a request is read by its elements.
    let label = (side == Side::Request || matches!(cell.role, Role::Plain)).then(|| cell.label.clone());
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
