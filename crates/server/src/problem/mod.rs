//! What went wrong, as the app gets to read it: `application/problem+json` with the request's id inside.
//!
//! Owns the answer's form and the status of each code. Causes of server-side failures are logged here and go
//! no further; which code fits is for whoever raises the problem to decide.

mod codes;
mod extract;
#[cfg(test)]
mod tests;

use std::{error::Error, fmt, panic::Location, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use passerelle_wire::{FieldProblem, Problem, ProblemCode};

pub use extract::{Json, Path, Query};

use crate::middleware::RequestId;

/// The media type of every problem (RFC 9457).
pub const CONTENT_TYPE: &str = "application/problem+json";

/// A problem on its way to the client.
///
/// Where the fault is not the client's (5xx), `detail` is a fixed sentence per code: whatever was given is logged.
pub struct ApiProblem {
    status: StatusCode,
    code: ProblemCode,
    detail: String,
    fields: Vec<FieldProblem>,
    retry_after: Option<Duration>,
    cause: Option<Box<dyn Error + Send + Sync>>,
    raised_at: &'static Location<'static>,
}

impl ApiProblem {
    /// A problem of this code, with the code's own status; `detail` is English, lower case, and holds no secret.
    #[must_use]
    #[track_caller]
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            status: codes::status(code),
            code,
            detail: detail.into(),
            fields: Vec::new(),
            retry_after: None,
            cause: None,
            raised_at: Location::caller(),
        }
    }

    /// A problem of this code, with the code's own status and sentence.
    #[must_use]
    #[track_caller]
    pub fn of(code: ProblemCode) -> Self {
        Self::new(code, codes::summary(code))
    }

    /// A problem with what caused it, which is logged and never sent.
    #[must_use]
    #[track_caller]
    pub fn caused(code: ProblemCode, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::of(code) }
    }

    /// 500: our fault. The cause is logged and never sent.
    #[must_use]
    #[track_caller]
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::caused(ProblemCode::Internal, cause)
    }

    /// 404: nothing there.
    #[must_use]
    #[track_caller]
    pub fn not_found() -> Self {
        Self::of(ProblemCode::NotFound)
    }

    /// 422: one field of the request is wrong.
    #[must_use]
    #[track_caller]
    pub fn invalid_field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(ProblemCode::InvalidRequest, "the request's data is not valid")
            .with_status(StatusCode::UNPROCESSABLE_ENTITY)
            .with_field(field, message)
    }

    /// Another status than the code's own.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Names one more wrong part of the request.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.fields.push(FieldProblem { field: field.into(), message: message.into() });
        self
    }

    /// Says when to try again (`Retry-After`, whole seconds, rounded up).
    #[must_use]
    pub fn with_retry_after(mut self, after: Duration) -> Self {
        self.retry_after = Some(after);
        self
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> ProblemCode {
        self.code
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Writes the cause to the log, with where it was raised, and the causes behind it.
    fn log(&self, request_id: &RequestId) {
        if !self.status.is_server_error() && self.cause.is_none() {
            return;
        }
        let mut causes = Vec::new();
        let mut next = self.cause.as_deref().map(|cause| cause as &(dyn Error + 'static));
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        let cause = if causes.is_empty() { self.detail.clone() } else { causes.join(": ") };
        let (code, status, origin) = (self.code, self.status.as_u16(), self.raised_at);
        if self.status.is_server_error() {
            tracing::error!(request_id = request_id.as_str(), ?code, status, %origin, cause, "request failed");
        } else {
            tracing::warn!(request_id = request_id.as_str(), ?code, status, %origin, cause, "request refused");
        }
    }
}

impl fmt::Debug for ApiProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiProblem")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("detail", &self.detail)
            .field("fields", &self.fields)
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let request_id = RequestId::current();
        self.log(&request_id);
        let detail = if self.status.is_server_error() { codes::summary(self.code).to_owned() } else { self.detail };
        let problem = Problem {
            status: self.status.as_u16(),
            code: self.code,
            detail,
            fields: self.fields,
            request_id: request_id.as_str().to_owned(),
        };
        let mut response = (self.status, axum::Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        if let Some(after) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(whole_seconds(after)));
        }
        response
    }
}

fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
