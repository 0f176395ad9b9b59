//! The tills that only support can release: which, of whom, since when; **Release**.

use leptos::prelude::*;
use passerelle_wire::Lock;

use super::{
    Here,
    question::{Asked, Asking, place},
};
use crate::{
    browser::clock,
    components::{
        button::{Button, Weight},
        dynamic::perhaps,
    },
    i18n::{language, td_string, text, tr},
};

/// The locked tills; takes no space while there are none.
#[component]
pub fn Locks(
    /// The vendor.
    here: Here,
    /// What is locked, the longest first.
    locks: Memo<Vec<Lock>>,
    /// Asks before releasing.
    asking: Asking,
) -> impl IntoView {
    let language = language();
    let any = Memo::new(move |_| locks.with(|locks| !locks.is_empty()));
    let count = text(move || clock::number(language.code(), locks.with(Vec::len)));
    perhaps(move || {
        any.get().then(|| {
            view! {
                <section class="card waits" aria-labelledby="desk-locks">
                    <h2 id="desk-locks">
                        {tr!(language, desk.locks)} " " <span class="number">{count}</span>
                    </h2>
                    <ul>
                        <For each=move || locks.get() key=|lock| lock.id.clone() let:lock>
                            <Locked here=here lock=lock asking=asking />
                        </For>
                    </ul>
                </section>
            }
        })
    })
}

/// One locked till.
#[component]
fn Locked(here: Here, lock: Lock, asking: Asking) -> impl IntoView {
    let language = language();
    let asked = StoredValue::new(lock.clone());
    let name = place(&lock.account.name, lock.location.as_ref().map(|location| location.name.as_str()));
    let about = name.clone();
    let Lock { till, locked_at, .. } = lock;
    let till = text(move || here.till_name(language.get(), &till));
    let since = text(move || {
        let time = clock::ago(language.code(), &locked_at).unwrap_or_default();
        td_string!(language.get(), desk.locked_since, time = time)
    });
    view! {
        <li>
            <div class="who">
                <strong>{name}</strong>
                <span class="muted small">{till} " · " {since}</span>
            </div>
            <div class="actions" role="group" aria-label=about>
                <Button
                    label=tr!(language, desk.release)
                    weight=Weight::Plain
                    on_press=move |()| asking.ask(Asked::Release(asked.get_value()))
                />
            </div>
        </li>
    }
}
