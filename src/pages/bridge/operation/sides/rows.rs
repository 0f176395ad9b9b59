//! The rows of one section: the order's half, how it went, the request's half.

use leptos::prelude::*;
use passerelle_wire::{Point, Section, Side, SideRow, Sides, Via};

use super::{
    caption::reason,
    half::{half, under},
    sign,
};
use crate::{
    components::dynamic::perhaps,
    i18n::{Language, text, tr},
};

/// What a row asks for what it does not hold itself.
#[derive(Clone, Copy)]
pub(super) struct Asks {
    /// Both sides.
    pub(super) sides: Memo<Option<Sides>>,
    /// What was picked.
    pub(super) picked: RwSignal<Option<Point>>,
    /// The language of the page.
    pub(super) language: Language,
}

/// The section; nothing where it is empty.
pub(super) fn rows(sides: &Sides, section: Section, asks: Asks) -> Option<AnyView> {
    let here = sides.rows.iter().filter(|row| row.section == section);
    let all: Vec<AnyView> = here.map(|row| one(sides, *row, asks)).collect();
    let language = asks.language;
    let title = match section {
        Section::Head => Some(tr!(language, operation.sides.head)),
        Section::Items => Some(tr!(language, operation.sides.items)),
        Section::Payments => Some(tr!(language, operation.sides.payments)),
        Section::Customer => Some(tr!(language, operation.sides.customer)),
        // Told by what unfolds it.
        Section::Rest => None,
    };
    let titled = title.map(|title| view! { <h3>{title}</h3> });
    (!all.is_empty()).then(|| (titled, all).into_any())
}

fn one(sides: &Sides, row: SideRow, asks: Asks) -> AnyView {
    let (sign, class) = sign(&row);
    let language = asks.language;
    let gone = matches!(row.via, Via::Skipped | Via::Ignored);
    let left = row.left.map(|line| half(sides, Point { side: Side::Order, line, cell: None }, gone));
    let right = match row.right {
        Some(line) => half(sides, Point { side: Side::Request, line, cell: None }, false),
        // The part's own words are beside it.
        None => {
            let sides = asks.sides;
            let why = text(move || {
                sides
                    .with(|sides| sides.as_ref().and_then(|sides| reason(language.get(), sides, &row)))
                    .unwrap_or_default()
            });
            view! { <p class="why small">{why}</p> }.into_any()
        }
    };
    let lacks = match (row.left, row.right) {
        (None, _) => " no-order",
        (_, None) => " no-request",
        _ => "",
    };
    let here = Memo::new(move |_| asks.picked.get().filter(|point| row.half(point.side) == Some(point.line)));
    view! {
        <div class=["duo ", class, lacks].concat()>
            <div class="l">{left}</div>
            <span class="sign" aria-hidden="true">
                {sign}
            </span>
            <div class="r">{right}</div>
            {perhaps(move || {
                let point = here.get()?;
                asks.sides.with_untracked(|sides| sides.as_ref().and_then(|sides| under(sides, point)))
            })}
        </div>
    }
    .into_any()
}
