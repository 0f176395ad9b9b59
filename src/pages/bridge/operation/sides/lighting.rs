//! What is lit: the part under the pointer or the focus, else the one that was pressed, and its counterparts. The lines do
//! not know it: an order of a thousand lines must light up at once.

use leptos::prelude::*;
use passerelle_wire::{Point, Side, SideRow, Sides};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

use super::super::tale::{id, point};
use crate::browser::page;

/// The attribute of what is lit.
const LIT: &str = "data-lit";

/// The light.
#[derive(Clone, Copy)]
pub(super) struct Lighting {
    sides: Memo<Option<Sides>>,
    pointed: RwSignal<Option<Point>>,
    picked: RwSignal<Option<Point>>,
}

impl Lighting {
    /// Lights what is pointed at, or picked, from now on.
    pub(super) fn of(sides: Memo<Option<Sides>>, picked: RwSignal<Option<Point>>) -> Self {
        let pointed = RwSignal::new(None);
        let lit = Memo::new(move |_| {
            let point: Point = pointed.get().or(picked.get())?;
            let mut all = sides.with(|sides| sides.as_ref().map(|sides| sides.counterparts(point)))?;
            // The lines that cells stand in are lit more softly, by the same mark.
            all.push(point);
            all.extend(all.clone().into_iter().map(|point| Point { cell: None, ..point }));
            all.sort_unstable();
            all.dedup();
            Some(all)
        });
        Effect::new(move |before: Option<Vec<Point>>| {
            let now = lit.get().unwrap_or_default();
            for gone in before.into_iter().flatten() {
                mark(gone, false);
            }
            now.iter().for_each(|point| mark(*point, true));
            now
        });
        Effect::new(move |before: Option<Option<Point>>| {
            let now = picked.get().map(|point| Point { cell: None, ..point });
            if let Some(gone) = before.flatten() {
                press(gone, false);
            }
            if let Some(now) = now {
                press(now, true);
            }
            now
        });
        Self { sides, pointed, picked }
    }

    /// The pointer or the focus came to something.
    pub(super) fn point(self, target: Option<EventTarget>) {
        let now = under(target);
        if now != self.pointed.get_untracked() {
            self.pointed.set(now);
        }
    }

    /// The pointer left.
    pub(super) fn away(self) {
        self.pointed.set(None);
    }

    /// Something was pressed; pressed again it is let go.
    pub(super) fn pick(self, target: Option<EventTarget>) {
        if let Some(point) = under(target) {
            self.picked.update(|picked| *picked = if *picked == Some(point) { None } else { Some(point) });
        }
    }

    /// Arrows go from line to line, and across; Escape lets go. Whether the key was one of these.
    pub(super) fn walk(self, key: &str, target: Option<EventTarget>) -> bool {
        if key == "Escape" {
            let was = self.picked.get_untracked().is_some();
            self.picked.set(None);
            return was;
        }
        let Some(here) = under(target) else { return false };
        let next = self.sides.with_untracked(|sides| {
            let rows = &sides.as_ref()?.rows;
            let row = rows.iter().position(|row| Some(here.line) == row.half(here.side))?;
            let on = |side: Side, row: Option<&SideRow>| row?.half(side).map(|line| Point { side, line, cell: None });
            match key {
                "ArrowDown" => rows.iter().skip(row + 1).find_map(|row| on(here.side, Some(row))),
                "ArrowUp" => rows.iter().take(row).rev().find_map(|row| on(here.side, Some(row))),
                "ArrowRight" => on(Side::Request, rows.get(row)),
                "ArrowLeft" => on(Side::Order, rows.get(row)),
                _ => None,
            }
        });
        if let Some(next) = next {
            page::focus(id(next));
        }
        next.is_some()
    }
}

/// The part an event is about.
fn under(target: Option<EventTarget>) -> Option<Point> {
    let element = target?.dyn_into::<Element>().ok()?;
    point(&element.closest("[id^='at-']").ok().flatten()?.id())
}

fn element(point: Point) -> Option<Element> {
    document().get_element_by_id(&id(point))
}

fn mark(point: Point, on: bool) {
    let Some(element) = element(point) else { return };
    _ = if on { element.set_attribute(LIT, "") } else { element.remove_attribute(LIT) };
}

fn press(point: Point, on: bool) {
    if let Some(element) = element(point) {
        _ = element.set_attribute("aria-pressed", if on { "true" } else { "false" });
    }
}
