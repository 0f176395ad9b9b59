//! The bridge between HubRise and the till: dashed while there is none, whole once it carries orders.
//! It repeats in a picture what the heading under it says, so it is never read out.

use leptos::prelude::*;
use stylers::style_sheet;

use super::{
    icon::{Glyph, Icon},
    notice::Tone,
};

const SCOPE: &str = style_sheet!("style/components/bridge.css");

/// HubRise's name, as it writes it; not translated.
const HUBRISE: &str = "HubRise";

/// The picture.
#[component]
pub fn Bridge(
    /// How things stand.
    tone: Tone,
    /// The till's name.
    #[prop(into)]
    till: Signal<String>,
) -> impl IntoView {
    let middle = match tone {
        Tone::Ok => Glyph::Check,
        Tone::Warn | Tone::Info => Glyph::Clock,
        Tone::Fail => Glyph::Close,
        _ => Glyph::Plus,
    };
    view! {
        <div class=format!("{SCOPE} bridge {}", tone.class()) aria-hidden="true">
            <span class="end">{HUBRISE}</span>
            <span class="span"></span>
            <span class="middle">
                <Icon of=middle />
            </span>
            <span class="span"></span>
            <span class="end">{till}</span>
        </div>
    }
}
