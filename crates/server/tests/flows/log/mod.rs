//! The log as people read it: listed, searched, counted, downloaded, and whose names they see in it.

mod downloads;
mod listing;
mod names;
mod searching;
mod sides;
mod stage;
