//! What the list is asked for, as it is typed and chosen: a search box, filters, and a chip for each thing filtered by.

use std::time::Duration;

use leptos::{html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    Asked,
    frame::{is_plain, on},
    list::List,
    stats::Stats,
};
use crate::{
    components::{
        dynamic::{dynamic, perhaps},
        icon::{Glyph, Icon},
    },
    i18n::{Locale, language, td_string, text, tr},
    logic::{
        log_query::{CAUSES, DIRECTIONS, LONGEST, LogQuery, PERIODS, STATES},
        operation::{state_word, why},
    },
};

/// How long after the last letter the search begins.
const PAUSE: Duration = Duration::from_millis(300);

/// The choice among periods that asks for dates.
const DATES: &str = "dates";

/// The search box and the filters.
#[component]
pub fn Find(
    /// The list.
    list: List,
    /// What tells the channels.
    stats: Stats,
) -> impl IntoView {
    let language = language();
    let asked = list.asked;
    let dates = RwSignal::new(false);
    let options = move |name: &'static str| {
        Signal::derive(move || -> Vec<(String, String)> {
            let locale = language.get();
            let named = |value: &str| (value.to_owned(), word(locale, name, value));
            match name {
                "state" => STATES.iter().map(|(_, value)| named(value)).collect(),
                "cause" => CAUSES.iter().map(|(_, value)| named(value)).collect(),
                "channel" => stats.channels().iter().map(|value| named(value)).collect(),
                "direction" => DIRECTIONS.iter().map(|value| named(value)).collect(),
                _ => {
                    let other = (DATES.to_owned(), td_string!(locale, operations.dates).to_owned());
                    PERIODS.iter().map(|value| named(value)).chain([other]).collect()
                }
            }
        })
    };
    let choose = Callback::new(move |(name, value): (&'static str, String)| match value.as_str() {
        DATES => dates.set(true),
        value => asked.with(name, value),
    });
    let mine = Memo::new(move |_| asked.query.with(|query| query.has("mine", "true")));
    let with_dates = Memo::new(move |_| {
        dates.get() || asked.query.with(|query| !query.get("from").is_empty() || !query.get("to").is_empty())
    });
    let choice = move |name, label| view! { <Choice name=name label=label options=options(name) on_choose=choose /> };
    view! {
        <search class="find">
            <Box list=list />
            <div class="filters">
                {choice("state", tr!(language, operations.state))}
                {choice("cause", tr!(language, operations.cause))}
                {choice("channel", tr!(language, operations.channel))}
                {choice("period", tr!(language, operations.period))}
                {choice("direction", tr!(language, operations.direction))}
                <button
                    type="button"
                    class="pick"
                    aria-pressed=move || if mine.get() { "true" } else { "false" }
                    on:click=move |_| asked.with("mine", if mine.get_untracked() { "" } else { "true" })
                >
                    {tr!(language, operations.mine)}
                </button>
                <label class="jump">
                    <span>{tr!(language, operations.jump)}</span>
                    <input
                        type="datetime-local"
                        prop:value=move || asked.query.with(|query| query.at().to_owned())
                        on:change=move |event| {
                            let at = event_target_value(&event);
                            asked.ask(asked.query.with_untracked(|query| query.jump(&at)));
                        }
                    />
                </label>
            </div>
            {perhaps(move || {
                with_dates
                    .get()
                    .then(|| {
                        view! {
                            <div class="dates">
                                <Day asked=asked name="from" label=tr!(language, operations.from) />
                                <Day asked=asked name="to" label=tr!(language, operations.to) />
                            </div>
                        }
                    })
            })}
            <Chips asked=asked />
        </search>
    }
}

/// A menu that adds to the question; what is chosen becomes a chip.
#[component]
fn Choice(
    name: &'static str,
    label: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    on_choose: Callback<(&'static str, String)>,
) -> impl IntoView {
    let choices = dynamic(move || {
        let choice = |(value, words): (String, String)| view! { <option value=value>{words}</option> };
        options.get().into_iter().map(choice).collect_view()
    });
    view! {
        <select
            class="pick"
            aria-label=label
            on:change=move |event| {
                let value = event_target_value(&event);
                event_target::<web_sys::HtmlSelectElement>(&event).set_value("");
                if !value.is_empty() {
                    on_choose.run((name, value));
                }
            }
        >
            <option value="">{label}</option>
            {choices}
        </select>
    }
}

/// One end of a period, in the store's time.
#[component]
fn Day(asked: Asked, name: &'static str, label: Signal<String>) -> impl IntoView {
    let now = Memo::new(move |_| asked.query.with(|query| query.get(name).chars().take(10).collect::<String>()));
    view! {
        <label>
            <span>{label}</span>
            <input
                type="date"
                prop:value=now
                on:change=move |event| asked.with(name, &event_target_value(&event))
            />
        </label>
    }
}

/// The search box.
#[component]
fn Box(list: List) -> impl IntoView {
    let language = language();
    let asked = list.asked;
    let node = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        // What Back, a view or a chip asks for.
        let text = asked.query.with(|query| query.text().to_owned());
        if typed.with_untracked(|typed| LogQuery::default().with("q", typed).text() != text) {
            typed.set(text);
        }
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    let search = move || {
        stop();
        typed.with_untracked(|typed| asked.with("q", typed));
    };
    let soon = move |event| {
        typed.set(event_target_value(&event));
        stop();
        timer.set_value(set_timeout_with_handle(search, PAUSE).ok());
    };
    let to_list = move || {
        if let Some(frame) = list.frame.get_untracked() {
            _ = frame.focus();
        }
    };
    let key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => search(),
        "ArrowDown" => {
            event.prevent_default();
            search();
            to_list();
        }
        "Escape" if typed.with_untracked(String::is_empty) => to_list(),
        "Escape" => {
            event.prevent_default();
            typed.set(String::new());
            search();
        }
        _ => {}
    };
    // `/` leads here from anywhere but a field or an open question.
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "/" && is_plain(&event) && !on(&event, "input, textarea, select, dialog") {
            event.prevent_default();
            if let Some(node) = node.get_untracked() {
                _ = node.focus();
                node.select();
            }
        }
    });
    on_cleanup(move || slash.remove());
    view! {
        <label class="search">
            <span class="hidden">{tr!(language, operations.search)}</span>
            <Icon of=Glyph::Search />
            <input
                type="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength=LONGEST.to_string()
                placeholder=tr!(language, operations.search)
                aria-keyshortcuts="/"
                node_ref=node
                prop:value=typed
                on:input=soon
                on:keydown=key
            />
        </label>
    }
}

/// What is filtered by, each to be taken away.
#[component]
fn Chips(asked: Asked) -> impl IntoView {
    let language = language();
    let chips = Memo::new(move |_| asked.query.with(LogQuery::chips));
    let filtered = Memo::new(move |_| asked.query.with(|query| !query.is_all()));
    let chip = move |(name, value): (&'static str, String)| {
        let words = word(language.get(), name, &value);
        let label = [td_string!(language.get(), operations.remove), &words].join(" ");
        view! {
            <li>
                <button
                    type="button"
                    class="chip"
                    aria-label=label
                    on:click=move |_| {
                        asked.ask(asked.query.with_untracked(|query| query.without(name, &value)));
                        focus_again();
                    }
                >
                    <bdi>{words}</bdi>
                    <Icon of=Glyph::Close />
                </button>
            </li>
        }
    };
    let clear = move |_| {
        asked.ask(LogQuery::default());
        focus_again();
    };
    perhaps(move || {
        filtered.get().then(|| {
            view! {
                <ul class="chips" aria-label=tr!(language, operations.filtered)>
                    {dynamic(move || chips.get().into_iter().map(chip).collect_view())}
                    <li>
                        <button type="button" class="clear" on:click=clear>
                            {tr!(language, operations.clear)}
                        </button>
                    </li>
                </ul>
            }
        })
    })
}

/// The button that had the focus goes: the search box takes it.
fn focus_again() {
    request_animation_frame(|| {
        let found = document().query_selector(".find input").ok().flatten();
        let lost = document().active_element() == document().body().map(Into::into);
        if let Some(input) = found.filter(|_| lost).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            _ = input.focus();
        }
    });
}

/// A filter's value in words.
pub fn word(locale: Locale, name: &str, value: &str) -> String {
    let state = || STATES.iter().find(|(_, known)| *known == value).map(|(state, _)| state_word(locale, *state));
    let cause = || CAUSES.iter().find(|(_, known)| *known == value).map(|(cause, _)| why(locale, *cause));
    let words = match (name, value) {
        ("state", _) => state(),
        ("cause", _) => cause(),
        ("direction", "own") => Some(td_string!(locale, operations.own)),
        ("direction", _) => Some(td_string!(locale, operations.hubrise_own)),
        ("mine", _) => Some(td_string!(locale, operations.mine)),
        ("period", "today") => Some(td_string!(locale, operations.today)),
        ("period", "yesterday") => Some(td_string!(locale, operations.yesterday)),
        ("period", "7d") => Some(td_string!(locale, operations.week)),
        ("period", _) => Some(td_string!(locale, operations.month)),
        ("from", _) => return [td_string!(locale, operations.from), value].join(" "),
        ("to", _) => return [td_string!(locale, operations.to), value].join(" "),
        _ => None,
    };
    words.unwrap_or(value).to_owned()
}

/// Asks for all, where a list that is filtered shows nothing.
#[component]
pub fn Nothing(
    /// What is asked for.
    asked: Asked,
) -> impl IntoView {
    let language = language();
    view! {
        <div class="body empty">
            <h3>{tr!(language, operations.none_so)}</h3>
            <p class="muted">{text(move || td_string!(language.get(), operations.none_means))}</p>
            <div>
                <button type="button" class="clear" on:click=move |_| asked.ask(LogQuery::default())>
                    {tr!(language, operations.clear)}
                </button>
            </div>
        </div>
    }
}
