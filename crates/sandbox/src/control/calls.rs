//! The JSON calls. A form of the control page may send the same fields, and is led back to the page.

use axum::{
    Json,
    extract::{FromRequest, Path, Request, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use crate::{
    faults::Fault,
    html::see_other,
    params::Params,
    random::masked,
    state::{App, State as Everything, directory::Location, grants::Connection, grants::Status},
};

/// A control call that cannot be done.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) StatusCode, pub(crate) String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "message": self.1 }))).into_response()
    }
}

/// A changing call: its fields, and whether a form sent them.
#[derive(Debug)]
pub(crate) struct Asked {
    fields: Value,
    by_form: bool,
}

impl Asked {
    /// The fields as a type.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        serde_json::from_value(self.fields.clone())
            .map_err(|error| Refused(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))
    }

    /// The answer: JSON, or the way back to the page.
    pub(crate) fn answer(&self, body: Value) -> Response {
        self.answer_at("/_sandbox", body)
    }

    /// The same, with a page of its own to go back to.
    pub(crate) fn answer_at(&self, page: &str, body: Value) -> Response {
        if self.by_form { see_other(page) } else { Json(body).into_response() }
    }
}

/// Whether a request comes from another site's page, which has no business here.
pub(crate) fn is_cross_site(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|value| value == "cross-site")
}

impl FromRequest<App> for Asked {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refused> {
        if is_cross_site(request.headers()) {
            return Err(Refused(StatusCode::FORBIDDEN, "not from another site".to_owned()));
        }
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let by_form = kind.starts_with("application/x-www-form-urlencoded");
        let unreadable = |what: String| Refused(StatusCode::BAD_REQUEST, what);
        let body =
            Bytes::from_request(request, app).await.map_err(|_| unreadable("the body is too large".to_owned()))?;
        let fields = if by_form {
            Value::Object(
                Params::parse(&body).iter().filter(|(_, text)| !text.is_empty()).map(typed).collect::<Map<_, _>>(),
            )
        } else if body.is_empty() {
            json!({})
        } else {
            serde_json::from_slice(&body).map_err(|error| unreadable(format!("the body is not JSON: {error}")))?
        };
        Ok(Self { fields, by_form })
    }
}

/// Form fields are text; numbers and booleans are told by their looks.
fn typed((name, text): (&str, &str)) -> (String, Value) {
    let value = match text {
        "true" => json!(true),
        "false" => json!(false),
        _ => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
    };
    (name.to_owned(), value)
}

/// `GET /_sandbox/health`
pub(crate) async fn health(State(app): State<App>) -> Json<Value> {
    let now = app.state().clock.now().to_string();
    Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "now": now }))
}

/// `POST /_sandbox/reset`: everything as on the first day.
pub(crate) async fn reset(State(app): State<App>, asked: Asked) -> Response {
    app.reset();
    asked.answer(json!({ "status": "ok" }))
}

/// `GET /_sandbox/requests`: the last 500, oldest first.
pub(crate) async fn requests(State(app): State<App>) -> Json<Value> {
    let state = app.state();
    Json(json!(state.recorder.list().collect::<Vec<_>>()))
}

/// `GET /_sandbox/connections`
pub(crate) async fn connections(State(app): State<App>) -> Json<Value> {
    let state = app.state();
    Json(state.connections.iter().map(|connection| shown(&state, connection)).collect())
}

/// A connection with names instead of mere ids.
pub(crate) fn shown(state: &Everything, connection: &Connection) -> Value {
    let (grant, directory) = (&connection.grant, &state.directory);
    let id = |id: &Option<String>| id.clone().unwrap_or_default();
    let account = directory.account(&id(&grant.account_id));
    json!({
        "id": connection.id,
        "app_instance_id": connection.app_instance_id,
        "status": connection.status,
        "suspended": account.is_some_and(|account| account.suspended),
        "token": masked(&connection.token),
        "client_id": grant.client_id,
        "client_name": directory.client(&grant.client_id).map(|client| &client.name),
        "granted_by": directory.user(&grant.user_id).map(|user| &user.email),
        "scope": grant.scope.to_string(),
        "device_id": grant.device_id,
        "account_id": grant.account_id,
        "account_name": account.map(|account| &account.name),
        "location_id": grant.location_id,
        "location_name": directory.location(&id(&grant.location_id)).map(|location| &location.name),
        "catalog_id": grant.catalog_id,
        "catalog_name": directory.catalog(&id(&grant.catalog_id)).map(|catalog| &catalog.name),
        "customer_list_id": grant.customer_list_id,
        "customer_list_name": directory.customer_list(&id(&grant.customer_list_id)).map(|list| &list.name),
        "created_at": connection.created_at.to_string(),
        "last_used_at": connection.last_used_at.map(|at| at.to_string()),
        "callback": connection.callback.as_ref().map(|callback| json!({ "url": callback.url, "events": callback.events })),
        "events_waiting": connection.events.len(),
        "told": connection.told,
    })
}

/// `POST /_sandbox/connections/{id}/{block|unblock|revoke}`
pub(crate) async fn change_connection(
    State(app): State<App>,
    Path((id, action)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Refused> {
    let mut state = app.state();
    let unknown = || Refused(StatusCode::NOT_FOUND, format!("no connection has the id `{id}`"));
    let connection = state.connection_mut(&id).ok_or_else(unknown)?;
    match (action.as_str(), connection.status) {
        ("revoke", _) => connection.revoke(),
        ("block" | "unblock", Status::Revoked) => {
            return Err(Refused(StatusCode::CONFLICT, "a revoked connection cannot come back".to_owned()));
        }
        ("block", _) => connection.status = Status::Blocked,
        ("unblock", _) => connection.status = Status::Active,
        _ => return Err(Refused(StatusCode::NOT_FOUND, format!("`{action}` is not something a connection can do"))),
    }
    let body = state.connection(&id).map_or(Value::Null, |connection| shown(&state, connection));
    Ok(asked.answer(body))
}

/// `POST /_sandbox/accounts/{id}/{suspend|unsuspend}`
pub(crate) async fn change_account(
    State(app): State<App>,
    Path((id, action)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Refused> {
    let mut state = app.state();
    let known = state.directory.accounts.iter_mut().find(|account| account.id == id);
    let account = known.ok_or_else(|| Refused(StatusCode::NOT_FOUND, format!("no account has the id `{id}`")))?;
    account.suspended = match action.as_str() {
        "suspend" => true,
        "unsuspend" => false,
        _ => return Err(Refused(StatusCode::NOT_FOUND, format!("`{action}` is not something an account can do"))),
    };
    Ok(asked.answer(json!({ "id": account.id, "name": account.name, "suspended": account.suspended })))
}

/// How many locations are opened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opened {
    count: usize,
}

/// The most locations an account can have here.
const MOST_LOCATIONS: usize = 1_000;

/// `POST /_sandbox/accounts/{id}/locations {"count"}`: opens so many more, each like the account's first. Answers how many there
/// are.
pub(crate) async fn add_locations(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Refused> {
    let opened: Opened = asked.read()?;
    let mut state = app.state();
    let own = || state.directory.locations.iter().filter(|location| location.account_id == id);
    let (count, first) = (own().count(), own().next().cloned());
    let first =
        first.ok_or_else(|| Refused(StatusCode::NOT_FOUND, format!("no account with locations has the id `{id}`")))?;
    let most = (count + opened.count.min(MOST_LOCATIONS)).min(MOST_LOCATIONS);
    for number in count + 1..=most {
        let location =
            Location { id: format!("{id}-{number}"), name: format!("{} {number}", first.name), ..first.clone() };
        state.directory.locations.push(location);
    }
    Ok(asked.answer(json!({ "id": id, "locations": count.max(most) })))
}

/// `GET /_sandbox/faults`
pub(crate) async fn faults(State(app): State<App>) -> Json<Value> {
    Json(json!(app.state().faults.list()))
}

/// `POST /_sandbox/faults`: puts a fault in force, or takes it back with mode `none`. Answers all faults in force.
pub(crate) async fn set_fault(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let fault: Fault = asked.read()?;
    let mut state = app.state();
    state.faults.set(fault);
    Ok(asked.answer(json!(state.faults.list())))
}

/// A change of the clock.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    #[serde(default)]
    advance_seconds: i64,
    frozen: Option<bool>,
}

/// `GET /_sandbox/clock`
pub(crate) async fn clock(State(app): State<App>) -> Json<Value> {
    Json(json!({ "now": app.state().clock.now().to_string() }))
}

/// `POST /_sandbox/clock`: `{"advance_seconds": n}` moves the clock; `"frozen": true` stops it, so that a test is not
/// caught by the turn of a minute.
pub(crate) async fn set_clock(State(app): State<App>, asked: Asked) -> Result<Response, Refused> {
    let change: ClockChange = asked.read()?;
    let mut state = app.state();
    if let Some(frozen) = change.frozen {
        state.clock.set_frozen(frozen);
    }
    state.clock.advance(change.advance_seconds);
    // Something may be due now.
    state.deliveries.bell().notify_one();
    Ok(asked.answer(json!({ "now": state.clock.now().to_string() })))
}
