//! `/vendors/{vendor}/desk`: what waits for the vendor's support, and every connection by name.

use gloo_net::http::Method;
use passerelle_wire::{Desk, DeskPage, RequestDecline};

use super::{ApiError, call};
use crate::logic::{desk::Search, query::encode};

/// What stands on top of the desk.
pub async fn get(vendor: &str) -> Result<Desk, ApiError> {
    call::get(&path(vendor, "")).await
}

/// One page of the connections asked for.
pub async fn connections(vendor: &str, search: &Search, cursor: Option<&str>) -> Result<DeskPage, ApiError> {
    let query = search.query(cursor);
    let separator = if query.is_empty() { "" } else { "?" };
    call::get(&path(vendor, &format!("/connections{separator}{query}"))).await
}

/// Declines a request, with an answer for the merchant.
pub async fn decline(vendor: &str, request: &str, answer: &str) -> Result<(), ApiError> {
    let body = RequestDecline { answer: answer.to_owned() };
    let path = path(vendor, &format!("/requests/{}/decline", encode(request)));
    call::tell(Method::POST, &path, &body).await
}

/// Releases a locked till.
pub async fn release(vendor: &str, lock: &str) -> Result<(), ApiError> {
    let path = path(vendor, &format!("/locks/{}/release", encode(lock)));
    call::change_silently(Method::POST, &path).await
}

fn path(vendor: &str, rest: &str) -> String {
    format!("/vendors/{}/desk{rest}", encode(vendor))
}
