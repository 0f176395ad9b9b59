//! A small menu in the header: the browser's own list, under an icon and a short word.

use leptos::prelude::*;
use stylers::style_sheet;

use super::icon::{Glyph, Icon};

const SCOPE: &str = style_sheet!("style/components/menu.css");

/// A choice of one.
#[component]
pub fn Menu(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The icon beside it.
    icon: Glyph,
    /// What stands in the bar; the icon alone when absent.
    #[prop(optional, into)]
    short: Option<Signal<String>>,
    /// Values and their words.
    #[prop(into)]
    options: Signal<Vec<(&'static str, String)>>,
    /// The value chosen now.
    #[prop(into)]
    value: Signal<String>,
    /// Told the value chosen.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let choices = move || {
        options
            .get()
            .into_iter()
            .map(|(code, words)| view! { <option value=code selected=move || value.get() == code>{words}</option> })
            .collect_view()
    };
    view! {
        <label class=format!("{SCOPE} menu")>
            <span class="hidden">{label}</span>
            <span class="face" aria-hidden="true">
                <Icon of=icon />
                {short.map(|short| view! { <span>{short}</span> })}
                <Icon of=Glyph::Down />
            </span>
            <select prop:value=move || value.get() on:change=move |event| on_choose.run(event_target_value(&event))>
                {choices}
            </select>
        </label>
    }
}
