//! `/connections/{id}/till_settings`: what the till itself needs. The token goes in and never comes out.

use gloo_net::http::Method;
use passerelle_wire::{TillSettings, TillSettingsChange};

use super::{ApiError, call};
use crate::logic::query::encode;

/// What is set.
pub async fn get(connection: &str) -> Result<TillSettings, ApiError> {
    call::get(&path(connection)).await
}

/// Sets it.
pub async fn put(connection: &str, change: &TillSettingsChange) -> Result<TillSettings, ApiError> {
    call::change(Method::PUT, &path(connection), Some(change)).await
}

fn path(connection: &str) -> String {
    format!("/connections/{}/till_settings", encode(connection))
}
