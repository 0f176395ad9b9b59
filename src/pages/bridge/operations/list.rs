//! A list of operations as far as it has come: asks for what is looked at, one page after the other, looks again when
//! something turned, and remembers where the reader was. What it holds and which page comes next, `logic::operation_pages`
//! says; how it is seen is `frame`'s business.

use std::{ops::Range, time::Duration};

use leptos::{html, prelude::*, task::spawn_local};
use passerelle_wire::{CallbackState, OperationCounts, OperationPage};

use super::{super::Here, Asked};
use crate::{
    api::{ApiError, operations, until_cleanup},
    browser::{clock, page, storage},
    logic::{
        log_note::Note,
        operation_pages::{Came, Pages, Want},
        window::{ROW, View, pixels},
    },
};

/// A look without being told: another server of this console may have done what this one did not hear of.
const EVERY: Duration = Duration::from_secs(15);

/// How many lines beyond the newest page are asked after at each look.
const DOUBTFUL: usize = 8;

/// Where this tab remembers where the reader was.
const STORED: &str = "passerelle.operations";

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

/// The list; copied into the calls under way.
#[derive(Clone, Copy)]
pub struct List {
    connection: StoredValue<String>,
    /// What is asked for.
    pub asked: Asked,
    /// Whether it is what the bodies of requests and answers hold.
    pub bodies: bool,
    /// What has come.
    pub pages: RwSignal<Pages>,
    /// What of it is seen, as if rows were of `window::ROW`.
    pub view: RwSignal<View>,
    /// The rows to put into the document.
    pub window: Memo<Range<usize>>,
    /// The row the keys are on.
    pub active: RwSignal<Option<usize>>,
    /// What stands above it, once something is known.
    pub head: RwSignal<Option<Head>>,
    /// Why the last look at the newest failed.
    pub problem: RwSignal<Option<ApiError>>,
    /// Why what is looked at cannot be loaded.
    pub stuck: RwSignal<Option<ApiError>>,
    /// Whether what is shown is still the answer to the question before.
    pub searching: RwSignal<bool>,
    /// Whether a page is on its way.
    pub busy: RwSignal<bool>,
    /// Whether the reader stopped a long look.
    pub stopped: RwSignal<bool>,
    /// How far back a look came that ended at its bound.
    pub looked_to: RwSignal<Option<String>>,
    /// The frame that scrolls.
    pub frame: NodeRef<html::Div>,
    refreshed: RwSignal<Option<String>>,
    looking: StoredValue<bool>,
    behind: StoredValue<bool>,
    /// Counts the questions: the answer to an earlier one is nobody's.
    question: StoredValue<u32>,
    /// The question whose pages are being asked for.
    filling: StoredValue<Option<u32>>,
    owner: StoredValue<Option<Owner>>,
}

impl List {
    fn new(here: &Here, asked: Asked, bodies: bool, note: Option<Note>) -> Self {
        let first = asked.query.with_untracked(|query| query.first());
        let (top, active) = note.as_ref().map_or((0, None), |note| (note.top, note.active));
        let pages = RwSignal::new(match note {
            Some(note) => Pages::seen(note.marks, note.first, true),
            None => Pages::from(if bodies { String::new() } else { first }),
        });
        let view = RwSignal::new(View { top: f64::from(top), ..View::default() });
        let stopped = RwSignal::new(false);
        let window = Memo::new(move |_| view.get().window(rows(pages, stopped)));
        Self {
            connection: here.id,
            asked,
            bodies,
            pages,
            view,
            window,
            active: RwSignal::new(active),
            head: RwSignal::new(None),
            problem: RwSignal::new(None),
            stuck: RwSignal::new(None),
            searching: RwSignal::new(false),
            busy: RwSignal::new(false),
            stopped,
            looked_to: RwSignal::new(None),
            frame: NodeRef::new(),
            refreshed: RwSignal::new(None),
            looking: StoredValue::new(false),
            behind: StoredValue::new(false),
            question: StoredValue::new(0),
            filling: StoredValue::new(None),
            owner: StoredValue::new(Owner::current()),
        }
        .filled()
    }

    /// What is known of orders, where the reader left it; follows what is asked, and what turns. Ends with the reactive owner.
    pub fn of(here: &Here, asked: Asked) -> Self {
        // Whoever reloads, or follows a link, wants what is newest.
        let back = page::came_back();
        let note = storage::read_tab(STORED).filter(|_| back).and_then(|text| Note::read(&text, &asked.address()));
        storage::forget_tab(STORED);
        let seen_before = note.is_some();
        let list = Self::new(here, asked, false, note);
        if seen_before {
            // What came meanwhile is announced.
            list.look();
        }
        let turned = here.turned;
        Effect::new(move |before: Option<()>| {
            turned.track();
            if before.is_some() {
                list.look();
            }
        });
        Effect::new(move |before: Option<()>| {
            asked.query.track();
            if before.is_some() {
                list.ask();
            }
        });
        let timer = set_interval_with_handle(move || list.look(), EVERY);
        let leaving = window_event_listener_untyped("pagehide", move |_| list.remember());
        on_cleanup(move || {
            leaving.remove();
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
        list
    }

    /// What the bodies hold of the text asked for now.
    pub fn of_bodies(here: &Here, asked: Asked) -> Self {
        Self::new(here, asked, true, None)
    }

    /// Asks for what is looked at, now and whenever that changes.
    fn filled(self) -> Self {
        self.fill();
        Effect::new(move |_| {
            self.window.track();
            self.fill();
        });
        self
    }

    /// Begins anew with what is asked now; what is shown stays until its answer comes.
    fn ask(self) {
        self.question.update_value(|question| *question += 1);
        self.searching.set(true);
        self.stopped.set(false);
        self.looked_to.set(None);
        self.again();
    }

    /// Goes on after a failure, or after a stop.
    pub fn again(self) {
        self.stuck.set(None);
        self.stopped.set(false);
        self.fill();
    }

    /// Asks for one page after the other until what is looked at is here.
    fn fill(self) {
        let question = self.question.get_value();
        let idle = self.filling.get_value() != Some(question) && self.stuck.with_untracked(Option::is_none);
        let Some(first) = self.wanted().filter(|_| idle) else { return };
        self.filling.set_value(Some(question));
        self.busy.set(true);
        self.run(async move {
            let mut next = Some(first);
            while let Some(want) = next {
                let query = self.asked.query.with_untracked(|query| query.ask(&want.ask, self.bodies));
                let answer = operations::page(&self.connection.get_value(), &query).await;
                if self.question.get_value() != question {
                    return;
                }
                match answer {
                    Ok(page) => self.take(&want, page),
                    Err(error) => {
                        self.stuck.set(Some(error));
                        break;
                    }
                }
                next = self.wanted();
            }
            self.filling.set_value(None);
            self.busy.set(false);
        });
    }

    /// The page to ask for next.
    fn wanted(self) -> Option<Want> {
        if self.searching.get_untracked() {
            return Some(Want { number: Some(0), ask: self.asked.query.with_untracked(|query| query.first()) });
        }
        let window = self.window.get_untracked();
        self.pages.with_untracked(|pages| pages.wanted(window)).filter(|_| !self.stopped.get_untracked())
    }

    /// Takes in a page; the first one of a new question takes the place of all that was shown.
    fn take(self, want: &Want, page: OperationPage) {
        let (came, searched_to) = self.learn(page);
        self.looked_to.set(searched_to);
        let Some(number) = want.number else {
            let mut down = 0;
            self.pages.update(|pages| down = pages.prepend(came));
            return self.shift(down);
        };
        if !self.searching.get_untracked() {
            let seen = self.window.get_untracked();
            return self.pages.update(|pages| pages.insert(number, came, seen));
        }
        let mut pages = self.pages.with_untracked(|pages| pages.anew(want.ask.clone()));
        pages.insert(0, came, 0..0);
        self.searching.set(false);
        self.active.set(None);
        self.view.update(|view| view.top = 0.0);
        self.pages.set(pages);
        self.scroll_to(0.0);
    }

    /// Takes what every page tells of the whole; answers what it holds of the list.
    fn learn(self, page: OperationPage) -> (Came, Option<String>) {
        let OperationPage { operations, next, newer, searched_to, timezone, day, callback } = page;
        self.refreshed.set(Some(clock::moment()));
        let head = Some(Head { day, callback, zone: timezone });
        if self.head.with_untracked(|now| *now != head) {
            self.head.set(head);
        }
        (Came { lines: operations, next, newer }, searched_to)
    }

    /// Keeps what is read where it is while rows come above it.
    fn shift(self, rows: usize) {
        if rows > 0 {
            let top = self.view.with_untracked(|view| view.top) + pixels(rows);
            self.view.update(|view| view.top = top);
            self.active.update(|active| *active = active.map(|active| active + rows));
            self.scroll_to(top);
        }
    }

    /// Scrolls the frame, once the document is as long as the list.
    pub fn scroll_to(self, top: f64) {
        request_animation_frame(move || {
            if let Some(frame) = self.frame.try_get_untracked().flatten() {
                #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates")]
                frame.set_scroll_top((top * super::frame::row_height(&frame) / ROW).ceil() as i32);
            }
        });
    }

    /// Looks at the newest page; while a look is under way another follows it.
    pub fn look(self) {
        match self.looking.try_get_value() {
            None => return,
            Some(true) => return self.behind.set_value(true),
            Some(false) => self.looking.set_value(true),
        }
        let question = self.question.get_value();
        self.run(async move {
            let connection = self.connection.get_value();
            let query = self.asked.query.with_untracked(|query| query.ask("", false));
            let answer = operations::page(&connection, &query).await;
            if self.question.get_value() == question && !self.searching.get_untracked() {
                match answer {
                    Ok(page) => {
                        let (came, _) = self.learn(page);
                        self.problem.set(None);
                        self.pages.update(|pages| pages.look(came));
                        if self.stuck.with_untracked(Option::is_some) {
                            self.again();
                        }
                        let rows = self.window.get_untracked();
                        for id in self.pages.with_untracked(|pages| pages.doubtful(rows, DOUBTFUL)) {
                            if let Ok(line) = operations::line(&connection, &id).await {
                                self.pages.update(|pages| pages.update(&line));
                            }
                        }
                    }
                    Err(error) => self.problem.set(Some(error)),
                }
            }
            self.looking.set_value(false);
            if self.behind.get_value() {
                self.behind.set_value(false);
                self.look();
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

    /// Writes down where the reader is.
    fn remember(self) {
        let Some(note) = self.pages.with_untracked(|pages| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast from float saturates")]
            let top = self.view.with_untracked(|view| view.top) as u32;
            pages.rows().filter(|rows| *rows > 0).map(|_| Note {
                address: self.asked.address(),
                top,
                active: self.active.get_untracked(),
                first: pages.first().map(str::to_owned),
                marks: pages.marks(),
            })
        }) else {
            return;
        };
        storage::write_tab(STORED, &note.write());
    }

    /// How many rows there are; tracked.
    pub fn rows(self) -> usize {
        rows(self.pages, self.stopped)
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

/// How many rows there are. Nothing stands in for what is not being asked for.
fn rows(pages: RwSignal<Pages>, stopped: RwSignal<bool>) -> usize {
    let stopped = stopped.get();
    pages.with(|pages| if stopped { pages.lines_known() } else { pages.rows().unwrap_or_default() })
}
