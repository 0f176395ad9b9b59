//! The pages: each fetches what it shows, decides by `logic`, and puts `components` together. `aside`, `begin`, `news`,
//! `stuck` and `who` are what several of them share.

pub mod account;
pub mod aside;
pub mod begin;
pub mod bridge;
pub mod callback;
pub mod choose;
pub mod desk;
pub mod missing;
pub mod news;
pub mod opened;
pub mod overview;
pub mod stock;
pub mod stuck;
pub mod till;
pub mod vendors;
pub mod who;
