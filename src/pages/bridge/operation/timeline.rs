//! The story as a line of steps: what happened when, how long it took, the waits between, what comes next, and when the order
//! is wanted. Each step leads to what was said.

use leptos::prelude::*;

use super::tale::Tale;
use crate::{
    browser::clock::{self, Precision},
    components::dynamic::redrawn,
    i18n::{Locale, language, td_string, text, tr},
    logic::{
        act,
        span::{lapse, span},
        story::{End, Step, What, steps},
        visible::visible,
    },
    routes::Part,
};

/// The line.
#[component]
pub fn Timeline(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let operation = tale.operation;
    let all = Memo::new(move |_| operation.with(|now| steps(now, clock::now(), clock::instant)));
    view! {
        <section class="card" aria-labelledby="steps">
            <div class="body">
                <h2 id="steps">{tr!(language, operation.story.title)}</h2>
                {redrawn(move || {
                    let steps = all.get().into_iter().map(|step| one(&tale, step));
                    view! { <ol class="steps">{steps.collect_view()}</ol> }.into_any()
                })}
            </div>
        </section>
    }
}

/// One step.
fn one(tale: &Tale, step: Step) -> AnyView {
    let language = language();
    let operation = tale.operation;
    let href = step.exchange.clone().map(|exchange| {
        let operation = operation.with_untracked(|now| now.line.id.clone());
        tale.here.path(Part::Exchange { operation, exchange })
    });
    let Step { at, what, took, wait, ahead, .. } = step;
    let zone = operation.with_untracked(|now| now.timezone.clone());
    let class = format!("{}{}", class(&what), if ahead { " ahead" } else { "" });
    let time = at.map(|at| {
        let (whole, stamp) = (at.clone(), at.clone());
        let zone = StoredValue::new(zone);
        let time = text(move || {
            zone.with_value(|zone| clock::local(language.code(), &at, zone.as_deref(), Precision::Second))
        });
        // The reader's own time, and everybody's.
        let title =
            text(move || format!("{} · {stamp}", clock::local(language.code(), &whole, None, Precision::Whole)));
        view! { <time title=title>{time}</time> }
    });
    let said = text(move || words(language.get(), &what));
    let small = text(move || {
        let locale = language.get();
        let took = took.map(|took| {
            let took = span(took);
            let time = [&clock::decimal(language.code(), took.count), "\u{a0}", took.unit].concat();
            td_string!(locale, operation.story.took, time = time.as_str())
        });
        let wait = wait.map(|wait| {
            let wait = lapse(wait);
            let time = [&clock::decimal(language.code(), wait.count), "\u{a0}", wait.unit].concat();
            td_string!(locale, operation.story.after, time = time.as_str())
        });
        [wait, took].into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let words = match href {
        Some(href) => view! { <a href=href title=tr!(language, operation.story.see)>{said}</a> }.into_any(),
        None => view! { <span>{said}</span> }.into_any(),
    };
    view! {
        <li class=class>
            {time}
            {words}
            <span class="small muted">{small}</span>
        </li>
    }
    .into_any()
}

fn class(what: &What) -> &'static str {
    match what {
        What::Called { end: End::Taken, .. } | What::Hubrise { well: true, .. } => "ok",
        What::Called { end: End::Refused, .. } | What::Hubrise { well: false, .. } => "fail",
        What::Called { end: End::Unknown | End::Silent | End::Answered, .. } => "warn",
        What::Sending | What::Waiting | What::NextTry | What::ToTell => "busy",
        What::Wanted => "wanted",
        What::Ordered(_) | What::Told | What::ToldAgain | What::Began | What::Act(..) => "",
    }
}

fn words(locale: Locale, what: &What) -> String {
    match what {
        What::Ordered(Some(channel)) if !channel.is_empty() => {
            let channel = visible(channel);
            td_string!(locale, operation.story.ordered_at, channel = &*channel)
        }
        What::Called { time, end } => {
            let sent = match time {
                1 => td_string!(locale, operation.story.sent).to_owned(),
                time => {
                    let time = time.to_string();
                    td_string!(locale, operation.story.sent_again, time = time.as_str())
                }
            };
            let end = match end {
                End::Taken => td_string!(locale, operation.story.taken),
                End::Refused => td_string!(locale, operation.story.refused),
                End::Unknown => td_string!(locale, operation.story.unknown),
                End::Answered => td_string!(locale, operation.story.answered),
                End::Silent => td_string!(locale, operation.story.silent),
            };
            [&sent, " · ", end].concat()
        }
        What::Act(kind, by) => act::sentence(locale, *kind, by.as_deref()),
        plain => match plain {
            What::Told => td_string!(locale, operation.story.told),
            What::ToldAgain => td_string!(locale, operation.story.told_again),
            What::Began => td_string!(locale, operation.story.began),
            What::Hubrise { told: false, .. } => td_string!(locale, operation.story.hubrise_asked),
            What::Hubrise { well: true, .. } => td_string!(locale, operation.story.hubrise_told),
            What::Hubrise { .. } => td_string!(locale, operation.story.hubrise_refused),
            What::Sending => td_string!(locale, operation.story.sending),
            What::Waiting => td_string!(locale, operation.story.waiting),
            What::NextTry => td_string!(locale, operation.story.next),
            What::ToTell => td_string!(locale, operation.story.to_tell),
            What::Wanted => td_string!(locale, operation.story.wanted),
            _ => td_string!(locale, operation.story.ordered),
        }
        .to_owned(),
    }
}
