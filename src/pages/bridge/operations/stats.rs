//! The last 30 days as bars, and today's failures by cause; both ask the list for what they stand for.

use leptos::{html, prelude::*};
use passerelle_wire::{CauseStats, DayStats, OperationStats};
use wasm_bindgen::JsCast;

use super::{super::Here, list::List};
use crate::{
    api::{Answer, operations},
    browser::clock::{self, Precision},
    components::{
        dynamic::dynamic,
        icon::{Glyph, Icon},
    },
    i18n::{language, td_string, tr},
    logic::{
        log_query::{CAUSES, LogQuery, TO_LOOK_AT},
        operation::why,
    },
};

/// Between two looks, in milliseconds.
const EVERY: f64 = 20_000.0;

/// How many groups of failures are shown.
const GROUPS: usize = 3;

/// What was counted, as far as it has come.
#[derive(Clone, Copy)]
pub struct Stats(Memo<Option<OperationStats>>);

impl Stats {
    /// Asks now, and again when the list was looked at, but seldom.
    pub fn of(here: &Here, list: List) -> Self {
        let connection = here.id;
        let asked = Answer::to(move || {
            let connection = connection.get_value();
            async move { operations::stats(&connection).await }
        });
        let last = StoredValue::new(clock::now());
        Effect::new(move |_| {
            list.refreshed().track();
            if clock::now() - last.get_value() > EVERY {
                last.set_value(clock::now());
                asked.refresh();
            }
        });
        // A look that fails leaves what is shown.
        Self(Memo::new(move |before: Option<&Option<OperationStats>>| match (asked.get(), before) {
            (Some(Ok(now)), _) => Some(now),
            (_, before) => before.cloned().flatten(),
        }))
    }

    /// The channels orders came by; tracked.
    pub fn channels(self) -> Vec<String> {
        let Self(stats) = self;
        stats.with(|stats| stats.as_ref().map(|stats| stats.channels.clone()).unwrap_or_default())
    }
}

/// The chart and the groups. Their room is kept until they come.
#[component]
pub fn Counted(
    /// The list they ask.
    list: List,
    /// What was counted.
    stats: Stats,
) -> impl IntoView {
    let language = language();
    let Stats(stats) = stats;
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        // On a narrow screen the last days are seen first.
        if let (Some(node), true) = (node.get(), stats.with(Option::is_some)) {
            request_animation_frame(move || node.set_scroll_left(node.scroll_width()));
        }
    });
    let bars = move || {
        stats.with(|stats| {
            let days = stats.as_ref().map(|stats| stats.days.as_slice()).unwrap_or_default();
            let most = days.iter().map(|day| day.orders).max().unwrap_or_default().max(1);
            let last = days.len().saturating_sub(1);
            days.iter().enumerate().map(|(at, day)| bar(list, day, most, at == last)).collect_view()
        })
    };
    let groups = move || {
        stats.with(|stats| {
            let groups = stats.as_ref().map(|stats| stats.failures.as_slice()).unwrap_or_default();
            groups.iter().take(GROUPS).map(|told| group(list, told)).collect_view()
        })
    };
    // Left and right lead from day to day: thirty stops would be too many on the way to the list.
    let keys = move |event: web_sys::KeyboardEvent| {
        let here = document().active_element();
        let next = match event.key().as_str() {
            "ArrowLeft" => here.and_then(|bar| bar.previous_element_sibling()),
            "ArrowRight" => here.and_then(|bar| bar.next_element_sibling()),
            _ => None,
        };
        if let Some(bar) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
            event.prevent_default();
            _ = bar.focus();
        }
    };
    view! {
        <div class="counted">
            <div class="bars" node_ref=node role="group" aria-label=tr!(language, operations.chart) on:keydown=keys>
                {dynamic(bars)}
            </div>
            <div class="groups">{dynamic(groups)}</div>
        </div>
    }
}

/// A day: as high as the orders that came, and how many of them failed.
fn bar(list: List, day: &DayStats, most: u64, last: bool) -> AnyView {
    let language = language();
    let (locale, code) = (language.get(), language.code());
    let number = |count: u64| clock::number(code, usize::try_from(count).unwrap_or(usize::MAX));
    let date = clock::local(code, &day.date, Some("UTC"), Precision::Day);
    let label = [
        date.as_str(),
        " – ",
        td_string!(locale, operations.orders),
        " ",
        &number(day.orders),
        ", ",
        td_string!(locale, operations.failures),
        " ",
        &number(day.failures),
    ]
    .concat();
    let share = |count: u64| [(count * 100 / most).min(100).to_string().as_str(), "%"].concat();
    let (orders, failures) = (share(day.orders), share(day.failures));
    let date = StoredValue::new(day.date.clone());
    let asked = list.asked;
    let pressed = move || {
        let on = asked.query.with(|query| date.with_value(|date| query.get("from") == date && query.get("to") == date));
        if on { "true" } else { "false" }
    };
    let press = move |_| {
        let day = |query: &LogQuery| date.with_value(|date| query.with("from", date).with("to", date));
        asked.ask(asked.query.with_untracked(day));
    };
    let some = day.orders > 0;
    view! {
        <button
            type="button"
            class="bar-day"
            tabindex=if last { "0" } else { "-1" }
            aria-label=label.clone()
            title=label
            aria-pressed=pressed
            on:click=press
        >
            <span class="came" class:some=some style:height=orders></span>
            <span class="failed" style:height=failures></span>
        </button>
    }
    .into_any()
}

/// Orders of today that fail for one reason.
fn group(list: List, told: &CauseStats) -> AnyView {
    let language = language();
    let locale = language.get();
    let count = match told.orders {
        1 => td_string!(locale, operations.group_single).to_owned(),
        count => {
            let count = clock::number(language.code(), usize::try_from(count).unwrap_or(usize::MAX));
            td_string!(locale, operations.group_several, count = count)
        }
    };
    let cause = told.cause.map_or(td_string!(locale, operations.other_cause), |cause| why(locale, cause));
    let detail = told.detail.clone().map(|detail| view! { " – "<bdi>{detail}</bdi> });
    let word =
        told.cause.and_then(|cause| CAUSES.iter().find(|(known, _)| *known == cause)).map_or("", |(_, word)| *word);
    let asked = list.asked;
    let press = move |_| {
        let query = LogQuery::default().with("period", "today").with("cause", word);
        asked.ask(TO_LOOK_AT.split(',').fold(query, |query, state| query.with("state", state)));
    };
    view! {
        <button type="button" class="group-today" on:click=press>
            <Icon of=Glyph::Warn />
            <span>
                <strong>{count}</strong>
                " "
                {cause}
                {detail}
            </span>
        </button>
    }
    .into_any()
}
