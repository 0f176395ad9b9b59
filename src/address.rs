//! The address bar as the app needs it: what it holds, and going elsewhere. Within an entry page the router does the work:
//! links, Back and Forward, the history. An address of another entry is a page to load, whether a link or the app leads
//! there.
//!
//! Does not own which addresses there are: that is `routes`, one enum; the router's own tables of nested routes would
//! make up a tenth of the first load.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    location::{BrowserUrl, LocationProvider},
};

use crate::{
    browser::page,
    routes::{Entry, Site},
};

type Navigate = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// What is done before another page is loaded.
pub type Parting = Box<dyn Fn() + Send + Sync>;

/// The address: path and query.
#[derive(Clone, Copy)]
pub struct Address {
    path: Memo<String>,
    search: Memo<String>,
    navigate: StoredValue<Navigate>,
    entry: Entry,
    parting: StoredValue<Parting>,
}

impl Address {
    /// Follows the address bar from now on, and provides it to the whole page. To be called within the `Router`. `parting`
    /// runs before the app itself leaves `entry` for another.
    pub fn provide(entry: Entry, parting: Parting) -> Self {
        let location = use_location();
        let address = Self {
            path: location.pathname,
            search: location.search,
            navigate: StoredValue::new(Box::new(use_navigate())),
            entry,
            parting: StoredValue::new(parting),
        };
        // The router takes clicks on every link of this origin; those that lead to another entry are the browser's own.
        page::keep_links(move |href| Site::is_elsewhere(href, entry));
        // A click on a link goes into the history once the new page stands; the router's own tables would tell it so.
        if let Some(browser) = use_context::<BrowserUrl>() {
            Effect::new(move |_| {
                address.path.track();
                browser.ready_to_complete();
            });
        }
        provide_context(address);
        address
    }

    /// The address, from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The path; tracked.
    pub fn path(self) -> String {
        self.path.get()
    }

    /// The query without its `?`; tracked.
    pub fn search(self) -> String {
        self.search.get()
    }

    /// Goes to a path of the console, with or without a query; Back leads here again.
    pub fn go(self, url: &str) {
        self.navigate(url, false);
    }

    /// Goes there in place of the present address, which Back no longer leads to.
    pub fn replace(self, url: &str) {
        self.navigate(url, true);
    }

    fn navigate(self, url: &str, replace: bool) {
        if Site::is_elsewhere(url, self.entry) {
            self.parting.with_value(|parting| parting());
            return if replace { page::replace_with(url) } else { page::leave_for(url) };
        }
        let options = NavigateOptions { replace, ..NavigateOptions::default() };
        self.navigate.with_value(|navigate| navigate(url, options));
    }
}
