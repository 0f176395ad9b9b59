//! A till's stock: how its sending stands in one sentence, the switch and the synchronisation, the board of tiles, one tile
//! closely, and the keys the till proves itself with.

mod acts;
mod asked;
mod data;
mod detail;
mod facts;
mod find;
mod frame;
mod keys;
mod sync;
mod tile;
mod verdict;

use leptos::prelude::*;
use stylers::style_sheet;

use self::{
    acts::Acts,
    asked::Asked,
    data::{Data, Shown},
    detail::Detail,
    facts::{Facts, Rules},
    find::{Find, Nothing},
    frame::Frame,
    keys::Keys,
    sync::Outcome,
    verdict::Verdict,
};
use super::{bridge::Here, stuck::Stuck};
use crate::{
    browser::clock,
    components::{
        dynamic::{dynamic, perhaps},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    routes::Part,
};

const SCOPE: &str = style_sheet!("style/pages/stock.css");

/// The page.
#[component]
pub fn Stock(
    /// The till.
    here: Here,
) -> impl IntoView {
    let asked = Asked::of(here.path(Part::Stock));
    let data = Data::of(&here, asked);
    let again = move |()| data.look();
    let lacking = Memo::new(move |_| match (data.shown.with(Option::is_some), data.problem.get()) {
        (true, _) => None,
        (false, problem) => Some(problem),
    });
    view! {
        <section class=format!("{SCOPE} card stock") aria-labelledby="state">
            {dynamic(move || match lacking.get() {
                Some(None) => view! { <Waiting shape=Shape::Lines on_again=again /> }.into_any(),
                Some(Some(error)) => view! {
                    <div class="body">
                        <Stuck error=error place=Place::Inline on_repeat=again />
                    </div>
                }
                .into_any(),
                None => view! { <Whole here=here.clone() data=data /> }.into_any(),
            })}
        </section>
    }
}

/// All of it, once something is known.
#[component]
fn Whole(here: Here, data: Data) -> impl IntoView {
    let language = language();
    view! {
        <Verdict data=data />
        <Acts here=here.clone() data=data />
        <Outcome here=here.clone() data=data />
        <h2 id="stock-board" class="hidden">
            {tr!(language, stock.board)}
        </h2>
        <Find data=data />
        <Stale data=data />
        <List data=data />
        <Facts here=here.clone() data=data />
        <Rules />
        <Keys here=here.clone() data=data />
        <Detail here=here data=data />
    }
}

/// The board, or what stands in its place while there is nothing on it.
#[component]
fn List(data: Data) -> impl IntoView {
    let language = language();
    let told =
        move |ask: fn(&Shown) -> bool| Memo::new(move |_| data.shown.with(|shown| shown.as_ref().is_some_and(ask)));
    let any = told(|shown| !shown.board.tiles.is_empty());
    let found = told(|shown| !shown.places.is_empty());
    dynamic(move || match (any.get(), found.get()) {
        (true, true) => view! { <Frame data=data /> }.into_any(),
        (true, false) => view! { <Nothing data=data /> }.into_any(),
        (false, _) => view! {
            <div class="body empty">
                <h3>{tr!(language, stock.empty)}</h3>
                <p class="muted">{tr!(language, stock.empty_means)}</p>
            </div>
        }
        .into_any(),
    })
}

/// What is shown is old: the last look failed.
#[component]
fn Stale(data: Data) -> impl IntoView {
    let language = language();
    let since = Memo::new(move |_| data.problem.with(Option::is_some).then(|| data.refreshed.get()).flatten());
    let words = move |at: String| {
        let time = clock::time_of(language.code(), &at);
        text(move || td_string!(language.get(), operations.stale, time = time.clone()))
    };
    view! {
        <div role="status">
            {perhaps(move || since.get().map(|at| view! { <p class="stale small">{words(at)}</p> }))}
        </div>
    }
}
