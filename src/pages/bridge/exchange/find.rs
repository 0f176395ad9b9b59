//! A body's own search: the browser's finds only what stands in the document, and of a long body that is a window.

use leptos::prelude::*;

use super::frame::Frame;
use crate::{
    components::icon::{Glyph, Icon},
    i18n::{language, td_string, text, tr},
    logic::found::MOST,
};

/// The box, the count, and the way from one to the next.
#[component]
pub fn Find(
    /// The frame.
    frame: Frame,
    /// Unique on the page.
    id: &'static str,
) -> impl IntoView {
    let language = language();
    let Frame { wanted, found, at, .. } = frame;
    let count = text(move || {
        let locale = language.get();
        if wanted.with(|wanted| wanted.trim().is_empty()) {
            return String::new();
        }
        match found.with(|found| found.places.len()) {
            0 => td_string!(locale, exchange.found_none).to_owned(),
            MOST.. => td_string!(locale, exchange.found_most, at = at.get() + 1, count = MOST),
            count => td_string!(locale, exchange.found, at = at.get() + 1, count = count),
        }
    });
    let step = move |forward: bool, label: Signal<String>, glyph: Glyph| {
        view! {
            <button
                type="button"
                class="tool step"
                aria-label=label
                title=label
                on:click=move |_| frame.go(forward)
            >
                <Icon of=glyph />
            </button>
        }
        .into_any()
    };
    view! {
        <div class="find">
            <label class="hidden" for=id>
                {tr!(language, exchange.find)}
            </label>
            <input
                id=id
                type="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength="200"
                placeholder=tr!(language, exchange.find)
                prop:value=wanted
                on:input=move |event| {
                    at.set(0);
                    wanted.set(event_target_value(&event));
                    frame.show_found();
                }
                on:keydown=move |event| {
                    match event.key().as_str() {
                        "Enter" => {
                            event.prevent_default();
                            frame.go(!event.shift_key());
                        }
                        "Escape" => wanted.set(String::new()),
                        _ => {}
                    }
                }
            />
            {step(false, tr!(language, exchange.previous), Glyph::Left)}
            {step(true, tr!(language, exchange.next), Glyph::Right)}
            <span class="count" role="status">
                {count}
            </span>
        </div>
    }
    .into_any()
}
