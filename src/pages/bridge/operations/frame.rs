//! The list as it is seen: a grid of which only the rows around what is seen stand in the document, kept and written anew as it
//! is scrolled. Keys move through it, the focus stays on its frame, so that no row that goes takes it along.

use std::time::Duration;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    super::Here,
    list::List,
    row::{FIRST, Slot, Writing, href, pattern, row_id, told},
};
use crate::{
    address::Address,
    browser::clock::{self, Precision},
    components::{dynamic::perhaps, problem::Place},
    i18n::{language, tr},
    logic::window::{MOST, ROW, View},
    pages::stuck::Stuck,
};

/// How high a row is on this screen, in CSS pixels: as high as the heading.
pub fn row_height(frame: &web_sys::HtmlDivElement) -> f64 {
    let head = frame.first_element_child().and_then(|head| head.dyn_into::<web_sys::HtmlElement>().ok());
    let height = head.map_or(0, |head| head.offset_height());
    if height > 0 { f64::from(height) } else { ROW }
}

/// The frame that scrolls, with the rows in it.
#[component]
pub fn Frame(
    /// The till.
    here: Here,
    /// The list.
    list: List,
    /// The id of its heading.
    named: &'static str,
) -> impl IntoView {
    let language = language();
    let frame = list.frame;
    // What the browser measures, as if rows were of `window::ROW`.
    let unit = StoredValue::new(1.0);
    let measure = move || {
        if let Some(frame) = frame.try_get_untracked().flatten() {
            let of_one = ROW / row_height(&frame);
            unit.set_value(of_one);
            let top = f64::from(frame.scroll_top()) * of_one;
            let height = (f64::from(frame.client_height()) * of_one - ROW).max(0.0);
            _ = list.view.try_update(|view| *view = View { top, height });
        }
    };
    // At each frame while it scrolls: no more is asked of the browser than what changed.
    let scrolled = move || {
        if let Some(frame) = frame.get_untracked() {
            let top = f64::from(frame.scroll_top()) * unit.get_value();
            list.view.update(|view| view.top = top);
        }
    };
    // Where the reader left it, once there is room to scroll.
    Effect::new(move |_| {
        if let Some(node) = frame.get() {
            let top = list.view.with_untracked(|view| view.top);
            if top > 0.0 {
                // The page was too short for the browser to do it when it came back.
                request_animation_frame(move || node.scroll_into_view_with_bool(false));
            }
            list.scroll_to(top);
            request_animation_frame(measure);
        }
    });
    // How high the frame is depends on how many rows there are.
    Effect::new(move |_| {
        list.rows();
        request_animation_frame(measure);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());

    let address = Address::from_context();
    let here = StoredValue::new(here);
    let step = move |key: &str| {
        let view = list.view.get_untracked();
        let row = view.step(key, list.active.get_untracked(), untrack(move || list.rows()))?;
        list.active.set(Some(row));
        if let Some(frame) = frame.get_untracked() {
            #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates")]
            frame.set_scroll_top((view.reveal(row) * row_height(&frame) / ROW).ceil() as i32);
            measure();
        }
        Some(())
    };
    let press = move |event: &web_sys::KeyboardEvent| {
        let key = event.key();
        let acted = match key.as_str() {
            "j" => step("ArrowDown"),
            "k" => step("ArrowUp"),
            "Escape" => list.active.try_update(|active| active.take().map(|_| ())).flatten(),
            // A link that has the focus opens itself.
            "Enter" if !on(event, "a") => {
                let row = list.active.get_untracked();
                let line = list.pages.with_untracked(|pages| pages.row(row?).map(|(_, line)| line.clone()));
                line.map(|line| address.go(&here.with_value(|here| href(here, &line))))
            }
            key => step(key),
        };
        if acted.is_some() {
            event.prevent_default();
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if is_plain(&event) {
            press(&event);
        }
    };
    if !list.bodies {
        // From anywhere but a field, another list or an open question.
        let reached = window_event_listener(leptos::ev::keydown, move |event| {
            let ours = matches!(event.key().as_str(), "j" | "k") && is_plain(&event);
            if ours && !on(&event, "input, textarea, select, dialog, [role=grid]") {
                if let Some(frame) = frame.get_untracked() {
                    _ = frame.focus();
                }
                press(&event);
            }
        });
        on_cleanup(move || reached.remove());
    }
    // Only a row that stands in the document can be pointed at.
    let pointed = move || {
        let row = list.active.get().filter(|row| list.window.with(|window| window.contains(row)))?;
        Some(row_id(list.bodies, row))
    };
    let body = NodeRef::<html::Div>::new();
    let moving = StoredValue::new(None);
    let pattern = pattern();
    Effect::new(move |drawn: Option<Drawn>| {
        let mut drawn = drawn.unwrap_or_default();
        let (zone, code, active, window) = (list.zone(), language.code(), list.active.get(), list.window.get());
        let Some(body) = body.get() else { return drawn };
        if drawn.code != code || drawn.zone != zone {
            (drawn.code, drawn.zone) = (code, zone);
            drawn.slots.iter_mut().for_each(Slot::forget);
        }
        let focused = document().active_element().filter(|focused| body.contains(Some(focused)));
        let focused = focused.and_then(|focused| focused.closest("[role=row]").ok().flatten());
        let was = focused.as_ref().and_then(number);
        drawn.hold(window.len(), &pattern, &body);
        here.with_value(|here| {
            let on = Writing { here, list, language, zone: drawn.zone.as_deref() };
            let day = |at: &str| clock::local(code, at, on.zone, Precision::Day);
            list.pages.with(|pages| {
                let mut before = match window.start.checked_sub(1) {
                    None => Some(day(&clock::moment())),
                    Some(row) => pages.row(row).map(|(_, line)| day(&line.received_at)),
                };
                for row in window {
                    let place = row.checked_rem(drawn.slots.len());
                    let Some(slot) = place.and_then(|place| drawn.slots.get_mut(place)) else { continue };
                    slot.take(&on, row, pages.row(row), before.as_ref(), active == Some(row));
                    before = slot.day().cloned().or(before);
                }
            });
        });
        // Nobody's focus comes to stand on another line by itself.
        if let Some(frame) = frame.get_untracked().filter(|_| focused.as_ref().and_then(number) != was) {
            _ = frame.focus();
        }
        // Whoever reads the document by itself finds the rows in their order once it rests.
        tidy(body, moving);
        drawn
    });
    // Written when somebody wants to read it: three times as much as the row itself.
    let point = move |event: web_sys::PointerEvent| {
        let pressed = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        // The link lies over the whole of its row.
        let link = pressed.and_then(|on| on.closest("a").ok().flatten()).filter(|link| !link.has_attribute("title"));
        let Some((link, row)) = link.and_then(|link| Some((link.clone(), link.closest("[role=row]").ok()??))) else {
            return;
        };
        let line = number(&row)
            .and_then(|row| list.pages.with_untracked(|pages| pages.row(row).map(|(_, line)| line.clone())));
        if let Some(line) = line {
            _ = link.set_attribute("title", &told(language, &line, untrack(|| list.zone()).as_deref()));
        }
    };
    // How many there are is known once the end is, and where the newest is.
    let count = move || match list.pages.with(|pages| pages.more() || pages.jumped()) {
        true => "-1".to_owned(),
        false => (list.rows() + 1).to_string(),
    };
    let again = move |()| list.again();
    view! {
        <div
            class="frame"
            role="grid"
            tabindex="0"
            aria-labelledby=named
            aria-describedby="list-keys"
            aria-rowcount=count
            aria-busy=move || list.searching.get().then_some("true")
            aria-activedescendant=pointed
            node_ref=frame
            on:scroll=move |_| scrolled()
            on:keydown=keys
            on:pointerover=point
        >
            <div class="line head" role="row" aria-rowindex="1">
                <span role="columnheader">{tr!(language, operations.time)}</span>
                <span role="columnheader">{tr!(language, operations.order)}</span>
                <span role="columnheader" class="wide">{tr!(language, operations.description)}</span>
                <span role="columnheader" class="wide">{tr!(language, operations.channel)}</span>
                <span role="columnheader" class="wide amount">{tr!(language, operations.amount)}</span>
                <span role="columnheader">{tr!(language, operations.state)}</span>
            </div>
            <div
                role="rowgroup"
                class="rows"
                node_ref=body
                style=("height", move || ["calc(", &list.rows().to_string(), " * var(--row))"].concat())
            ></div>
        </div>
        {perhaps(move || {
            list.stuck
                .get()
                .map(|error| {
                    view! {
                        <div class="body">
                            <Stuck error=error place=Place::Inline on_repeat=again />
                        </div>
                    }
                })
        })}
    }
}

/// What stands in the document, and how it was written.
#[derive(Default)]
struct Drawn {
    slots: Vec<Slot>,
    code: &'static str,
    zone: Option<String>,
}

impl Drawn {
    /// Holds as many rows as are to be seen. A line stands in the row that its number leaves over: when the window moves, only
    /// the lines that came are written, into the rows of those that went.
    fn hold(&mut self, count: usize, pattern: &web_sys::Element, body: &web_sys::Element) {
        if self.slots.len() == count {
            return;
        }
        if self.slots.is_empty() {
            // A frame that is drawn again is given the element of the one before it, with all that one had put into it.
            body.set_text_content(Some(""));
        }
        for slot in self.slots.drain(count.min(self.slots.len())..) {
            slot.row.remove();
        }
        let more = count - self.slots.len();
        self.slots.extend((0..more).map_while(|_| Slot::like(pattern)));
        for slot in &self.slots {
            _ = body.append_child(&slot.row);
        }
    }
}

/// How long nothing moves before the rows are put in order.
const REST: Duration = Duration::from_millis(200);

/// Puts the rows in their order once nothing has moved for a while. `moving`: whether something did since it was last looked.
fn tidy(body: web_sys::HtmlDivElement, moving: StoredValue<Option<bool>>) {
    let looks = moving.try_update_value(|moving| moving.replace(moving.is_some()).is_some());
    if looks == Some(false) {
        let look = move || match moving.try_update_value(Option::take).flatten() {
            Some(true) => tidy(body, moving),
            Some(false) => in_order(&body),
            None => {}
        };
        set_timeout(look, REST);
    }
}

/// Puts the rows in their order: they stand as in a ring, begun anywhere. Not while one holds the focus, which would get lost.
fn in_order(body: &web_sys::Element) {
    if document().active_element().is_some_and(|focused| body.contains(Some(&focused))) {
        return;
    }
    for _ in 0..MOST {
        let (Some(first), Some(last)) = (body.first_element_child(), body.last_element_child()) else { return };
        if number(&first) <= number(&last) {
            return;
        }
        _ = body.append_child(&first);
    }
}

/// Which row of the list stands in a row of the document.
fn number(row: &web_sys::Element) -> Option<usize> {
    row.get_attribute("aria-rowindex")?.parse::<usize>().ok()?.checked_sub(FIRST)
}

/// Whether a key is pressed without another that changes it.
pub fn is_plain(event: &web_sys::KeyboardEvent) -> bool {
    !event.ctrl_key() && !event.meta_key() && !event.alt_key()
}

/// Whether it is pressed on, or within, what `selector` says.
pub fn on(event: &web_sys::KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
}
