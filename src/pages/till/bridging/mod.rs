//! What a vendor that bridges orders shows beside its connection: the two logos and the way between them, what goes
//! through and what never does, and the till's configuration.

mod settings;

use leptos::prelude::*;
use passerelle_wire::{Connection, Direction, Flow, TillSettings, Vendor};

pub use self::settings::Settings;
use super::Here;
use crate::{
    api::{Answer, ApiError, till_settings},
    components::{disclosure::Disclosure, dynamic::perhaps},
    i18n::{language, localized, td_string, text, tr},
    logic::flows::{arrow, way},
};

/// HubRise's name, as it writes it; not translated.
const HUBRISE: &str = "HubRise";

/// The till's configuration as far as it is known: what was saved here, else what was there.
#[derive(Clone, Copy)]
pub struct Known {
    asked: Answer<TillSettings>,
    saved: RwSignal<Option<TillSettings>>,
}

impl Known {
    /// Asks for it.
    pub fn of(connection: &str) -> Self {
        let id = StoredValue::new(connection.to_owned());
        let asked = Answer::to(move || {
            let id = id.get_value();
            async move { till_settings::get(&id).await }
        });
        Self { asked, saved: RwSignal::new(None) }
    }

    /// What is known; tracked.
    pub fn get(self) -> Option<Result<TillSettings, ApiError>> {
        self.saved.get().map(Ok).or_else(|| self.asked.get())
    }

    /// Whether the till waits for its token; tracked.
    pub fn is_unfinished(self) -> bool {
        matches!(self.get(), Some(Ok(TillSettings { api_token_tail: None, .. })))
    }
}

/// The two logos, the arrow, and which place and token they stand for.
#[component]
pub fn Way(
    /// The vendor and the till.
    here: Here,
    /// The connection.
    connection: Memo<Connection>,
    /// The configuration.
    known: Known,
) -> impl IntoView {
    let language = language();
    let name = here.name();
    let flows = &here.vendor.flows;
    let way = way(flows);
    let spoken = spoken(way);
    let place = text(move || {
        connection.with(|connection| {
            let place = connection.location.as_ref().unwrap_or(&connection.account);
            format!("{} ({})", place.name, place.id)
        })
    });
    let token = move || match known.get() {
        Some(Ok(TillSettings { api_token_tail: Some(tail), .. })) => Some(format!("··{tail}")),
        _ => None,
    };
    view! {
        <div class="direction">
            <span class="tile" aria-hidden="true">
                "H"
            </span>
            <span>{HUBRISE}</span>
            <span class="arrow" aria-hidden="true">
                {arrow(way)}
            </span>
            <span class="hidden">{spoken}</span>
            <img src=here.vendor.logo_url.clone() alt="" width="32" height="32" />
            <span>{name}</span>
            <span class="place">
                <span>{place}</span>
                {perhaps(move || token().map(|token| view! { <code>{token}</code> }))}
            </span>
        </div>
        {(way == Direction::ToTill).then(|| view! { <p>{tr!(language, bridge_settings.push_only)}</p> })}
    }
}

/// What goes through and what never does, from the profile.
#[component]
pub fn Through(
    /// The vendor and the till.
    here: Here,
) -> impl IntoView {
    let language = language();
    let Vendor { flows, never, .. } = here.vendor;
    view! {
        <Disclosure title=tr!(language, bridge_settings.flows)>
            <ul>
                {flows
                    .into_iter()
                    .map(|Flow { what, direction: way }| {
                        view! {
                            <li>
                                {text(move || localized(language.get(), &what))}" "
                                <span class="muted">"("{spoken(way)}")"</span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {(!never.is_empty())
                .then(|| {
                    view! {
                        <p>
                            <strong>{tr!(language, bridge_settings.never)}</strong>
                        </p>
                        <ul>
                            {never
                                .into_iter()
                                .map(|never| view! { <li>{text(move || localized(language.get(), &never))}</li> })
                                .collect_view()}
                        </ul>
                    }
                })}
        </Disclosure>
    }
}

/// A way in words, seen from neither end.
fn spoken(way: Direction) -> Signal<String> {
    let language = language();
    text(move || match way {
        Direction::ToTill => td_string!(language.get(), bridge_settings.to_till),
        Direction::ToHubrise => td_string!(language.get(), bridge_settings.to_hubrise),
        Direction::Both => td_string!(language.get(), bridge_settings.both),
    })
}
