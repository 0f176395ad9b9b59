//! The list of connections as far as it has come: asks for what is looked at, one page after the other, keeps the search
//! in the address, and remembers where the reader was. What it holds and which page comes next, `logic::desk_pages` says.

use std::ops::Range;

use leptos::{html, prelude::*, task::spawn_local};
use passerelle_wire::{DeskLine, DeskPage};

use super::Here;
use crate::{
    api::{ApiError, desk, until_cleanup},
    browser::{page, storage},
    logic::{desk::Search, desk_note::Note, desk_pages::Pages, window::View},
};

/// Where this tab remembers where the reader was.
const STORED: &str = "passerelle.desk";

/// The list; copy it where it is needed.
#[derive(Clone, Copy)]
pub struct List {
    here: Here,
    /// What is asked for.
    pub search: RwSignal<Search>,
    /// What has come.
    pub pages: RwSignal<Pages>,
    /// What of it is seen.
    pub view: RwSignal<View>,
    /// The rows to put into the document.
    pub window: Memo<Range<usize>>,
    /// The row the keys are on.
    pub active: RwSignal<Option<usize>>,
    /// Whether what is shown is still the answer to the question before.
    pub searching: RwSignal<bool>,
    /// What stopped it.
    pub problem: RwSignal<Option<ApiError>>,
    /// The frame that scrolls.
    pub frame: NodeRef<html::Div>,
    /// Counts the questions: the answer to an earlier one is nobody's.
    question: StoredValue<u32>,
    /// The question whose pages are being asked for.
    filling: StoredValue<Option<u32>>,
    owner: StoredValue<Option<Owner>>,
}

impl List {
    /// The list the address asks for, where the reader left it. Asks for its first page at once; ends with the reactive
    /// owner.
    pub fn of(here: Here) -> Self {
        let (_, query) = page::address();
        let search = Search::read(&query);
        let address = address(here, &search);
        let note = storage::read_tab(STORED).and_then(|text| Note::read(&text, &address));
        storage::forget_tab(STORED);
        let top = note.as_ref().map_or(0, |note| note.top);
        let active = note.as_ref().and_then(|note| note.active);
        let pages = RwSignal::new(note.map(Note::pages).unwrap_or_default());
        let view = RwSignal::new(View { top: f64::from(top), ..View::default() });
        let window = Memo::new(move |_| {
            let total = pages.with(Pages::total).unwrap_or_default();
            view.get().window(total)
        });
        let list = Self {
            here,
            search: RwSignal::new(search),
            pages,
            view,
            window,
            active: RwSignal::new(active),
            searching: RwSignal::new(false),
            problem: RwSignal::new(None),
            frame: NodeRef::new(),
            question: StoredValue::new(0),
            filling: StoredValue::new(None),
            owner: StoredValue::new(Owner::current()),
        };
        list.fill();
        Effect::new(move |_| {
            window.track();
            list.fill();
        });
        let leaving = window_event_listener_untyped("pagehide", move |_| list.remember());
        on_cleanup(move || {
            leaving.remove();
            list.remember();
        });
        list
    }

    /// A row, if it has come; untracked.
    pub fn line(self, row: usize) -> Option<DeskLine> {
        self.pages.with_untracked(|pages| pages.row(row).map(|(_, line)| line.clone()))
    }

    /// How many rows there are; tracked.
    pub fn total(self) -> usize {
        self.pages.with(Pages::total).unwrap_or_default()
    }

    /// Asks another question; what is shown stays until its answer comes.
    pub fn ask(self, search: Search) {
        if self.search.with_untracked(|now| *now == search) {
            return;
        }
        page::replace_address(&address(self.here, &search));
        self.search.set(search);
        self.question.update_value(|question| *question += 1);
        self.searching.set(true);
        self.again();
    }

    /// Goes on after a failure.
    pub fn again(self) {
        self.problem.set(None);
        self.fill();
    }

    /// Asks again for what is looked at.
    pub fn refresh(self) {
        self.pages.update(Pages::refresh);
        self.again();
    }

    /// Asks for one page after the other until what is looked at is here.
    fn fill(self) {
        let question = self.question.get_value();
        if self.filling.get_value() == Some(question) || self.problem.with_untracked(Option::is_some) {
            return;
        }
        let Some(first) = self.next() else { return };
        self.filling.set_value(Some(question));
        let read = async move {
            let (vendor, search) = (self.here.slug(), self.search.get_untracked());
            let mut next = Some(first);
            while let Some((number, cursor)) = next {
                let answer = desk::connections(&vendor, &search, cursor.as_deref()).await;
                if self.question.get_value() != question {
                    return;
                }
                match answer {
                    Ok(page) => self.take(number, page),
                    Err(error) => {
                        self.problem.set(Some(error));
                        break;
                    }
                }
                next = self.next();
            }
            self.filling.set_value(None);
        };
        match self.owner.get_value() {
            Some(owner) => spawn_local(owner.with(|| until_cleanup(read))),
            None => spawn_local(read),
        }
    }

    /// The page to ask for next, and its cursor.
    fn next(self) -> Option<(usize, Option<String>)> {
        if self.searching.get_untracked() {
            return Some((0, None));
        }
        let window = self.window.get_untracked();
        self.pages.with_untracked(|pages| pages.wanted(window))
    }

    /// Takes in a page; the first one of a new question takes the place of all that was shown.
    fn take(self, number: usize, page: DeskPage) {
        if !self.searching.get_untracked() {
            return self.pages.update(|pages| pages.insert(number, page));
        }
        let mut pages = Pages::default();
        pages.insert(number, page);
        self.searching.set(false);
        self.active.set(None);
        self.view.update(|view| view.top = 0.0);
        self.pages.set(pages);
        if let Some(frame) = self.frame.get_untracked() {
            frame.set_scroll_top(0);
        }
    }

    /// Writes down where the reader is.
    fn remember(self) {
        let top = self.frame.get_untracked().map_or(0, |frame| frame.scroll_top());
        let note = self.pages.with_untracked(|pages| {
            Some(Note {
                address: address(self.here, &self.search.get_untracked()),
                top: u32::try_from(top).unwrap_or_default(),
                active: self.active.get_untracked(),
                total: pages.total()?,
                later: pages.later().to_vec(),
            })
        });
        if let Some(note) = note {
            storage::write_tab(STORED, &note.write());
        }
    }
}

/// The desk's address with a search.
fn address(here: Here, search: &Search) -> String {
    let (path, query) = (here.site().path(), search.query(None));
    if query.is_empty() { path } else { format!("{path}?{query}") }
}
