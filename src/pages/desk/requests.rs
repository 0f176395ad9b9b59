//! The requests that wait for support: who asks, for which location, since when; **Connect** and **Decline**.

use leptos::prelude::*;
use passerelle_wire::{AttemptBegin, Purpose, SupportRequest};

use super::{
    Here,
    question::{Asked, Asking},
};
use crate::{
    browser::clock,
    components::{
        button::{Button, Weight},
        copy::{Copied, Copy},
        dynamic::perhaps,
    },
    i18n::{language, td_string, text, tr},
    logic::run::blank,
    pages::{begin::Begin, stuck::Unbegun},
};

/// The requests; takes no space while there are none.
#[component]
pub fn Requests(
    /// The vendor.
    here: Here,
    /// What waits, the longest first.
    requests: Memo<Vec<SupportRequest>>,
    /// Asks before declining.
    asking: Asking,
) -> impl IntoView {
    let language = language();
    let any = Memo::new(move |_| requests.with(|requests| !requests.is_empty()));
    let count = text(move || clock::number(language.code(), requests.with(Vec::len)));
    perhaps(move || {
        any.get().then(|| {
            view! {
                <section class="card waits" aria-labelledby="desk-requests">
                    <h2 id="desk-requests">
                        {tr!(language, desk.requests)} " " <span class="number">{count}</span>
                    </h2>
                    <ul>
                        <For each=move || requests.get() key=|request| request.id.clone() let:request>
                            <Waits here=here request=request asking=asking />
                        </For>
                    </ul>
                </section>
            }
        })
    })
}

/// One request.
#[component]
fn Waits(here: Here, request: SupportRequest, asking: Asking) -> impl IntoView {
    let language = language();
    let begin = Begin::of(AttemptBegin {
        till: Some(request.till.clone()),
        request: Some(request.id.clone()),
        return_to: Some(here.site().path()),
        ..blank(&here.slug(), Purpose::Connect)
    });
    let asked = StoredValue::new(request.clone());
    let SupportRequest { till, hubrise_id, location_name, name, email, created_at, language: spoken, .. } = request;
    let french = spoken == "fr";
    let speaks = text(move || {
        let locale = language.get();
        if french { td_string!(locale, desk.in_french) } else { td_string!(locale, desk.in_english) }
    });
    let since = text(move || clock::ago(language.code(), &created_at).unwrap_or_default());
    let till = text(move || here.till_name(language.get(), &till));
    let connect = text(move || match begin.busy.get() {
        true => td_string!(language.get(), till.connecting),
        false => td_string!(language.get(), desk.connect),
    });
    let about = format!("{name}, {location_name}");
    view! {
        <li>
            <div class="who">
                <strong>{location_name}</strong>
                <span class="muted small">
                    {name} " · " <a href=format!("mailto:{email}")>{email.clone()}</a>
                </span>
            </div>
            <div class="what">
                <Copy text=hubrise_id what=Copied::Id />
                <span class="muted small">{till} " · " {speaks} " · " {since}</span>
            </div>
            <div class="actions" role="group" aria-label=about>
                <Button label=connect weight=Weight::Plain busy=begin.busy on_press=move |()| begin.start() />
                <Button
                    label=tr!(language, desk.decline)
                    weight=Weight::Danger
                    on_press=move |()| asking.ask(Asked::Decline(asked.get_value()))
                />
            </div>
            <Unbegun begin=begin />
        </li>
    }
}
