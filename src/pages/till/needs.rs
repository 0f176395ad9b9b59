//! What must be there before connecting, from the profile: each with what to do without it.

use leptos::prelude::*;
use passerelle_wire::Prerequisite;

use crate::i18n::{language, localized, text};

/// The list.
#[component]
pub fn Needs(
    /// In the profile's order; not empty.
    of: Vec<Prerequisite>,
) -> impl IntoView {
    let language = language();
    view! {
        <ul class="needs">
            {of
                .into_iter()
                .map(|Prerequisite { what, otherwise }| {
                    view! {
                        <li>
                            <span>{text(move || localized(language.get(), &what))}</span>
                            <span class="small muted">{text(move || localized(language.get(), &otherwise))}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
