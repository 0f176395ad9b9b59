//! The permissions of a connection: what was asked for, what of it was verified and when, and what suffers where
//! something is missing.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{PermissionCheck, Permissions, Resource, Verdict};

use super::Here;
use crate::{
    api::{Answer, ApiError, permissions},
    browser::clock,
    components::{
        announcer::announcer,
        button::{Button, Weight},
        disclosure::Disclosure,
        dynamic::{dynamic, perhaps},
        icon::{Glyph, Icon},
        moment::Moment,
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    logic::{
        checks::{Mark, is_missing, lacks, reading, summary, writing},
        permission::words,
    },
    pages::stuck::Stuck,
};

/// The panel.
#[component]
pub fn Checks(
    /// The vendor and the till.
    here: Here,
    /// The connection's id.
    connection: String,
    /// Whether the reader may have it verified, and connect again.
    manages: bool,
) -> impl IntoView {
    let language = language();
    let announcer = announcer();
    let id = StoredValue::new(connection);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let verified = RwSignal::new(None::<Permissions>);
    let first = Answer::to(move || {
        let connection = id.get_value();
        async move { permissions::get(&connection).await }
    });
    // What was verified just now, else what was known when the page was opened.
    let known = Memo::new(move |_| verified.get().map(Ok).or_else(|| first.get()));
    let verify = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let connection = id.get_value();
        spawn_local(async move {
            let answer = permissions::verify(&connection).await;
            _ = busy.try_set(false);
            match answer {
                Ok(permissions) => {
                    // Nothing learned is the connection's trouble, and said as such.
                    if permissions.items.iter().any(|item| matches!(item.read, Verdict::Verified | Verdict::Missing)) {
                        announcer.say(summary(language.get_untracked(), &permissions.items));
                    }
                    _ = verified.try_set(Some(permissions));
                }
                Err(error) => _ = problem.try_set(Some(error)),
            }
        });
    };
    let title = text(move || {
        let locale = language.get();
        match known.get() {
            Some(Ok(permissions)) => summary(locale, &permissions.items),
            _ => td_string!(locale, checks.title).to_owned(),
        }
    });
    let label = text(move || {
        let locale = language.get();
        if busy.get() { td_string!(locale, checks.verifying) } else { td_string!(locale, checks.verify) }
    });
    let here = StoredValue::new(here);
    let content = dynamic(move || match known.get() {
        None => view! { <Waiting shape=Shape::Lines on_again=move |()| first.retry() /> }.into_any(),
        Some(Err(error)) => {
            view! { <Stuck error=error place=Place::Inline on_repeat=move |()| first.retry() /> }.into_any()
        }
        Some(Ok(Permissions { items, again_at })) => {
            let missing = items.iter().any(is_missing) && manages;
            view! {
                <ul class="checks">{items.into_iter().map(|check| view! { <Line check=check /> }).collect_view()}</ul>
                {missing.then(|| view! { <Again here=here.get_value() /> })}
                {again_at
                    .map(|at| {
                        let at = text(move || {
                            let time = clock::time_of(language.code(), &at);
                            td_string!(language.get(), checks.again_at, time = time)
                        });
                        view! { <p class="muted">{at}</p> }
                    })}
            }
            .into_any()
        }
    });
    let lead = here.with_value(|here| here.vendor.name.clone());
    view! {
        <Disclosure title=title>
            <p>{tr!(language, permissions.granted, vendor = lead.as_str())}</p>
            {content}
            {manages
                .then(|| {
                    view! {
                        <p class="muted">{tr!(language, checks.light)}</p>
                        <div>
                            <Button label=label weight=Weight::Plain busy=busy on_press=verify />
                        </div>
                        {perhaps(move || {
                            problem
                                .get()
                                .map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=verify /> })
                        })}
                    }
                })}
        </Disclosure>
    }
}

/// What connecting again would cure.
#[component]
fn Again(here: Here) -> impl IntoView {
    let language = language();
    let begin = here.begin;
    view! {
        <p>{tr!(language, checks.cure)}</p>
        <div>
            <Button
                label=tr!(language, till.reconnect)
                weight=Weight::Plain
                busy=begin.busy
                on_press=move |()| begin.start()
            />
        </div>
    }
}

/// One permission: in plain words, then what is known of reading and of writing.
#[component]
fn Line(check: PermissionCheck) -> impl IntoView {
    let language = language();
    let permission = check.permission;
    let resource: Resource = permission.resource;
    let missing = is_missing(&check);
    let at = check.checked_at.clone();
    let (mark, _) = reading(language.get_untracked(), &check);
    let write = writing(language.get_untracked(), &check).map(|(mark, _)| mark);
    let check = StoredValue::new(check);
    let read_words = text(move || check.with_value(|check| reading(language.get(), check).1));
    let write_words = text(move || {
        check.with_value(|check| writing(language.get(), check)).map(|(_, words)| words).unwrap_or_default()
    });
    view! {
        <li>
            <span>{text(move || words(language.get(), permission))}</span>
            <span class=format!("known {}", class(mark))>
                <Icon of=glyph(mark) />
                <span>{read_words}</span>
                {at.map(|at| view! { <Moment at=at /> })}
            </span>
            {write
                .map(|mark| {
                    view! {
                        <span class=format!("known {}", class(mark))>
                            <Icon of=glyph(mark) />
                            <span>{write_words}</span>
                        </span>
                    }
                })}
            {missing.then(|| view! { <span>{text(move || lacks(language.get(), resource))}</span> })}
        </li>
    }
}

fn glyph(mark: Mark) -> Glyph {
    match mark {
        Mark::Verified => Glyph::Check,
        Mark::Missing => Glyph::Warn,
        Mark::Open => Glyph::Off,
    }
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Verified => "ok",
        Mark::Missing => "warn",
        Mark::Open => "open",
    }
}
