//! One operation in the list: when, which order, from where, how much, and how it stands in a word with its cause. Changes
//! in place.

use leptos::prelude::*;
use passerelle_wire::OperationLine;

use super::{super::Here, list::List};
use crate::{
    browser::clock::{self, Precision},
    components::{
        dynamic::dynamic,
        icon::{Glyph, Icon},
    },
    i18n::{language, text},
    logic::{
        cause,
        operation::{Look, look, state, title},
    },
    routes::Part,
};

/// The row.
#[component]
pub fn Row(
    /// The till.
    here: Here,
    /// The list.
    list: List,
    /// The operation.
    id: String,
) -> impl IntoView {
    let language = language();
    let href = here.path(Part::Operation(id.clone()));
    let first = list.pages.with_untracked(|pages| pages.line(&id).cloned());
    let Some(first) = first else { return ().into_any() };
    let line = Memo::new(move |before: Option<&OperationLine>| {
        let now = list.pages.with(|pages| pages.line(&id).cloned());
        now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let received = line.with_untracked(|line| line.received_at.clone());
    let at = StoredValue::new(received.clone());
    let time = |precision| {
        text(move || at.with_value(|at| clock::local(language.code(), at, list.zone().as_deref(), precision)))
    };
    let order = |take: fn(&passerelle_wire::OrderFacts) -> Option<&str>| {
        text(move || line.with(|line| line.order.as_ref().and_then(take).unwrap_or_default().to_owned()))
    };
    let amount = order(|order| order.total.as_deref());
    let name = here.name();
    let why = text(move || {
        let locale = language.get();
        line.with(|line| match line.cause {
            Some(cause) if line.flag.is_none() => cause::of(locale, cause, &name.get()).title.to_owned(),
            _ => String::new(),
        })
    });
    let asks = Memo::new(move |_| line.with(look));
    view! {
        <tr>
            <td class="time">
                <a href=href title=time(Precision::Whole)>
                    <time datetime=received>{time(Precision::Second)}</time>
                </a>
            </td>
            <td class="order">{text(move || line.with(|line| title(language.get(), line)))}</td>
            <td class="channel">{order(|order| order.channel.as_deref())}</td>
            <td class="amount">
                {text(move || amount.with(|amount| clock::money(language.code(), amount)))}
            </td>
            <td class=move || format!("state {}", class(asks.get()))>
                {dynamic(move || view! { <Icon of=glyph(asks.get()) /> })}
                <span>
                    <strong>{text(move || line.with(|line| state(language.get(), line)))}</strong>
                    " "
                    <span class="why">{why}</span>
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// The class that carries the colour of what a state asks of the reader.
pub fn class(look: Look) -> &'static str {
    match look {
        Look::Fine => "ok",
        Look::Busy => "busy",
        Look::Unsure => "warn",
        Look::Broken => "fail",
        Look::Kept => "kept",
    }
}

/// Its icon.
pub fn glyph(look: Look) -> Glyph {
    match look {
        Look::Fine => Glyph::Done,
        Look::Busy => Glyph::Clock,
        Look::Unsure => Glyph::Off,
        Look::Broken => Glyph::Warn,
        Look::Kept => Glyph::Info,
    }
}
