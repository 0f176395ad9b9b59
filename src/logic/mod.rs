//! Decisions, as plain functions with native tests. No browser, no network, no view in here.

pub mod blocks;
pub mod bridge_face;
pub mod callback;
pub mod cause;
pub mod checks;
#[cfg(test)]
mod contrast;
pub mod csv;
pub mod desk;
pub mod desk_note;
pub mod desk_pages;
pub mod draft;
pub mod face;
pub mod flows;
pub mod health;
pub mod history;
pub mod key;
pub mod live;
pub mod menu;
pub mod money;
pub mod note;
pub mod opened;
pub mod operation;
pub mod operation_pages;
pub mod permission;
pub mod problem;
pub mod query;
pub mod request;
pub mod run;
pub mod search;
pub mod span;
pub mod time;
pub mod token;
pub mod window;
pub mod wizard;
