//! The list as it is known: fetched page by page, looked at again when something turned, changed in place. How it is seen is
//! `table`'s business.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{CallbackState, OperationCounts, OperationPage};

use super::super::Here;
use crate::{
    api::{ApiError, operations, until_cleanup},
    browser::clock,
    logic::operation_pages::Pages,
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
    refreshed: RwSignal<Option<String>>,
    looking: StoredValue<bool>,
    behind: StoredValue<bool>,
    /// Whether older ones are being loaded.
    pub older: RwSignal<bool>,
    /// Why they could not be.
    pub older_problem: RwSignal<Option<ApiError>>,
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
        let OperationPage { operations, next, timezone, day, callback, .. } = page;
        self.problem.set(None);
        self.refreshed.set(Some(clock::moment()));
        let head = Some(Head { day, callback, zone: timezone });
        if self.head.with_untracked(|now| *now != head) {
            self.head.set(head);
        }
        self.pages.update(|pages| pages.look(operations, next));
        self.pages.with_untracked(|pages| pages.doubtful(DOUBTFUL))
    }

    /// Loads the page after the last.
    pub fn load_older(self) {
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

    /// When the list was last looked at with success.
    pub fn refreshed(self) -> RwSignal<Option<String>> {
        self.refreshed
    }

    /// The location's time zone; tracked.
    pub fn zone(self) -> Option<String> {
        self.head.with(|head| head.as_ref().and_then(|head| head.zone.clone()))
    }
}
