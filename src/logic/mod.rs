//! Decisions, as plain functions with native tests. No browser, no network, no view in here.

pub mod blocks;
pub mod callback;
pub mod checks;
#[cfg(test)]
mod contrast;
pub mod desk;
pub mod desk_note;
pub mod desk_pages;
pub mod face;
pub mod flows;
pub mod health;
pub mod history;
pub mod key;
pub mod live;
pub mod opened;
pub mod permission;
pub mod problem;
pub mod query;
pub mod request;
pub mod run;
pub mod search;
pub mod time;
pub mod token;
pub mod window;
pub mod wizard;
