//! The thin backend: holds secrets, serves the app and its API.

pub mod config;
pub mod middleware;
pub mod problem;
