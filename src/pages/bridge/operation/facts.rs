//! What is known of an operation and of its order, fact by fact.

use leptos::prelude::*;
use passerelle_wire::{Operation, OperationKind, OrderFacts, Telling};

use crate::{
    browser::clock::{self, Precision},
    components::{
        copy::{Copied, Copy},
        dynamic::perhaps,
    },
    i18n::{Locale, language, td_string, text, tr},
};

/// The facts.
#[component]
pub fn Facts(
    /// The operation.
    operation: Memo<Operation>,
) -> impl IntoView {
    let language = language();
    let time = move |at: &str| {
        let zone = operation.with(|operation| operation.timezone.clone());
        clock::local(language.code(), at, zone.as_deref(), Precision::Whole)
    };
    let (id, kind, order) =
        operation.with_untracked(|now| (now.line.id.clone(), now.line.kind, now.line.order.clone()));
    let received = text(move || operation.with(|operation| time(&operation.line.received_at)));
    let received_label = match kind {
        OperationKind::System | OperationKind::Stock => tr!(language, operation.began),
        _ => tr!(language, operation.received),
    };
    let tries = text(move || clock::number(language.code(), operation.with(|now| now.line.tries) as usize));
    let telling = text(move || operation.with(|now| told(language.get(), now.line.telling).unwrap_or_default()));
    view! {
        <section class="card known" aria-labelledby="known">
            <div class="body">
                <h2 id="known">{tr!(language, operation.facts)}</h2>
                <dl class="pair">
                    {order.map(|order| view! { <Order order=order time=StoredValue::new_local(Box::new(time)) /> })}
                    <div>
                        <dt>{received_label}</dt>
                        <dd>{received}</dd>
                    </div>
                    {perhaps(move || {
                        operation
                            .with(|now| now.line.tries > 0)
                            .then(|| {
                                view! {
                                    <div>
                                        <dt>{tr!(language, operation.tries)}</dt>
                                        <dd>{tries}</dd>
                                    </div>
                                }
                            })
                    })}
                    {perhaps(move || {
                        telling
                            .with(|told| !told.is_empty())
                            .then(|| {
                                view! {
                                    <div>
                                        <dt>{tr!(language, operation.told)}</dt>
                                        <dd>{telling}</dd>
                                    </div>
                                }
                            })
                    })}
                    <div>
                        <dt>{tr!(language, operation.id)}</dt>
                        <dd>
                            <Copy text=id what=Copied::Id />
                        </dd>
                    </div>
                </dl>
            </div>
        </section>
    }
}

/// Writes a time in the location's zone.
type Clock = StoredValue<Box<dyn Fn(&str) -> String>, LocalStorage>;

/// The order.
#[component]
fn Order(order: OrderFacts, time: Clock) -> impl IntoView {
    let language = language();
    let OrderFacts { order_id, reference, channel, total, ordered_at, expected_at } = order;
    let at = move |at: &str| time.with_value(|time| time(at));
    let amount = total.map(|total| {
        view! {
            <div>
                <dt>{tr!(language, operations.amount)}</dt>
                <dd>{text(move || clock::money(language.code(), &total))}</dd>
            </div>
        }
    });
    let expected = move || match &expected_at {
        Some(expected) => at(expected),
        None => td_string!(language.get(), operation.asap).to_owned(),
    };
    view! {
        <div>
            <dt>{tr!(language, operations.order)}</dt>
            <dd>
                <Copy text=order_id what=Copied::Id />
                {reference}
            </dd>
        </div>
        {channel
            .map(|channel| {
                view! {
                    <div>
                        <dt>{tr!(language, operations.channel)}</dt>
                        <dd>{channel}</dd>
                    </div>
                }
            })}
        {amount}
        <div>
            <dt>{tr!(language, operation.expected)}</dt>
            <dd>{expected}</dd>
        </div>
        {ordered_at
            .map(|ordered| {
                view! {
                    <div>
                        <dt>{tr!(language, operation.ordered)}</dt>
                        <dd>{move || at(&ordered)}</dd>
                    </div>
                }
            })}
    }
}

/// What HubRise has heard, where there is something to hear.
fn told(locale: Locale, telling: Telling) -> Option<&'static str> {
    match telling {
        Telling::None => None,
        Telling::Due => Some(td_string!(locale, operation.telling_due)),
        Telling::Told => Some(td_string!(locale, operation.telling_told)),
        Telling::Skipped => Some(td_string!(locale, operation.telling_skipped)),
        Telling::Failed => Some(td_string!(locale, operation.telling_failed)),
    }
}
