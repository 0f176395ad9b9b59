//! The address bar as a signal: what it holds, going elsewhere within the app, the browser's Back and Forward, and links.
//!
//! Does not own which addresses there are: that is `routes`. A router crate does the same for nested routes and servers,
//! which the app has none of, at a tenth of the first load.

use leptos::{
    ev,
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
};
use web_sys::{Element, HtmlAnchorElement};

use crate::browser::page;

/// The address: path and query.
#[derive(Clone, Copy)]
pub struct Address(RwSignal<(String, String)>);

impl Address {
    /// Follows the address bar from now on, and provides it to the whole page.
    pub fn provide() -> Self {
        let address = Self(RwSignal::new(page::address()));
        let popped = window_event_listener(ev::popstate, move |_| address.0.set(page::address()));
        let clicked = window_event_listener(ev::click, move |event| {
            if let Some(url) = within_app(&event) {
                event.prevent_default();
                address.go(&url);
            }
        });
        on_cleanup(move || {
            popped.remove();
            clicked.remove();
        });
        provide_context(address);
        address
    }

    /// The address, from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The path; tracked.
    pub fn path(self) -> String {
        self.0.with(|(path, _)| path.clone())
    }

    /// The query with its `?`, or nothing; tracked.
    pub fn search(self) -> String {
        self.0.with(|(_, search)| search.clone())
    }

    /// Goes to a path of the app, with or without a query; Back leads here again.
    pub fn go(self, url: &str) {
        if window().history().is_ok_and(|history| history.push_state_with_url(&JsValue::NULL, "", Some(url)).is_ok()) {
            self.arrived();
        }
    }

    /// Goes there in place of the present address, which Back no longer leads to.
    pub fn replace(self, url: &str) {
        if window().history().is_ok_and(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(url)).is_ok())
        {
            self.arrived();
        }
    }

    fn arrived(self) {
        _ = self.0.try_set(page::address());
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Where a click leads, if it is a plain click on a link to another address of the app.
fn within_app(event: &ev::MouseEvent) -> Option<String> {
    let modified = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let elsewhere = !link.target().is_empty()
        || link.has_attribute("download")
        || window().location().origin().ok()? != link.origin();
    (!elsewhere).then(|| format!("{}{}", link.pathname(), link.search()))
}
