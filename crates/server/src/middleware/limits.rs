//! What keeps one request from harming the others: a limit of time, and panics caught and answered.

use std::{any::Any, time::Duration};

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};
use passerelle_wire::ProblemCode;

use crate::problem::ApiProblem;

/// The largest body an API call may have, in bytes.
pub const BODY: usize = 64 * 1024;

/// Gives up on a request after `limit`.
pub async fn time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_elapsed) => ApiProblem::of(ProblemCode::Timeout).into_response(),
    }
}

/// What a panic is answered with. What it said goes to the log.
pub fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let said = payload.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("without a message");
    ApiProblem::internal(format!("panicked: {said}")).into_response()
}

/// The answer to a method that a route does not take; axum adds `Allow`.
pub async fn method_not_allowed(method: Method) -> Response {
    ApiProblem::new(ProblemCode::MethodNotAllowed, format!("this address does not take `{method}`")).into_response()
}
