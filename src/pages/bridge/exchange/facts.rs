//! Who called whom, at which address, when, how it ended and how long it took.

use leptos::prelude::*;
use passerelle_wire::{ExchangeLine, Operation, Way};

use super::super::Here;
use crate::{
    browser::clock::{self, Precision},
    i18n::{language, td_string, text, tr},
    logic::{exchange::outcome, span::span, visible::visible},
};

/// The card's head.
#[component]
pub fn Facts(
    /// The till.
    here: Here,
    /// The operation it belongs to.
    operation: Memo<Operation>,
    /// The exchange.
    line: ExchangeLine,
) -> impl IntoView {
    let language = language();
    let name = here.name();
    let ExchangeLine { way, method, url, status, started_at, duration_us, error, .. } = line;
    let (method, url) = (visible(&method).into_owned(), visible(&url).into_owned());
    let direction = text(move || match way {
        Way::HubriseToBridge => td_string!(language.get(), exchange.way_in).to_owned(),
        Way::BridgeToHubrise => td_string!(language.get(), exchange.way_hubrise).to_owned(),
        Way::BridgeToTill => td_string!(language.get(), exchange.way_till, till = name.get()),
    });
    let time = text(move || {
        let zone = operation.with(|operation| operation.timezone.clone());
        clock::local(language.code(), &started_at, zone.as_deref(), Precision::Millisecond)
    });
    let took = text(move || {
        let took = span(duration_us);
        format!("{}\u{a0}{}", clock::decimal(language.code(), took.count), took.unit)
    });
    let fact = |label: Signal<String>, value: AnyView| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! {
        <section class="card" aria-labelledby="state">
            <div class="body">
                <h1 id="state" tabindex="-1">
                    {direction}
                </h1>
                <dl class="pair">
                    {fact(
                        tr!(language, exchange.endpoint),
                        view! {
                            <code>{method} " " <bdi>{url}</bdi></code>
                        }
                            .into_any(),
                    )}
                    {fact(
                        tr!(language, exchange.code),
                        view! {
                            <strong class=outcome(status)>{status.map(|status| status.to_string())}</strong>
                            <span>{text(move || outcome_words(language, status, error.as_deref()))}</span>
                        }
                            .into_any(),
                    )} {fact(tr!(language, exchange.time), time.into_any())}
                    {fact(tr!(language, exchange.duration), took.into_any())}
                </dl>
            </div>
        </section>
    }
}

/// What an answer's code says in general, or why there is none.
fn outcome_words(language: crate::i18n::Language, status: Option<u16>, error: Option<&str>) -> String {
    let locale = language.get();
    match status {
        None => {
            let error = visible(error.unwrap_or("–"));
            td_string!(locale, exchange.no_answer, error = &*error)
        }
        Some(200..=299) => td_string!(locale, exchange.code_fine).to_owned(),
        Some(300..=399) => td_string!(locale, exchange.code_moved).to_owned(),
        Some(401 | 403) => td_string!(locale, exchange.code_denied).to_owned(),
        Some(404) => td_string!(locale, exchange.code_missing).to_owned(),
        Some(422) => td_string!(locale, exchange.code_refused).to_owned(),
        Some(429) => td_string!(locale, exchange.code_slow).to_owned(),
        Some(400..=499) => td_string!(locale, exchange.code_caller).to_owned(),
        Some(_) => td_string!(locale, exchange.code_server).to_owned(),
    }
}
