//! Orders as they are kept, shown and told of; and whom they are for. Creating and changing them is in `order_changes`.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    State,
    callbacks::Happening,
    orders_json::{COLLECTIONS, Complaint},
};
use crate::clock;

/// The fields of a guest's `customer` object ("Order's Customer").
const GUEST_FIELDS: [&str; 19] = [
    "email",
    "first_name",
    "last_name",
    "gender",
    "birth_date",
    "company_name",
    "phone",
    "phone_access_code",
    "address_1",
    "address_2",
    "postal_code",
    "city",
    "state",
    "country",
    "latitude",
    "longitude",
    "delivery_notes",
    "sms_marketing",
    "email_marketing",
];

/// An order with what each client calls it.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) location_id: String,
    pub(crate) created_at: Timestamp,
    /// The order as shown, without private refs.
    pub(super) body: Map<String, Value>,
    /// (client id, element id or "" for the order itself) → private ref.
    pub(super) private_refs: HashMap<(String, String), String>,
}

impl Order {
    /// The order as one client sees it: its own private refs, nobody else's.
    pub(crate) fn seen_by(&self, client_id: &str) -> Value {
        let private = |id: &str| self.private_refs.get(&(client_id.to_owned(), id.to_owned()));
        let mut body = self.body.clone();
        body.insert("private_ref".into(), json!(private("")));
        for name in COLLECTIONS {
            for element in body.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten() {
                let private = private(element["id"].as_str().unwrap_or_default());
                element["private_ref"] = json!(private);
            }
        }
        Value::Object(body)
    }

    /// One field of the order as text, `None` when null.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Value::as_str)
    }

    /// The customer the order is attached to.
    pub(crate) fn customer_id(&self) -> Option<&str> {
        self.body.get("customer").and_then(|customer| customer["id"].as_str())
    }

    /// What a client calls this order.
    pub(crate) fn private_ref(&self, client_id: &str) -> Option<&str> {
        self.private_refs.get(&(client_id.to_owned(), String::new())).map(String::as_str)
    }
}

/// Who does something to an order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Actor<'a> {
    /// Empty for the sandbox itself.
    pub(crate) connection_id: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) client_name: &'a str,
}

impl State {
    /// Currency and IANA time zone of a location.
    pub(crate) fn currency_and_zone(&self, location_id: &str) -> (String, String) {
        let location = self.directory.location(location_id);
        let account = location.and_then(|location| self.directory.account(&location.account_id));
        let currency = account.map_or("EUR", |account| &account.currency).to_owned();
        (currency, location.map_or("UTC", |location| &location.timezone).to_owned())
    }

    /// The `customer` an order is created with: a copy of a known one, a guest's own words, or nobody.
    pub(super) fn customer_of(&self, source: &Value) -> Result<Value, Complaint> {
        if let Some(id) = source["customer_id"].as_str() {
            let known = self.directory.customers.iter().find(|customer| customer.id == id);
            let complaint = || Complaint { field: "customer_id".into(), message: format!("'{id}' is unknown") };
            return known.map(|customer| Value::Object(customer.fields.clone())).ok_or_else(complaint);
        }
        let Some(guest) = source["customer"].as_object() else { return Ok(Value::Null) };
        let mut customer = Map::new();
        customer.insert("id".into(), Value::Null);
        customer.insert("customer_list_id".into(), Value::Null);
        customer.insert("anonymised".into(), json!(false));
        for name in GUEST_FIELDS {
            customer.insert(name.into(), guest.get(name).cloned().unwrap_or(Value::Null));
        }
        customer.insert("loyalty_cards".into(), json!([]));
        customer.insert("custom_fields".into(), json!({}));
        Ok(Value::Object(customer))
    }

    pub(super) fn tell_of_order(&mut self, at: usize, event: &'static str, previous: Option<Value>, cause: &str) {
        let order = &self.orders[at];
        let account_id = self.directory.location(&order.location_id).map(|location| location.account_id.clone());
        let (_, zone) = self.currency_and_zone(&order.location_id);
        let mut states = Map::new();
        if let Some(previous) = previous {
            states.insert("previous_state".into(), previous);
        }
        states.insert("new_state".into(), order.seen_by(""));
        let happening = Happening {
            resource: "order",
            event,
            account_id: account_id.unwrap_or_default(),
            location_id: Some(order.location_id.clone()),
            order_id: Some(order.id.clone()),
            created_at: clock::iso_in(self.clock.now(), &zone),
            states,
            ..Happening::default()
        };
        self.tell(cause, &happening);
    }
}
