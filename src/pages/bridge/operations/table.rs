//! The list as it is seen: what is new is announced above it, the lines, what is older below.

use leptos::prelude::*;

use super::{super::Here, list::List, row::Row};
use crate::{
    browser::{
        clock::{self, Precision},
        page,
    },
    components::{
        button::{Button, Weight},
        dynamic::{flag, perhaps},
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    logic::operation_pages::{Fresh, Pages},
    pages::stuck::Stuck,
};

/// The list, with what is new above it and what is older below.
#[component]
pub fn Table(
    /// The till.
    here: Here,
    /// The list.
    list: List,
) -> impl IntoView {
    let language = language();
    let ids = Memo::new(move |_| {
        list.pages.with(|pages| pages.lines().iter().map(|line| line.id.clone()).collect::<Vec<_>>())
    });
    let empty = Memo::new(move |_| ids.with(Vec::is_empty));
    let older = Memo::new(move |_| list.pages.with(|pages| pages.next().is_some()));
    let load = move |()| list.load_older();
    view! {
        <Tools list=list />
        {perhaps(move || {
            empty
                .get()
                .then(|| {
                    view! {
                        <div class="body empty">
                            <h2>{tr!(language, operations.empty)}</h2>
                            <p class="muted">{tr!(language, operations.empty_means)}</p>
                        </div>
                    }
                })
        })}
        <table class="list" hidden=flag(move || empty.get())>
            <caption class="hidden">{tr!(language, bridge_settings.operations)}</caption>
            <thead>
                <tr>
                    <th scope="col">{tr!(language, operations.time)}</th>
                    <th scope="col">{tr!(language, operations.order)}</th>
                    <th scope="col">{tr!(language, operations.channel)}</th>
                    <th scope="col" class="amount">
                        {tr!(language, operations.amount)}
                    </th>
                    <th scope="col">{tr!(language, operations.state)}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || ids.get() key=|id| id.clone() let:id>
                    <Row here=here.clone() list=list id=id />
                </For>
            </tbody>
        </table>
        {perhaps(move || {
            list.older_problem
                .get()
                .map(|error| {
                    view! {
                        <div class="body">
                            <Stuck error=error place=Place::Inline on_repeat=load />
                        </div>
                    }
                })
        })}
        {perhaps(move || {
            older
                .get()
                .then(|| {
                    view! {
                        <div class="foot">
                            <Button
                                label=tr!(language, operations.older)
                                weight=Weight::Plain
                                busy=list.older
                                on_press=load
                            />
                        </div>
                    }
                })
        })}
    }
}

/// The line above the list: what is new, whose clock is shown, how fresh it is. Its room is kept while nothing is new.
#[component]
fn Tools(list: List) -> impl IntoView {
    let language = language();
    let fresh = Memo::new(move |_| list.pages.with(Pages::fresh));
    let none = Signal::derive(move || fresh.get().count == 0);
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
    let show = move |_| {
        list.pages.update(|pages| _ = pages.show_fresh());
        page::focus("state");
    };
    view! {
        <div class="tools">
            <span class="new" role="status">
                {perhaps(move || {
                    (!none.get())
                        .then(|| {
                            view! {
                                <button type="button" class="chip" on:click=show>
                                    {count}
                                    <span class="muted">" · "{tr!(language, operations.show_new)}</span>
                                </button>
                            }
                        })
                })}
            </span>
            <span class="muted small">{zone}</span>
            <span class="muted small" class:stale=stale>
                {refreshed}
            </span>
        </div>
    }
}
