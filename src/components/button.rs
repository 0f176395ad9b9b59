//! A button, and a link that looks like one.

use leptos::prelude::*;
use stylers::style_sheet;

use super::icon::{Glyph, Icon};
use crate::i18n::{language, tr};

const SCOPE: &str = style_sheet!("style/components/button.css");

/// How loud a button is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one next step; at most one in view.
    Primary,
    /// Any other step.
    Plain,
    /// Quiet and red: takes something away.
    Danger,
}

impl Weight {
    fn class(self) -> String {
        let name = match self {
            Self::Primary => "primary",
            Self::Plain => "plain",
            Self::Danger => "danger",
        };
        format!("{SCOPE} button {name}")
    }
}

/// A button. While it is busy it keeps the focus and does nothing.
#[component]
pub fn Button(
    /// What it does, in a word.
    #[prop(into)]
    label: Signal<String>,
    /// How loud it is.
    weight: Weight,
    /// What happens when it is pressed; a `submit` button needs nothing.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Whether what it began is still under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it cannot be pressed, for a reason that stands beside it; it keeps its place, and can be reached.
    #[prop(optional, into)]
    off: Signal<bool>,
    /// Whether it submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Whether a dialog gives it the first focus.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=weight.class()
            autofocus=first
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || (off.get() || busy.get()).then_some("true")
            on:click=move |event| {
                if off.get_untracked() || busy.get_untracked() {
                    event.prevent_default();
                } else if let Some(on_press) = on_press {
                    on_press.run(());
                }
            }
        >
            <span class="dots" aria-hidden="true"></span>
            <span>{label}</span>
        </button>
    }
}

/// A link to another site that looks like a plain button; opens in a new tab and says so.
#[component]
pub fn OutButton(
    /// Where it leads.
    href: String,
    /// What is there.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <a class=Weight::Plain.class() href=href target="_blank" rel="noopener noreferrer">
            <span>{label}</span>
            <Icon of=Glyph::Out />
            <NewTab />
        </a>
    }
}

/// A link within the app that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// What is there.
    #[prop(into)]
    label: Signal<String>,
    /// How loud it is.
    weight: Weight,
) -> impl IntoView {
    view! {
        <a class=weight.class() href=href>
            <span>{label}</span>
        </a>
    }
}

/// "opens in a new tab", for those who cannot see the arrow.
#[component]
pub fn NewTab() -> impl IntoView {
    let language = language();
    view! { <span class="hidden">" ("{tr!(language, app.new_tab)}")"</span> }
}
