//! `/connections/{id}/operations` and `…/exchanges`: what came, what became of it, and what was said; and having HubRise's
//! callback looked at, which brings it all.

use gloo_net::http::Method;
use passerelle_wire::{Exchange, Operation, OperationPage};

use super::{ApiError, call};
use crate::logic::query::encode;

/// One page, newest first; the first without a cursor.
pub async fn page(connection: &str, cursor: Option<&str>) -> Result<OperationPage, ApiError> {
    let mut path = path(connection, "operations");
    if let Some(cursor) = cursor {
        path.push_str("?older=");
        path.push_str(&encode(cursor));
    }
    call::get(&path).await
}

/// One of them.
pub async fn get(connection: &str, operation: &str) -> Result<Operation, ApiError> {
    call::get(&path(connection, &format!("operations/{}", encode(operation)))).await
}

/// One request and its answer, bodies and all.
pub async fn exchange(connection: &str, exchange: &str) -> Result<Exchange, ApiError> {
    call::get(&path(connection, &format!("exchanges/{}", encode(exchange)))).await
}

/// Asks for a look at the callback; what it finds comes with the next page.
pub async fn check_callback(connection: &str) -> Result<(), ApiError> {
    call::change_silently(Method::POST, &path(connection, "callback_check")).await
}

fn path(connection: &str, rest: &str) -> String {
    format!("/connections/{}/{rest}", encode(connection))
}
