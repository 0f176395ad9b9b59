//! `/connections/{id}/operations` and `…/exchanges`: what came, what became of it, and what was said; and having HubRise's
//! callback looked at, which brings it all.

use gloo_net::http::Method;
use passerelle_wire::{Exchange, Operation, OperationLine, OperationPage, OperationStats, ResendAsk};
use serde::Deserialize;

use super::{ApiError, call};
use crate::logic::query::encode;

/// A line, of an answer that tells more.
#[derive(Deserialize)]
struct Told {
    line: OperationLine,
}

/// One page, newest first; `query` as [`OperationPage`] says, without `?`.
pub async fn page(connection: &str, query: &str) -> Result<OperationPage, ApiError> {
    let mut path = path(connection, "operations");
    if !query.is_empty() {
        path.push('?');
        path.push_str(query);
    }
    call::get(&path).await
}

/// The last 30 days, and what fails today.
pub async fn stats(connection: &str) -> Result<OperationStats, ApiError> {
    call::get(&path(connection, "operation_stats")).await
}

/// The address of a file with what `query` asks for: `operations.csv`, `operations.har`.
pub fn file(connection: &str, name: &str, query: &str) -> String {
    let mut address = call::BASE.to_owned();
    address.push_str(&path(connection, name));
    if !query.is_empty() {
        address.push('?');
        address.push_str(query);
    }
    address
}

/// What a list shows of one of them.
pub async fn line(connection: &str, operation: &str) -> Result<OperationLine, ApiError> {
    let told: Told = call::get(&path(connection, &format!("operations/{}", encode(operation)))).await?;
    Ok(told.line)
}

/// Has one sent again as it was, nothing of which can have been printed.
pub async fn send_again(connection: &str, line: &OperationLine) -> Result<OperationLine, ApiError> {
    let ask = ResendAsk { version: line.version.clone(), despite: false, request: None };
    let path = path(connection, &format!("operations/{}/resend", encode(&line.id)));
    let told: Told = call::change(Method::POST, &path, Some(&ask)).await?;
    Ok(told.line)
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
