//! Reading requests so that whatever is wrong with them becomes a problem, never axum's plain text.

use std::ops::{Deref, DerefMut};

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use passerelle_wire::ProblemCode;
use serde::{Serialize, de::DeserializeOwned};

use super::ApiProblem;

/// A JSON body, in or out. In: `application/json` only; over the limit 413, not JSON 400, wrong data 422.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<T>(pub T);

/// The query string; a wrong or unknown parameter is a 400 that names it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<T>(pub T);

/// The path's parameters; one that cannot be read is a 404, for there is nothing at such an address.
#[derive(Clone, Copy, Debug, Default)]
pub struct Path<T>(pub T);

macro_rules! transparent {
    ($($wrapper:ident),+) => {$(
        impl<T> Deref for $wrapper<T> {
            type Target = T;
            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> DerefMut for $wrapper<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }
    )+};
}
transparent!(Json, Query, Path);

impl<T, S> FromRequest<S> for Json<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = ApiProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiProblem> {
        if !is_json(&request) {
            return Err(ApiProblem::of(ProblemCode::UnsupportedMediaType));
        }
        let body = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                ApiProblem::of(ProblemCode::PayloadTooLarge)
            } else {
                ApiProblem::new(ProblemCode::InvalidRequest, "the body could not be read to its end")
            }
        })?;
        let mut source = serde_json::Deserializer::from_slice(&body);
        let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
            let field = error.path().to_string();
            let error = error.into_inner();
            if error.is_data() { ApiProblem::invalid_field(field, error.to_string()) } else { malformed(&error) }
        })?;
        source.end().map_err(|error| malformed(&error))?;
        Ok(Self(value))
    }
}

fn is_json(request: &Request) -> bool {
    let Some(Ok(given)) = request.headers().get(header::CONTENT_TYPE).map(|value| value.to_str()) else {
        return false;
    };
    given.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

fn malformed(error: &serde_json::Error) -> ApiProblem {
    ApiProblem::new(
        ProblemCode::InvalidRequest,
        format!("the body is not JSON: line {}, column {}", error.line(), error.column()),
    )
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => ApiProblem::internal(error).into_response(),
        }
    }
}

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiProblem> {
        let pairs = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs)).map(Self).map_err(|error| {
            let field = error.path().to_string();
            ApiProblem::new(ProblemCode::InvalidRequest, "the query is not valid")
                .with_field(field, error.into_inner().to_string())
        })
    }
}

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiProblem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(rejection) if rejection.status().is_server_error() => Err(ApiProblem::internal(rejection)),
            Err(_unreadable) => Err(ApiProblem::not_found()),
        }
    }
}
