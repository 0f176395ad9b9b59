//! All that was said about an operation, in its order: each request with its answer, loaded when it is unfolded, as plain
//! text.

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{Exchange, ExchangeLine, Operation, Way};

use super::super::Here;
use crate::{
    api::{ApiError, operations, until_cleanup},
    browser::clock::{self, Precision},
    components::{
        disclosure::Disclosure,
        dynamic::{dynamic, perhaps},
        problem::Place,
        waiting::{Shape, Waiting},
    },
    i18n::{language, td_string, text, tr},
    logic::span::span,
    pages::stuck::Stuck,
};

/// The list.
#[component]
pub fn Exchanges(
    /// The till.
    here: Here,
    /// The operation.
    operation: Memo<Operation>,
) -> impl IntoView {
    let language = language();
    let lines = Memo::new(move |_| operation.with(|operation| operation.exchanges.clone()));
    view! {
        <section class="card said" aria-labelledby="said">
            <div class="body">
                <h2 id="said">{tr!(language, operation.exchanges)}</h2>
                <p class="small muted">
                    {text(move || match lines.with(Vec::is_empty) {
                        true => td_string!(language.get(), operation.exchanges_none),
                        false => td_string!(language.get(), operation.masked),
                    })}
                </p>
            </div>
            <For each=move || lines.get() key=|line| line.id.clone() let:line>
                <One here=here.clone() operation=operation line=line />
            </For>
        </section>
    }
}

/// One request and its answer.
#[component]
fn One(here: Here, operation: Memo<Operation>, line: ExchangeLine) -> impl IntoView {
    let language = language();
    let (connection, id) = (here.id, StoredValue::new(line.id.clone()));
    let name = here.name();
    let line = StoredValue::new(line);
    let title = text(move || {
        let zone = operation.with(|operation| operation.timezone.clone());
        let locale = language.get();
        line.with_value(|line| {
            let way = match line.way {
                Way::HubriseToBridge => td_string!(locale, operation.way_in).to_owned(),
                Way::BridgeToHubrise => td_string!(locale, operation.way_hubrise).to_owned(),
                Way::BridgeToTill => td_string!(locale, operation.way_till, till = name.get()),
            };
            let status = match line.status {
                Some(status) => status.to_string(),
                None => td_string!(locale, operation.no_answer).to_owned(),
            };
            let took = span(line.duration_us);
            let took = format!("{}\u{a0}{}", clock::decimal(language.code(), took.count), took.unit);
            let time = clock::local(language.code(), &line.started_at, zone.as_deref(), Precision::Millisecond);
            format!("{time} · {way} · {} · {status} · {took}", line.method)
        })
    });
    let found = RwSignal::new(None::<Result<Exchange, ApiError>>);
    let owner = StoredValue::new(Owner::current());
    let load = move || {
        let call = async move {
            let (connection, id) = (connection.get_value(), id.get_value());
            let answer = operations::exchange(&connection, &id).await;
            _ = found.try_set(Some(answer));
        };
        match owner.get_value() {
            Some(owner) => spawn_local(owner.with(|| until_cleanup(call))),
            None => spawn_local(call),
        }
    };
    let open = RwSignal::new(false);
    let on_open = move |()| {
        open.set(true);
        if !matches!(found.get_untracked(), Some(Ok(_))) {
            load();
        }
    };
    let again = move |()| {
        found.set(None);
        load();
    };
    let url = line.with_value(|line| format!("{} {}", line.method, line.url));
    view! {
        <Disclosure title=title on_open=on_open>
            <p>
                <code>{url}</code>
            </p>
            {perhaps(move || {
                open.get()
                    .then(|| {
                        dynamic(move || match found.get() {
                            None => view! { <Waiting shape=Shape::Lines on_again=again /> }.into_any(),
                            Some(Err(error)) => {
                                view! { <Stuck error=error place=Place::Inline on_repeat=again /> }.into_any()
                            }
                            Some(Ok(exchange)) => view! { <Both exchange=exchange /> }.into_any(),
                        })
                    })
            })}
        </Disclosure>
    }
}

/// The request and the answer.
#[component]
fn Both(exchange: Exchange) -> impl IntoView {
    let language = language();
    let Exchange { line, request_headers, request_body, response_headers, response_body } = exchange;
    let error = line.error.clone().unwrap_or_default();
    let answer = text(move || match line.status {
        Some(status) => td_string!(language.get(), operation.response, status = status),
        None => td_string!(language.get(), operation.response_none, error = error.as_str()),
    });
    view! {
        <Side title=tr!(language, operation.request) headers=request_headers body=request_body />
        <Side title=answer headers=response_headers body=response_body />
    }
}

/// One side of an exchange.
#[component]
fn Side(#[prop(into)] title: Signal<String>, headers: String, body: String) -> impl IntoView {
    let language = language();
    let part = |label: Signal<String>, content: String| {
        let filled = !content.is_empty();
        view! {
            <h4>{label}</h4>
            {if filled {
                view! {
                    <pre tabindex="0" role="group" aria-label=label>
                        {content}
                    </pre>
                }
                    .into_any()
            } else {
                view! { <p class="muted">{tr!(language, operation.nothing)}</p> }.into_any()
            }}
        }
    };
    view! {
        <div class="side">
            <h3>{title}</h3>
            {part(tr!(language, operation.headers), headers)}
            {part(tr!(language, operation.body), body)}
        </div>
    }
}
