//! The list itself: a grid of which only the rows around what is seen stand in the document. Keys move through it, the
//! focus stays on its frame, so that no row that goes takes it along.

use leptos::prelude::*;
use passerelle_wire::DeskLine;
use wasm_bindgen::JsCast;

use super::{
    Here,
    list::List,
    opening::Opening,
    question::{Asked, Asking},
    row::{Bones, Row, row_id},
};
use crate::{
    components::{
        dynamic::{dynamic, perhaps},
        problem::Place,
        waiting::Slow,
    },
    i18n::{language, td_string, text, tr},
    logic::window::{ROW, View, pixels},
    pages::stuck::Stuck,
};

/// How many rows of bones stand in before anything is known.
const BONES: usize = 8;

/// What stands under the head of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    Waiting,
    Failed,
    Empty,
    NoMatch,
    Rows,
}

/// The list, or what stands in its place.
#[component]
pub fn Grid(
    /// The vendor.
    here: Here,
    /// The list.
    list: List,
    /// Opens the way in where there is no right yet.
    asking: Asking,
) -> impl IntoView {
    let language = language();
    let face = Memo::new(move |_| match (list.pages.with(|pages| pages.total()), list.problem.with(Option::is_some)) {
        (None, true) => Face::Failed,
        (None, false) => Face::Waiting,
        (Some(0), _) if list.search.with(|search| search.is_all()) => Face::Empty,
        (Some(0), _) => Face::NoMatch,
        (Some(_), _) => Face::Rows,
    });
    let again = move |()| list.again();
    view! {
        {dynamic(move || match face.get() {
            Face::Failed => ().into_any(),
            Face::Waiting => view! { <Waiting on_again=again /> }.into_any(),
            Face::Empty => view! {
                <div class="body">
                    <p>
                        <strong>{tr!(language, desk.empty)}</strong>
                    </p>
                    <p class="muted">{tr!(language, desk.empty_next)}</p>
                </div>
            }
            .into_any(),
            Face::NoMatch => view! {
                <div class="body">
                    <p>{text(move || nothing(list))}</p>
                </div>
            }
            .into_any(),
            Face::Rows => view! { <Frame here=here list=list asking=asking /> }.into_any(),
        })}
        {perhaps(move || {
            list.problem
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

/// What was looked for in vain.
fn nothing(list: List) -> String {
    let locale = language().get();
    list.search.with(|search| match search.text.as_str() {
        "" => td_string!(locale, desk.none_so).to_owned(),
        wanted => td_string!(locale, choose.no_match, text = wanted),
    })
}

/// Bones, before anything is known.
#[component]
fn Waiting(#[prop(into)] on_again: Callback<()>) -> impl IntoView {
    let language = language();
    view! {
        <div class="standin">
            <p class="hidden">{tr!(language, wait.loading)}</p>
            <div class="bones" aria-hidden="true">
                {(0..BONES).map(|_| view! { <div class="blank"><span class="bone"></span></div> }).collect_view()}
            </div>
            <Slow label=tr!(language, wait.again) on_again=on_again />
        </div>
    }
}

/// The frame that scrolls, with the rows in it.
#[component]
fn Frame(here: Here, list: List, asking: Asking) -> impl IntoView {
    let language = language();
    let opening = RwSignal::new(None::<DeskLine>);
    let frame = list.frame;
    let measure = move || {
        if let Some(frame) = frame.get_untracked() {
            let top = f64::from(frame.scroll_top());
            let height = (f64::from(frame.client_height()) - ROW).max(0.0);
            _ = list.view.try_update(|view| *view = View { top, height });
        }
    };
    // Where the reader left it, once there is room to scroll.
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates")]
            let top = list.view.with_untracked(|view| view.top) as i32;
            request_animation_frame(move || {
                frame.set_scroll_top(top);
                measure();
            });
        }
    });
    // How high the frame is depends on how many rows there are.
    Effect::new(move |_| {
        list.pages.with(|pages| pages.total());
        request_animation_frame(measure);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());

    let open = move |row: usize| {
        list.active.set(Some(row));
        match list.line(row) {
            Some(line) if line.granted => opening.set(Some(line)),
            Some(line) => asking.ask(Asked::Access(line)),
            None => {}
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let (key, active) = (event.key(), list.active.get_untracked());
        if let ("Enter" | " ", Some(row)) = (key.as_str(), active) {
            event.prevent_default();
            return open(row);
        }
        let view = list.view.get_untracked();
        let total = list.pages.with_untracked(|pages| pages.total()).unwrap_or_default();
        let Some(row) = view.step(&key, active, total) else { return };
        event.prevent_default();
        list.active.set(Some(row));
        if let Some(frame) = frame.get_untracked() {
            #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates")]
            frame.set_scroll_top(view.reveal(row).ceil() as i32);
            measure();
        }
    };
    let press = move |event: leptos::ev::MouseEvent| {
        let pressed = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let row = pressed
            .and_then(|pressed| pressed.closest("[aria-rowindex]").ok().flatten())
            .and_then(|row| row.get_attribute("aria-rowindex"))
            .and_then(|index| index.parse::<usize>().ok())
            .and_then(|index| index.checked_sub(FIRST));
        if let Some(row) = row {
            open(row);
        }
    };
    // Only a row that stands in the document can be pointed at.
    let pointed = move || {
        let row = list.active.get().filter(|row| list.window.with(|window| window.contains(row)))?;
        Some(row_id(row))
    };
    let rows = move || {
        list.pages.with(|pages| {
            let window = list.window.get();
            window.map(|row| (row, pages.row(row).map(|(edition, _)| edition))).collect::<Vec<_>>()
        })
    };
    view! {
        <div
            class="frame"
            role="grid"
            tabindex="0"
            aria-labelledby="desk-all"
            aria-describedby="desk-keys"
            aria-rowcount=move || list.total() + 1
            aria-busy=move || list.searching.get().then_some("true")
            aria-activedescendant=pointed
            node_ref=frame
            on:scroll=move |_| measure()
            on:keydown=keys
            on:click=press
        >
            <div class="line head" role="row" aria-rowindex="1">
                <span role="columnheader">{tr!(language, desk.account)}</span>
                <span role="columnheader">{tr!(language, desk.location)}</span>
                <span role="columnheader" class="wide">{tr!(language, desk.till)}</span>
                <span role="columnheader">{tr!(language, desk.state)}</span>
                <span role="columnheader" class="wide">{tr!(language, desk.since)}</span>
                <span role="columnheader" class="wide">{tr!(language, desk.last_order)}</span>
                <span role="columnheader" class="wide">{tr!(language, desk.access)}</span>
            </div>
            <div role="rowgroup" class="rows" style:height=move || format!("{}px", pixels(list.total()))>
                <For each=rows key=|key| *key let((row, edition))>
                    {match edition.and_then(|_| list.line(row)) {
                        Some(line) => view! { <Row here=here list=list row=row line=line /> }.into_any(),
                        None => view! { <Bones row=row /> }.into_any(),
                    }}
                </For>
            </div>
        </div>
        <p id="desk-keys" class="keys muted small">
            {tr!(language, desk.keys)}
        </p>
        {perhaps(move || opening.get().map(|line| view! { <Opening here=here line=line /> }))}
    }
}

/// The `aria-rowindex` of the first row: they count from one, and the heading is a row too.
pub const FIRST: usize = 2;
