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
    /// Told when it unfolds.
    #[prop(optional, into)]
    on_open: Option<Callback<()>>,
    /// What is under it.
    children: Children,
) -> impl IntoView {
    view! {
        <details
            class=format!("{SCOPE} disclosure")
            on:toggle=move |event| {
                let open = event_target::<web_sys::Element>(&event).has_attribute("open");
                if let Some(on_open) = on_open.filter(|_| open) {
                    on_open.run(());
                }
            }
        >
            <summary>
                <Icon of=Glyph::Right />
                <span>{title}</span>
            </summary>
            <div class="content">{children()}</div>
        </details>
    }
}
