//! The board as it is seen: a grid of which only the rows around what is seen stand in the document. Keys move through it, the
//! focus stays on its frame, so that no row that goes takes it along.

use std::ops::Range;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    data::{Data, Shown},
    tile::{Tile, tile_id},
};
use crate::{
    i18n::{Locale, language, td_string, tr},
    logic::stock::{
        arranged::Heading,
        asked::key,
        fingerprint,
        grid::{Grid, Row, columns},
    },
};

/// The frame that scrolls, with the rows in it.
#[component]
pub fn Frame(
    /// The board.
    data: Data,
) -> impl IntoView {
    let language = language();
    let frame = data.frame;
    // How far it is scrolled, and how high it is.
    let (top, height) = (RwSignal::new(0_usize), RwSignal::new(0_usize));
    let keep = |signal: RwSignal<usize>, now: usize| {
        if signal.try_get_untracked().is_some_and(|before| before != now) {
            signal.set(now);
        }
    };
    let measure = move || {
        if let Some(frame) = frame.try_get_untracked().flatten() {
            let whole = |measured: i32| usize::try_from(measured).unwrap_or_default();
            data.widen(columns(whole(frame.client_width())));
            keep(top, whole(frame.scroll_top()));
            keep(height, whole(frame.client_height()));
        }
    };
    // How high the frame is depends on how many rows there are.
    Effect::new(move |_| {
        rows_of(data);
        frame.track();
        request_animation_frame(measure);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());

    let open = move |at: usize| {
        data.active.set(Some(at));
        if let Some(tile) = data.tile(at) {
            data.asked.open(Some(key(&tile)));
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let (key, active) = (event.key(), data.active.get_untracked());
        if let ("Enter" | " ", Some(at)) = (key.as_str(), active) {
            event.prevent_default();
            return open(at);
        }
        let seen = (top.get_untracked(), height.get_untracked());
        let step = |grid: &Grid| grid.step(&key, active, seen.0, seen.1);
        let Some(at) = data.shown.with_untracked(|shown| shown.as_ref().and_then(|shown| step(&shown.grid))) else {
            return;
        };
        event.prevent_default();
        data.active.set(Some(at));
        if let Some(frame) = frame.get_untracked() {
            let reveal = |grid: &Grid| grid.reveal(at, seen.0, seen.1);
            let to = data.shown.with_untracked(|shown| shown.as_ref().map(|shown| reveal(&shown.grid)));
            frame.set_scroll_top(to.and_then(|to| i32::try_from(to).ok()).unwrap_or_default());
            measure();
        }
    };
    let press = move |event: web_sys::MouseEvent| {
        let pressed = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let at = pressed
            .and_then(|pressed| pressed.closest("[data-at]").ok().flatten())
            .and_then(|tile| tile.get_attribute("data-at"))
            .and_then(|at| at.parse::<usize>().ok());
        if let Some(at) = at {
            open(at);
        }
    };
    // Only a tile that stands in the document can be pointed at.
    let pointed = move || {
        let at = data.active.get()?;
        let (top, height) = (top.get(), height.get());
        let there = data.shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.grid.shows(at, top, height)));
        there.then(|| tile_id(at))
    };
    let rows = move || {
        let (top, height, active) = (top.get(), height.get(), data.active.get());
        let (locale, code) = (language.get(), language.code());
        data.shown.with(|shown| {
            let Some(shown) = shown else { return Vec::new() };
            let row = |at| {
                let (row, top) = shown.grid.row(at)?;
                Some(match row {
                    Row::Heading(heading) => (at, top, 0..0, named(shown, locale, heading), code),
                    Row::Tiles(tiles) => (at, top, tiles.clone(), edition(shown, tiles.clone(), active), code),
                })
            };
            shown.grid.window(top, height).filter_map(row).collect::<Vec<_>>()
        })
    };
    view! {
        <div
            class="frame"
            role="grid"
            tabindex="0"
            aria-labelledby="stock-board"
            aria-describedby="stock-keys"
            aria-rowcount=move || rows_of(data)
            aria-colcount=move || {
                rows_of(data);
                data.columns()
            }
            aria-activedescendant=pointed
            node_ref=frame
            on:scroll=move |_| measure()
            on:keydown=keys
            on:click=press
        >
            <div
                role="rowgroup"
                class="rows"
                style:height=move || px(data.shown.with(|shown| shown.as_ref().map_or(0, |shown| shown.grid.height())))
                style=("--columns", move || {
                    rows_of(data);
                    data.columns().to_string()
                })
            >
                <For each=rows key=|row| row.clone() let((at, top, tiles, words, _code))>
                    <div
                        class=if tiles.is_empty() { "category" } else { "line" }
                        role="row"
                        aria-rowindex=at + 1
                        style:top=px(top)
                    >
                        {match tiles.is_empty() {
                            true => view! { <strong role="rowheader">{words}</strong> }.into_any(),
                            false => tiles.clone()
                                .filter_map(|at| data.tile(at).map(|tile| (at, tile)))
                                .map(|(at, tile)| view! { <Tile data=data at=at tile=tile /> })
                                .collect_view()
                                .into_any(),
                        }}
                    </div>
                </For>
            </div>
        </div>
        <p id="stock-keys" class="hints muted small">
            {tr!(language, stock.keys_short)}
        </p>
    }
}

/// How many rows there are; tracked.
fn rows_of(data: Data) -> usize {
    data.shown.with(|shown| shown.as_ref().map_or(0, |shown| shown.grid.rows()))
}

/// Changes with anything that is seen of the tiles of a row.
fn edition(shown: &Shown, tiles: Range<usize>, active: Option<usize>) -> String {
    let mut edition = match active.filter(|active| tiles.contains(active)) {
        Some(active) => active.to_string(),
        None => String::new(),
    };
    tiles.filter_map(|at| shown.tile(at)).for_each(|tile| fingerprint(tile, &mut edition));
    edition
}

/// A heading in words.
fn named(shown: &Shown, locale: Locale, heading: &Heading) -> String {
    match heading {
        Heading::Category(at) => {
            let at = usize::try_from(*at).unwrap_or(usize::MAX);
            shown.board.categories.get(at).cloned().unwrap_or_default()
        }
        Heading::Uncategorised => td_string!(locale, stock.uncategorised).to_owned(),
        Heading::Unknown => td_string!(locale, stock.not_in_catalog).to_owned(),
        Heading::None => String::new(),
    }
}

fn px(pixels: usize) -> String {
    let mut text = pixels.to_string();
    text.push_str("px");
    text
}
