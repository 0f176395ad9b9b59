//! A till's stock: what it tells, what goes to HubRise, what others change there, and what a page shows of it.

mod board;
mod others;
mod sending;
mod stage;
mod syncing;
mod telling;
