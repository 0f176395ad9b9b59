//! A window that a back office's frame opened for HubRise: it ends itself once all is done. What it knows of that, the page
//! that went on to HubRise left in the tab.

use serde::Deserialize;

use crate::{
    browser::{page, storage},
    json,
};

/// Where the window's own page leaves it (`server/src/site/popup.html`).
const STORED: &str = "passerelle.popup";

/// What is remembered is longer than this only if somebody else wrote it.
const LONGEST: usize = 4_000;

/// What a window knows of itself.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Kept {
    /// The back office's page, where the window is the back office's own.
    #[serde(default)]
    back: Option<String>,
}

/// What this window knows; none in any other.
pub(super) fn kept() -> Option<Kept> {
    let stored = storage::read_tab(STORED).filter(|stored| stored.len() <= LONGEST)?;
    json::read(&stored)
}

/// Goes back to the back office, or closes.
pub(super) fn end(kept: &Kept) {
    storage::forget_tab(STORED);
    match &kept.back {
        Some(address) if address.starts_with("http") => page::replace_with(address),
        _ => page::close(),
    }
}
