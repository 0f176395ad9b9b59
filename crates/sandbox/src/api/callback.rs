//! A connection's callback and its events ("Callbacks"). Events are collected in `state::callbacks`.

use std::collections::BTreeMap;

use axum::{Json, extract::State, response::IntoResponse};
use serde_json::{Value, json};

use super::{
    caller::{Caller, JsonBody},
    paging,
    problem::{Answer, Problem},
};
use crate::{
    oauth::scope::Resource,
    state::{App, callbacks::Callback, grants::Connection},
};

/// The pairs that can be listened to, and the resources of which one must be in the scope (none: any will do).
/// HubRise documents 422 for order events without an orders scope; the other rows are inferred from it.
const PAIRS: [(&str, &[&str], &[Resource]); 6] = [
    ("catalog", &["create", "delete", "update"], &[Resource::Catalog, Resource::AllCatalogs]),
    ("customer", &["create", "update"], &[Resource::CustomerList, Resource::AllCustomerLists]),
    ("delivery", &["create", "update"], &[Resource::Orders]),
    ("inventory", &["patch", "update"], &[Resource::Inventory, Resource::Catalog, Resource::AllCatalogs]),
    ("location", &["update"], &[]),
    ("order", &["create", "update"], &[Resource::Orders]),
];
/// Longest callback address, in bytes.
const MAX_URL: usize = 2_000;

fn shown(callback: Option<&Callback>) -> Value {
    callback.map_or_else(|| json!({ "url": null, "events": {} }), |one| json!({ "url": one.url, "events": one.events }))
}

/// `GET /callback`
pub(crate) async fn retrieve(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    let connection = state.connection(&caller.connection_id).ok_or(Problem::NotFound)?;
    Ok(Json(shown(connection.callback.as_ref())).into_response())
}

/// `POST /callback`: creates or replaces.
pub(crate) async fn set(State(app): State<App>, caller: Caller, JsonBody(body): JsonBody) -> Answer {
    let callback = read(&body, &caller)?;
    let answer = shown(Some(&callback));
    if let Some(connection) = app.state().connection_mut(&caller.connection_id) {
        connection.callback = Some(callback);
    }
    Ok(Json(answer).into_response())
}

fn read(body: &Value, caller: &Caller) -> Result<Callback, Problem> {
    let url = match &body["url"] {
        Value::Null => None,
        Value::String(text) if is_web_address(text) => Some(text.clone()),
        other => return Err(Problem::field("url", format!("{other} is not a web address"))),
    };
    let Some(asked) = body["events"].as_object() else {
        return Err(Problem::field("events", "must be an object of resource types"));
    };
    let mut events = BTreeMap::new();
    for (resource, kinds) in asked {
        let field = format!("events.{resource}");
        let Some((_, allowed, scopes)) = PAIRS.iter().find(|(name, ..)| name == resource) else {
            return Err(Problem::field(field, "is not a resource type"));
        };
        let kinds: Option<Vec<_>> = kinds.as_array().map(|kinds| kinds.iter().filter_map(Value::as_str).collect());
        let kinds = kinds.ok_or_else(|| Problem::field(&*field, "must be a list of event types"))?;
        if let Some(unknown) = kinds.iter().find(|kind| !allowed.contains(kind)) {
            return Err(Problem::field(field, format!("'{unknown}' is not an event type of {resource}")));
        }
        if !scopes.is_empty() && !scopes.iter().any(|resource| caller.grant.scope.has(*resource)) {
            return Err(Problem::field(
                field,
                format!("the scope of the connection does not include {resource} events"),
            ));
        }
        events.insert(resource.clone(), kinds.into_iter().map(str::to_owned).collect());
    }
    Ok(Callback { url, events })
}

fn is_web_address(text: &str) -> bool {
    let url = url::Url::parse(text);
    text.len() <= MAX_URL && url.is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}

/// `DELETE /callback`
pub(crate) async fn remove(State(app): State<App>, caller: Caller) -> Answer {
    if let Some(connection) = app.state().connection_mut(&caller.connection_id) {
        connection.callback = None;
    }
    Ok(Json(json!({})).into_response())
}

/// `GET /callback/events`: without states.
pub(crate) async fn events(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    let events = state.connection(&caller.connection_id).map_or(&[][..], |connection| &connection.events);
    paging::page(&caller.query, events, |event| &event.id, |event| Value::Object(event.summary.clone()))
}

/// `GET /callback/events/:id`
pub(crate) async fn event(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    let connection = state.connection(&caller.connection_id).ok_or(Problem::NotFound)?;
    let at = position(connection, &caller)?;
    Ok(Json(connection.events[at].whole()).into_response())
}

/// `DELETE /callback/events/:id`: acknowledges.
pub(crate) async fn acknowledge(State(app): State<App>, caller: Caller) -> Answer {
    let mut state = app.state();
    let connection = state.connection_mut(&caller.connection_id).ok_or(Problem::NotFound)?;
    let at = position(connection, &caller)?;
    connection.events.remove(at);
    Ok(Json(json!({})).into_response())
}

fn position(connection: &Connection, caller: &Caller) -> Result<usize, Problem> {
    let id = caller.id("event").unwrap_or_default();
    connection.events.iter().position(|event| event.id == id).ok_or(Problem::NotFound)
}
