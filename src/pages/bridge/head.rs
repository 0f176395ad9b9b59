//! What stands on top of every page of a bridge: the way to the others, what is wrong with the connection, and whose orders
//! go where.

use leptos::prelude::*;
use passerelle_wire::HealthState;

use super::Here;
use crate::{
    components::{
        dynamic::perhaps,
        notice::{Notice, Tone},
        way::Way,
    },
    i18n::{language, text, tr},
    logic::{
        bridge_face::has,
        flows::way,
        health::{Gravity, gravity, words},
    },
    routes::Part,
};

/// The way to the other pages.
#[component]
pub fn Nav(
    /// The till.
    here: Here,
    /// The page this is.
    part: Part,
) -> impl IntoView {
    let language = language();
    let link = |to: Part, label: Signal<String>| {
        if !has(&here.vendor, &to) {
            return ().into_any();
        }
        let current = match (&part, &to) {
            (part, to) if part == to => Some("page"),
            (Part::Operation(_) | Part::Exchange { .. }, Part::Operations) => Some("true"),
            _ => None,
        };
        view! {
            <a href=here.path(to) aria-current=current>
                {label}
            </a>
        }
        .into_any()
    };
    view! {
        <nav class="row tabs" aria-label=tr!(language, bridge_settings.pages)>
            <a href=here.till_path()>{tr!(language, bridge_settings.connection)}</a>
            {link(Part::Stock, tr!(language, stock.page))}
            {link(Part::Operations, tr!(language, bridge_settings.operations))}
            {link(Part::Configuration, tr!(language, bridge_settings.configuration))}
            {link(Part::Menu, tr!(language, bridge_settings.menu))}
        </nav>
    }
}

/// What is wrong with the connection itself, while something is: no order comes then, whatever the till does.
#[component]
pub fn Health(
    /// The till.
    here: Here,
) -> impl IntoView {
    let language = language();
    let connection = here.connection;
    let href = here.till_path();
    let wrong = Memo::new(move |_| {
        let state = connection.with(|connection| connection.health.state);
        match gravity(state) {
            Gravity::Broken => Some((Tone::Fail, state)),
            Gravity::Passing => Some((Tone::Warn, state)),
            Gravity::Fine | Gravity::Unsure => None,
        }
    });
    perhaps(move || {
        wrong.get().map(|(tone, state): (Tone, HealthState)| {
            let href = href.clone();
            view! {
                <Notice tone=tone>
                    <p>
                        <strong>{text(move || words(language.get(), state).0)}</strong>
                    </p>
                    <p>
                        {text(move || words(language.get(), state).1)} " "
                        <a href=href>{tr!(language, operation.connection)}</a>
                    </p>
                </Notice>
            }
        })
    })
}

/// Whose orders go where.
#[component]
pub fn Head(
    /// The till.
    here: Here,
) -> impl IntoView {
    let (connection, token) = (here.connection, here.token);
    let place = text(move || {
        connection.with(|connection| {
            let place = connection.location.as_ref().unwrap_or(&connection.account);
            format!("{} ({})", place.name, place.id)
        })
    });
    view! {
        <div class="head">
            <Way
                way=way(&here.vendor.flows)
                logo=here.vendor.logo_url.clone()
                till=here.name()
                place=place
                tail=Signal::derive(move || token.tail())
            />
        </div>
    }
}
