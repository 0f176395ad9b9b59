//! The line above the list: what is new, whose clock is shown, how fresh it is, which part of it is seen, and how far a long
//! look has come. Its room is kept while nothing is new.

use std::time::Duration;

use leptos::prelude::*;

use super::list::List;
use crate::{
    browser::{
        clock::{self, Precision},
        page,
    },
    components::dynamic::perhaps,
    i18n::{language, td_string, text, tr},
    logic::operation_pages::{Fresh, Pages},
};

/// How often it is said which part is seen, while that changes.
const SETTLED: Duration = Duration::from_millis(200);

/// The line.
#[component]
pub fn Tools(
    /// The list.
    list: List,
) -> impl IntoView {
    let language = language();
    let fresh = Memo::new(move |_| list.pages.with(Pages::fresh));
    let jumped = Memo::new(move |_| list.pages.with(Pages::jumped));
    let count = text(move || {
        let locale = language.get();
        let number = |count| clock::number(language.code(), count);
        match fresh.get() {
            Fresh { count, more: true } => td_string!(locale, operations.new_more, count = number(count)),
            Fresh { count: 1, .. } => td_string!(locale, operations.new_single).to_owned(),
            Fresh { count, .. } => td_string!(locale, operations.new_several, count = number(count)),
        }
    });
    let zone = text(move || match list.zone() {
        Some(zone) => td_string!(language.get(), operations.zone, zone = zone),
        None => td_string!(language.get(), operations.zone_here).to_owned(),
    });
    let stale = Memo::new(move |_| list.problem.with(Option::is_some));
    let refreshed = text(move || {
        let locale = language.get();
        let Some(at) = list.refreshed().get() else { return String::new() };
        let time = clock::local(language.code(), &at, list.zone().as_deref(), Precision::Second);
        match stale.get() {
            true => td_string!(locale, operations.stale, time = time),
            false => td_string!(locale, operations.refreshed, time = time),
        }
    });
    let seen = settled(move || list.view.get().seen(list.pages.with(Pages::lines_known)));
    let seen = text(move || {
        let number = |count| clock::number(language.code(), count);
        let known = list.pages.with(Pages::lines_known);
        let seen = seen.get();
        if seen.is_empty() {
            return String::new();
        }
        let more = if list.pages.with(Pages::more) { "+" } else { "" };
        [number(seen.start + 1), "–".into(), number(seen.end), " / ".into(), number(known), more.into()].concat()
    });
    let show = move |_| {
        list.pages.update(Pages::show_fresh);
        list.view.update(|view| view.top = 0.0);
        list.active.set(None);
        list.scroll_to(0.0);
        page::focus("state");
    };
    let newest = move |_| list.asked.ask(list.asked.query.with_untracked(|query| query.jump("")));
    view! {
        <div class="tools">
            <span class="new" role="status">
                {perhaps(move || {
                    (fresh.get().count > 0)
                        .then(|| {
                            view! {
                                <button type="button" class="chip" on:click=show>
                                    {count}
                                    <span class="muted">" · "{tr!(language, operations.show_new)}</span>
                                </button>
                            }
                        })
                })}
                {perhaps(move || {
                    (jumped.get() || list.asked.query.with(|query| !query.at().is_empty()))
                        .then(|| {
                            view! {
                                <button type="button" class="chip" on:click=newest>
                                    {tr!(language, operations.newest)}
                                </button>
                            }
                        })
                })}
            </span>
            <Far list=list />
            <span class="muted small">{seen}</span>
            <span class="muted small">{zone}</span>
            <span class="muted small" class:stale=stale>
                {refreshed}
            </span>
        </div>
    }
}

/// What `read` reads, written a few times a second at most while it changes: what changes with every frame nobody reads, and
/// each change has the browser lay out and paint the page.
fn settled<T: Clone + PartialEq + Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> RwSignal<T> {
    let now = Memo::new(move |_| read());
    let shown = RwSignal::new(now.get_untracked());
    let waiting = StoredValue::new(false);
    Effect::new(move |_| {
        if now.get() != shown.get_untracked() && !waiting.get_value() {
            waiting.set_value(true);
            let show = move || {
                if let Some(now) = now.try_get_untracked() {
                    waiting.set_value(false);
                    shown.set(now);
                }
            };
            set_timeout(show, SETTLED);
        }
    });
    shown
}

/// How far back a look has come that finds little, and the way to end it or to go on.
#[component]
pub fn Far(
    /// The list.
    list: List,
) -> impl IntoView {
    let language = language();
    let asked = Memo::new(move |_| match (list.stopped.get(), list.pages.with(Pages::more), list.busy.get()) {
        (true, true, _) => Some(false),
        (false, true, true) => Some(true),
        _ => None,
    });
    let far = text(move || {
        let Some(at) = list.looked_to.get() else { return String::new() };
        let time = clock::local(language.code(), &at, list.zone().as_deref(), Precision::Whole);
        td_string!(language.get(), operations.looked_to, time = time)
    });
    let long = Memo::new(move |_| list.looked_to.with(Option::is_some));
    perhaps(move || {
        asked.get().filter(|_| long.get()).map(|going| {
            let press = move |_| if going { list.stopped.set(true) } else { list.again() };
            let label = match going {
                true => tr!(language, operations.stop),
                false => tr!(language, operations.go_on),
            };
            view! {
                <span class="far small">
                    <span role="status">{far}</span>
                    " "
                    <button type="button" class="clear" on:click=press>
                        {label}
                    </button>
                </span>
            }
        })
    })
}
