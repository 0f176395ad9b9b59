//! The small buttons above a body.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::clipboard,
    components::announcer::announcer,
    i18n::{language, td_string, text as words},
};

/// A button.
#[component]
pub fn Tool(
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
    /// Does it.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="tool" on:click=move |_| on_press.run(())>
            {label}
        </button>
    }
    .into_any()
}

/// A button that copies something, and says so.
#[component]
pub fn CopyTool(
    /// What it copies, in a word.
    #[prop(into)]
    label: Signal<String>,
    /// What it copies.
    text: Callback<(), String>,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let done = RwSignal::new(false);
    let shown = words(move || match done.get() {
        true => td_string!(language.get(), exchange.copied).to_owned(),
        false => label.get(),
    });
    let copy = move |()| {
        let text = text.run(());
        spawn_local(async move {
            let copied = clipboard::copy(&text).await;
            let locale = language.get_untracked();
            announcer.say(match copied {
                true => td_string!(locale, exchange.copied).to_owned(),
                false => td_string!(locale, copy.failed).to_owned(),
            });
            _ = done.try_set(copied);
            set_timeout(move || _ = done.try_set(false), Duration::from_secs(2));
        });
    };
    view! { <Tool label=shown on_press=copy /> }
}
