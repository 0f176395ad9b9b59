//! The list: fetched page by page, looked at again when something turned, changed in place; what is new is announced and
//! shown when the reader asks.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{CallbackState, OperationCounts, OperationPage};

use super::{super::Here, row::Row};
use crate::{
    api::{ApiError, operations, until_cleanup},
    browser::clock,
    components::{
        button::{Button, Weight},
        dynamic::{flag, perhaps},
        problem::Place,
    },
    i18n::{language, td_string, text, tr},
    logic::operation_pages::{Fresh, Pages},
    pages::stuck::Stuck,
};

/// A look without being told: another server of this console may have done what this one did not hear of.
const EVERY: Duration = Duration::from_secs(15);

/// How many lines beyond the newest page are asked after at each look.
const DOUBTFUL: usize = 8;

/// What stands above the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last 24 hours.
    pub day: OperationCounts,
    /// How the callback stands.
    pub callback: CallbackState,
    /// The location's time zone.
    pub zone: Option<String>,
}

/// The list as far as it is known; copied into the calls under way.
#[derive(Clone, Copy)]
pub struct List {
    connection: StoredValue<String>,
    /// The lines.
    pub pages: RwSignal<Pages>,
    /// What stands above them, once something is known.
    pub head: RwSignal<Option<Head>>,
    /// Why the last look failed.
    pub problem: RwSignal<Option<ApiError>>,
    refreshed: RwSignal<Option<f64>>,
    looking: StoredValue<bool>,
    behind: StoredValue<bool>,
    older: RwSignal<bool>,
    older_problem: RwSignal<Option<ApiError>>,
    owner: StoredValue<Option<Owner>>,
}

impl List {
    /// Asks for the newest page, and follows it.
    pub fn of(here: &Here) -> Self {
        let list = Self {
            connection: here.id,
            pages: RwSignal::new(Pages::default()),
            head: RwSignal::new(None),
            problem: RwSignal::new(None),
            refreshed: RwSignal::new(None),
            looking: StoredValue::new(false),
            behind: StoredValue::new(false),
            older: RwSignal::new(false),
            older_problem: RwSignal::new(None),
            owner: StoredValue::new(Owner::current()),
        };
        let turned = here.turned;
        Effect::new(move |_| {
            turned.track();
            list.look();
        });
        let timer = set_interval_with_handle(move || list.look(), EVERY);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
        list
    }

    /// Looks at the newest page; while a look is under way another follows it.
    pub fn look(self) {
        match self.looking.try_get_value() {
            None => return,
            Some(true) => return self.behind.set_value(true),
            Some(false) => self.looking.set_value(true),
        }
        self.run(async move {
            let connection = self.connection.get_value();
            let answer = operations::page(&connection, None).await;
            let doubtful = match answer {
                Ok(page) => self.take(page),
                Err(error) => {
                    self.problem.set(Some(error));
                    Vec::new()
                }
            };
            for id in doubtful {
                if let Ok(operation) = operations::get(&connection, &id).await {
                    self.pages.update(|pages| pages.update(&operation.line));
                }
            }
            self.looking.set_value(false);
            if self.behind.get_value() {
                self.behind.set_value(false);
                self.look();
            }
        });
    }

    /// Forgets why the last look failed, and looks.
    pub fn again(self) {
        self.problem.set(None);
        self.look();
    }

    /// Takes the newest page; answers which other lines are to be asked after.
    fn take(self, page: OperationPage) -> Vec<String> {
        let OperationPage { operations, next, timezone, day, callback } = page;
        self.problem.set(None);
        self.refreshed.set(Some(clock::now()));
        let head = Some(Head { day, callback, zone: timezone });
        if self.head.with_untracked(|now| *now != head) {
            self.head.set(head);
        }
        self.pages.update(|pages| pages.look(operations, next));
        self.pages.with_untracked(|pages| pages.doubtful(DOUBTFUL))
    }

    /// Loads the page after the last.
    fn load_older(self) {
        let cursor = self.pages.with_untracked(|pages| pages.next().map(str::to_owned));
        if self.older.get_untracked() || cursor.is_none() {
            return;
        }
        self.older.set(true);
        self.older_problem.set(None);
        self.run(async move {
            let connection = self.connection.get_value();
            let answer = operations::page(&connection, cursor.as_deref()).await;
            self.older.set(false);
            match answer {
                Ok(page) => self.pages.update(|pages| pages.older(page)),
                Err(error) => self.older_problem.set(Some(error)),
            }
        });
    }

    /// Runs a call until the page goes.
    fn run(self, call: impl Future<Output = ()> + 'static) {
        match self.owner.get_value() {
            Some(owner) => spawn_local(owner.with(|| until_cleanup(call))),
            None => spawn_local(call),
        }
    }

    /// When the list was last looked at with success, in milliseconds since 1970.
    pub fn refreshed(self) -> RwSignal<Option<f64>> {
        self.refreshed
    }

    /// The location's time zone; tracked.
    pub fn zone(self) -> Option<String> {
        self.head.with(|head| head.as_ref().and_then(|head| head.zone.clone()))
    }
}

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
        let Some(at) = list.refreshed.get() else { return String::new() };
        let time = clock::time_of_day(language.code(), at);
        match stale.get() {
            true => td_string!(locale, operations.stale, time = time),
            false => td_string!(locale, operations.refreshed, time = time),
        }
    });
    let show = move |_| {
        list.pages.update(|pages| _ = pages.show_fresh());
        crate::browser::page::focus("state");
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
