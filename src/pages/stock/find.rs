//! Search, filters and order: what the board is asked for. Each filter says how many it would show.

use std::time::Duration;

use leptos::{html, prelude::*};

use super::{asked::Asked, data::Data};
use crate::{
    browser::clock,
    components::{
        dynamic::perhaps,
        icon::{Glyph, Icon},
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::stock::asked::{LONGEST, ONLY, Only, SORTS, Sort, StockQuery},
};

/// How long typing rests before it is searched for.
const PAUSE: Duration = Duration::from_millis(200);

/// All of it.
#[component]
pub fn Find(
    /// The board.
    data: Data,
) -> impl IntoView {
    let language = language();
    let asked = data.asked;
    let filter = move |(at, (only, _)): (usize, (Only, &str))| {
        let on = Memo::new(move |_| asked.query.with(|query| query.only.contains(&only)));

        let number = text(move || clock::number(language.code(), data.count(at)));
        view! {
            <button
                type="button"
                class="pick"
                aria-pressed=move || if on.get() { "true" } else { "false" }
                on:click=move |_| asked.change(|query| query.toggled(only))
            >
                <span>{text(move || word(language.get(), only))}</span>
                <span class="number">{number}</span>
            </button>
        }
    };
    let option = move |(sort, value): (Sort, &'static str)| {
        let chosen = move || asked.query.with(|query| query.sort == sort);
        view! {
            <option value=value selected=chosen>
                {text(move || order(language.get(), sort))}
            </option>
        }
    };
    view! {
        <search class="find">
            <Box data=data />
            <div class="filters">
                <div class="only" role="group" aria-label=tr!(language, stock.only)>
                    {ONLY.into_iter().enumerate().map(filter).collect_view()}
                </div>
                <select
                    class="pick"
                    aria-label=tr!(language, stock.sort)
                    on:change=move |event| {
                        let value = event_target_value(&event);
                        asked.change(|query| query.sorted(&value));
                    }
                >
                    {SORTS.into_iter().map(option).collect_view()}
                </select>
            </div>
            <Told data=data />
        </search>
    }
}

/// How many are shown, and whether others would be.
#[component]
fn Told(data: Data) -> impl IntoView {
    let language = language();
    let asked = data.asked;

    let count = text(move || match data.shown.with(|shown| shown.as_ref().map_or(0, |shown| shown.places.len())) {
        1 => td_string!(language.get(), stock.count_one).to_owned(),
        count => td_string!(language.get(), stock.count_many, count = clock::number(language.code(), count)),
    });
    let filtered = Memo::new(move |_| asked.query.with(|query| !query.is_all()));
    view! {
        <div class="counted" role="status">
            <span class="muted small">{count}</span>
            {perhaps(move || {
                data.moved
                    .get()
                    .then(|| {
                        view! {
                            <span class="small">{tr!(language, stock.moved)}</span>
                            <button type="button" class="clear" on:click=move |_| data.rearrange()>
                                {tr!(language, stock.show_moved)}
                            </button>
                        }
                    })
            })}
            {perhaps(move || filtered.get().then(|| view! { <Clear asked=asked /> }))}
        </div>
    }
}

/// Asks for all.
#[component]
fn Clear(asked: Asked) -> impl IntoView {
    let language = language();
    view! {
        <button
            type="button"
            class="clear"
            on:click=move |_| asked.change(|query| StockQuery { text: String::new(), only: Vec::new(), ..query.clone() })
        >
            {tr!(language, stock.clear)}
        </button>
    }
}

/// Where a board that is searched or filtered shows nothing.
#[component]
pub fn Nothing(
    /// The board.
    data: Data,
) -> impl IntoView {
    let language = language();
    view! {
        <div class="body empty">
            <h3>{tr!(language, stock.none_so)}</h3>
            <p class="muted">{tr!(language, stock.none_means)}</p>
            <div>
                <Clear asked=data.asked />
            </div>
        </div>
    }
}

/// The search box.
#[component]
fn Box(data: Data) -> impl IntoView {
    let language = language();
    let asked = data.asked;
    let node = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        // What Back asks for.
        let text = asked.query.with(|query| query.text.clone());
        if typed.with_untracked(|typed| StockQuery::default().find(typed).text != text) {
            typed.set(text);
        }
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    let search = move || {
        stop();
        typed.with_untracked(|typed| asked.change(|query| query.find(typed)));
    };
    let soon = move |event| {
        typed.set(event_target_value(&event));
        stop();
        timer.set_value(set_timeout_with_handle(search, PAUSE).ok());
    };
    let to_board = move || {
        if let Some(frame) = data.frame.get_untracked() {
            _ = frame.focus();
        }
    };
    let key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => search(),
        "ArrowDown" => {
            event.prevent_default();
            search();
            to_board();
        }
        "Escape" if !typed.with_untracked(String::is_empty) => {
            event.prevent_default();
            typed.set(String::new());
            search();
        }
        _ => {}
    };
    // `/` leads here from anywhere but a field or an open question.
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let target = event.target().and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(target).ok());
        let taken = target.is_some_and(|on| on.closest("input, textarea, select, dialog").is_ok_and(|on| on.is_some()));
        if event.key() == "/" && plain && !taken {
            event.prevent_default();
            if let Some(node) = node.get_untracked() {
                _ = node.focus();
                node.select();
            }
        }
    });
    on_cleanup(move || slash.remove());
    view! {
        <label class="search">
            <span class="hidden">{tr!(language, stock.search)}</span>
            <Icon of=Glyph::Search />
            <input
                type="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength=LONGEST.to_string()
                placeholder=tr!(language, stock.search)
                aria-keyshortcuts="/"
                node_ref=node
                prop:value=typed
                on:input=soon
                on:keydown=key
            />
        </label>
    }
}

/// A filter in words.
fn word(locale: Locale, only: Only) -> &'static str {
    match only {
        Only::Out => td_string!(locale, stock.only_out),
        Only::Inactive => td_string!(locale, stock.only_inactive),
        Only::Unknown => td_string!(locale, stock.only_unknown),
        Only::Differs => td_string!(locale, stock.only_differs),
    }
}

/// An order in words.
fn order(locale: Locale, sort: Sort) -> &'static str {
    match sort {
        Sort::Catalog => td_string!(locale, stock.sort_catalog),
        Sort::Name => td_string!(locale, stock.sort_name),
        Sort::Quantity => td_string!(locale, stock.sort_quantity),
        Sort::Sent => td_string!(locale, stock.sort_sent),
    }
}
