//! Disconnected, and not to be connected again before support releases it: said plainly, with whom to ask. And a till that
//! cannot be connected here at all, with the profile's reason.

use leptos::prelude::*;
use passerelle_wire::{Localized, Lock, TillStatus};

use super::{Here, contact::Contact, facts::Named};
use crate::{
    components::{dynamic::perhaps, moment::Moment, notice::Tone, state::State},
    i18n::{language, localized, td_string, text, tr},
    pages::news::Latest,
};

/// The card's content, locked.
#[component]
pub fn Locked(
    /// The vendor and the till.
    here: Here,
    /// How the till stands.
    stands: Memo<TillStatus>,
) -> impl IntoView {
    let language = language();
    let vendor = here.vendor.name.clone();
    let lock = Memo::new(move |before: Option<&Option<Lock>>| {
        // Once released the page shows another face; until then what is shown stays.
        stands.with(|stands| stands.lock.clone()).or_else(|| before.cloned().flatten())
    });
    view! {
        <State
            tone=Tone::Warn
            title=tr!(language, locked.title)
            means=text(move || td_string!(language.get(), locked.means, vendor = vendor.as_str()))
            till=here.name()
        />
        <div class="body">
            <Latest vendor=here.vendor.slug.clone() till=here.till.id.clone() />
            {perhaps(move || lock.get().map(|lock| view! { <Former lock=lock /> }))}
            <Contact vendor=here.vendor />
        </div>
    }
}

/// What it was connected to, and since when it is locked.
#[component]
pub fn Former(
    /// The lock.
    lock: Lock,
) -> impl IntoView {
    let language = language();
    view! {
        <dl class="facts" aria-label=tr!(language, locked.what)>
            <Named label=tr!(language, till.account) named=Some(lock.account) complete=true />
            {lock
                .location
                .map(|location| {
                    view! { <Named label=tr!(language, till.location) named=Some(location) complete=true /> }
                })}
            <div>
                <dt>{tr!(language, locked.since)}</dt>
                <dd>
                    <Moment at=lock.locked_at />
                </dd>
            </div>
        </dl>
    }
}

/// The card's content where users cannot connect the till.
#[component]
pub fn Disabled(
    /// The vendor and the till.
    here: Here,
    /// Why.
    reason: Localized,
) -> impl IntoView {
    let language = language();
    view! {
        <State
            tone=Tone::Off
            title=tr!(language, till.disabled)
            means=text(move || localized(language.get(), &reason))
            till=here.name()
        />
        <div class="body">
            <Contact vendor=here.vendor />
        </div>
    }
}
