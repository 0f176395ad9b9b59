//! `POST /oauth2/v1/token` and `POST /oauth2/v1/revoke`: the calls of a client's server.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use serde_json::{Map, Value, json};

use super::credentials::ClientCall;
use crate::state::{
    App, State as Everything,
    grants::{CodeRefused, Connection, Status},
};

/// Exchanges a code for a token. 400 for a code that is unknown, expired or used; 401 for a wrong client.
pub(crate) async fn exchange(State(app): State<App>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let call = ClientCall::read(&uri, &headers, &body);
    let mut state = app.state();
    let Some(client_id) = call.client(&state) else { return wrong_client() };
    let Some(code) = call.field("code").filter(|code| !code.is_empty()) else {
        return refused("invalid_request", "The code parameter is missing");
    };
    let refusal = match state.exchange(&code, &client_id) {
        Ok(connection) => {
            let id = connection.id.clone();
            return no_store(Json(state.connection(&id).map(|known| answer(&state, known))).into_response());
        }
        Err(refusal) => refusal,
    };
    let message = match refusal {
        CodeRefused::Unknown => "The authorization code is invalid",
        CodeRefused::Expired => "The authorization code has expired",
        CodeRefused::Used => "The authorization code has already been used",
    };
    refused("invalid_grant", message)
}

/// The answer: the token, and the ids and names of what it reaches, as far as the scope goes. No scope is returned.
fn answer(state: &Everything, connection: &Connection) -> Value {
    let (grant, directory) = (&connection.grant, &state.directory);
    let mut body = Map::new();
    body.insert("access_token".into(), json!(connection.token));
    body.insert("token_type".into(), json!("Bearer"));
    let mut name = |kind: &str, id: &Option<String>, name: Option<&str>| {
        if let (Some(id), Some(name)) = (id, name) {
            body.insert(format!("{kind}_id"), json!(id));
            body.insert(format!("{kind}_name"), json!(name));
        }
    };
    let id = |id: &Option<String>| id.clone().unwrap_or_default();
    let account = directory.account(&id(&grant.account_id));
    let location = directory.location(&id(&grant.location_id));
    let catalog = directory.catalog(&id(&grant.catalog_id));
    let list = directory.customer_list(&id(&grant.customer_list_id));
    name("account", &grant.account_id, account.map(|known| known.name.as_str()));
    name("location", &grant.location_id, location.map(|known| known.name.as_str()));
    name("catalog", &grant.catalog_id, catalog.map(|known| known.name.as_str()));
    name("customer_list", &grant.customer_list_id, list.map(|known| known.name.as_str()));
    if grant.scope.profile().is_some() {
        body.insert("user_id".into(), json!(grant.user_id));
    }
    body.insert("app_instance_id".into(), json!(connection.app_instance_id));
    Value::Object(body)
}

/// Revokes a token of the calling client: 200 with an empty body, also for a token that is dead already.
pub(crate) async fn revoke(State(app): State<App>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let call = ClientCall::read(&uri, &headers, &body);
    let mut state = app.state();
    let Some(client_id) = call.client(&state) else { return wrong_client() };
    let Some(token) = call.field("token").filter(|token| !token.is_empty()) else {
        return refused("invalid_request", "The token parameter is missing");
    };
    match state.connection_by_token(&token) {
        Some(connection) if connection.grant.client_id != client_id => {
            refused("invalid_grant", "The token was issued to another client")
        }
        Some(connection) => {
            if connection.status != Status::Revoked {
                connection.revoke();
            }
            StatusCode::OK.into_response()
        }
        None => StatusCode::OK.into_response(),
    }
}

fn wrong_client() -> Response {
    let body = json!({
        "error": "invalid_client",
        "message": "The client id or secret is incorrect",
        "error_type": "unauthorized",
    });
    no_store((StatusCode::UNAUTHORIZED, Json(body)).into_response())
}

fn refused(error: &str, message: &str) -> Response {
    no_store((StatusCode::BAD_REQUEST, Json(json!({ "error": error, "message": message }))).into_response())
}

fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
