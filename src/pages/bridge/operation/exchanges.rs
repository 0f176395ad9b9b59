//! All that was said about an operation, in its order; each request with its answer is a page of its own.

use leptos::prelude::*;
use passerelle_wire::{ExchangeLine, Way};

use super::tale::Tale;
use crate::{
    browser::clock::{self, Precision},
    components::{
        dynamic::redrawn,
        icon::{Glyph, Icon},
    },
    i18n::{language, td_string, text, tr},
    logic::span::span,
    routes::Part,
};

/// The list.
#[component]
pub fn Exchanges(
    /// What the page knows.
    tale: Tale,
) -> impl IntoView {
    let language = language();
    let operation = tale.operation;
    let lines = Memo::new(move |_| operation.with(|operation| operation.exchanges.clone()));
    let har = tale.place.with_value(|place| place.har_url());
    let said = Memo::new(move |_| !lines.with(Vec::is_empty));
    view! {
        <section class="card exchanges" aria-labelledby="said">
            <div class="body">
                <h2 id="said">{tr!(language, operation.exchanges)}</h2>
                <p class="small muted">
                    {text(move || match said.get() {
                        false => td_string!(language.get(), operation.exchanges_none),
                        true => td_string!(language.get(), operation.masked),
                    })}
                </p>
            </div>
            <ul>
                {redrawn(move || lines.get().into_iter().map(|line| one(&tale, line)).collect_view().into_any())}
            </ul>
            <p class="foot" hidden=move || !said.get()>
                <a href=har download="">
                    {tr!(language, operation.act.har)}
                </a>
            </p>
        </section>
    }
}

/// One request and its answer.
fn one(tale: &Tale, line: ExchangeLine) -> AnyView {
    let language = language();
    let operation = tale.operation;
    let id = operation.with_untracked(|now| now.line.id.clone());
    let href = tale.here.path(Part::Exchange { operation: id, exchange: line.id });
    let name = tale.here.name();
    let at = line.started_at;
    let time = text(move || {
        let zone = operation.with(|now| now.timezone.clone());
        clock::local(language.code(), &at, zone.as_deref(), Precision::Millisecond)
    });
    let way = text(move || match line.way {
        Way::HubriseToBridge => td_string!(language.get(), operation.way_in).to_owned(),
        Way::BridgeToHubrise => td_string!(language.get(), operation.way_hubrise).to_owned(),
        Way::BridgeToTill => {
            let till = name.get();
            td_string!(language.get(), operation.way_till, till = till.as_str())
        }
    });
    let (class, status) = match line.status {
        Some(status @ 200..=299) => ("ok", Some(status)),
        status => ("fail", status),
    };
    let status = text(move || match status {
        Some(status) => status.to_string(),
        None => td_string!(language.get(), operation.no_answer).to_owned(),
    });
    let took = text(move || {
        let took = span(line.duration_us);
        [&clock::decimal(language.code(), took.count), "\u{a0}", took.unit].concat()
    });
    view! {
        <li>
            <a href=href>
                <span>{time}</span>
                " "
                <strong>{way}</strong>
                " "
                <code>{line.method} " " {line.url}</code>
                " "
                <span class=class>{status}</span>
                " "
                <span class="muted">{took}</span>
                <Icon of=Glyph::Right />
            </a>
        </li>
    }
    .into_any()
}
