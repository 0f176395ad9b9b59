//! How a connection stands, in a word, an icon and a colour.

use leptos::prelude::*;
use passerelle_wire::HealthState;

use crate::{
    components::icon::{Glyph, Icon},
    i18n::{Locale, language, td_string, text},
};

/// The word for a state.
pub fn word(locale: Locale, state: HealthState) -> &'static str {
    match state {
        HealthState::Unknown => td_string!(locale, desk.state_unknown),
        HealthState::Ok => td_string!(locale, desk.state_ok),
        HealthState::Unpaid => td_string!(locale, desk.state_unpaid),
        HealthState::Revoked => td_string!(locale, desk.state_revoked),
        HealthState::Blocked => td_string!(locale, desk.state_blocked),
        HealthState::Refused => td_string!(locale, desk.state_refused),
        HealthState::RateLimited => td_string!(locale, desk.state_rate_limited),
        HealthState::HubriseDown => td_string!(locale, desk.state_hubrise_down),
    }
}

/// All three.
#[component]
pub fn StateMark(
    /// How it stands.
    state: HealthState,
) -> impl IntoView {
    let language = language();
    let (class, glyph) = match state {
        HealthState::Unknown => ("state off", Glyph::Off),
        HealthState::Ok => ("state ok", Glyph::Done),
        HealthState::RateLimited => ("state busy", Glyph::Clock),
        HealthState::HubriseDown => ("state warn", Glyph::Offline),
        HealthState::Unpaid => ("state warn", Glyph::Warn),
        HealthState::Revoked | HealthState::Blocked | HealthState::Refused => ("state fail", Glyph::Close),
    };
    view! {
        <span class=class>
            <Icon of=glyph />
            <span>{text(move || word(language.get(), state))}</span>
        </span>
    }
}
