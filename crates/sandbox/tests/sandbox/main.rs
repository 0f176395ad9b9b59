//! The sandbox over HTTP, as a client's server and as a person's browser see it. One file a concern.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod apps;
mod browser;
mod callbacks;
mod carre_pos;
mod catalogs_and_customers;
mod connections_page;
mod consent;
mod console;
mod control;
mod customers;
mod dead_tokens;
mod deliveries;
mod faults;
mod generator;
mod installations;
mod inventory;
mod offices;
mod opening;
mod orders;
mod pages;
mod permissions;
mod pixelpoint;
mod profiles;
mod reach;
mod receiver;
mod stage;
mod stock;
mod token;
