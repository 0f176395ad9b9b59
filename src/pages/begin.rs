//! Beginning a run of OAuth: what every **Connect**, **Reconnect** and **Try again** does.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use crate::{
    api::{ApiError, attempts},
    browser::{page, storage},
};

/// Where this tab remembers which till it set out to connect; no secret.
const STORED: &str = "passerelle.connecting";

/// A run that can be begun.
#[derive(Clone, Copy, PartialEq)]
pub struct Begin {
    vendor: StoredValue<String>,
    till: StoredValue<String>,
    /// Whether the browser is on its way to HubRise.
    pub busy: RwSignal<bool>,
    /// Why it could not be begun.
    pub problem: RwSignal<Option<ApiError>>,
}

impl Begin {
    /// Prepares a run for a till.
    pub fn new(vendor: &str, till: &str) -> Self {
        let begin = Self {
            vendor: StoredValue::new(vendor.to_owned()),
            till: StoredValue::new(till.to_owned()),
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
        };
        // Pressing Back at HubRise may bring this very page back from the browser's memory, still busy.
        on_restored(move || begin.busy.set(false));
        begin
    }

    /// Asks the server to begin, then leaves for HubRise.
    pub fn start(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let (vendor, till) = (self.vendor.get_value(), self.till.get_value());
        spawn_local(async move {
            match attempts::begin(&vendor, &till).await {
                Ok(started) => {
                    // Both are slugs or ids without spaces.
                    storage::write_tab(STORED, &format!("{vendor} {till}"));
                    page::leave_for(&started.authorize_url);
                }
                Err(error) => {
                    _ = self.busy.try_set(false);
                    _ = self.problem.try_set(Some(error));
                }
            }
        });
    }
}

/// The vendor and the till this tab last set out to connect.
pub fn remembered() -> Option<(String, String)> {
    let stored = storage::read_tab(STORED)?;
    let (vendor, till) = stored.split_once(' ')?;
    Some((vendor.to_owned(), till.to_owned()))
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
