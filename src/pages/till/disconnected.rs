//! Not connected: what connecting brings, one button, and what to do without an account.

use leptos::prelude::*;
use passerelle_wire::{Connects, TillStatus};

use super::{Here, folded::Folded, key::Connect, needs::Needs};
use crate::{
    components::{
        button::{NewTab, Weight},
        dynamic::perhaps,
        notice::{Notice, Tone},
        state::State,
    },
    i18n::{language, localized, text, tr},
    pages::{news::Latest, stuck::Unbegun},
};

/// The card's content.
#[component]
pub fn Disconnected(
    /// The vendor and the till.
    here: Here,
    /// How the till stands.
    stands: Memo<TillStatus>,
) -> impl IntoView {
    let language = language();
    // Whether a former token still waits to be revoked.
    let revoking = Memo::new(move |_| stands.with(|stands| stands.revoking));
    let begin = here.begin;
    let promise = here.vendor.promise.clone();
    let needs = match here.vendor.connects {
        Connects::Hubrise => here.vendor.prerequisites.clone(),
        Connects::SelfService | Connects::Support => Vec::new(),
    };
    view! {
        <State
            tone=Tone::Off
            title=tr!(language, till.off)
            means=text(move || localized(language.get(), &promise))
            till=here.name()
        />
        <div class="body">
            <Latest vendor=here.vendor.slug.clone() till=here.till.id.clone() />
            {perhaps(move || {
                revoking
                    .get()
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Info>
                                <p>{tr!(language, till.revoking)}</p>
                            </Notice>
                        }
                    })
            })}
            {(!needs.is_empty())
                .then(|| {
                    view! {
                        <section>
                            <h2>{tr!(language, till.needs)}</h2>
                            <Needs of=needs />
                        </section>
                    }
                })}
            <div class="next">
                <Connect here=here.clone() weight=Weight::Primary />
                <p class="small muted">
                    {tr!(language, till.no_account)} " "
                    <a href=here.vendor.signup_url.clone() target="_blank" rel="noopener noreferrer">
                        {tr!(language, till.sign_up)}
                        <NewTab />
                    </a>
                </p>
            </div>
            {(!here.till.asks_key).then(|| view! { <Unbegun begin=begin /> })}
            <p class="small muted">{tr!(language, till.elsewhere)}</p>
        </div>
        <Folded here=here granted=false />
    }
}
