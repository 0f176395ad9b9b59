//! Not connected: what connecting brings, one button, and what to do without an account.

use leptos::prelude::*;

use super::{Here, folded::Folded};
use crate::{
    components::{
        button::{Button, NewTab, Weight},
        notice::{Notice, Tone},
        state::State,
    },
    i18n::{language, localized, td_string, text, tr},
    pages::{news::Latest, stuck::Unbegun},
};

/// The card's content.
#[component]
pub fn Disconnected(
    /// The vendor and the till.
    here: Here,
    /// Whether a former token still waits to be revoked.
    revoking: bool,
) -> impl IntoView {
    let language = language();
    let begin = here.begin;
    let promise = here.vendor.promise.clone();
    let label = text(move || {
        if begin.busy.get() {
            td_string!(language.get(), till.connecting)
        } else {
            td_string!(language.get(), till.connect)
        }
    });
    view! {
        <State
            tone=Tone::Off
            title=tr!(language, till.off)
            means=text(move || localized(language.get(), &promise))
            till=here.name()
        />
        <div class="body">
            <Latest vendor=here.vendor.slug.clone() till=here.till.id.clone() />
            {revoking
                .then(|| {
                    view! {
                        <Notice tone=Tone::Info>
                            <p>{tr!(language, till.revoking)}</p>
                        </Notice>
                    }
                })}
            <div class="next">
                <Button label=label weight=Weight::Primary busy=begin.busy on_press=move |()| begin.start() />
                <p class="small muted">
                    {tr!(language, till.no_account)} " "
                    <a href=here.vendor.signup_url.clone() target="_blank" rel="noopener noreferrer">
                        {tr!(language, till.sign_up)}
                        <NewTab />
                    </a>
                </p>
            </div>
            <Unbegun begin=begin />
            <p class="small muted">{tr!(language, till.elsewhere)}</p>
        </div>
        <Folded here=here granted=false />
    }
}
