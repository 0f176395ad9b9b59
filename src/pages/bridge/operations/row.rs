//! One operation in the list: when, which order, what it is or why it was found, from where, how much, and how it stands in
//! a word with its cause. Drawn once and never changed: a line that turns is another row.

use leptos::prelude::*;
use passerelle_wire::{MatchKind, Matched, OperationKind, OperationLine};

use super::{super::Here, list::List};
use crate::{
    browser::clock::{self, Precision},
    components::icon::{Glyph, Icon},
    i18n::{Language, Locale, language, td_string, tr},
    logic::{
        operation::{self, Look, kind, look, state, why},
        query::encode,
        search::marked,
    },
    routes::Part,
};

/// How many letters of an excerpt stand before what matched.
const BEFORE: usize = 10;

/// A row's id in the document.
pub fn row_id(bodies: bool, row: usize) -> String {
    let list = if bodies { "said" } else { "operation" };
    [list, &row.to_string()].join("-")
}

/// Where a row leads: to the operation, or to the request or answer that holds what was looked for.
pub fn href(here: &Here, line: &OperationLine) -> String {
    let mut path = here.path(Part::Operation(line.id.clone()));
    if let Some(exchange) = line.matched.as_ref().and_then(|matched| matched.exchange.as_deref()) {
        path.push_str("/exchanges/");
        path.push_str(&encode(exchange));
    }
    path
}

/// What stands in a row.
#[component]
pub fn Row(
    /// The till.
    here: Here,
    /// The list.
    list: List,
    /// The operation.
    line: OperationLine,
    /// Whether it is the first of its day.
    dated: bool,
) -> impl IntoView {
    let language = language();
    let (locale, code) = untrack(|| (language.get(), language.code()));
    let zone = untrack(|| list.zone());
    let at = line.received_at.as_str();
    let write = |zone: Option<&str>, precision| clock::local(code, at, zone, precision);
    let date = dated.then(|| view! { <span class="date">{write(zone.as_deref(), Precision::Day)}" "</span> });
    let time = write(zone.as_deref(), Precision::Time);
    let order = line.order.as_ref();
    let name = order.map_or_else(|| "–".to_owned(), |order| order.order_id.clone());
    // Where there is no column for it.
    let narrow = (line.kind != OperationKind::OrderCreated)
        .then(|| view! { <span class="narrow muted">{kind(locale, line.kind)}</span> });
    let reference = order.and_then(|order| order.reference.clone()).filter(|reference| !reference.is_empty());
    let channel = order.and_then(|order| order.channel.clone());
    let amount = order.and_then(|order| order.total.as_deref()).map(|total| clock::money(code, total));
    let asks = look(&line);
    let cause = line.cause.filter(|_| line.flag.is_none()).map(|cause| why(locale, cause));
    let detail = line.detail.clone().or_else(|| cause.map(str::to_owned));
    let about = about(locale, &line, list);
    view! {
        <span role="gridcell" class="time">
            <a href=href(&here, &line) tabindex="-1" data-at=at.to_owned() data-detail=detail>
                {date}
                <time datetime=at.to_owned()>{time}</time>
            </a>
        </span>
        <span role="gridcell" class="order">
            <bdi class="id">{name}</bdi>
            {narrow}
            {reference.map(|reference| view! { " "<bdi class="muted">{reference}</bdi> })}
        </span>
        <span role="gridcell" class="wide about">
            {about}
        </span>
        <span role="gridcell" class="wide">
            {channel.map(|channel| view! { <bdi>{channel}</bdi> })}
        </span>
        <span role="gridcell" class="wide amount">
            {amount}
        </span>
        <span role="gridcell" class=["state", class(asks)].join(" ")>
            <Icon of=glyph(asks) />
            <strong>{state(locale, &line)}</strong>
            " "
            <bdi class="why">{cause}</bdi>
        </span>
    }
    .into_any()
}

/// A moment by the store's clock, the reader's and everybody's, for who points at it.
pub fn clocks(language: Language, at: &str, zone: Option<&str>) -> String {
    let here = td_string!(language.get_untracked(), operations.here);
    let mut clocks = String::new();
    for (name, zone) in [(zone.unwrap_or_default(), zone), (here, None), ("UTC", Some("UTC"))] {
        if name.is_empty() {
            continue;
        }
        for part in [name, ": ", &clock::local(untrack(|| language.code()), at, zone, Precision::Whole), "\n"] {
            clocks.push_str(part);
        }
    }
    clocks.truncate(clocks.trim_end().len());
    clocks
}

/// What an operation is, or why it was found, and what people did with it.
fn about(locale: Locale, line: &OperationLine, list: List) -> AnyView {
    let mut done = Vec::new();
    if line.handled_at.is_some() {
        done.push(td_string!(locale, operations.handled));
    }
    if line.manual {
        done.push(td_string!(locale, operations.manual));
    } else if line.resends > 0 {
        done.push(td_string!(locale, operations.resent));
    }
    let done = done.into_iter().map(|word| view! { " "<span class="done">{word}</span> }).collect_view();
    let Some(Matched { kind: found, excerpt, .. }) = &line.matched else {
        return view! { {operation::about(locale, line)}{done} }.into_any();
    };
    let excerpt = excerpt.as_deref().map(|excerpt| {
        let wanted = list.asked.query.with_untracked(|query| query.text().to_owned());
        let (before, mark, after) = marked(excerpt, &wanted);
        // A few letters before it: what matched is to be seen in a narrow column too.
        let skipped = before.chars().count().saturating_sub(BEFORE);
        let before: String = before.chars().skip(skipped).collect();
        let (mark, after) = (mark.to_owned(), after.to_owned());
        view! { " "<bdi title=excerpt.to_owned()>{before}<mark>{mark}</mark>{after}</bdi> }
    });
    view! { <mark>{matched(locale, *found)}</mark>{excerpt}{done} }.into_any()
}

/// What of an operation matched, in words.
fn matched(locale: Locale, kind: MatchKind) -> &'static str {
    match kind {
        MatchKind::OrderId => td_string!(locale, operations.matched_id),
        MatchKind::Reference => td_string!(locale, operations.matched_reference),
        MatchKind::CollectionCode => td_string!(locale, operations.matched_code),
        MatchKind::Phone => td_string!(locale, operations.matched_phone),
        MatchKind::Customer => td_string!(locale, operations.matched_customer),
        MatchKind::Detail => td_string!(locale, operations.matched_detail),
        MatchKind::Request => td_string!(locale, operations.matched_request),
        MatchKind::Answer => td_string!(locale, operations.matched_answer),
    }
}

/// A row on its way.
#[component]
pub fn Bones() -> impl IntoView {
    let language = language();
    view! {
        <span role="gridcell" class="blank">
            <span class="hidden">{tr!(language, wait.loading)}</span>
            <span class="bones">
                <span class="bone"></span>
            </span>
        </span>
    }
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
