//! What a vendor that bridges orders, or sends its tills' stock, shows beside its connection: the two logos and the way between them, the pages where
//! orders are followed and the till is configured, what goes through and what never does.

use leptos::prelude::*;
use passerelle_wire::{Connection, Flow, Vendor};

use super::Here;
use crate::{
    api::{Answer, till_settings},
    components::{
        button::{LinkButton, Weight},
        disclosure::Disclosure,
        way::{Way, spoken},
    },
    i18n::{language, localized, text, tr},
    logic::{bridge_face::has, flows::way},
    routes::{Part, Site},
};

/// The end of the till's API token, as far as it is known.
#[derive(Clone, Copy)]
pub struct Known(Answer<Option<String>>);

impl Known {
    /// Asks for it.
    pub fn of(connection: &str) -> Self {
        let id = StoredValue::new(connection.to_owned());
        Self(Answer::to(move || {
            let id = id.get_value();
            async move { till_settings::tail(&id).await }
        }))
    }

    /// Whether the till waits for its token; tracked.
    pub fn is_unfinished(self) -> bool {
        matches!(self.0.get(), Some(Ok(None)))
    }

    /// What is known; tracked.
    fn tail(self) -> Option<String> {
        self.0.get().and_then(Result::ok).flatten()
    }
}

/// The way to a page of the till.
pub fn page(here: &Here, part: Part) -> String {
    Site::Bridge { vendor: here.vendor.slug.clone(), till: here.till.id.clone(), part }.path()
}

/// The head, and the way to the pages.
#[component]
pub fn Bridging(
    /// The vendor and the till.
    here: Here,
    /// The connection.
    connection: Memo<Connection>,
    /// The end of the token.
    known: Known,
) -> impl IntoView {
    let language = language();
    let place = text(move || {
        connection.with(|connection| {
            let place = connection.location.as_ref().unwrap_or(&connection.account);
            format!("{} ({})", place.name, place.id)
        })
    });
    let link = |part, label| view! { <LinkButton href=page(&here, part) label=label weight=Weight::Plain /> };
    view! {
        <Way
            way=way(&here.vendor.flows)
            logo=here.vendor.logo_url.clone()
            till=here.name()
            place=place
            tail=Signal::derive(move || known.tail())
        />
        <nav class="actions" aria-label=tr!(language, bridge_settings.pages)>
            {link(Part::Operations, tr!(language, bridge_settings.operations))}
            {link(Part::Configuration, tr!(language, bridge_settings.configuration))}
            {link(Part::Menu, tr!(language, bridge_settings.menu))}
            {has(&here.vendor, &Part::Stock).then(|| link(Part::Stock, tr!(language, stock.page)))}
        </nav>
    }
}

/// The way to the pages of a till whose stock is sent to HubRise, and that no order is pushed to.
#[component]
pub fn Sending(
    /// The vendor and the till.
    here: Here,
) -> impl IntoView {
    let language = language();
    let link = |part, label| view! { <LinkButton href=page(&here, part) label=label weight=Weight::Plain /> };
    view! {
        <nav class="actions" aria-label=tr!(language, bridge_settings.pages)>
            {link(Part::Stock, tr!(language, stock.page))}
            {link(Part::Operations, tr!(language, bridge_settings.operations))}
        </nav>
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
    let one_way = way(&flows) == passerelle_wire::Direction::ToTill;
    view! {
        <Disclosure title=tr!(language, bridge_settings.flows)>
            {one_way.then(|| view! { <p>{tr!(language, bridge_settings.push_only)}</p> })}
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
