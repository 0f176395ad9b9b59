//! What the board is asked for, and the address that says so: every change is a step of the history, so that Back and Forward
//! lead through what was looked at; letters typed one after the other are one step.

use leptos::prelude::*;

use crate::{
    browser::page,
    logic::stock::asked::{Key, StockQuery},
};

/// What is asked for; copy it where it is needed.
#[derive(Clone, Copy)]
pub struct Asked {
    /// The query.
    pub query: RwSignal<StockQuery>,
    path: StoredValue<String>,
}

impl Asked {
    /// What the address asks for, and what it comes to ask for by Back and Forward.
    pub fn of(path: String) -> Self {
        let read = || StockQuery::read(&page::address().1);
        let asked = Self { query: RwSignal::new(read()), path: StoredValue::new(path) };
        let moved = window_event_listener(leptos::ev::popstate, move |_| {
            let wanted = read();
            if page::address().0 == asked.path.get_value() && asked.query.with_untracked(|now| *now != wanted) {
                asked.query.set(wanted);
            }
        });
        on_cleanup(move || moved.remove());
        asked
    }

    /// Asks for something else.
    pub fn ask(self, wanted: StockQuery) {
        let now = self.query.get_untracked();
        if now == wanted {
            return;
        }
        let typed = !now.text.is_empty() && now.find("") == wanted.find("");
        let query = wanted.address();
        self.query.set(wanted);
        let mut address = self.path.get_value();
        if !query.is_empty() {
            address.push('?');
            address.push_str(&query);
        }
        if typed { page::replace_address(&address) } else { page::push_address(&address) }
    }

    /// Asks for what `change` makes of it.
    pub fn change(self, change: impl FnOnce(&StockQuery) -> StockQuery) {
        self.ask(self.query.with_untracked(change));
    }

    /// Opens a tile, or closes the one that is open.
    pub fn open(self, tile: Option<Key>) {
        self.change(|query| query.opened(tile));
    }
}
