//! How things stand, in one sentence on top of the page: an icon, words and a colour, with the bridge above them.
//! It may change in place while the page is open.

use leptos::prelude::*;
use stylers::style_sheet;

use super::{bridge::Bridge, dynamic::dynamic, icon::Icon, notice::Tone};

const SCOPE: &str = style_sheet!("style/components/state.css");

/// The top of a till's card.
#[component]
pub fn State(
    /// How it stands.
    #[prop(into)]
    tone: Signal<Tone>,
    /// In one sentence; the page's heading.
    #[prop(into)]
    title: Signal<String>,
    /// What that means.
    #[prop(into)]
    means: Signal<String>,
    /// The till's name, at this end of the bridge.
    #[prop(into)]
    till: Signal<String>,
    /// What more there is to say, and the button that cures it; the space is kept where they come and go.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=move || format!("{SCOPE} state {}", tone.get().class())>
            {dynamic(move || view! { <Bridge tone=tone.get() till=till /> })}
            <h1 id="state" tabindex="-1">
                {dynamic(move || view! { <Icon of=tone.get().glyph() /> })}
                <span>{title}</span>
            </h1>
            <p>{means}</p>
            {children.map(|children| view! { <div class="more">{children()}</div> })}
        </div>
    }
}
