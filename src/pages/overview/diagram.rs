//! What flows between HubRise and a vendor, drawn: an arrow for each thing, between the two ends. It is a list all the same:
//! whoever cannot see the arrows hears each with its direction in words.

use leptos::prelude::*;
use passerelle_wire::{Direction, Flow};
use stylers::style_sheet;

use crate::i18n::{language, localized, td_string, text};

const SCOPE: &str = style_sheet!("style/pages/overview_diagram.css");

/// HubRise's name, as it writes it; not translated.
const HUBRISE: &str = "HubRise";

/// The drawing.
#[component]
pub fn Diagram(
    /// The vendor's name.
    vendor: String,
    /// What flows.
    flows: Vec<Flow>,
) -> impl IntoView {
    let name = StoredValue::new(vendor.clone());
    view! {
        <div class=format!("{SCOPE} diagram")>
            <span class="end" aria-hidden="true">
                {HUBRISE}
            </span>
            <ul>
                {flows.into_iter().map(|flow| view! { <Arrow flow=flow vendor=name /> }).collect_view()}
            </ul>
            <span class="end ours" aria-hidden="true">
                {vendor}
            </span>
        </div>
    }
}

/// One thing that flows.
#[component]
fn Arrow(flow: Flow, vendor: StoredValue<String>) -> impl IntoView {
    let language = language();
    let Flow { what, direction } = flow;
    let seen = what.clone();
    let spoken = text(move || {
        let (locale, vendor) = (language.get(), vendor.get_value());
        let what = localized(locale, &what);
        match direction {
            Direction::ToTill => td_string!(locale, overview.to_till, what = what, vendor = vendor),
            Direction::ToHubrise => td_string!(locale, overview.to_hubrise, what = what, vendor = vendor),
            Direction::Both => td_string!(locale, overview.both, what = what),
        }
    });
    let (left, right) = (direction != Direction::ToTill, direction != Direction::ToHubrise);
    view! {
        <li>
            <span class="hidden">{spoken}</span>
            <span class="what" aria-hidden="true">
                {text(move || localized(language.get(), &seen))}
            </span>
            <span class="arrow" aria-hidden="true">
                {left.then(|| head("m6 1-5 5 5 5"))}
                <span class="line"></span>
                {right.then(|| head("m1 1 5 5-5 5"))}
            </span>
        </li>
    }
}

/// The head of an arrow.
fn head(path: &'static str) -> impl IntoView {
    view! {
        <svg viewBox="0 0 7 12" focusable="false">
            <path d=path></path>
        </svg>
    }
}
