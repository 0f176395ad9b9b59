//! The server, as the app sees it: one file a resource, named as in `wire` and in `server/src/api`.
//!
//! Owns: addresses, the session and its CSRF header, time limits, abandoning calls nobody waits for, and
//! what a failed call becomes. Does not own what is shown about it: see `logic::problem`.

mod answer;
pub mod attempts;
pub mod audit;
mod call;
pub mod connections;
pub mod desk;
mod error;
pub mod events;
pub mod menu_check;
pub mod operation;
pub mod operations;
pub mod permissions;
pub mod requests;
pub mod session;
pub mod stock;
pub mod till_settings;
pub mod vendors;
pub mod views;

pub use answer::Answer;
pub use call::{last_heard, until_cleanup};
pub use error::ApiError;
