//! A vendor's tills as cards, side by side: each with its logo, how it stands, and **Connect** or **Details**.

mod details;

use leptos::prelude::*;
use passerelle_wire::{Connection, Till, TillStatus, Vendor};
use stylers::style_sheet;

use self::details::Details;
use super::{Here, Standing, contact::Contact, key::Connect};
use crate::{
    app::Users,
    components::{
        button::{Button, LinkButton, Weight},
        dynamic::dynamic,
        icon::Icon,
        notice::Tone,
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, localized, td_string, text, tr},
    logic::{
        face::{Face, face},
        health::{Gravity, gravity},
        live::STREAMS,
    },
    pages::{
        begin::Begin,
        news::{Latest, News},
        stuck::{Stuck, Unbegun},
    },
    routes::Site,
};

const SCOPE: &str = style_sheet!("style/pages/till_cards.css");

/// The cards of a vendor's tills.
#[component]
pub fn Cards(
    /// The vendor.
    vendor: Vendor,
) -> impl IntoView {
    let language = language();
    let news = News::from_context();
    on_cleanup(move || news.clear());
    let tills = vendor.tills.clone();
    // The few streams there are go to the tills that can turn under the reader's eyes.
    let mut streams = STREAMS;
    view! {
        <section class=format!("{SCOPE} cards") aria-label=tr!(language, cards.title)>
            <h2>{tr!(language, cards.title)}</h2>
            <ul>
                {tills
                    .into_iter()
                    .map(|till| {
                        let followed = till.disabled.is_none() && streams > 0;
                        streams -= usize::from(followed);
                        view! { <OneCard vendor=vendor.clone() till=till streams=followed /> }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}

/// One till.
#[component]
fn OneCard(vendor: Vendor, till: Till, streams: bool) -> impl IntoView {
    let standing = Standing::of(&vendor.slug, &till.id, streams);
    let begin = Begin::new(&vendor.slug, &till.id);
    let heading = format!("till-{}", till.id);
    let logo = till.logo_url.clone().unwrap_or_else(|| vendor.logo_url.clone());
    let on_change = Callback::new(move |()| standing.asked.retry());
    let on_look = Callback::new(move |()| standing.asked.refresh());
    begin.done.set_value(Some(on_look));
    let (slug, id) = (vendor.slug.clone(), till.id.clone());
    let here = Here { vendor, till, begin, on_change, on_look };
    let name = here.name();
    let lacking = standing.lacking();
    view! {
        <li class="card" aria-labelledby=heading>
            <div class="head">
                <img src=logo alt="" width="40" height="40" />
                <h3 id=heading.clone()>{name}</h3>
            </div>
            <Latest vendor=slug till=id />
            {dynamic(move || match lacking.get() {
                Some(None) => {
                    view! { <Waiting shape=Shape::Lines on_again=move |()| standing.asked.retry() /> }.into_any()
                }
                Some(Some(error)) => {
                    let again = move |()| standing.asked.retry();
                    view! { <Stuck error=error place=Place::Inline on_repeat=again /> }.into_any()
                }
                None => match standing.kept() {
                    Some(stands) => view! { <Stand here=here.clone() stands=stands /> }.into_any(),
                    None => ().into_any(),
                },
            })}
        </li>
    }
}

/// How the till stands, and what can be done about it.
#[component]
fn Stand(here: Here, stands: Memo<TillStatus>) -> impl IntoView {
    let connects = here.vendor.connects;
    let users = expect_context::<Users>();
    let shown = {
        let (till, slug) = (here.till.clone(), here.vendor.slug.clone());
        Memo::new(move |_| stands.with(|stands| face(connects, &till, stands, users.role(&slug))))
    };
    dynamic(move || {
        let here = here.clone();
        match shown.get() {
            Face::Connected { .. } => match super::card::kept(stands) {
                Some(connection) => view! { <On here=here connection=connection /> }.into_any(),
                None => ().into_any(),
            },
            Face::Off => view! { <Off here=here /> }.into_any(),
            Face::Disabled => view! { <Disabled here=here /> }.into_any(),
            Face::Locked => view! { <Locked here=here /> }.into_any(),
            other => view! { <Elsewhere here=here face=other /> }.into_any(),
        }
    })
}

/// A word for how the till stands, with its icon and colour.
#[component]
fn Word(#[prop(into)] tone: Signal<Tone>, #[prop(into)] words: Signal<String>) -> impl IntoView {
    view! {
        <p class=move || format!("word {}", tone.get().class())>
            {dynamic(move || view! { <Icon of=tone.get().glyph() /> })}
            <span>{words}</span>
        </p>
    }
}

/// Connected.
#[component]
fn On(here: Here, connection: Memo<Connection>) -> impl IntoView {
    let language = language();
    let failing = Memo::new(move |_| {
        connection.with(|connection| matches!(gravity(connection.health.state), Gravity::Passing | Gravity::Broken))
    });
    let tone = Signal::derive(move || if failing.get() { Tone::Fail } else { Tone::Ok });
    let words = text(move || {
        let locale = language.get();
        if failing.get() { td_string!(locale, cards.failing) } else { td_string!(locale, cards.on) }
    });
    let open = RwSignal::new(false);
    super::known::settled();
    view! {
        <Word tone=tone words=words />
        <div class="actions">
            <Button
                label=tr!(language, cards.details)
                weight=Weight::Plain
                on_press=move |()| open.set(true)
            />
        </div>
        <Details here=here connection=connection open=open />
    }
}

/// Not connected.
#[component]
fn Off(here: Here) -> impl IntoView {
    let language = language();
    let begin = here.begin;
    let keyless = !here.till.asks_key;
    view! {
        <Word tone=Tone::Off words=tr!(language, cards.off) />
        <div class="actions">
            <Connect here=here weight=Weight::Plain />
        </div>
        {keyless.then(|| view! { <Unbegun begin=begin /> })}
    }
}

/// Not to be connected by its users.
#[component]
fn Disabled(here: Here) -> impl IntoView {
    let language = language();
    let reason = here.till.disabled.clone();
    view! {
        <Word tone=Tone::Off words=tr!(language, cards.unavailable) />
        <div class="actions">
            <Button label=tr!(language, till.connect) weight=Weight::Plain off=true />
        </div>
        {reason.map(|reason| view! { <p class="small">{text(move || localized(language.get(), &reason))}</p> })}
        <Contact vendor=here.vendor />
    }
}

/// Disconnected, and not to be connected before support releases it.
#[component]
fn Locked(here: Here) -> impl IntoView {
    let language = language();
    let name = here.vendor.name.clone();
    view! {
        <Word tone=Tone::Warn words=tr!(language, cards.locked) />
        <p class="small">{text(move || td_string!(language.get(), locked.means, vendor = name.as_str()))}</p>
        <Contact vendor=here.vendor />
    }
}

/// What goes on elsewhere: a choice to make, a right to confirm, a request to send.
#[component]
fn Elsewhere(here: Here, face: Face) -> impl IntoView {
    let language = language();
    let (vendor, till) = (here.vendor.slug, here.till.id);
    let (tone, words, site, label) = match face {
        Face::Choosing { .. } => {
            (Tone::Warn, tr!(language, till.choosing), Site::Choose { vendor, till }, tr!(language, till.carry_on))
        }
        Face::Known { .. } => {
            (Tone::Info, tr!(language, till.known), Site::Till { vendor, till }, tr!(language, till.confirm_right))
        }
        _ => (Tone::Off, tr!(language, cards.off), Site::Till { vendor, till }, tr!(language, cards.details)),
    };
    view! {
        <Word tone=tone words=words />
        <div class="actions">
            <LinkButton href=move || site.path() label=label weight=Weight::Plain />
        </div>
    }
}
