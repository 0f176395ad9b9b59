//! **Connect**, and where the till asks for one the identification key before it: a wrong key is said where it stands, and
//! after too many the time left is counted down.

use std::time::Duration;

use leptos::prelude::*;
use passerelle_wire::EmbedRole;

use super::{Here, contact::Contact};
use crate::{
    app::Users,
    components::{
        announcer::announcer,
        button::{Button, Weight},
        dialog::Dialog,
        dynamic::{dynamic, flag, perhaps},
        field::Field,
    },
    i18n::{language, td_string, text, tr},
    logic::{
        aside::Aside,
        key::{Refusal, countdown, refusal},
    },
    pages::stuck::Unbegun,
};

/// No key is longer.
const LONGEST: usize = 128;

/// The button; the dialog where the till asks for a key; and what keeps a run from beginning.
#[component]
pub fn Connect(
    /// The vendor and the till.
    here: Here,
    /// How loud the button is.
    weight: Weight,
) -> impl IntoView {
    let language = language();
    let begin = here.begin;
    let asks = here.till.asks_key;
    let open = RwSignal::new(false);
    let label = text(move || {
        if begin.busy.get() {
            td_string!(language.get(), till.connecting)
        } else {
            td_string!(language.get(), till.connect)
        }
    });
    let press = move |()| {
        if asks {
            begin.problem.set(None);
            open.set(true);
        } else {
            begin.start();
        }
    };
    let users = expect_context::<Users>();
    let looks = {
        let slug = here.vendor.slug.clone();
        flag(move || users.role(&slug) == Some(EmbedRole::Viewer))
    };
    view! {
        {dynamic(move || {
            if looks.get() {
                // Nothing to press that would be refused.
                view! { <p class="small muted">{tr!(language, till.managers_connect)}</p> }.into_any()
            } else {
                view! { <Button label=label weight=weight busy=begin.busy on_press=press /> }.into_any()
            }
        })}
        {if asks {
            // The window takes the dialog's place.
            Effect::new(move |_| if begin.aside.get() != Aside::None { open.set(false) });
            view! {
                <Asking here=here open=open />
                {begin.told()}
            }
            .into_any()
        } else {
            ().into_any()
        }}
    }
}

/// The dialog.
#[component]
fn Asking(here: Here, open: RwSignal<bool>) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let begin = here.begin;
    let key = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let (left, begun) = counting_down(move || announcer.say(td_string!(language.get_untracked(), key.free).to_owned()));
    let refused = Memo::new(move |_| begin.problem.with(|problem| problem.as_ref().map(refusal)));
    Effect::new(move |_| {
        if let Some(Refusal::Wait(seconds)) = refused.get() {
            left.set(seconds);
            begun.set(true);
        }
    });
    let wrong = text(move || {
        let locale = language.get();
        match (missing.get(), refused.get()) {
            (true, _) => td_string!(locale, key.missing),
            (false, Some(Refusal::Wrong)) => td_string!(locale, key.wrong),
            _ => "",
        }
    });
    let (till, vendor) = (here.name(), here.vendor.name.clone());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = key.get_untracked().trim().to_owned();
        missing.set(typed.is_empty());
        if !typed.is_empty() && left.get_untracked() == 0 {
            begin.set_key(Some(typed));
            begin.start();
        }
    };
    let waits = flag(move || left.get() > 0);
    let wait = text(move || match left.get() {
        0 => String::new(),
        seconds => td_string!(language.get(), key.wait, time = countdown(seconds)),
    });
    view! {
        <Dialog open=open title=tr!(language, key.title)>
            <p>
                {text(move || td_string!(language.get(), key.lead, till = till.get(), vendor = vendor.as_str()))}
            </p>
            <form novalidate="" on:submit=send>
                <Field
                    id="key"
                    label=tr!(language, key.title)
                    value=key
                    problem=wrong
                    longest=LONGEST
                    first=true
                />
                <p class="wait">{wait}</p>
                {perhaps(move || {
                    (refused.get() == Some(Refusal::Other)).then(|| view! { <Unbegun begin=begin /> })
                })}
                <Contact vendor=here.vendor />
                <div class="actions">
                    <Button
                        label=tr!(language, leave.cancel)
                        weight=Weight::Plain
                        on_press=move |()| open.set(false)
                    />
                    <Button label=tr!(language, till.connect) weight=Weight::Primary busy=begin.busy off=waits submit=true />
                </div>
            </form>
        </Dialog>
    }
}

/// A number to set; it goes down by one a second, and `over` is told when it has come to nothing.
fn counting_down(over: impl Fn() + 'static) -> (RwSignal<u32>, RwSignal<bool>) {
    let left = RwSignal::new(0_u32);
    let begun = RwSignal::new(false);
    let timer = set_interval_with_handle(
        move || {
            // Set in the middle of a second, which does not count: the server would find the wait not quite over.
            if begun.try_get_untracked() == Some(true) {
                begun.set(false);
                return;
            }
            // Untouched at nothing, so that a page at rest stays at rest.
            if let Some(seconds) = left.try_get_untracked().filter(|&seconds| seconds > 0) {
                left.set(seconds - 1);
                if seconds == 1 {
                    over();
                }
            }
        },
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    (left, begun)
}
