//! Puts the app into the page. Owns the order of the first moments: HubRise's answer leaves the address bar before
//! anything else can see it, and the shell of `index.html` goes when the app stands in its place.

mod address;
mod api;
mod app;
mod browser;
mod components;
mod i18n;
mod logic;
mod pages;
mod routes;

use browser::page;
use logic::callback;
use routes::{CALLBACK, Site};

fn main() {
    console_error_panic_hook::set_once();
    let (path, search) = page::address();
    let arrival = (Site::parse(&path) == Site::Callback).then(|| {
        // `code` and `state` are secrets while they live: out of the address bar and the history at once.
        page::replace_address(CALLBACK);
        callback::arrival(&search)
    });
    leptos::mount::mount_to_body(move || app::App(app::AppProps { arrival }));
    page::remove_shell();
}
