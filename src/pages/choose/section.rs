//! One of the two things on the second screen, a catalog or a customer list: chosen, taken as the only one, or missing.

use leptos::prelude::*;
use passerelle_wire::{Choice, Chosen};

use super::listing::Listing;
use crate::{
    components::{
        button::{Button, OutButton, Weight},
        choices::Choices,
    },
    i18n::{language, td_string, text, tr},
    logic::wizard::{Offer, offer},
};

/// One of the two things to choose.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// What there is to choose from.
    pub listing: Listing,
    /// The id picked.
    pub picked: RwSignal<Option<String>>,
}

impl Wanted {
    /// What there is to choose from, once all of it has come; tracked.
    pub fn offer(self) -> Option<Offer> {
        self.listing.complete.get().then(|| self.listing.items.with(|items| offer(items)))
    }
}

/// One of the two: chosen, taken because it is the only one, or missing.
#[component]
pub fn Section(
    /// Which of the two.
    what: Chosen,
    /// The list and the pick.
    wanted: Wanted,
    /// What the complete list comes to.
    offer: Offer,
    /// Where one can be created.
    back_office: String,
) -> impl IntoView {
    let language = language();
    let is_catalog = what == Chosen::Catalog;
    let title = move || {
        let locale = language.get();
        if is_catalog { td_string!(locale, choose.catalog) } else { td_string!(locale, choose.customer_list) }
            .to_owned()
    };
    let hint = text(move || {
        let locale = language.get();
        if is_catalog { td_string!(locale, choose.catalog_hint) } else { td_string!(locale, choose.customer_list_hint) }
    });
    let content = match offer {
        Offer::Only(Choice { id, name, .. }) => view! {
            <p class="only">
                <strong>{name}</strong>
                <code>{id}</code>
                <span class="muted small">{tr!(language, choose.only)}</span>
            </p>
        }
        .into_any(),
        Offer::None => view! {
            <div class="empty">
                <p>
                    <strong>
                        {text(move || {
                            let locale = language.get();
                            if is_catalog {
                                td_string!(locale, choose.no_catalog)
                            } else {
                                td_string!(locale, choose.no_list)
                            }
                        })}
                    </strong>
                </p>
                <p class="muted">
                    {text(move || {
                        let locale = language.get();
                        if is_catalog {
                            td_string!(locale, choose.no_catalog_next)
                        } else {
                            td_string!(locale, choose.no_list_next)
                        }
                    })}
                </p>
                <div class="buttons">
                    <OutButton href=back_office label=tr!(language, choose.create) />
                    <Button
                        label=tr!(language, choose.check)
                        weight=Weight::Plain
                        on_press=move |()| wanted.listing.again()
                    />
                </div>
            </div>
        }
        .into_any(),
        Offer::Several => view! {
            <Choices
                legend=title
                name=if is_catalog { "catalog" } else { "customer_list" }
                items=wanted.listing.items
                complete=wanted.listing.complete
                picked=wanted.picked
            />
        }
        .into_any(),
    };
    view! {
        <section class="what">
            <h2>{title}</h2>
            <p class="muted small">{hint}</p>
            {content}
        </section>
    }
}
