//! Decisions, as plain functions with native tests. No browser, no network, no view in here.

pub mod callback;
#[cfg(test)]
mod contrast;
pub mod desk;
pub mod desk_note;
pub mod desk_pages;
pub mod permission;
pub mod problem;
pub mod query;
pub mod run;
pub mod search;
pub mod time;
pub mod window;
pub mod wizard;
