//! `/connections/{id}/permissions`: what was asked for and what of it is known; verifying it.

use gloo_net::http::Method;
use passerelle_wire::Permissions;

use super::{ApiError, call};
use crate::logic::query::encode;

/// What is known.
pub async fn get(connection: &str) -> Result<Permissions, ApiError> {
    call::get(&path(connection)).await
}

/// Verifies, where it was not verified a moment ago.
pub async fn verify(connection: &str) -> Result<Permissions, ApiError> {
    call::change::<(), _>(Method::POST, &path(connection), None).await
}

fn path(connection: &str) -> String {
    format!("/connections/{}/permissions", encode(connection))
}
