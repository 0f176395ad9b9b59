//! One row of the list: a connection by name, or the bones of one on its way.

use leptos::prelude::*;
use passerelle_wire::DeskLine;

use super::{Here, grid::FIRST, list::List, state::StateMark};
use crate::{
    browser::clock,
    i18n::{language, td_string, text, tr},
    logic::window::pixels,
};

/// The row's id in the document.
pub fn row_id(row: usize) -> String {
    format!("desk-{row}")
}

/// A connection.
#[component]
pub fn Row(
    /// The vendor.
    here: Here,
    /// The list it stands in.
    list: List,
    /// Which row it is.
    row: usize,
    /// What is known of it.
    line: DeskLine,
) -> impl IntoView {
    let language = language();
    let DeskLine { till, account_name, location_name, health, since, last_order_at, granted, .. } = line;
    let active = Memo::new(move |_| list.active.get() == Some(row));
    let till = text(move || here.till_name(language.get(), &till));
    let access = text(move || match granted {
        true => td_string!(language.get(), desk.granted),
        false => td_string!(language.get(), desk.not_granted),
    });
    view! {
        <div
            class="line"
            class:active=active
            role="row"
            id=row_id(row)
            aria-rowindex=row + FIRST
            aria-selected=move || if active.get() { "true" } else { "false" }
            style:top=format!("{}px", pixels(row))
        >
            <span role="gridcell" class="name">
                {account_name}
            </span>
            <span role="gridcell">{location_name.unwrap_or_else(|| "–".to_owned())}</span>
            <span role="gridcell" class="wide">
                {till}
            </span>
            <span role="gridcell">
                <StateMark state=health />
            </span>
            <span role="gridcell" class="wide">
                <Past at=Some(since) />
            </span>
            <span role="gridcell" class="wide">
                <Past at=last_order_at />
            </span>
            <span role="gridcell" class="wide muted">
                {access}
            </span>
        </div>
    }
}

/// How long ago; the moment itself when pointed at.
#[component]
fn Past(at: Option<String>) -> impl IntoView {
    let language = language();
    match at {
        None => view! { <span class="muted">"–"</span> }.into_any(),
        Some(at) => {
            let at = StoredValue::new(at);
            let relative = text(move || at.with_value(|at| clock::ago(language.code(), at)).unwrap_or_default());
            let absolute = text(move || at.with_value(|at| clock::date_time(language.code(), at)));
            view! { <time datetime=at.get_value() title=absolute>{relative}</time> }.into_any()
        }
    }
}

/// A connection on its way.
#[component]
pub fn Bones(
    /// Which row it is.
    row: usize,
) -> impl IntoView {
    let language = language();
    view! {
        <div
            class="line"
            role="row"
            id=row_id(row)
            aria-rowindex=row + FIRST
            aria-selected="false"
            style:top=format!("{}px", pixels(row))
        >
            <span role="gridcell" class="blank">
                <span class="hidden">{tr!(language, wait.loading)}</span>
                <span class="bones">
                    <span class="bone"></span>
                </span>
            </span>
        </div>
    }
}
