//! What is connected, in rows: a label, HubRise's name, and its id to copy; then since when and by whom.

use std::time::Duration;

use leptos::prelude::*;
use passerelle_wire::{Connection, NamedRef};

use crate::{
    browser::clock,
    components::copy::{Copied, Copy},
    i18n::{language, td_string, text, tr},
};

/// The rows.
#[component]
pub fn Facts(
    /// The connection.
    connection: Connection,
    /// Whether what is not chosen yet is worth a row.
    complete: bool,
) -> impl IntoView {
    let language = language();
    let Connection { account, location, catalog, customer_list, connected_at, connected_by, reconnected_at, .. } =
        connection;
    let by_this = connected_by.this_session;
    let browser = connected_by.browser;
    let by = text(move || {
        let locale = language.get();
        let who = if by_this { td_string!(locale, till.by_this) } else { td_string!(locale, till.by_another) };
        if browser.is_empty() { who.to_owned() } else { format!("{who} ({browser})") }
    });
    view! {
        <dl class="facts" aria-label=tr!(language, till.what)>
            <Named label=tr!(language, till.account) named=Some(account) complete=complete />
            <Named label=tr!(language, till.location) named=location complete=complete />
            <Named label=tr!(language, till.catalog) named=catalog complete=complete />
            <Named label=tr!(language, till.customer_list) named=customer_list complete=complete />
            <div>
                <dt>{tr!(language, till.since)}</dt>
                <dd>
                    <Moment at=connected_at />
                </dd>
            </div>
            {reconnected_at
                .map(|at| {
                    view! {
                        <div>
                            <dt>{tr!(language, till.again)}</dt>
                            <dd>
                                <Moment at=at />
                            </dd>
                        </div>
                    }
                })}
            <div>
                <dt>{tr!(language, till.by)}</dt>
                <dd>{by}</dd>
            </div>
        </dl>
    }
}

/// One of HubRise's things; none of it means it was not chosen, or that the till uses none.
#[component]
fn Named(#[prop(into)] label: Signal<String>, named: Option<NamedRef>, complete: bool) -> impl IntoView {
    let language = language();
    let content = match named {
        Some(NamedRef { id, name }) => view! {
            <span class="name">{name}</span>
            <Copy text=id what=Copied::Id />
        }
        .into_any(),
        None if complete => view! { <span class="muted">"–"</span> }.into_any(),
        None => view! { <span class="muted">{tr!(language, till.none_chosen)}</span> }.into_any(),
    };
    view! {
        <div>
            <dt>{label}</dt>
            <dd>{content}</dd>
        </div>
    }
}

/// A time, absolute and relative; the relative part is kept true.
#[component]
fn Moment(at: String) -> impl IntoView {
    let language = language();
    let tick = RwSignal::new(());
    let timer = set_interval_with_handle(move || tick.set(()), Duration::from_secs(30));
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let at = StoredValue::new(at);
    let absolute = text(move || at.with_value(|at| clock::date_time(language.code(), at)));
    let relative = text(move || {
        tick.track();
        at.with_value(|at| clock::ago(language.code(), at)).map(|ago| format!("({ago})")).unwrap_or_default()
    });
    view! {
        <time datetime=at.get_value()>{absolute}</time>
        <span class="muted">{relative}</span>
    }
}
