//! The top of a connected till's page: in one sentence whether it works, since when it does not, and the button that
//! cures it. Changes in place.

use leptos::prelude::*;
use passerelle_wire::{Connection, HealthState, Role};

use super::{Here, bridging};
use crate::{
    browser::clock,
    components::{
        button::{Button, LinkButton, OutButton, Weight},
        dynamic::{dynamic, perhaps},
        moment::ticking,
        notice::Tone,
        state::State,
    },
    i18n::{language, td_string, text, tr},
    logic::health::{Cure, Gravity, cure, failing_since, gravity, words},
    routes::Part,
};

/// The verdict.
#[component]
pub fn Verdict(
    /// The vendor and the till.
    here: Here,
    /// The connection.
    connection: Memo<Connection>,
    /// Whether something is left to enter before the till can work.
    #[prop(into)]
    unfinished: Signal<bool>,
) -> impl IntoView {
    let language = language();
    let state = Memo::new(move |_| connection.with(|connection| connection.health.state));
    let left = Memo::new(move |_| unfinished.get() && cure(state.get()) == Cure::None);
    let tone = Signal::derive(move || if left.get() { Tone::Warn } else { tone(state.get()) });
    let title = text(move || {
        let locale = language.get();
        if left.get() { td_string!(locale, bridge_settings.first) } else { words(locale, state.get()).0 }
    });
    let means = text(move || {
        let locale = language.get();
        if left.get() { td_string!(locale, bridge_settings.first_means) } else { words(locale, state.get()).1 }
    });
    let tick = ticking();
    // A failure says since when; what works says when it last did.
    let line = text(move || {
        tick.track();
        let (locale, code) = (language.get(), language.code());
        connection.with(|Connection { health, last_order_at, .. }| {
            if let Some(since) = failing_since(health) {
                let absolute = clock::date_time(code, since);
                let time = clock::ago(code, since).map_or(absolute.clone(), |ago| format!("{absolute} ({ago})"));
                return td_string!(locale, health.since, time = time);
            }
            let last = last_order_at.as_deref().and_then(|at| clock::ago(code, at));
            last.map(|ago| td_string!(locale, till.last_order, ago = ago)).unwrap_or_default()
        })
    });
    let name = here.name();
    let manages = Memo::new(move |_| connection.with(|connection| connection.role == Role::Manage));
    let remedy = dynamic(move || {
        let here = here.clone();
        if left.get() && manages.get() {
            let href = bridging::page(&here, Part::Configuration);
            let label = tr!(language, bridge_settings.configure);
            return view! { <LinkButton href=href label=label weight=Weight::Primary /> }.into_any();
        }
        view! { <Remedy here=here of=state.get() manages=manages.get() /> }.into_any()
    });
    view! {
        <State tone=tone title=title means=means till=name>
            <p>{line}</p>
            {remedy}
        </State>
    }
}

/// The button that cures a state; none for who may not change the connection, but at HubRise everybody may look.
#[component]
fn Remedy(here: Here, of: HealthState, manages: bool) -> impl IntoView {
    let language = language();
    let begin = here.begin;
    let label = move |words: Signal<String>| {
        text(
            move || {
                if begin.busy.get() { td_string!(language.get(), till.connecting).to_owned() } else { words.get() }
            },
        )
    };
    let start = move |label| {
        view! { <Button label=label weight=Weight::Primary busy=begin.busy on_press=move |()| begin.start() /> }
    };
    perhaps(move || match cure(of) {
        Cure::Explained if manages => Some(start(label(tr!(language, health.explain))).into_any()),
        Cure::Reconnect if manages => Some(start(label(tr!(language, till.reconnect))).into_any()),
        Cure::Unblock => {
            let href = here.vendor.back_office_url.clone();
            Some(view! { <OutButton href=href label=tr!(language, health.unblock) /> }.into_any())
        }
        _ => None,
    })
}

/// The colour of a state.
fn tone(state: HealthState) -> Tone {
    match gravity(state) {
        Gravity::Fine => Tone::Ok,
        Gravity::Unsure => Tone::Info,
        Gravity::Passing => Tone::Warn,
        Gravity::Broken => Tone::Fail,
    }
}
