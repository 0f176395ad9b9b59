//! What is connected, in rows: a label, HubRise's name, and its id to copy; then since when and by whom. Each row follows
//! the connection on its own, so that a change elsewhere leaves it alone.

use leptos::prelude::*;
use passerelle_wire::{Connection, NamedRef};

use crate::{
    components::{
        copy::{Copied, Copy},
        dynamic::{dynamic, perhaps},
        moment::Moment,
    },
    i18n::{language, td_string, text, tr},
};

/// The rows.
#[component]
pub fn Facts(
    /// The connection.
    connection: Memo<Connection>,
    /// Whether what is not chosen yet is worth a row.
    complete: bool,
) -> impl IntoView {
    let language = language();
    let row = move |label, pick: fn(&Connection) -> Option<NamedRef>| {
        let named = Memo::new(move |_| connection.with(pick));
        dynamic(move || view! { <Named label=label named=named.get() complete=complete /> })
    };
    let again = Memo::new(move |_| connection.with(|connection| connection.reconnected_at.clone()));
    let by = text(move || {
        let locale = language.get();
        connection.with(|connection| {
            let by = &connection.connected_by;
            let who = match &by.name {
                Some(name) => name,
                None if by.this_session => td_string!(locale, till.by_this),
                None => td_string!(locale, till.by_another),
            };
            if by.browser.is_empty() { who.to_owned() } else { format!("{who} ({})", by.browser) }
        })
    });
    view! {
        <dl class="facts" aria-label=tr!(language, till.what)>
            {row(tr!(language, till.account), |connection| Some(connection.account.clone()))}
            {row(tr!(language, till.location), |connection| connection.location.clone())}
            {row(tr!(language, till.catalog), |connection| connection.catalog.clone())}
            {row(tr!(language, till.customer_list), |connection| connection.customer_list.clone())}
            <div>
                <dt>{tr!(language, till.since)}</dt>
                <dd>
                    <Moment at=text(move || connection.with(|connection| connection.connected_at.clone())) />
                </dd>
            </div>
            {perhaps(move || {
                again
                    .get()
                    .map(|at| {
                        view! {
                            <div>
                                <dt>{tr!(language, till.again)}</dt>
                                <dd>
                                    <Moment at=at />
                                </dd>
                            </div>
                        }
                    })
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
pub fn Named(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// Its name and id.
    named: Option<NamedRef>,
    /// Whether nothing means that the till uses none.
    complete: bool,
) -> impl IntoView {
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
