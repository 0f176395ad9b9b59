//! The app: one library, from which each of nine entry pages takes what it shows. Owns nothing but the rooms' names;
//! `entry` says which page is in which program.

mod address;
mod api;
mod app;
mod browser;
mod components;
pub mod entry;
mod i18n;
mod json;
mod logic;
mod pages;
mod routes;
