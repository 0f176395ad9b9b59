//! A heading that unfolds what the engineer, or the curious, wants to know.

use leptos::prelude::*;
use stylers::style_sheet;

use super::icon::{Glyph, Icon};

const SCOPE: &str = style_sheet!("style/components/disclosure.css");

/// Folded until pressed; the browser's own `<details>`, so that find-in-page opens it.
#[component]
pub fn Disclosure(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What is under it.
    children: Children,
) -> impl IntoView {
    view! {
        <details class=format!("{SCOPE} disclosure")>
            <summary>
                <Icon of=Glyph::Right />
                <span>{title}</span>
            </summary>
            <div class="content">{children()}</div>
        </details>
    }
}
