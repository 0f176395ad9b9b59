//! **Send again**: at once where nothing can have been printed; after a warning that says why it may print twice elsewhere;
//! not at all where there is nothing to send.

use leptos::prelude::*;
use passerelle_wire::{Operation, ProblemCode, ResendAsk, Resendable};

use super::{super::tale::Tale, failure};
use crate::{
    api::{ApiError, operation},
    browser::clock::{self, Precision},
    components::{
        button::{Button, Weight},
        dialog::Dialog,
        dynamic::dynamic,
    },
    i18n::{language, td_string, text, tr},
    logic::act::{Warning, last_call, warning},
};

/// The button and its question.
#[component]
pub fn Resend(
    /// What the page knows.
    tale: Tale,
    /// Whether it is the one next step.
    foremost: Memo<bool>,
) -> impl IntoView {
    let language = language();
    let now = tale.operation;
    let resendable = Memo::new(move |_| now.with(|now| now.line.resendable));
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    // What was found out since: the server knows better than this page.
    let asks = RwSignal::new(Resendable::No);
    let said = move || {
        let time = now.with(|now: &Operation| {
            let at = last_call(now).unwrap_or(&now.line.received_at);
            clock::local(language.code(), at, now.timezone.as_deref(), Precision::Second)
        });
        let none = Warning { title: "", means: String::new() };
        warning(language.get(), asks.get(), &time).unwrap_or(none)
    };
    let place = tale.place;
    let tale = StoredValue::new(tale);
    let send = move |despite: bool| {
        problem.set(None);
        let ask = ResendAsk { version: now.with_untracked(|now| now.line.version.clone()), despite, request: None };
        let place = place.get_value();
        let call = async move { operation::resend(&place, &ask).await };
        let done = td_string!(language.get_untracked(), operation.act.resent).to_owned();
        tale.with_value(|tale| {
            let asked = tale.asked;
            tale.change(call, busy, done, move |over| match over {
                Ok(()) => _ = open.try_set(false),
                Err(error) if error.code() == Some(ProblemCode::MayPrintTwice) => {
                    // It came to be doubtful since this page looked.
                    _ = asks.try_set(Resendable::MayBePrinted);
                    _ = open.try_set(true);
                    asked.refresh();
                }
                Err(error) => _ = problem.try_set(Some(error)),
            });
        });
    };
    let press = move |()| {
        problem.set(None);
        match resendable.get_untracked() {
            Resendable::Safe => send(false),
            other => {
                asks.set(other);
                open.set(true);
            }
        }
    };
    let label = text(move || match busy.get() {
        true => td_string!(language.get(), operation.act.resending),
        false => td_string!(language.get(), operation.act.resend),
    });
    let again = Callback::new(move |()| send(open.get_untracked()));
    view! {
        {dynamic(move || {
            let weight = if foremost.get() { Weight::Primary } else { Weight::Plain };
            (resendable.get() != Resendable::No)
                .then(|| view! { <Button label=label weight=weight busy=busy on_press=press /> })
        })}
        {dynamic(move || (!open.get()).then(|| failure(problem, again)))}
        <Dialog open=open title=text(move || said().title)>
            <p>{text(move || said().means)}</p>
            {dynamic(move || open.get().then(|| failure(problem, again)))}
            <div class="actions">
                <Button
                    label=tr!(language, leave.cancel)
                    weight=Weight::Plain
                    first=true
                    on_press=move |()| open.set(false)
                />
                <Button
                    label=tr!(language, operation.act.despite)
                    weight=Weight::Danger
                    busy=busy
                    on_press=move |()| send(true)
                />
            </div>
        </Dialog>
    }
}
