//! Whether HubRise's notifications come: when that was last verified, what was put right, and a loud word when calls were
//! refused for a wrong signature, as no order arrives then.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::CallbackState;

use super::{super::Here, list::List};
use crate::{
    api::{ApiError, operations},
    browser::clock,
    components::{
        button::{Button, Weight},
        dynamic::{dynamic, perhaps},
        icon::Icon,
        moment::ticking,
        notice::{Notice, Tone},
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    pages::stuck::Stuck,
};

/// Between two looks for what a check has found, and how many there are.
const LOOKS: (Duration, u32) = (Duration::from_millis(1_500), 8);

/// How the callback stands.
#[component]
pub fn Callbacks(
    /// The till.
    here: Here,
    /// The list it comes with.
    list: List,
) -> impl IntoView {
    let language = language();
    let state = Memo::new(move |_| list.head.with(|head| head.as_ref().map(|head| head.callback.clone())));
    let read = move |take: fn(&CallbackState) -> Option<String>| state.with(|state| state.as_ref().and_then(take));
    let failing = Memo::new(move |_| state.with(|state| state.as_ref().is_some_and(|state| state.failing)));
    let tick = ticking();
    let ago = move |at: &str| clock::ago(language.code(), at).unwrap_or_else(|| clock::date_time(language.code(), at));
    let words = text(move || {
        tick.track();
        let locale = language.get();
        let mut said = Vec::new();
        match (failing.get(), read(|state| state.verified_at.clone())) {
            (true, _) => said.push(td_string!(locale, operations.failing).to_owned()),
            (false, Some(at)) => said.push(td_string!(locale, operations.verified, ago = ago(&at))),
            (false, None) => said.push(td_string!(locale, operations.unverified).to_owned()),
        }
        if let Some(at) = read(|state| state.repaired_at.clone()) {
            said.push(td_string!(locale, operations.repaired, ago = ago(&at)));
        }
        if let Some(at) = read(|state| state.heard_at.clone()) {
            said.push(td_string!(locale, operations.heard, ago = ago(&at)));
        }
        said.join(" ")
    });
    let tone =
        move || match (failing.get(), state.with(|state| state.as_ref().is_some_and(|it| it.verified_at.is_some()))) {
            (true, _) => Tone::Warn,
            (false, true) => Tone::Ok,
            (false, false) => Tone::Off,
        };
    let manages = here.manages();
    view! {
        <section class="callback" aria-labelledby="callback">
            <h2 id="callback" class="hidden">
                {tr!(language, operations.callback)}
            </h2>
            <p class=move || format!("small {}", tone().class())>
                {dynamic(move || view! { <Icon of=tone().glyph() /> })}
                <span>{words}</span>
            </p>
            {perhaps(move || manages.get().then(|| view! { <Check id=here.id list=list state=state /> }))}
        </section>
    }
}

/// The loud word, where calls were refused.
#[component]
pub fn Refused(
    /// The till.
    here: Here,
    /// The list it comes with.
    list: List,
) -> impl IntoView {
    let support = StoredValue::new(here.vendor.support.email);
    // How many, and when the latest came.
    let refused = Memo::new(move |_| {
        list.head.with(|head| {
            let callback = head.as_ref().map(|head| &head.callback);
            callback
                .filter(|callback| callback.refused > 0)
                .map(|callback| (callback.refused, callback.refused_at.clone().unwrap_or_default()))
        })
    });
    perhaps(move || refused.get().map(|(count, at)| view! { <Loud count=count at=at support=support.get_value() /> }))
}

#[component]
fn Loud(count: u64, at: String, support: String) -> impl IntoView {
    let language = language();
    let title = text(move || match count {
        1 => td_string!(language.get(), operations.refused_single).to_owned(),
        count => {
            let count = clock::number(language.code(), usize::try_from(count).unwrap_or(usize::MAX));
            td_string!(language.get(), operations.refused_several, count = count)
        }
    });
    let means = text(move || {
        let time = clock::ago(language.code(), &at).unwrap_or_else(|| at.clone());
        td_string!(language.get(), operations.refused_means, time = time)
    });
    view! {
        <div class="loud" role="alert">
            <Notice tone=Tone::Fail>
                <p>
                    <strong>{title}</strong>
                </p>
                <p>{means}</p>
                <p>{tr!(language, operations.refused_todo, email = support.as_str())}</p>
            </Notice>
        </div>
    }
}

/// Has the callback looked at now. What is found comes with the list: it is looked at until it came.
#[component]
fn Check(id: StoredValue<String>, list: List, state: Memo<Option<CallbackState>>) -> impl IntoView {
    let language = language();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let left = StoredValue::new(0_u32);
    let before = StoredValue::new(None::<CallbackState>);
    // One look after the other, until something new is known or there were enough.
    let wait = move || {
        set_timeout(
            move || {
                if left.try_update_value(|left| *left = left.saturating_sub(1)).is_some() {
                    list.look();
                }
            },
            LOOKS.0,
        );
    };
    let again = RwSignal::new(());
    Effect::new(move |_| {
        again.track();
        list.refreshed().track();
        list.problem.track();
        if !busy.get_untracked() {
            return;
        }
        let found = state.with_untracked(|state| {
            before.with_value(|before| {
                let told = |state: &Option<CallbackState>| {
                    state.as_ref().map(|state| (state.verified_at.clone(), state.repaired_at.clone(), state.failing))
                };
                told(state) != told(before)
            })
        });
        if found || left.get_value() == 0 {
            busy.set(false);
        } else {
            wait();
        }
    });
    let check = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        before.set_value(state.get_untracked());
        left.set_value(LOOKS.1);
        let id = id.get_value();
        spawn_local(async move {
            match operations::check_callback(&id).await {
                Ok(()) => _ = again.try_set(()),
                Err(error) => {
                    _ = busy.try_set(false);
                    _ = problem.try_set(Some(error));
                }
            }
        });
    };
    let label = text(move || match busy.get() {
        true => td_string!(language.get(), operations.checking),
        false => td_string!(language.get(), operations.check),
    });
    view! {
        <Button label=label weight=Weight::Plain busy=busy on_press=check />
        {perhaps(move || {
            problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=check /> })
        })}
    }
}
