//! When the till last spoke, when HubRise last heard, and the rules by which one becomes the other.

use leptos::prelude::*;
use passerelle_wire::StockHead;

use super::data::Data;
use crate::{
    browser::clock,
    components::{
        disclosure::Disclosure,
        dynamic::{dynamic, redrawn},
        moment::Moment,
    },
    i18n::{language, td_string, text, tr},
    pages::bridge::Here,
    routes::{Part, Site},
};

/// The facts.
#[component]
pub fn Facts(
    /// The till.
    here: Here,
    /// The board.
    data: Data,
) -> impl IntoView {
    let language = language();
    let part = move |take: fn(&StockHead) -> Option<String>| Memo::new(move |_| data.of_head(take));
    let received = part(|head| head.received_at.clone());
    let sent = part(|head| head.sent_at.clone());
    let operation = part(|head| head.operation.clone());
    let catalog = part(|head| head.catalog.as_ref().map(|catalog| format!("{} ({})", catalog.name, catalog.id)));
    let entries = move || data.of_head(|head| usize::try_from(head.entries).ok()).unwrap_or_default();
    let when = move |at: Memo<Option<String>>| {
        dynamic(move || match at.get() {
            Some(at) => view! { <Moment at=at /> }.into_any(),
            None => td_string!(language.get(), stock.never).into_any(),
        })
        .into_any()
    };
    let row = move |label: Signal<String>, value: AnyView| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let setup = Site::Vendor { vendor: here.vendor.slug.clone() }.path();
    let said = redrawn(move || match operation.get() {
        Some(id) => {
            let href = here.path(Part::Operation(id));
            view! { <a href=href>{tr!(language, stock.see_operation)}</a> }.into_any()
        }
        None => "–".into_any(),
    });
    view! {
        <dl class="figures known" aria-label=tr!(language, stock.facts)>
            {row(tr!(language, stock.received), when(received))}
            {row(tr!(language, stock.sent), when(sent))}
            {row(tr!(language, stock.entries), text(move || clock::number(language.code(), entries())).into_any())}
            {row(tr!(language, stock.catalog), text(move || catalog.get().unwrap_or_else(|| "–".to_owned())).into_any())}
            {row(tr!(language, stock.last_operation), said.into_any())}
        </dl>
        <p class="small way">
            <a href=setup>{tr!(language, stock.steps)}</a>
        </p>
    }
}

/// What HubRise gets of what the till says.
#[component]
pub fn Rules() -> impl IntoView {
    let language = language();
    view! {
        <Disclosure title=tr!(language, stock.rules)>
            <ul class="rules">
                <li>{tr!(language, stock.rule_unavailable)}</li>
                <li>{tr!(language, stock.rule_managed)}</li>
                <li>{tr!(language, stock.rule_else)}</li>
            </ul>
        </Disclosure>
    }
}
