//! The way on from a vendor's overview: to its till, or to each of its tills.

use leptos::prelude::*;
use passerelle_wire::{Till, Vendor};

use crate::{
    components::button::{LinkButton, Weight},
    i18n::{language, localized, td_string, text, tr},
    routes::Site,
};

/// One button a till; the first is the next step.
#[component]
pub fn Way(
    /// The vendor.
    vendor: Vendor,
) -> impl IntoView {
    let language = language();
    let Vendor { slug, tills, .. } = vendor;
    view! {
        <nav class="buttons" aria-label=tr!(language, overview.tills)>
            {tills
                .into_iter()
                .enumerate()
                .map(|(at, Till { id, name, .. })| {
                    let href = Site::Till { vendor: slug.clone(), till: id }.path();
                    let label = text(move || {
                        let locale = language.get();
                        td_string!(locale, overview.go, till = localized(locale, &name))
                    });
                    let weight = if at == 0 { Weight::Primary } else { Weight::Plain };
                    view! { <LinkButton href=href label=label weight=weight /> }
                })
                .collect_view()}
        </nav>
    }
}
