//! Beginning a run of OAuth: what every **Connect**, **Reconnect**, **Sign in** and **Try again** does.

use std::cell::Cell;

use leptos::{prelude::*, task::spawn_local};
use passerelle_wire::{AttemptBegin, Purpose};
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use crate::{
    api::{ApiError, attempts},
    browser::{frame, page, storage},
    logic::{aside::Aside, run::blank},
    routes::Site,
};

/// Where this tab remembers what it set out to do; no secret.
const STORED: &str = "passerelle.begun";

/// What is remembered is longer than this only if somebody else wrote it.
const LONGEST: usize = 2_000;

/// A run that can be begun.
#[derive(Clone, Copy, PartialEq)]
pub struct Begin {
    what: StoredValue<AttemptBegin>,
    /// Whether the way back leads to the page on which it is begun.
    here: bool,
    /// Whether the browser is on its way to HubRise.
    pub busy: RwSignal<bool>,
    /// Why it could not be begun.
    pub problem: RwSignal<Option<ApiError>>,
    /// In a frame: how the window fares in which it goes on.
    pub aside: RwSignal<Aside>,
    /// In a frame: the window's number.
    pub number: StoredValue<String>,
    /// In a frame: what to do when something came of it; without, the till's page is loaded.
    pub done: StoredValue<Option<Callback<()>>>,
}

/// How a run goes on in a window of its own, for entry pages that know how.
#[derive(Clone, Copy)]
pub struct Windowed {
    /// Begins.
    pub start: fn(Begin, AttemptBegin),
    /// Says how the window fares.
    pub view: fn(Begin) -> AnyView,
}

thread_local! {
    static WINDOWED: Cell<Option<Windowed>> = const { Cell::new(None) };
}

/// To be called by the entry pages on which tills are connected, where they stand in a frame.
pub fn know_windows(windowed: Windowed) {
    WINDOWED.set(Some(windowed));
}

impl Begin {
    /// Prepares to connect a till.
    pub fn new(vendor: &str, till: &str) -> Self {
        Self::of(AttemptBegin { till: Some(till.to_owned()), ..blank(vendor, Purpose::Connect) })
    }

    /// Prepares to sign in, and to come back to the present page.
    pub fn sign_in(vendor: &str) -> Self {
        Self { here: true, ..Self::of(blank(vendor, Purpose::SignIn)) }
    }

    /// Prepares to prove a right to a connection once more, and to come back to the present page.
    pub fn authorize(vendor: &str, connection: &str) -> Self {
        let connection = Some(connection.to_owned());
        Self { here: true, ..Self::of(AttemptBegin { connection, ..blank(vendor, Purpose::Authorize) }) }
    }

    /// Prepares any run.
    pub fn of(what: AttemptBegin) -> Self {
        let begin = Self {
            what: StoredValue::new(what),
            here: false,
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
            aside: RwSignal::new(Aside::None),
            number: StoredValue::new(String::new()),
            done: StoredValue::new(None),
        };
        // Pressing Back at HubRise may bring this very page back from the browser's memory, still busy.
        on_restored(move || begin.busy.set(false));
        begin
    }

    /// Changes what is to be begun.
    pub fn set(self, what: AttemptBegin) {
        self.what.set_value(what);
    }

    /// Gives what the reader typed: the till's identification key.
    pub fn set_key(self, key: Option<String>) {
        self.what.update_value(|what| what.key = key);
    }

    /// Asks the server to begin, then leaves for HubRise.
    pub fn start(self) {
        self.go(page::leave_for);
    }

    /// The same for a page that begins by itself: Back must not lead to it.
    pub fn start_in_place(self) {
        self.go(page::replace_with);
    }

    fn go(self, leave: fn(&str)) {
        if self.busy.get_untracked() {
            return;
        }
        let mut what = self.what.get_value();
        if frame::framed() {
            return self.go_aside(what);
        }
        self.busy.set(true);
        self.problem.set(None);
        if self.here {
            what.return_to = Some(here());
        }
        spawn_local(async move {
            match attempts::begin(&what).await {
                Ok(started) => {
                    remember(what);
                    leave(&started.authorize_url);
                }
                Err(error) => {
                    _ = self.busy.try_set(false);
                    _ = self.problem.try_set(Some(error));
                }
            }
        });
    }
}

impl Begin {
    /// In a frame, which HubRise cannot stand in: a window of its own, or the page that knows how to open one.
    fn go_aside(self, what: AttemptBegin) {
        match (WINDOWED.get(), &what.till) {
            (Some(windowed), _) => {
                self.busy.set(true);
                self.problem.set(None);
                (windowed.start)(self, what);
            }
            (None, till) => {
                let vendor = what.vendor.clone();
                let site = match till.clone() {
                    Some(till) => Site::Till { vendor, till },
                    None => Site::Vendor { vendor },
                };
                page::leave_for(&site.path());
            }
        }
    }

    /// Shows how the window fares.
    pub fn show(self, aside: Aside) {
        _ = self.busy.try_set(aside == Aside::Asked);
        _ = self.aside.try_set(aside);
    }

    /// Shows why nothing came of it.
    pub fn failed(self, error: ApiError) {
        self.show(Aside::None);
        _ = self.problem.try_set(Some(error));
    }

    /// What is said of the window; nothing outside a frame.
    pub fn told(self) -> AnyView {
        match WINDOWED.get() {
            Some(windowed) => (windowed.view)(self),
            None => ().into_any(),
        }
    }
}

/// The present page, as the server wants a way back: path and query.
fn here() -> String {
    let (path, search) = page::address();
    format!("{path}{search}")
}

/// Keeps what was begun, for **Try again** on the way back. The key is a secret, and stays behind.
fn remember(what: AttemptBegin) {
    let what = AttemptBegin { key: None, ..what };
    if let Ok(text) = serde_json::to_string(&what) {
        storage::write_tab(STORED, &text);
    }
}

/// What this tab last set out to do.
pub fn remembered() -> Option<AttemptBegin> {
    let stored = storage::read_tab(STORED).filter(|stored| stored.len() <= LONGEST)?;
    crate::json::read(&stored)
}

/// Runs `then` whenever the browser restores this page from its memory.
pub fn on_restored(then: impl Fn() + 'static) {
    let handle = window_event_listener_untyped("pageshow", move |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            then();
        }
    });
    on_cleanup(move || handle.remove());
}
