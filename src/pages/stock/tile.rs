//! One tile: what it is called, how it stands on the till (colour, icon and word), and what HubRise holds.

use leptos::prelude::*;
use passerelle_wire::StockTile;

use super::data::Data;
use crate::{
    components::icon::{Glyph, Icon},
    i18n::{language, td_string},
    logic::stock::{Look, amount::written, look, name, words},
};

/// The id of a tile's element, by its place in the order shown.
pub fn tile_id(at: usize) -> String {
    format!("tile-{at}")
}

/// The icon of how a tile stands.
pub fn glyph(look: Look) -> Glyph {
    match look {
        Look::InStock => Glyph::Done,
        Look::Exhausted => Glyph::Warn,
        Look::Inactive => Glyph::Close,
        Look::Unmanaged | Look::Silent => Glyph::Off,
    }
}

/// The class of how a tile stands.
pub fn class(look: Look) -> &'static str {
    match look {
        Look::InStock => "in",
        Look::Exhausted => "out",
        Look::Inactive => "off",
        Look::Unmanaged | Look::Silent => "plain",
    }
}

/// The tile. Drawn anew when anything about it changes.
#[component]
pub fn Tile(
    /// The board.
    data: Data,
    /// Its place in the order shown.
    at: usize,
    /// What it shows.
    tile: StockTile,
) -> impl IntoView {
    let language = language();
    let (locale, code) = (language.get_untracked(), untrack(|| language.code()));
    let look = look(&tile);
    let number = tile.quantity.as_deref().filter(|_| matches!(look, Look::InStock | Look::Exhausted));
    let number = number.map(|text| written(text, code));
    let word = words::word(locale, look);
    let held = words::held(locale, code, tile.held.as_deref());
    let active = data.active.get_untracked() == Some(at);
    let mark = match (tile.unknown, tile.differs) {
        (true, _) => Some(td_string!(locale, stock.unknown)),
        (false, true) => Some(td_string!(locale, stock.differs)),
        (false, false) => None,
    };
    view! {
        <div
            class=format!("tile {}", class(look))
            class:active=active
            role="gridcell"
            id=tile_id(at)
            data-at=at
            aria-selected=if active { "true" } else { "false" }
        >
            <p class="name">{name(&tile).to_owned()}</p>
            <p class="says">
                <Icon of=glyph(look) />
                {number.map(|number| view! { <strong>{number}</strong> " " })}
                <span>{word}</span>
            </p>
            <p class="held">
                {match tile.unknown {
                    true => ().into_any(),
                    false => view! { <span>{td_string!(locale, stock.at_hubrise)} " " {held}</span> }.into_any(),
                }}
                {tile.doubt.then(|| view! { <Icon of=Glyph::Clock /> <span class="hidden">{td_string!(locale, stock.doubt)}</span> })}
                {mark.map(|mark| view! { <span class="mark"><Icon of=Glyph::Warn />{mark}</span> })}
            </p>
        </div>
    }
}
