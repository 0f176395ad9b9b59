//! Sending what a person wrote in place of an order's request: the question before it, which says why it may print twice where it
//! may, and what came of it.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{Operation, ProblemCode, ResendAsk, Resendable};

use super::super::Here;
use crate::{
    api::{
        ApiError,
        operation::{self as calls, Place},
    },
    browser::{
        clock::{self, Precision},
        page,
    },
    components::{
        button::{Button, Weight},
        dialog::Dialog,
        dynamic::perhaps,
        notice::{Notice, Tone},
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::{
        act::{Warning, last_call, warning},
        problem::words,
    },
    routes::Part,
};

/// The buttons and the question.
#[component]
pub fn Sending(
    /// The till.
    here: Here,
    /// The operation.
    operation: Memo<Operation>,
    /// What is to be sent.
    request: RwSignal<String>,
    /// Whether it cannot be, for a reason that stands beside.
    #[prop(into)]
    off: Signal<bool>,
    /// Set once it is on its way.
    sent: RwSignal<bool>,
    /// Told when the editor is given up.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let language = language();
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let problem = RwSignal::new(None::<ApiError>);
    let (turned, connection) = (here.turned, here.id);
    let id = operation.with_untracked(|operation| operation.line.id.clone());
    let leads = StoredValue::new(here.path(Part::Operation(id)));
    let warned = move || {
        operation.with(|operation| {
            let at = last_call(operation).unwrap_or(&operation.line.received_at);
            let time = clock::local(language.code(), at, operation.timezone.as_deref(), Precision::Second);
            warning(language.get(), operation.line.resendable, &time)
        })
    };
    let title = text(move || match warned() {
        Some(Warning { title, .. }) => title,
        None => td_string!(language.get(), exchange.send_title),
    });
    let send = move |()| {
        problem.set(None);
        busy.set(true);
        let (place, ask) = operation.with_untracked(|operation| {
            let line = &operation.line;
            let place = Place { connection: connection.get_value(), operation: line.id.clone() };
            let ask = ResendAsk {
                version: line.version.clone(),
                // Whatever must be said of it stands in the question that was answered.
                despite: line.resendable != Resendable::Safe,
                request: Some(request.get_untracked()),
            };
            (place, ask)
        });
        // Not abandoned with the page: it is on its way in any case.
        spawn_local(async move {
            let answer = calls::resend(&place, &ask).await;
            _ = busy.try_set(false);
            match answer {
                Ok(_) => {
                    _ = sent.try_set(true);
                    page::leave_for(&leads.try_get_value().unwrap_or_default());
                }
                Err(error) => {
                    let stale = matches!(error.code(), Some(ProblemCode::Conflict | ProblemCode::MayPrintTwice));
                    _ = open.try_set(false);
                    _ = problem.try_set(Some(error));
                    if stale {
                        // The question is asked again, of what is known by then.
                        _ = turned.try_set(());
                    }
                }
            }
        });
    };
    view! {
        {perhaps(move || {
            problem
                .get()
                .map(|error| {
                    view! {
                        <Notice tone=Tone::Fail>
                            <p role="alert">{text(move || failure(language.get(), &error))}</p>
                        </Notice>
                    }
                })
        })}
        <div class="actions">
            <Button
                label=tr!(language, exchange.send)
                weight=Weight::Primary
                off=off
                on_press=move |()| open.set(true)
            />
            <Button label=tr!(language, exchange.give_up) weight=Weight::Plain on_press=on_close />
        </div>
        <Dialog open=open title=title>
            {perhaps(move || warned().map(|warned| view! { <p>{warned.means}</p> }))}
            <p>{tr!(language, exchange.send_means)}</p>
            <div class="actions">
                <Button
                    label=tr!(language, exchange.send_not)
                    weight=Weight::Plain
                    first=true
                    on_press=move |()| open.set(false)
                />
                <Button
                    label=tr!(language, exchange.send_now)
                    weight=Weight::Danger
                    busy=busy
                    on_press=send
                />
            </div>
        </Dialog>
    }
    .into_any()
}

/// Why it was not sent.
fn failure(locale: Locale, error: &ApiError) -> String {
    match (error.code(), error) {
        (Some(ProblemCode::RequestInvalid), ApiError::Problem(problem)) => {
            let words = problem.fields.first().map(|field| field.message.as_str()).unwrap_or_default();
            td_string!(locale, exchange.send_invalid, words = words)
        }
        (Some(ProblemCode::Conflict | ProblemCode::MayPrintTwice), _) => {
            td_string!(locale, exchange.send_stale).to_owned()
        }
        (Some(ProblemCode::NotSendable), _) => td_string!(locale, exchange.send_cannot).to_owned(),
        (Some(ProblemCode::PayloadTooLarge), _) => td_string!(locale, exchange.edit_long).to_owned(),
        _ => {
            let said = words(locale, error);
            [said.title, ". ", said.means, " ", said.todo].concat()
        }
    }
}
