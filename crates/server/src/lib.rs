//! The thin backend: holds secrets, serves the app and its API.

pub mod api;
pub mod app_files;
pub mod assemble;
pub mod attempts;
pub mod auth;
pub mod callbacks;
mod case;
pub mod config;
pub mod crypto;
pub mod csp;
pub mod delivery;
pub mod embed;
pub mod erasing;
pub mod health;
pub mod hub;
pub mod inventory;
pub mod live;
mod masking;
pub mod middleware;
pub mod openapi;
pub mod pace;
mod pos_key;
pub mod prober;
pub mod problem;
pub mod recorder;
pub mod revoker;
mod search;
pub mod serve;
pub mod served;
mod sides;
pub mod site;
pub mod state;
pub mod sweeper;
pub mod telemetry;
mod till_token;

pub use site::router;

/// The API's description, as served at [`openapi::PATH`].
#[must_use]
pub fn openapi_document() -> utoipa::openapi::OpenApi {
    openapi::describe(api::router()).1
}
