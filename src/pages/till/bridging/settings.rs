//! The till's API token and Debug mode: asked for at first, shown as the token's last characters afterwards, and changed on
//! demand. The token's shape is advised, never forced.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{TillSettings, TillSettingsChange};

use super::Known;
use crate::{
    api::{ApiError, till_settings},
    browser::page,
    components::{
        announcer::announcer,
        button::{Button, Weight},
        dynamic::{dynamic, perhaps},
        field::Field,
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    logic::token::{LONGEST, Shape as Looks, shape},
    pages::stuck::Stuck,
};

/// The configuration: entered, or shown.
#[component]
pub fn Settings(
    /// The connection's id.
    connection: String,
    /// The configuration.
    known: Known,
    /// Whether the reader may change it.
    manages: bool,
) -> impl IntoView {
    let language = language();
    let editing = RwSignal::new(false);
    let id = StoredValue::new(connection);
    let content = dynamic(move || match known.get() {
        None => view! { <Waiting shape=Shape::Lines on_again=move |()| known.asked.retry() /> }.into_any(),
        Some(Err(error)) => {
            view! { <Stuck error=error place=Place::Inline on_repeat=move |()| known.asked.retry() /> }.into_any()
        }
        Some(Ok(now)) if manages && (editing.get() || now.api_token_tail.is_none()) => {
            view! { <Edit id=id now=now known=known editing=editing /> }.into_any()
        }
        Some(Ok(now)) => view! { <Shown now=now manages=manages editing=editing /> }.into_any(),
    });
    view! {
        <section class="settings">
            <h2 id="settings" tabindex="-1">
                {tr!(language, bridge_settings.title)}
            </h2>
            {content}
        </section>
    }
}

/// What is set.
#[component]
fn Shown(now: TillSettings, manages: bool, editing: RwSignal<bool>) -> impl IntoView {
    let language = language();
    let TillSettings { api_token_tail, debug } = now;
    let token = text(move || match &api_token_tail {
        Some(tail) => td_string!(language.get(), bridge_settings.ends, tail = tail.as_str()),
        None => "–".to_owned(),
    });
    let debug = text(move || {
        let locale = language.get();
        if debug { td_string!(locale, bridge_settings.on) } else { td_string!(locale, bridge_settings.off) }
    });
    view! {
        <dl class="facts">
            <div>
                <dt>{tr!(language, bridge_settings.token)}</dt>
                <dd>{token}</dd>
            </div>
            <div>
                <dt>{tr!(language, bridge_settings.debug)}</dt>
                <dd>{debug}</dd>
            </div>
        </dl>
        {manages
            .then(|| {
                let change = move |()| {
                    editing.set(true);
                    page::focus("api-token");
                };
                view! {
                    <div class="actions">
                        <Button
                            label=tr!(language, bridge_settings.change)
                            weight=Weight::Plain
                            on_press=change
                        />
                    </div>
                }
            })}
    }
}

/// The form.
#[component]
fn Edit(id: StoredValue<String>, now: TillSettings, known: Known, editing: RwSignal<bool>) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let first = now.api_token_tail.is_none();
    let token = RwSignal::new(String::new());
    let debug = RwSignal::new(now.debug);
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let looks = Memo::new(move |_| token.with(|token| shape(token)));
    // An empty line keeps the token there is.
    let fits = move || match looks.get_untracked() {
        Looks::Empty => !first,
        Looks::Impossible => false,
        Looks::Usual | Looks::NoPrefix | Looks::Unusual => true,
    };
    let save = move |()| {
        tried.set(true);
        if busy.get_untracked() || !fits() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let typed = token.get_untracked().trim().to_owned();
        let change = TillSettingsChange {
            api_token: Some(typed).filter(|typed| !typed.is_empty()),
            debug: debug.get_untracked(),
        };
        let id = id.get_value();
        spawn_local(async move {
            let answer = till_settings::put(&id, &change).await;
            _ = busy.try_set(false);
            match answer {
                Ok(settings) => {
                    announcer.say(td_string!(language.get_untracked(), bridge_settings.saved).to_owned());
                    _ = editing.try_set(false);
                    _ = known.saved.try_set(Some(settings));
                    page::focus("settings");
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let wrong = text(move || {
        let locale = language.get();
        match looks.get() {
            Looks::Impossible => td_string!(locale, bridge_settings.impossible),
            Looks::Empty if first && tried.get() => td_string!(locale, bridge_settings.empty),
            _ => "",
        }
    });
    let advice = text(move || {
        let locale = language.get();
        match looks.get() {
            Looks::NoPrefix => td_string!(locale, bridge_settings.no_prefix),
            Looks::Unusual => td_string!(locale, bridge_settings.unusual),
            Looks::Empty if !first => td_string!(locale, bridge_settings.keep),
            _ => "",
        }
    });
    let label = text(move || {
        let locale = language.get();
        if busy.get() { td_string!(locale, bridge_settings.saving) } else { td_string!(locale, bridge_settings.save) }
    });
    view! {
        <form
            class="lines"
            novalidate=""
            on:submit=move |event| {
                event.prevent_default();
                save(());
            }
        >
            <Field
                id="api-token"
                label=tr!(language, bridge_settings.token)
                hint=tr!(language, bridge_settings.token_hint)
                value=token
                problem=wrong
                longest=LONGEST
            />
            <p class="small" role="status">
                {advice}
            </p>
            <p class="small muted">{tr!(language, bridge_settings.secret)}</p>
            <label class="tick">
                <input
                    type="checkbox"
                    prop:checked=debug
                    aria-describedby="debug-hint"
                    on:change=move |event| debug.set(event_target_checked(&event))
                />
                <span>{tr!(language, bridge_settings.debug)}</span>
            </label>
            <p id="debug-hint" class="small muted">
                {tr!(language, bridge_settings.debug_hint)}
            </p>
            {perhaps(move || {
                problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=save /> })
            })}
            <div class="actions">
                <Button label=label weight=Weight::Primary busy=busy submit=true />
                {(!first)
                    .then(|| {
                        view! {
                            <Button
                                label=tr!(language, bridge_settings.cancel)
                                weight=Weight::Plain
                                on_press=move |()| editing.set(false)
                            />
                        }
                    })}
            </div>
        </form>
    }
}
