//! The switch *Envoi de données* and **Synchroniser les stocks**, for who may change how stock is sent.

use leptos::{prelude::*, task::spawn_local};

use super::data::Data;
use crate::{
    api::{ApiError, stock},
    components::{
        announcer::announcer,
        button::{Button, Weight},
        dynamic::{dynamic, perhaps},
        icon::{Glyph, Icon},
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    logic::stock::standing::is_going,
    pages::{bridge::Here, stuck::Stuck},
};

/// What can be done, or how it is set.
#[component]
pub fn Acts(
    /// The till.
    here: Here,
    /// The board.
    data: Data,
) -> impl IntoView {
    let language = language();
    let manages = here.manages();
    let sending = Memo::new(move |_| data.sends());
    let word = text(move || match sending.get() {
        true => td_string!(language.get(), stock.sending_yes),
        false => td_string!(language.get(), stock.sending_no),
    });
    let id = here.id;
    dynamic(move || match manages.get() {
        true => view! {
            <div class="deeds">
                <Switch data=data id=id sending=sending word=word />
                <Synchronise data=data id=id sending=sending />
            </div>
        }
        .into_any(),
        false => view! {
            <div class="deeds">
                <p>
                    {tr!(language, stock.sending)} " " <strong>{word}</strong>
                </p>
                <p class="small muted">{tr!(language, stock.view_only)}</p>
            </div>
        }
        .into_any(),
    })
}

/// The switch.
#[component]
fn Switch(data: Data, id: StoredValue<String>, sending: Memo<bool>, word: Signal<String>) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let turn = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let wanted = !sending.get_untracked();
        spawn_local(async move {
            let answer = stock::send(&id.get_value(), wanted).await;
            _ = busy.try_set(false);
            match answer {
                Ok(()) => {
                    let locale = language.get_untracked();
                    announcer.say(match wanted {
                        true => td_string!(locale, stock.sending_on_done).to_owned(),
                        false => td_string!(locale, stock.sending_off_done).to_owned(),
                    });
                    data.look();
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    view! {
        <div class="sending">
            <button
                type="button"
                role="switch"
                class="switch"
                aria-checked=move || if sending.get() { "true" } else { "false" }
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| turn(())
            >
                <span class="track" aria-hidden="true"><span class="knob"></span></span>
                <span>{tr!(language, stock.sending)}</span>
                <strong aria-hidden="true">{word}</strong>
            </button>
            {perhaps(move || {
                problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=turn /> })
            })}
        </div>
    }
}

/// The button, and what it does.
#[component]
fn Synchronise(data: Data, id: StoredValue<String>, sending: Memo<bool>) -> impl IntoView {
    let language = language();
    let asking = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let going = Memo::new(move |_| data.of_head(|head| head.sync.as_ref().map(is_going)).unwrap_or_default());
    let advised = Memo::new(move |_| data.of_head(|head| Some(head.sync_advised)).unwrap_or_default());
    let busy = Signal::derive(move || asking.get() || going.get());
    let press = move |()| {
        if busy.get_untracked() {
            return;
        }
        asking.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = stock::synchronise(&id.get_value()).await;
            _ = asking.try_set(false);
            match answer {
                Ok(()) => data.look(),
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let label = text(move || match busy.get() {
        true => td_string!(language.get(), stock.sync_busy),
        false => td_string!(language.get(), stock.sync),
    });
    let words = text(move || match sending.get() {
        true => td_string!(language.get(), stock.sync_means),
        false => td_string!(language.get(), stock.sync_off),
    });
    let off = Signal::derive(move || !sending.get());
    let button = move |weight| view! { <Button label=label weight=weight busy=busy off=off on_press=press /> };
    view! {
        <div class="synchronise">
            {perhaps(move || {
                advised
                    .get()
                    .then(|| {
                        view! {
                            <p class="advised">
                                <Icon of=Glyph::Info />
                                <strong>{tr!(language, stock.sync_advised)}</strong>
                            </p>
                        }
                    })
            })}
            {dynamic(move || button(if advised.get() { Weight::Primary } else { Weight::Plain }))}
            <p class="small muted">{words}</p>
            {perhaps(move || {
                problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=press /> })
            })}
        </div>
    }
}
