//! Connected, or one step away from it: whether it works, what to, since when, by whom, and what can be done about it.

use leptos::prelude::*;
use passerelle_wire::{Capability, Connection, Connects, Role};

use super::{
    Here,
    bridging::{Bridging, Known, Sending, Through},
    checks::Checks,
    disconnect::Disconnect,
    facts::Facts,
    folded::Folded,
    history::History,
    known,
    support_access::SupportPanel,
    verdict::Verdict,
};
use crate::{
    components::{
        button::{Button, LinkButton, OutButton, Weight},
        dynamic::dynamic,
        notice::{Notice, Tone},
        state::State,
    },
    i18n::{language, td_string, text, tr},
    pages::{news::Latest, stuck::Unbegun},
    routes::Site,
};

/// The card's content, connected. What changes while the page is open changes in place.
#[component]
pub fn Connected(
    /// The vendor and the till.
    here: Here,
    /// The connection.
    connection: Memo<Connection>,
) -> impl IntoView {
    let language = language();
    known::settled();
    let id = connection.with_untracked(|connection| connection.id.clone());
    let bridges = here.vendor.capabilities.contains(&Capability::OrderBridge).then(|| Known::of(&id));
    let sends = here.vendor.capabilities.contains(&Capability::Inventory);
    let unfinished = Signal::derive(move || bridges.is_some_and(Known::is_unfinished));
    let manages = Memo::new(move |_| connection.with(|connection| connection.role == Role::Manage));
    let verified_at = Memo::new(move |_| connection.with(|connection| connection.support_verified_at.clone()));
    // Support's merchants know this part of the page by its name.
    let named = here.vendor.connects == Connects::Support;
    let panels = {
        let (here, id) = (here.clone(), id.clone());
        dynamic(move || view! { <Checks here=here.clone() connection=id.clone() manages=manages.get() /> })
    };
    let actions = {
        let here = here.clone();
        let id = id.clone();
        dynamic(move || view! { <Actions here=here.clone() connection=id.clone() manages=manages.get() /> })
    };
    view! {
        <Verdict here=here.clone() connection=connection unfinished=unfinished />
        <div class="body">
            <Latest vendor=here.vendor.slug.clone() till=here.till.id.clone() />
            {bridges.map(|known| view! { <Bridging here=here.clone() connection=connection known=known /> })}
            {(bridges.is_none() && sends).then(|| view! { <Sending here=here.clone() /> })}
            {named.then(|| view! { <h2>{tr!(language, asking.informations)}</h2> })}
            <Facts connection=connection complete=true />
            {actions}
        </div>
        {panels}
        {bridges.is_some().then(|| view! { <Through here=here.clone() /> })}
        <SupportPanel vendor=here.vendor verified_at=verified_at />
        <History connection=id />
    }
}

/// What can be done; who may not change the connection is told so.
#[component]
fn Actions(here: Here, connection: String, manages: bool) -> impl IntoView {
    let language = language();
    let begin = here.begin;
    let vendor = here.vendor.name.clone();
    let reconnect = text(move || {
        if begin.busy.get() {
            td_string!(language.get(), till.connecting)
        } else {
            td_string!(language.get(), till.reconnect)
        }
    });
    let back_office = here.vendor.back_office_url.clone();
    view! {
        <div class="actions" role="group" aria-label=tr!(language, till.actions)>
            <OutButton href=back_office label=tr!(language, till.open_hubrise) />
            {manages
                .then(|| {
                    view! {
                        <Button label=reconnect weight=Weight::Plain busy=begin.busy on_press=move |()| begin.start() />
                        <Disconnect here=here connection=connection />
                    }
                })}
        </div>
        {if manages {
            view! {
                <p class="small muted">{tr!(language, till.reconnect_hint)}</p>
                <Unbegun begin=begin />
            }
                .into_any()
        } else {
            let words = text(move || td_string!(language.get(), till.view_only, vendor = vendor.as_str()));
            view! {
                <Notice tone=Tone::Info>
                    <p>{words}</p>
                </Notice>
            }
                .into_any()
        }}
    }
}

/// The card's content while a choice is left to make.
#[component]
pub fn Choosing(
    /// The vendor and the till.
    here: Here,
    /// The connection.
    connection: Memo<Connection>,
) -> impl IntoView {
    let language = language();
    let name = here.vendor.name.clone();
    let wizard = Site::Choose { vendor: here.vendor.slug.clone(), till: here.till.id.clone() }.path();
    let id = connection.with_untracked(|connection| connection.id.clone());
    view! {
        <State
            tone=Tone::Warn
            title=tr!(language, till.choosing)
            means=tr!(language, till.choosing_means, vendor = name.as_str())
            till=here.name()
        />
        <div class="body">
            <Latest vendor=here.vendor.slug.clone() till=here.till.id.clone() />
            <Facts connection=connection complete=false />
            <div class="actions" role="group" aria-label=tr!(language, till.actions)>
                <LinkButton
                    href=move || wizard.clone()
                    label=tr!(language, till.carry_on)
                    weight=Weight::Primary
                />
                <Disconnect here=here.clone() connection=id />
            </div>
        </div>
        <Folded here=here granted=true />
    }
}
