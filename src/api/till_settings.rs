//! `/connections/{id}/till_settings`: what the till itself needs, and how orders are to reach it; testing it, and forgetting
//! it. The token goes in and never comes out.

use gloo_net::http::Method;
use passerelle_wire::{Disconnected, TillSettings, TillSettingsChange, TillTest};
use serde::Deserialize;

use super::{ApiError, call};
use crate::logic::query::encode;

/// What is set.
pub async fn get(connection: &str) -> Result<TillSettings, ApiError> {
    call::get(&path(connection)).await
}

/// The last characters of the till's API token alone, for a page that shows no more of it.
pub async fn tail(connection: &str) -> Result<Option<String>, ApiError> {
    #[derive(Deserialize)]
    struct Tail {
        api_token_tail: Option<String>,
    }
    call::get(&path(connection)).await.map(|Tail { api_token_tail }| api_token_tail)
}

/// Sets it; answered `conflict` where somebody else was faster.
pub async fn put(connection: &str, change: &TillSettingsChange) -> Result<TillSettings, ApiError> {
    call::change(Method::PUT, &path(connection), Some(change)).await
}

/// Forgets it, and disconnects.
pub async fn reset(connection: &str) -> Result<Disconnected, ApiError> {
    call::change::<(), _>(Method::DELETE, &path(connection), None).await
}

/// Asks the till for something that prints nothing.
pub async fn test(connection: &str) -> Result<TillTest, ApiError> {
    call::post_patiently(&format!("/connections/{}/till_test", encode(connection))).await
}

fn path(connection: &str) -> String {
    format!("/connections/{}/till_settings", encode(connection))
}
