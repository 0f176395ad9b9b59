//! Who calls: the connection behind `X-Access-Token`, alive and within its rate limits, or the reason it is not. Also
//! reads what every handler needs from a request: ids in the path, the query, a JSON body.

use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use bytes::Bytes;
use http::{HeaderMap, Method, Uri, header, request::Parts};
use serde_json::Value;

use super::problem::{BLOCKED, Problem, REVOKED, SUSPENDED};
use crate::{
    params::Params,
    state::{
        App,
        grants::{Grant, Status},
    },
};

/// The connection that makes a call.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) connection_id: String,
    pub(crate) grant: Grant,
    pub(crate) client_name: String,
    /// The path's parameters.
    ids: Vec<(String, String)>,
    pub(crate) query: Params,
}

impl Caller {
    /// A parameter of the path, if this form of the call has it.
    pub(crate) fn id(&self, name: &str) -> Option<&str> {
        self.ids.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let ids = match RawPathParams::from_request_parts(parts, app).await {
            Ok(params) => params.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            Err(_) => return Err(Problem::NotFound),
        };
        let query = Params::of_query(&parts.uri);
        let heavy = is_heavy(&parts.method, &parts.uri, &query);
        let mut state = app.state();
        let (connection_id, grant) = admitted(&mut state, &parts.headers, heavy)?;
        let client_name =
            state.directory.client(&grant.client_id).map(|client| client.name.clone()).unwrap_or_default();
        Ok(Self { connection_id, grant, client_name, ids, query })
    }
}

fn admitted(state: &mut crate::state::State, headers: &HeaderMap, heavy: bool) -> Result<(String, Grant), Problem> {
    let now = state.clock.now();
    let token = headers.get("x-access-token").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = state.connection_by_token(token).filter(|known| known.status != Status::Revoked);
    let known = known.ok_or(Problem::Unauthorized(REVOKED))?;
    let (id, grant, blocked) = (known.id.clone(), known.grant.clone(), known.status == Status::Blocked);
    let account = grant.account_id.as_deref().and_then(|id| state.directory.account(id));
    if account.is_some_and(|account| account.suspended) {
        return Err(Problem::Unauthorized(SUSPENDED));
    }
    if blocked {
        return Err(Problem::Unauthorized(BLOCKED));
    }
    if let Some(connection) = state.connection_mut(&id) {
        connection.usage.admit(now, heavy).map_err(Problem::TooManyRequests)?;
        connection.last_used_at = Some(now);
    }
    Ok((id, grant))
}

/// The high load calls: whole catalogs, order lists, customer lists.
fn is_heavy(method: &Method, uri: &Uri, query: &Params) -> bool {
    let path = uri.path();
    let segments: Vec<_> = path.trim_start_matches("/v1").split('/').filter(|part| !part.is_empty()).collect();
    method == Method::GET
        && match segments[..] {
            ["catalogs", _] => query.get("hide_data") != Some("true"),
            [.., "orders" | "customers"] => true,
            _ => false,
        }
}

/// A JSON body, if the caller says that it is one.
#[derive(Debug)]
pub(crate) struct JsonBody(pub(crate) Value);

impl FromRequest<App> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/json") {
            return Err(Problem::NotJson);
        }
        let body = Bytes::from_request(request, app).await.map_err(|_| Problem::TooLarge)?;
        serde_json::from_slice(&body)
            .map(Self)
            .map_err(|error| Problem::field("", format!("is not valid JSON: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_high_load_calls() {
        let heavy = |text: &str| {
            let uri: Uri = text.parse().unwrap_or_default();
            let query = Params::of_query(&uri);
            is_heavy(&Method::GET, &uri, &query)
        };
        for path in ["/v1/catalogs/psmlf", "/v1/location/orders", "/v1/customer_lists/xab66/customers?email=*"] {
            assert!(heavy(path), "{path}");
        }
        for path in ["/v1/catalogs/psmlf?hide_data=true", "/v1/location/orders/5dpm9", "/v1/location/catalogs"] {
            assert!(!heavy(path), "{path}");
        }
    }
}
