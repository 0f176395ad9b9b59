//! What the page is asked for, and the address that says so: every change is a step of the history, so that Back and
//! Forward lead through what was looked at; letters typed one after the other are one step.

use leptos::prelude::*;

use crate::{
    browser::{page, storage},
    logic::log_query::LogQuery,
};

/// What is asked for; copy it where it is needed.
#[derive(Clone, Copy)]
pub struct Asked {
    /// The query.
    pub query: RwSignal<LogQuery>,
    path: StoredValue<String>,
}

impl Asked {
    /// What the address asks for, and what it comes to ask for by Back and Forward.
    pub fn of(path: String) -> Self {
        let read = || LogQuery::read(&page::address().1);
        let asked = Self { query: RwSignal::new(read()), path: StoredValue::new(path) };
        let moved = window_event_listener(leptos::ev::popstate, move |_| {
            let wanted = read();
            if page::address().0 == asked.path.get_value() && asked.query.with_untracked(|now| *now != wanted) {
                asked.query.set(wanted);
            }
        });
        on_cleanup(move || moved.remove());
        // An operation's page leads back to it.
        Effect::new(move |_| {
            asked.query.track();
            storage::write_tab(storage::LIST, &asked.address());
        });
        asked
    }

    /// Asks for something else.
    pub fn ask(self, wanted: LogQuery) {
        let now = self.query.get_untracked();
        if now == wanted {
            return;
        }
        let typed = !now.text().is_empty() && now.with("q", "") == wanted.with("q", "");
        self.query.set(wanted);
        let address = self.address();
        if typed { page::replace_address(&address) } else { page::push_address(&address) }
    }

    /// Asks for the same with another value of a filter.
    pub fn with(self, name: &str, value: &str) {
        self.ask(self.query.with_untracked(|query| query.with(name, value)));
    }

    /// The page's address: path and query.
    pub fn address(self) -> String {
        let query = self.query.with_untracked(|query| query.address());
        let mut address = self.path.get_value();
        if !query.is_empty() {
            address.push('?');
            address.push_str(&query);
        }
        address
    }
}
