//! Sending again what is listed and safe: after a question, one after the other in the order they came, until the reader
//! stops it; and what came of it.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{OperationLine, Resendable};

use super::{super::Here, list::List};
use crate::{
    api::{ApiError, operations},
    app::Users,
    browser::clock,
    components::{
        button::{Button, Weight},
        dialog::Dialog,
        dynamic::perhaps,
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    logic::operation_pages::Pages,
    pages::stuck::Stuck,
};

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Progress {
    /// Those it is about.
    of: usize,
    sent: usize,
    /// Those the server did not take.
    left: usize,
    running: bool,
    begun: bool,
}

/// The button and its question, for whoever may act.
#[component]
pub fn Again(
    /// The till.
    here: Here,
    /// The list.
    list: List,
) -> impl IntoView {
    let users = expect_context::<Users>();
    let manages = here.manages();
    let vendor = StoredValue::new(here.vendor.slug.clone());
    let may = Memo::new(move |_| manages.get() || users.of(&vendor.get_value()).is_some_and(|user| user.support));
    let id = here.id;
    perhaps(move || may.get().then(|| view! { <Ask id=id list=list /> }))
}

#[component]
fn Ask(id: StoredValue<String>, list: List) -> impl IntoView {
    let language = language();
    let open = RwSignal::new(false);
    let safe = RwSignal::new(Vec::<OperationLine>::new());
    let now = RwSignal::new(Progress::default());
    let problem = RwSignal::new(None::<ApiError>);
    let number = move |count| clock::number(language.code(), count);
    let ask = move |_| {
        open.set(true);
        if now.get_untracked().running {
            return;
        }
        safe.set(list.pages.with_untracked(|pages| {
            // The oldest first, as they came.
            let mut lines: Vec<OperationLine> = pages.lines().filter(|line| is_safe(line)).cloned().collect();
            lines.reverse();
            lines
        }));
        now.set(Progress::default());
        problem.set(None);
    };
    let send = move |()| {
        let lines = safe.get_untracked();
        problem.set(None);
        now.set(Progress { of: lines.len(), running: true, begun: true, ..Progress::default() });
        spawn_local(async move {
            for line in lines {
                // Stopped, or the page has gone.
                if !now.try_get_untracked().is_some_and(|now| now.running) {
                    break;
                }
                let answer = operations::send_again(&id.get_value(), &line).await;
                let taken = match answer {
                    Ok(now) => {
                        _ = list.pages.try_update(|pages| pages.update(&now));
                        true
                    }
                    Err(error) => {
                        // Somebody else was faster, or it turned: the others may still go. Anything else ends it.
                        let ends = error.code().is_none_or(|code| !is_about_one(code));
                        if ends {
                            _ = problem.try_set(Some(error));
                            _ = now.try_update(|now| now.running = false);
                            break;
                        }
                        false
                    }
                };
                // What goes on after a failure goes on with the rest.
                _ = safe.try_update(|safe| safe.retain(|kept| kept.id != line.id));
                _ = now.try_update(|now| if taken { now.sent += 1 } else { now.left += 1 });
            }
            _ = now.try_update(|now| now.running = false);
            list.look();
        });
    };
    let means = text(move || {
        let (locale, count) = (language.get(), safe.with(Vec::len));
        let Progress { of, sent, left, running, begun } = now.get();
        match (begun, running, count) {
            (false, _, 0) => td_string!(locale, operations.again_none).to_owned(),
            (false, ..) => td_string!(locale, operations.again_means, count = number(count)),
            (true, true, _) => {
                td_string!(locale, operations.again_going, done = number(sent + left), total = number(of))
            }
            (true, false, _) => {
                td_string!(locale, operations.again_done, sent = number(sent), left = number(of - sent))
            }
        }
    });
    let ready = Memo::new(move |_| !now.get().begun && safe.with(|safe| !safe.is_empty()));
    let running = Memo::new(move |_| now.get().running);
    let more = Memo::new(move |_| !now.get().begun && list.pages.with(Pages::more));
    view! {
        <button type="button" class="clear" aria-haspopup="dialog" on:click=ask>
            {tr!(language, operations.again)}
        </button>
        <Dialog open=open title=tr!(language, operations.again)>
            <p role="status">{means}</p>
            {perhaps(move || ready.get().then(|| view! { <p>{tr!(language, operations.again_safe)}</p> }))}
            {perhaps(move || more.get().then(|| view! { <p>{tr!(language, operations.again_more)}</p> }))}
            {perhaps(move || running.get().then(|| view! {
                <progress max=move || now.get().of.to_string() value=move || (now.get().sent + now.get().left).to_string()></progress>
            }))}
            {perhaps(move || {
                problem.get().map(|error| view! { <Stuck error=error place=Place::Inline on_repeat=send /> })
            })}
            <div class="actions">
                {perhaps(move || match running.get() {
                    true => Some(view! {
                        <Button
                            label=tr!(language, operations.stop)
                            weight=Weight::Plain
                            on_press=move |()| now.update(|now| now.running = false)
                        />
                    }.into_any()),
                    false => Some(view! {
                        <Button label=tr!(language, desk.close) weight=Weight::Plain on_press=move |()| open.set(false) />
                    }.into_any()),
                })}
                {perhaps(move || ready.get().then(|| view! {
                    <Button label=tr!(language, operations.again_confirm) weight=Weight::Primary on_press=send />
                }))}
            </div>
        </Dialog>
    }
}

/// Whether it waits for a person, and nothing of it can have been printed.
fn is_safe(line: &OperationLine) -> bool {
    line.resendable == Resendable::Safe && line.handled_at.is_none()
}

/// Whether a refusal is about the one order alone.
fn is_about_one(code: passerelle_wire::ProblemCode) -> bool {
    use passerelle_wire::ProblemCode as P;
    matches!(code, P::Conflict | P::NotSendable | P::MayPrintTwice | P::NotFound)
}
