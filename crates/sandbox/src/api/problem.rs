//! HubRise's error bodies ("Errors"): `{"message", "errors", "error_type"}` with the closed set of types.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use crate::state::orders_json::Complaint;

/// A token nobody has, or no token ("Token Invalidity").
pub(crate) const REVOKED: &str = "The access token is invalid or the connection has been revoked";
/// A suspended account ("Token Invalidity").
pub(crate) const SUSPENDED: &str = "The account/location has been suspended for non payment of the subscription";
/// A blocked connection ("Token Invalidity").
pub(crate) const BLOCKED: &str = "The connection has been blocked";

/// Why a call got no answer.
#[derive(Debug)]
pub(crate) enum Problem {
    /// One of the three dead states, with its message.
    Unauthorized(&'static str),
    Forbidden(&'static str),
    NotFound,
    NoRoute,
    NotJson,
    Unprocessable(Vec<Complaint>),
    TooLarge,
    /// Seconds to wait.
    TooManyRequests(u64),
    Internal,
}

/// What handlers answer.
pub(crate) type Answer = Result<Response, Problem>;

impl Problem {
    /// A complaint about one field.
    pub(crate) fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Unprocessable(vec![Complaint { field: field.into(), message: message.into() }])
    }

    fn parts(&self) -> (StatusCode, &'static str, Value) {
        match self {
            Self::Unauthorized(message) => (StatusCode::UNAUTHORIZED, "unauthorized", json!(message)),
            Self::Forbidden(message) => (StatusCode::FORBIDDEN, "forbidden", json!(message)),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", json!("The resource does not exist")),
            Self::NoRoute => (StatusCode::NOT_FOUND, "routing_error", Value::Null),
            Self::NotJson => {
                let message = "The Content-Type of the request must be application/json";
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", json!(message))
            }
            Self::Unprocessable(_) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "unprocessable_entity", json!("Validation failed"))
            }
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "unprocessable_entity", json!("The body is too large")),
            Self::TooManyRequests(_) => {
                (StatusCode::TOO_MANY_REQUESTS, "too_many_requests", json!("The rate limit has been reached"))
            }
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal_error", Value::Null),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, error_type, message) = self.parts();
        let mut body = json!({ "error_type": error_type });
        if !message.is_null() {
            body["message"] = message;
        }
        if let Self::Unprocessable(complaints) = &self {
            let lines = complaints.iter().map(|one| json!({ "field": one.field, "message": one.message }));
            body["errors"] = lines.collect();
        }
        let mut response = (status, Json(body)).into_response();
        if let Self::TooManyRequests(seconds) = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
