//! Not connected, and not to be connected from here: how to begin in HubRise's back office, and what must be there first.

use leptos::prelude::*;

use super::{Here, folded::Folded, needs::Needs};
use crate::{
    components::{button::OutButton, notice::Tone, state::State},
    i18n::{language, localized, td_string, text, tr},
    pages::news::Latest,
};

/// The card's content.
#[component]
pub fn Arriving(
    /// The vendor and the till.
    here: Here,
) -> impl IntoView {
    let language = language();
    let promise = here.vendor.promise.clone();
    let name = StoredValue::new(here.vendor.name.clone());
    let needs = here.vendor.prerequisites.clone();
    view! {
        <State
            tone=Tone::Off
            title=tr!(language, till.off)
            means=text(move || localized(language.get(), &promise))
            till=here.name()
        />
        <div class="body">
            <Latest vendor=here.vendor.slug.clone() till=here.till.id.clone() />
            {(!needs.is_empty())
                .then(|| {
                    view! {
                        <section>
                            <h2>{tr!(language, till.needs)}</h2>
                            <Needs of=needs />
                        </section>
                    }
                })}
            <section>
                <h2>{tr!(language, till.arrive)}</h2>
                <ol>
                    <li>{tr!(language, till.arrive_open)}</li>
                    <li>
                        {text(move || td_string!(language.get(), till.arrive_press, vendor = name.get_value()))}
                    </li>
                    <li>{tr!(language, till.arrive_back)}</li>
                </ol>
            </section>
            <div class="next">
                <OutButton href=here.vendor.back_office_url.clone() label=tr!(language, till.open_hubrise) />
            </div>
            <p class="small muted">
                {text(move || td_string!(language.get(), till.arrive_again, vendor = name.get_value()))}
            </p>
        </div>
        <Folded here=here granted=false />
    }
}
