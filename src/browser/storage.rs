//! Small things remembered: in this browser (`localStorage`) or in this tab (`sessionStorage`).
//! Where storage is denied nothing is remembered, and nothing breaks.

use leptos::prelude::window;
use web_sys::Storage;

/// Where a tab remembers how its reader looked at the log: the address of the list, query and all.
pub const LIST: &str = "passerelle.list";

/// What was remembered in this browser.
pub fn read(key: &str) -> Option<String> {
    local()?.get_item(key).ok()?
}

/// Remembers in this browser.
pub fn write(key: &str, value: &str) {
    if let Some(storage) = local() {
        _ = storage.set_item(key, value);
    }
}

/// What was remembered in this tab.
pub fn read_tab(key: &str) -> Option<String> {
    tab()?.get_item(key).ok()?
}

/// Remembers in this tab.
pub fn write_tab(key: &str, value: &str) {
    if let Some(storage) = tab() {
        _ = storage.set_item(key, value);
    }
}

/// Forgets in this tab.
pub fn forget_tab(key: &str) {
    if let Some(storage) = tab() {
        _ = storage.remove_item(key);
    }
}

fn local() -> Option<Storage> {
    window().local_storage().ok()?
}

fn tab() -> Option<Storage> {
    window().session_storage().ok()?
}
