//! A body, drawn: only the rows that are seen stand in the document, however long it is. What is pressed or pointed at is heard in one
//! place for all rows.

use std::sync::Arc;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{frame::Frame, meanings::Meanings};
use crate::{
    components::dynamic::flag,
    logic::{
        explained::names,
        layout::{Kind, Layout},
        rows::{Row, down, pieces},
    },
};

/// The frame's content.
#[component]
pub fn Code(
    /// What it knows.
    frame: Frame,
    /// Where nodes are explained.
    meanings: Meanings,
    /// In which part of the explanations.
    part: &'static str,
    /// Unique on the page; rows are called after it.
    id: &'static str,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let Frame { is_tree, rows, found, at, view, active, hovered, node, .. } = frame;
    let resized = window_event_listener(ev::resize, move |_| frame.measure());
    on_cleanup(move || resized.remove());
    Effect::new(move |_| {
        if node.get().is_some() {
            frame.measure();
            // Once it has been laid out, whatever stands around it by then.
            request_animation_frame(move || frame.measure());
        }
    });
    // Rows are drawn anew when anything but the scrolling changes.
    let drawn = Memo::new(move |before: Option<&u64>| {
        rows.track();
        found.track();
        at.track();
        meanings.track();
        before.copied().unwrap_or_default() + 1
    });
    let window = Memo::new(move |_| {
        let (top, height) = view.get();
        rows.with(|rows| rows.window(top, height))
    });
    let each = move || {
        let drawn = drawn.get();
        window.get().map(|row| (drawn, row)).collect::<Vec<_>>()
    };
    let draw = move |(_, at): (u64, usize)| {
        let row = rows.with_untracked(|rows| rows.list.get(at).copied());
        let first = rows.with_untracked(|rows| {
            at.checked_sub(1).and_then(|before| rows.list.get(before)).map(|row| row.line) != row.map(|row| row.line)
        });
        row.map(|row| drawn_row(frame, meanings, part, id, row, first)).into_any()
    };
    let line_of = |event: &web_sys::Event| {
        let pressed = event.target()?.dyn_into::<web_sys::Element>().ok()?;
        let line = pressed.closest("[data-line]").ok()??.get_attribute("data-line")?.parse::<usize>().ok()?;
        Some((line, pressed.class_name() == "fold"))
    };
    view! {
        <div
            class="code"
            class:tree=is_tree
            node_ref=node
            tabindex="0"
            role=move || if is_tree.get() { "tree" } else { "group" }
            aria-label=label
            aria-activedescendant=move || {
                active.get().filter(|_| is_tree.get()).map(|line| [id, "-", &line.to_string()].concat())
            }
            on:scroll=move |_| {
                view.set(frame.seen());
            }
            on:keydown=move |event| {
                let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key());
                if plain && is_tree.get_untracked() && frame.press(&event.key()) {
                    // The keys lead now, wherever the pointer lies.
                    hovered.set(None);
                    event.prevent_default();
                }
            }
            on:click=move |event| {
                if let Some((line, folds)) = line_of(&event).filter(|_| is_tree.get_untracked()) {
                    active.set(Some(line));
                    if folds {
                        frame.toggle(line);
                    }
                }
            }
            on:pointerover=move |event| {
                let line = line_of(&event).map(|(line, _)| line).filter(|_| is_tree.get_untracked());
                if hovered.get_untracked() != line {
                    hovered.set(line);
                }
            }
            on:pointerleave=move |_| hovered.set(None)
        >
            <span class="probe" aria-hidden="true">
                "00000000000000000000000000000000000000000000000000"
            </span>
            <div
                class="whole"
                role="none"
                style:height=move || down(rows.with(|rows| rows.list.len()))
            >
                <div
                    class="rows"
                    role="none"
                    style:transform=move || {
                        ["translateY(", &down(window.get().start), ")"].concat()
                    }
                >
                    <For each=each key=|row| *row let:row>
                        {draw(row)}
                    </For>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// One row.
fn drawn_row(frame: Frame, meanings: Meanings, part: &'static str, id: &str, row: Row, first: bool) -> AnyView {
    let layout = frame.layout.get_untracked();
    let line = row.line as usize;
    let is_tree = frame.is_tree.get_untracked();
    let folds = is_tree && first && layout.folds(line);
    let folded = folds && frame.is_folded(line);
    let known = is_tree && first && meanings.knows(part, &names(&layout, line));
    let class = if frame.broken.get_untracked() == Some(line) { "ln broken" } else { "ln" };
    // A row that is pressed is not drawn anew: what somebody selects to copy would be lost.
    let active = flag(move || frame.active.get() == Some(line));
    let words = written(frame, &layout, row, known);
    let closing = folded.then(|| folded_end(&layout, line));
    let number = if first { (line + 1).to_string() } else { String::new() };
    let level = layout.lines.get(line).map(|found| (found.depth + 1).to_string());
    let item = is_tree && first;
    view! {
        <div
            class=class
            class:active=active
            data-line=line.to_string()
            id=item.then(|| [id, "-", &line.to_string()].concat())
            role=if item { Some("treeitem") } else { is_tree.then_some("none") }
            attr:aria-level=level.filter(|_| item)
            aria-expanded=folds.then_some(if folded { "false" } else { "true" })
            aria-selected=move || item.then(|| if active.get() { "true" } else { "false" })
        >
            <span class="no" aria-hidden="true">
                {number}
            </span>
            <span class="fold" aria-hidden="true">
                {folds.then_some(if folded { "▸" } else { "▾" })}
            </span>
            {words}
            {closing.map(|end| view! { <span class="m">{end}</span> })}
        </div>
    }
    .into_any()
}

/// A row's text, coloured and marked.
fn written(frame: Frame, layout: &Arc<Layout>, row: Row, known: bool) -> AnyView {
    let found = frame.found.get_untracked();
    let current = found.places.get(frame.at.get_untracked()).copied();
    let mut known = known;
    let pieces = pieces(layout, row, &found.places, found.length, current);
    pieces
        .into_iter()
        .map(|piece| {
            let explained = piece.kind == Kind::Name && std::mem::take(&mut known);
            let class = if explained { "n known" } else { piece.kind.class() };
            match piece.found {
                None => view! { <span class=class>{piece.text}</span> }.into_any(),
                Some(current) => view! {
                    <mark class=class aria-current=current.then_some("true")>
                        {piece.text}
                    </mark>
                }
                .into_any(),
            }
        })
        .collect_view()
        .into_any()
}

/// What follows the beginning of something folded.
fn folded_end(layout: &Layout, line: usize) -> String {
    let last = layout.lines.get(line).and_then(|found| layout.lines.get(found.last as usize));
    ["…", last.map(|last| layout.at(last.span).trim()).unwrap_or_default()].concat()
}
