//! Callbacks and the events they collect. Events are kept until deleted; when they are sent is in `deliveries`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{State, grants::Grant, grants::Status};
use crate::oauth::scope::Resource;

/// Events kept per connection; the oldest go first.
const MAX_EVENTS: usize = 50_000;

/// What a connection asked to be told.
#[derive(Debug, Clone, Default)]
pub(crate) struct Callback {
    /// `None` for a passive callback.
    pub(crate) url: Option<String>,
    /// Resource type to event types.
    pub(crate) events: BTreeMap<String, Vec<String>>,
}

/// An event waiting to be acknowledged.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) id: String,
    /// The list form: everything but the states.
    pub(crate) summary: Map<String, Value>,
    /// `previous_state`, `new_state`, `state_change`, where the event has them.
    pub(crate) states: Map<String, Value>,
}

impl Event {
    /// The whole event, as `GET /callback/events/:id` and an active delivery show it.
    pub(crate) fn whole(&self) -> Value {
        let mut body = self.summary.clone();
        body.extend(self.states.clone());
        Value::Object(body)
    }
}

/// Something that happened, before it is known who hears of it.
#[derive(Debug, Default)]
pub(crate) struct Happening {
    pub(crate) resource: &'static str,
    pub(crate) event: &'static str,
    pub(crate) account_id: String,
    pub(crate) location_id: Option<String>,
    pub(crate) catalog_id: Option<String>,
    pub(crate) order_id: Option<String>,
    pub(crate) customer_id: Option<String>,
    pub(crate) customer_list_id: Option<String>,
    /// ISO 8601 in the location's zone.
    pub(crate) created_at: String,
    pub(crate) states: Map<String, Value>,
}

impl State {
    /// Notes an event for every connection that asked for it and can see it, except the one that caused it.
    pub(crate) fn tell(&mut self, cause: &str, happening: &Happening) {
        for at in 0..self.connections.len() {
            let connection = &self.connections[at];
            let asked = connection.callback.as_ref().is_some_and(|callback| callback.listens(happening));
            if connection.id == cause || connection.status == Status::Revoked || !asked {
                continue;
            }
            if !reaches(&connection.grant, happening) {
                continue;
            }
            let id = self.ids.next();
            let now = self.clock.now();
            let connection = &mut self.connections[at];
            if connection.callback.as_ref().is_some_and(|callback| callback.url.is_some()) {
                self.deliveries.post(now, &connection.id, &id);
            }
            let mut summary = Map::new();
            summary.insert("id".into(), json!(id));
            summary.insert("resource_type".into(), json!(happening.resource));
            summary.insert("event_type".into(), json!(happening.event));
            summary.insert("created_at".into(), json!(happening.created_at));
            summary.insert("account_id".into(), json!(happening.account_id));
            summary.insert("app_instance_id".into(), json!(connection.app_instance_id));
            let ids = [
                ("location_id", &happening.location_id),
                ("catalog_id", &happening.catalog_id),
                ("order_id", &happening.order_id),
                ("customer_id", &happening.customer_id),
                ("customer_list_id", &happening.customer_list_id),
            ];
            for (name, value) in ids {
                if let Some(value) = value {
                    summary.insert(name.into(), json!(value));
                }
            }
            if connection.events.len() >= MAX_EVENTS {
                connection.events.remove(0);
            }
            connection.events.push(Event { id, summary, states: happening.states.clone() });
        }
    }
}

impl Callback {
    fn listens(&self, happening: &Happening) -> bool {
        self.events.get(happening.resource).is_some_and(|kinds| kinds.iter().any(|kind| kind == happening.event))
    }
}

/// Whether a connection may know: the place must be within its level, and the resource within its scope.
fn reaches(grant: &Grant, happening: &Happening) -> bool {
    if grant.account_id.as_ref() != Some(&happening.account_id) {
        return false;
    }
    // A list may be the account's: who may see it is decided by the list.
    let elsewhere = grant.location_id.is_some() && grant.location_id != happening.location_id;
    if elsewhere && happening.resource != "customer" {
        return false;
    }
    match happening.resource {
        "customer" => {
            let of_another = happening.location_id.is_some() && elsewhere;
            let all = grant.scope.has(Resource::AllCustomerLists) && !of_another;
            let chosen = happening.customer_list_id.is_some() && grant.customer_list_id == happening.customer_list_id;
            all || (grant.scope.has(Resource::CustomerList) && chosen)
        }
        "order" => grant.scope.has(Resource::Orders),
        "inventory" => {
            grant.scope.has(Resource::Inventory)
                || grant.scope.has(Resource::AllCatalogs)
                || grant.catalog_id == happening.catalog_id
        }
        _ => true,
    }
}
