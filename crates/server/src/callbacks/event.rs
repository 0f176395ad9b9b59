//! What HubRise tells of, read from the body of a callback (or of `GET /callback/events/:id`, which says the same).
//!
//! Owns what becomes of an event before anything is sent: which operation it is and how it begins. A plain function of
//! the bytes; nothing is too odd to be kept. Of customers nothing is kept but that one was anonymised, and to whom that
//! happened: their events are full of what must not be here. Does not own whose event it is, nor that it is kept once.

use jiff::Timestamp;
use passerelle_hubrise::order::Order;
use passerelle_store::{ConnectionId, NewExchange, NewOperation, OperationKind, OperationState, OrderFacts, Term};
use passerelle_wire::Cause;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::delivery::cause::stored;
use crate::masking;
use crate::{recorder, search};

/// Longest id believed, in bytes; HubRise's are a few characters.
const LONGEST_ID: usize = 64;

/// HubRise's statuses of an order that needs no till any more.
const OVER: [&str; 5] = ["in_delivery", "completed", "rejected", "cancelled", "delivery_failed"];

/// Whose event it is, as far as it says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Names {
    pub(crate) app_instance_id: Option<String>,
    pub(crate) location_id: Option<String>,
    pub(crate) account_id: Option<String>,
}

/// An event, understood or not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    /// HubRise's id; of a body without one, its own fingerprint: the same body is kept once.
    pub(crate) id: String,
    /// Whose it is.
    pub(crate) names: Names,
    /// What of a stock, or of the catalog it is of, somebody else changed.
    pub(crate) stock: Option<StockNews>,
    meaning: Meaning,
    about: About,
}

/// Somebody else changed an inventory, or a catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StockNews {
    /// The catalog that has changed; none where an inventory has.
    pub(crate) catalog: Option<String>,
}

/// What it is about, as far as that decides what may be kept of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    /// Anything but a customer.
    Another,
    /// A customer who changed: nothing is to be done, and nothing is kept.
    Customer,
    /// A customer who is to be forgotten, or an event of one that is not understood: kept without what it says of them.
    CustomerKept,
}

/// How the operation begins.
#[derive(Clone, Debug, PartialEq)]
struct Meaning {
    kind: OperationKind,
    state: OperationState,
    cause: Option<Cause>,
    detail: Option<String>,
    order: Option<OrderFacts>,
    /// What people find it by.
    terms: Vec<Term>,
    /// The customer of whom nothing may be kept any more.
    erases: Option<String>,
}

impl Event {
    /// Reads whatever came.
    pub(crate) fn read(body: &[u8]) -> Self {
        let value: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
        let name = |key| id(&value, key);
        Self {
            id: name("id").unwrap_or_else(|| fingerprint(body)),
            names: Names {
                app_instance_id: name("app_instance_id"),
                location_id: name("location_id"),
                account_id: name("account_id"),
            },
            stock: stock(&value),
            meaning: meaning(&value),
            about: about(&value),
        }
    }

    /// Whether nothing is to be done about it, and nothing of it is to be kept.
    pub(crate) fn is_idle(&self) -> bool {
        self.about == About::Customer
    }

    /// The operation that is to be kept of it.
    pub(crate) fn operation(
        self,
        connection: ConnectionId,
        received_at: Timestamp,
        exchange: NewExchange,
    ) -> NewOperation {
        let exchange = if self.about == About::Another { exchange } else { without_names(exchange) };
        let Meaning { kind, state, cause, detail, order, terms, erases } = self.meaning;
        NewOperation {
            terms,
            erases,
            id: recorder::operation_id(),
            connection,
            kind,
            event_id: Some(self.id),
            order,
            state,
            cause: cause.map(stored),
            detail,
            received_at,
            exchange: Some(exchange),
        }
    }
}

fn stock(event: &Value) -> Option<StockNews> {
    match (event["resource_type"].as_str(), event["event_type"].as_str()) {
        (Some("inventory"), Some("patch" | "update")) => Some(StockNews { catalog: None }),
        (Some("catalog"), Some("update")) => Some(StockNews { catalog: id(event, "catalog_id") }),
        _ => None,
    }
}

fn meaning(event: &Value) -> Meaning {
    if id(event, "id").is_none() {
        return not_understood("it has no `id`, or is no json object".to_owned());
    }
    match (event["resource_type"].as_str(), event["event_type"].as_str()) {
        (Some("order"), Some("create")) => created(event),
        (Some("order"), Some("update")) => updated(event),
        (Some("customer"), Some("update")) => customer(event),
        (Some(resource), Some(kind)) => {
            not_understood(format!("events of type `{resource}.{kind}` are not known here"))
        }
        _ => not_understood("it has no `resource_type` or no `event_type`".to_owned()),
    }
}

fn created(event: &Value) -> Meaning {
    let order = Order::read(&event["new_state"]);
    match (order, id(event, "order_id")) {
        (Ok(order), _) => {
            // A status that is new to us needs a till: an order too many is seen, one too few is not.
            let over = order.status.as_deref().is_some_and(|status| OVER.contains(&status));
            Meaning {
                kind: OperationKind::OrderCreated,
                state: if over { OperationState::Noted } else { OperationState::Queued },
                cause: over.then_some(Cause::AlreadyOver),
                detail: None,
                order: Some(facts(&order, &event["new_state"])),
                terms: search::of_order(&order),
                erases: None,
            }
        }
        (Err(error), Some(order_id)) => Meaning {
            kind: OperationKind::OrderCreated,
            state: OperationState::Failed,
            cause: Some(Cause::OrderUnreadable),
            detail: Some(format!("`new_state`: {error}")),
            terms: search::of_id(&order_id),
            order: Some(OrderFacts { order_id, ..OrderFacts::default() }),
            erases: None,
        },
        (Err(error), None) => not_understood(format!("it has no `order_id`, and in `new_state` {error}")),
    }
}

fn updated(event: &Value) -> Meaning {
    let (order, terms) = match (Order::read(&event["new_state"]), id(event, "order_id")) {
        (Ok(order), _) => (facts(&order, &event["new_state"]), search::of_update(&order)),
        (Err(_), Some(order_id)) => {
            let terms = search::of_id(&order_id);
            (OrderFacts { order_id, ..OrderFacts::default() }, terms)
        }
        (Err(error), None) => return not_understood(format!("it has no `order_id`, and in `new_state` {error}")),
    };
    Meaning {
        kind: OperationKind::OrderUpdated,
        state: OperationState::Noted,
        cause: None,
        detail: None,
        order: Some(order),
        terms,
        erases: None,
    }
}

/// A customer was anonymised. Of one who merely changed nothing is kept: see [`Event::is_idle`].
fn customer(event: &Value) -> Meaning {
    let Some(customer) = customer_id(event) else {
        return not_understood("it has no `customer_id`, and its `new_state` no `id`".to_owned());
    };
    Meaning {
        kind: OperationKind::System,
        state: OperationState::Noted,
        cause: None,
        detail: Some(format!("hubrise has anonymised the customer `{customer}`: what was kept of them is erased")),
        order: None,
        terms: Vec::new(),
        erases: Some(customer),
    }
}

fn customer_id(event: &Value) -> Option<String> {
    id(event, "customer_id").or_else(|| id(&event["new_state"], "id"))
}

fn about(event: &Value) -> About {
    match (event["resource_type"].as_str(), event["event_type"].as_str()) {
        (Some("customer"), Some("update")) if event["new_state"]["anonymised"] == true => About::CustomerKept,
        (Some("customer"), Some("create" | "update")) => About::Customer,
        (Some("customer"), _) => About::CustomerKept,
        _ => About::Another,
    }
}

/// The call that brought an event of a customer, without what it says of them: the former state has all that is to go.
fn without_names(exchange: NewExchange) -> NewExchange {
    let mask = |body: Vec<u8>| masking::mask_json(&String::from_utf8_lossy(&body)).into_bytes();
    NewExchange { request_body: mask(exchange.request_body), response_body: mask(exchange.response_body), ..exchange }
}

fn not_understood(detail: String) -> Meaning {
    Meaning {
        kind: OperationKind::Unhandled,
        state: OperationState::NotHandled,
        cause: Some(Cause::EventUnknown),
        detail: Some(detail),
        order: None,
        terms: Vec::new(),
        erases: None,
    }
}

fn facts(order: &Order, written: &Value) -> OrderFacts {
    OrderFacts {
        order_id: order.id.clone(),
        reference: order.collection_code.clone().or_else(|| order.reference.clone()),
        channel: order.connection_name.clone(),
        total: written["total"].as_str().map(str::to_owned),
        status: order.status.clone(),
        ordered_at: order.created_at.read().map(|moment| moment.at),
        expected_at: order.expected_time.read().map(|moment| moment.at),
    }
}

/// An id that can be one: a text, not too long, without the character that PostgreSQL cannot hold.
fn id(event: &Value, key: &str) -> Option<String> {
    let text = event.get(key)?.as_str()?;
    let believed = !text.is_empty() && text.len() <= LONGEST_ID && !text.contains('\0');
    believed.then(|| text.to_owned())
}

/// Stands for an id: never one of HubRise's, which hold no colon.
fn fingerprint(body: &[u8]) -> String {
    let mut text = String::from("sha256:");
    for byte in &Sha256::digest(body)[..16] {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

#[cfg(test)]
#[path = "event_tests.rs"]
mod tests;
