//! The head of the list: how many there are, a search box and a choice of state. Both are in the address.

use std::time::Duration;

use leptos::{html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::JsCast;

use super::{list::List, state::word};
use crate::{
    browser::clock,
    components::icon::{Glyph, Icon},
    i18n::{language, td_string, text, tr},
    logic::desk::{LONGEST, STATES, Search},
};

/// How long after the last letter the search begins.
const PAUSE: Duration = Duration::from_millis(250);

/// The head.
#[component]
pub fn Find(
    /// The list.
    list: List,
) -> impl IntoView {
    let language = language();
    let node = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(list.search.with_untracked(|search| search.text.clone()));
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    let search = move || {
        stop();
        let wanted = list.search.with_untracked(|search| typed.with_untracked(|typed| search.with_text(typed)));
        list.ask(wanted);
    };
    let soon = move |event| {
        typed.set(event_target_value(&event));
        stop();
        timer.set_value(set_timeout_with_handle(search, PAUSE).ok());
    };
    let key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => search(),
        "ArrowDown" => {
            event.prevent_default();
            search();
            if let Some(frame) = list.frame.get_untracked() {
                _ = frame.focus();
            }
        }
        _ => {}
    };
    // `/` leads here from anywhere but a field or an open question.
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        let elsewhere = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let busy =
            elsewhere.is_some_and(|it| it.closest("input, textarea, select, dialog").is_ok_and(|it| it.is_some()));
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() == "/" && plain && !busy {
            event.prevent_default();
            if let Some(node) = node.get_untracked() {
                _ = node.focus();
                node.select();
            }
        }
    });
    on_cleanup(move || slash.remove());
    let clear = move |_| {
        stop();
        typed.set(String::new());
        list.ask(Search::default());
        if let Some(node) = node.get_untracked() {
            _ = node.focus();
        }
    };
    let count = text(move || match (list.pages.with(|pages| pages.total()), language.get()) {
        (None, _) => String::new(),
        (Some(1), locale) => td_string!(locale, desk.count_single).to_owned(),
        (Some(total), locale) => {
            td_string!(locale, desk.count_several, count = clock::number(language.code(), total))
        }
    });
    let states = move || {
        let locale = language.get();
        let chosen = list.search.with(|search| search.state_name());
        std::iter::once(("", td_string!(locale, desk.all_states)))
            .chain(STATES.map(|(state, name)| (name, word(locale, state))))
            .map(|(name, word)| view! { <option value=name selected=name == chosen>{word}</option> })
            .collect_view()
    };
    view! {
        <div class="find">
            <h2 id="desk-all">{tr!(language, desk.all)}</h2>
            <label class="search">
                <span class="hidden">{tr!(language, desk.search)}</span>
                <Icon of=Glyph::Search />
                <input
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    maxlength=LONGEST.to_string()
                    placeholder=tr!(language, desk.search)
                    aria-keyshortcuts="/"
                    node_ref=node
                    prop:value=typed
                    on:input=soon
                    on:keydown=key
                />
            </label>
            <label class="filter">
                <span class="hidden">{tr!(language, desk.state)}</span>
                <select on:change=move |event| {
                    let name = event_target_value(&event);
                    list.ask(list.search.with_untracked(|search| search.with_state(&name)));
                }>{states}</select>
            </label>
            <p class="count" role="status">
                {count}
            </p>
            // Keeps its place while there is nothing to clear: so that nothing beside it moves.
            <button type="button" class="clear" class:idle=move || list.search.with(Search::is_all) on:click=clear>
                {tr!(language, desk.clear)}
            </button>
        </div>
    }
}
