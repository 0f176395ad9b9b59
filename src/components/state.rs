//! How things stand, in one sentence on top of the page: an icon, words and a colour, with the bridge above them.

use leptos::prelude::*;
use stylers::style_sheet;

use super::{bridge::Bridge, icon::Icon, notice::Tone};

const SCOPE: &str = style_sheet!("style/components/state.css");

/// The top of a till's card.
#[component]
pub fn State(
    /// How it stands.
    tone: Tone,
    /// In one sentence; the page's heading.
    #[prop(into)]
    title: Signal<String>,
    /// What that means.
    #[prop(into)]
    means: Signal<String>,
    /// The till's name, at this end of the bridge.
    #[prop(into)]
    till: Signal<String>,
) -> impl IntoView {
    view! {
        <div class=format!("{SCOPE} state {}", tone.class())>
            <Bridge tone=tone till=till />
            <h1 id="state" tabindex="-1">
                <Icon of=tone.glyph() />
                <span>{title}</span>
            </h1>
            <p>{means}</p>
        </div>
    }
}
