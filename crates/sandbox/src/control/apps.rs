//! What HubRise's back office does with apps, without its pages: which there are, a code as **Connect** brings one, and
//! **Disconnect** with the call it makes.

use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    calls::{Asked, Refused, shown},
    grant::{Picked, code_for},
};
use crate::{
    state::{App, directory::Client},
    teller,
};

/// `GET /_sandbox/apps`: every registration.
pub(crate) async fn list(State(app): State<App>) -> Json<Value> {
    let state = app.state();
    let one = |client: &Client| {
        let app = client.app.as_ref()?;
        Some(json!({
            "client_id": client.id,
            "name": client.name,
            "location_scope": app.location_scope.to_string(),
            "connect_url": app.connect_url,
            "open_url": app.open_url,
            "disconnect_url": app.disconnect_url,
        }))
    };
    Json(state.directory.clients.iter().filter_map(one).collect())
}

/// What the user would have picked after **Connect**.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Connected {
    client_id: String,
    email: String,
    /// Id or name, as the two below; needed where there is more than one.
    location: Option<String>,
    catalog: Option<String>,
    customer_list: Option<String>,
}

/// `POST /_sandbox/connect`: a code as **Connect** in the back office and **Allow** bring one to the Connect URL, with
/// the app's own scope and without a state. Answers `{"code", "url"}`.
pub(crate) async fn connect(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let connected: Connected = asked.read()?;
    let mut state = app.state();
    let registration = state.directory.client(&connected.client_id).and_then(|client| client.app.clone());
    let registration = registration.ok_or_else(|| {
        Refused(StatusCode::UNPROCESSABLE_ENTITY, format!("no app has the client id `{}`", connected.client_id))
    })?;
    let picked = Picked {
        client_id: connected.client_id,
        email: connected.email,
        scope: Some(registration.location_scope.to_string()),
        location: connected.location,
        account: None,
        catalog: connected.catalog,
        customer_list: connected.customer_list,
        device_id: None,
        app_instance_id: None,
    };
    let code = code_for(&mut state, &picked)?;
    let url = code.as_deref().map(|code| registration.connected(code));
    Ok(asked.answer(json!({ "code": code, "url": url })))
}

/// `POST /_sandbox/connections/{id}/disconnect`: revokes and tells the app, as the back office does. Answers the
/// connection, with what the app answered under `told`.
pub(crate) async fn disconnect(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Refused> {
    if app.state().connection(&id).is_none() {
        return Err(Refused(StatusCode::NOT_FOUND, format!("no connection has the id `{id}`")));
    }
    if !teller::disconnect(&app, &id).await {
        return Err(Refused(StatusCode::CONFLICT, "the connection is revoked already".to_owned()));
    }
    let state = app.state();
    let body = state.connection(&id).map_or(Value::Null, |connection| shown(&state, connection));
    Ok(asked.answer(body))
}
