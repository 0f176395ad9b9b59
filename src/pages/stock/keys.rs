//! The till's keys: making one, whose secret is shown once; ending one; and when each was last used.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::PosKey;

use super::data::Data;
use crate::{
    api::{ApiError, stock},
    components::{
        announcer::announcer,
        button::{Button, Weight},
        copy::{Copied, Copy},
        dialog::Dialog,
        dynamic::{dynamic, perhaps},
        field::Field,
        notice::{Notice, Tone},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    pages::{bridge::Here, stuck::Stuck},
};

/// How long a key's name may be, as the server says.
const LONGEST: usize = 60;

/// The section.
#[component]
pub fn Keys(
    /// The till.
    here: Here,
    /// The board, which says how many keys there are.
    data: Data,
) -> impl IntoView {
    let language = language();
    let id = here.id;
    let manages = here.manages();
    let known = RwSignal::new(None::<Vec<PosKey>>);
    let problem = RwSignal::new(None::<ApiError>);
    // A look that fails leaves what is shown.
    let look = move |()| {
        spawn_local(async move {
            match stock::keys(&id.get_value()).await {
                Ok(keys) => {
                    _ = problem.try_set(None);
                    _ = known.try_set(Some(keys));
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let turned = here.turned;
    Effect::new(move |_| {
        turned.track();
        look(());
    });

    let changed = Callback::new(move |()| {
        look(());
        data.look();
    });
    let revoking = RwSignal::new(None::<PosKey>);

    view! {
        <section class="keys-of" aria-labelledby="stock-keys-title">
            <h2 id="stock-keys-title">{tr!(language, stock.keys)}</h2>
            <p class="muted">{tr!(language, stock.keys_means)}</p>
            {dynamic(move || match (known.get(), problem.get()) {
                (None, None) => view! { <Waiting shape=Shape::Lines on_again=look /> }.into_any(),
                (None, Some(error)) => view! { <Stuck error=error place=Place::Inline on_repeat=look /> }.into_any(),
                (Some(keys), _) if keys.is_empty() => view! { <p>{tr!(language, stock.keys_none)}</p> }.into_any(),
                (Some(keys), _) => view! {
                    <ul>
                        {keys
                            .into_iter()
                            .map(|key| view! { <Line key=key manages=manages revoking=revoking /> })
                            .collect_view()}
                    </ul>
                }
                .into_any(),
            })}
            {perhaps(move || manages.get().then(|| view! { <Make id=id changed=changed /> }))}
            <Revoke id=id revoking=revoking changed=changed />
        </section>
    }
}

/// What a key is called.
fn called(key: &PosKey, unnamed: &str) -> String {
    let name = if key.label.is_empty() { unnamed } else { &key.label };
    format!("{name} (…{})", key.tail)
}

/// One of them.
#[component]
fn Line(key: PosKey, manages: Memo<bool>, revoking: RwSignal<Option<PosKey>>) -> impl IntoView {
    let language = language();
    let name = {
        let key = key.clone();
        text(move || called(&key, td_string!(language.get(), stock.key_unnamed)))
    };
    let label = text(move || td_string!(language.get(), stock.key_revoke_of, name = name.get()));
    let made = key.created_by.clone();
    let (ended, used) = (key.revoked_at.clone(), key.last_used_at.clone());
    let works = ended.is_none();
    let created = key.created_at.clone();
    let date = move |at: &str, say: fn(crate::i18n::Locale, String) -> String| {
        let at = at.to_owned();
        text(move || say(language.get(), crate::browser::clock::date_time(language.code(), &at)))
    };
    let key = StoredValue::new(key);
    view! {
        <li class:over=!works>
            <div>
                <strong>
                    <bdi>{name}</bdi>
                </strong>
                <span class="small muted">
                    {date(&created, |locale, time| td_string!(locale, stock.key_made_on, time = time))}
                    {made.map(|by| view! { " " {text(move || td_string!(language.get(), stock.key_by, name = by.clone()))} })}
                </span>
                <span class="small">
                    {match (ended, used) {
                        (Some(at), _) => date(&at, |locale, time| td_string!(locale, stock.key_revoked, time = time)).into_any(),
                        (None, Some(at)) => date(&at, |locale, time| td_string!(locale, stock.key_used, time = time)).into_any(),
                        (None, None) => text(move || td_string!(language.get(), stock.key_unused)).into_any(),
                    }}
                </span>
            </div>
            {perhaps(move || {
                (works && manages.get())
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="clear"
                                aria-label=label
                                on:click=move |_| revoking.set(Some(key.get_value()))
                            >
                                {tr!(language, stock.key_revoke)}
                            </button>
                        }
                    })
            })}
        </li>
    }
}

/// Making one.
#[component]
fn Make(id: StoredValue<String>, changed: Callback<()>) -> impl IntoView {
    let language = language();
    let label = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let made = RwSignal::new(None::<String>);
    let make = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = stock::make_key(&id.get_value(), label.get_untracked().trim()).await;
            _ = busy.try_set(false);
            match answer {
                Ok(new) => {
                    _ = made.try_set(Some(new.secret));
                    _ = label.try_set(String::new());
                    changed.run(());
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let words = text(move || match busy.get() {
        true => td_string!(language.get(), stock.key_creating),
        false => td_string!(language.get(), stock.key_create),
    });
    view! {
        <div role="status">
            {perhaps(move || {
                made.get()
                    .map(|secret| {
                        view! {
                            <Notice tone=Tone::Warn>
                                <p>
                                    <strong>{tr!(language, stock.key_made)}</strong>
                                </p>
                                <p>
                                    <Copy text=secret what=Copied::Key />
                                </p>
                                <p>{tr!(language, stock.key_made_means)}</p>
                                <p>
                                    <button type="button" class="clear" on:click=move |_| made.set(None)>
                                        {tr!(language, stock.key_hide)}
                                    </button>
                                </p>
                            </Notice>
                        }
                    })
            })}
        </div>
        <form
            on:submit=move |event| {
                event.prevent_default();
                make(());
            }
        >
            <Field
                id="key-label"
                label=tr!(language, stock.key_label)
                hint=tr!(language, stock.key_hint)
                value=label
                longest=LONGEST
            />
            <Button label=words weight=Weight::Plain busy=busy submit=true />
        </form>
        {perhaps(move || {
            problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=make /> })
        })}
    }
}

/// The question before one ends.
#[component]
fn Revoke(id: StoredValue<String>, revoking: RwSignal<Option<PosKey>>, changed: Callback<()>) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    Effect::new(move |_| {
        if revoking.with(Option::is_some) {
            problem.set(None);
            open.set(true);
        }
    });
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            revoking.set(None);
        }
        now
    });
    let title = text(move || {
        let locale = language.get();
        let unnamed = td_string!(locale, stock.key_unnamed);
        let name = revoking.with(|key| key.as_ref().map(|key| called(key, unnamed)).unwrap_or_default());
        td_string!(locale, stock.key_revoke_title, name = name)
    });
    let go = move |()| {
        let Some(key) = revoking.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = stock::revoke_key(&id.get_value(), &key.id).await;
            _ = busy.try_set(false);
            match answer {
                Ok(()) => {
                    announcer.say(td_string!(language.get_untracked(), stock.key_revoked_done).to_owned());
                    _ = open.try_set(false);
                    changed.run(());
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let label = text(move || match busy.get() {
        true => td_string!(language.get(), stock.key_revoking),
        false => td_string!(language.get(), stock.key_revoke),
    });
    view! {
        <Dialog open=open title=title>
            <p>{tr!(language, stock.key_revoke_means)}</p>
            {perhaps(move || {
                problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=go /> })
            })}
            <div class="actions">
                <Button label=tr!(language, leave.cancel) weight=Weight::Plain first=true on_press=move |()| open.set(false) />
                <Button label=label weight=Weight::Danger busy=busy on_press=go />
            </div>
        </Dialog>
    }
}
