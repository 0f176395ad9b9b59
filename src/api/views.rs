//! `/vendors/{vendor}/views`: the list's filters a user keeps under a name.

use gloo_net::http::Method;
use passerelle_wire::View;

use super::{ApiError, call};
use crate::logic::query::encode;

/// The caller's own.
pub async fn list(vendor: &str) -> Result<Vec<View>, ApiError> {
    call::get(&path(vendor, "")).await
}

/// Keeps one; one of the same name is replaced.
pub async fn keep(vendor: &str, view: &View) -> Result<View, ApiError> {
    call::change(Method::POST, &path(vendor, ""), Some(view)).await
}

/// Forgets one.
pub async fn forget(vendor: &str, view: &str) -> Result<(), ApiError> {
    call::change_silently(Method::DELETE, &path(vendor, view)).await
}

fn path(vendor: &str, view: &str) -> String {
    let mut path = format!("/vendors/{}/views", encode(vendor));
    if !view.is_empty() {
        path.push('/');
        path.push_str(&encode(view));
    }
    path
}
