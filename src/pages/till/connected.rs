//! Connected, or one step away from it: what to, since when, by whom, and what can be done about it.

use leptos::prelude::*;
use passerelle_wire::Connection;

use super::{Here, disconnect::Disconnect, facts::Facts, folded::Folded};
use crate::{
    components::{
        button::{Button, LinkButton, OutButton, Weight},
        notice::Tone,
        state::State,
    },
    i18n::{language, td_string, text, tr},
    pages::{news::Latest, stuck::Unbegun},
    routes::Site,
};

/// The card's content, connected.
#[component]
pub fn Connected(
    /// The vendor and the till.
    here: Here,
    /// The connection.
    connection: Connection,
    /// Told when the till has been disconnected.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let language = language();
    let begin = here.begin;
    let reconnect = text(move || {
        if begin.busy.get() {
            td_string!(language.get(), till.connecting)
        } else {
            td_string!(language.get(), till.reconnect)
        }
    });
    view! {
        <State
            tone=Tone::Ok
            title=tr!(language, till.on)
            means=tr!(language, till.on_means)
            till=here.name()
        />
        <div class="body">
            <Latest vendor=here.vendor.slug.clone() till=here.till.id.clone() />
            <Facts connection=connection.clone() complete=true />
            <div class="actions" role="group" aria-label=tr!(language, till.actions)>
                <OutButton href=here.vendor.back_office_url.clone() label=tr!(language, till.open_hubrise) />
                <Button label=reconnect weight=Weight::Plain busy=begin.busy on_press=move |()| begin.start() />
                <Disconnect here=here.clone() connection=connection.id on_change=on_change />
            </div>
            <p class="small muted">{tr!(language, till.reconnect_hint)}</p>
            <Unbegun begin=begin />
        </div>
        <Folded here=here granted=true />
    }
}

/// The card's content while a choice is left to make.
#[component]
pub fn Choosing(
    /// The vendor and the till.
    here: Here,
    /// The connection.
    connection: Connection,
    /// Told when the till has been disconnected.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let language = language();
    let name = here.vendor.name.clone();
    let wizard = Site::Choose { vendor: here.vendor.slug.clone(), till: here.till.id.clone() }.path();
    view! {
        <State
            tone=Tone::Warn
            title=tr!(language, till.choosing)
            means=tr!(language, till.choosing_means, vendor = name.as_str())
            till=here.name()
        />
        <div class="body">
            <Latest vendor=here.vendor.slug.clone() till=here.till.id.clone() />
            <Facts connection=connection.clone() complete=false />
            <div class="actions" role="group" aria-label=tr!(language, till.actions)>
                <LinkButton
                    href=move || wizard.clone()
                    label=tr!(language, till.carry_on)
                    weight=Weight::Primary
                />
                <Disconnect here=here.clone() connection=connection.id on_change=on_change />
            </div>
        </div>
        <Folded here=here granted=true />
    }
}
