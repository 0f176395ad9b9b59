//! `/vendors/{vendor}/requests`: a merchant's request that support make a connection.

use gloo_net::http::Method;
use passerelle_wire::{RequestSend, SupportRequest};

use super::{ApiError, call};
use crate::logic::query::encode;

/// Sends one; it takes the place of one that still waits.
pub async fn send(vendor: &str, request: &RequestSend) -> Result<SupportRequest, ApiError> {
    call::change(Method::POST, &format!("/vendors/{}/requests", encode(vendor)), Some(request)).await
}

/// Takes one back.
pub async fn withdraw(vendor: &str, request: &str) -> Result<(), ApiError> {
    call::change_silently(Method::DELETE, &format!("/vendors/{}/requests/{}", encode(vendor), encode(request))).await
}
