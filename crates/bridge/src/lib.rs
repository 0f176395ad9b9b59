//! A HubRise order and a configuration in, a PixelPoint order out, with where each part came from and what was lost on the
//! way. A function: no clock, no randomness, no I/O.
//!
//! Owns the rules by which HubRise's words become PixelPoint's, one file each. Knows no XML, no HTTP, no delivery.

mod amounts;
mod charges;
mod configuration;
mod customer;
mod deals;
mod discounts;
mod draft;
mod halves;
mod items;
pub mod menu;
mod note;
mod options;
mod origins;
mod payments;
mod provenance;
mod remainder;
mod schedule;
mod service;
mod text;
mod total;
mod translate;
mod translation;

pub use configuration::{Configuration, Deals, Discounts};
pub use menu::MenuReport;
pub use note::{NAME_LENGTH, Note, NoteCode};
pub use origins::{Origin, Origins};
pub use provenance::{Became, Fate, Reason};
pub use translate::translate;
pub use translation::{Translation, Untranslatable, Why};
