//! The two logos and the way between them, and which place and token they stand for: the head of a bridge's pages as its
//! users know it.

use leptos::prelude::*;
use passerelle_wire::Direction;
use stylers::style_sheet;

use super::dynamic::perhaps;
use crate::{
    i18n::{language, td_string, text},
    logic::flows::arrow,
};

const SCOPE: &str = style_sheet!("style/components/way.css");

/// HubRise's name, as it writes it; not translated.
const HUBRISE: &str = "HubRise";

/// The line.
#[component]
pub fn Way(
    /// Which way things go.
    way: Direction,
    /// The vendor's logo.
    logo: String,
    /// The till's name.
    #[prop(into)]
    till: Signal<String>,
    /// The location's name and id.
    #[prop(into)]
    place: Signal<String>,
    /// The last characters of the till's token, where there is one.
    #[prop(into)]
    tail: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class=format!("{SCOPE} way")>
            <span class="tile" aria-hidden="true">
                "H"
            </span>
            <span>{HUBRISE}</span>
            <span class="arrow" aria-hidden="true">
                {arrow(way)}
            </span>
            <span class="hidden">{spoken(way)}</span>
            <img src=logo alt="" width="32" height="32" />
            <span>{till}</span>
            <span class="place">
                <span>{place}</span>
                {perhaps(move || tail.get().map(|tail| view! { <code>{format!("··{tail}")}</code> }))}
            </span>
        </div>
    }
}

/// A way in words, seen from neither end.
pub fn spoken(way: Direction) -> Signal<String> {
    let language = language();
    text(move || match way {
        Direction::ToTill => td_string!(language.get(), bridge_settings.to_till),
        Direction::ToHubrise => td_string!(language.get(), bridge_settings.to_hubrise),
        Direction::Both => td_string!(language.get(), bridge_settings.both),
    })
}
