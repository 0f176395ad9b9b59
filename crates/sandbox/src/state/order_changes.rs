//! Creating and changing orders ("Create Order", "Update Order"). How they are shown is in `orders`, how their parts
//! are read in `orders_json`. What a client may reach is decided in `api`.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{
    State,
    order_statuses::may_follow,
    orders::{Actor, Order},
    orders_json::{COLLECTIONS, Complaint, Reader, STATUSES, total},
};
use crate::clock;

/// Orders kept at most, over all locations; the oldest go first.
const MAX_ORDERS: usize = 20_000;

impl State {
    /// Creates an order; answers its place in `orders`.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub(crate) fn create_order(
        &mut self,
        location_id: &str,
        source: &Value,
        by: Actor<'_>,
    ) -> Result<usize, Vec<Complaint>> {
        let now = self.clock.now();
        let (currency, zone) = self.currency_and_zone(location_id);
        let customer = self.customer_of(source);
        let mut reader = Reader { currency: &currency, ids: &mut self.ids, complaints: Vec::new() };
        let services = ["delivery", "collection", "eat_in"];
        let mut body = Map::new();
        body.insert("id".into(), json!(reader.ids.next()));
        body.insert("location_id".into(), json!(location_id));
        if source["status"].is_null() {
            reader.complaints.push(Complaint { field: "status".into(), message: "is missing".into() });
        }
        body.insert("status".into(), reader.choice(source, "", "status", &STATUSES));
        body.insert("service_type".into(), reader.choice(source, "", "service_type", &services));
        for name in ["ref", "service_type_ref", "customer_notes", "seller_notes", "collection_code"] {
            body.insert(name.into(), reader.text(source, "", name));
        }
        for name in ["expected_time", "confirmed_time"] {
            body.insert(name.into(), reader.time(source, "", name));
        }
        body.insert("created_at".into(), json!(clock::iso_in(now, &zone)));
        body.insert("created_by".into(), json!(by.client_name));
        body.insert("connection_name".into(), json!(by.client_name));
        body.insert("coupon_codes".into(), list_or_empty(&source["coupon_codes"]));
        for name in COLLECTIONS {
            let elements = source[name].as_array().into_iter().flatten().enumerate();
            let read: Vec<_> = elements.map(|(at, one)| reader.element(name, one, &format!("{name}[{at}]."))).collect();
            body.insert(name.into(), Value::Array(read));
        }
        let deals = renumbered_deals(&mut body, &source["deals"], &mut reader.complaints);
        body.insert("deals".into(), deals);
        match customer {
            Ok(customer) => body.insert("customer".into(), customer),
            Err(complaint) => {
                reader.complaints.push(complaint);
                None
            }
        };
        body.insert("delivery".into(), Value::Null);
        body.insert("loyalty_operations".into(), list_or_empty(&source["loyalty_operations"]));
        let custom = if source["custom_fields"].is_object() { source["custom_fields"].clone() } else { json!({}) };
        body.insert("custom_fields".into(), custom);
        let complaints = reader.complaints;
        if !complaints.is_empty() {
            return Err(complaints);
        }
        body.insert("total".into(), json!(total(&body, &currency)));

        let mut private_refs = HashMap::new();
        if let Some(private) = source["private_ref"].as_str() {
            private_refs.insert((by.client_id.to_owned(), String::new()), private.to_owned());
        }
        let id = body["id"].as_str().unwrap_or_default().to_owned();
        let location_id = location_id.to_owned();
        Ok(self.keep_order(Order { id, location_id, created_at: now, body, private_refs }, by.connection_id))
    }

    /// Keeps a new order, and tells of it everybody but the connection that made it. Answers its place in `orders`.
    pub(super) fn keep_order(&mut self, order: Order, cause: &str) -> usize {
        if self.orders.len() >= MAX_ORDERS {
            self.orders.remove(0);
        }
        self.orders.push(order);
        let at = self.orders.len() - 1;
        self.tell_of_order(at, "create", None, cause);
        at
    }

    /// Changes an order ("Update Order"): single fields, and elements added, deleted or given a private ref.
    ///
    /// # Errors
    /// Every field that is wrong; nothing is changed then.
    pub(crate) fn patch_order(&mut self, at: usize, source: &Value, by: Actor<'_>) -> Result<(), Vec<Complaint>> {
        let (currency, _) = self.currency_and_zone(&self.orders[at].location_id.clone());
        let order = &self.orders[at];
        let previous = order.seen_by("");
        let mut body = order.body.clone();
        let mut private_refs = order.private_refs.clone();
        let mut reader = Reader { currency: &currency, ids: &mut self.ids, complaints: Vec::new() };
        if !source["status"].is_null() {
            let status = reader.choice(source, "", "status", &STATUSES);
            let (from, to) = (order.field("status").unwrap_or_default(), status.as_str().unwrap_or_default());
            if STATUSES.contains(&to) && !may_follow(from, to) {
                let message = format!("cannot go from '{from}' to '{to}'");
                reader.complaints.push(Complaint { field: "status".into(), message });
            }
            body.insert("status".into(), status);
        }
        let given = |name: &str| source.get(name).is_some();
        for name in ["seller_notes", "collection_code"] {
            if given(name) {
                body.insert(name.into(), reader.text(source, "", name));
            }
        }
        if given("confirmed_time") {
            body.insert("confirmed_time".into(), reader.time(source, "", "confirmed_time"));
        }
        if let Some(fields) = source["custom_fields"].as_object() {
            merge(body.entry("custom_fields").or_insert_with(|| json!({})), fields);
        }
        if given("private_ref") {
            name_privately(&mut private_refs, by.client_id, "", &source["private_ref"]);
        }
        for name in COLLECTIONS {
            for (position, change) in source[name].as_array().into_iter().flatten().enumerate() {
                let path = format!("{name}[{position}].");
                let elements = body.entry(name).or_insert_with(|| json!([]));
                let Some(id) = change["id"].as_str() else {
                    let added = reader.element(name, change, &path);
                    elements.as_array_mut().into_iter().for_each(|list| list.push(added.clone()));
                    continue;
                };
                let known = elements.as_array_mut().into_iter().flatten().find(|element| element["id"] == id);
                let Some(known) = known else {
                    reader
                        .complaints
                        .push(Complaint { field: format!("{path}id"), message: format!("'{id}' is unknown") });
                    continue;
                };
                if change["deleted"] == true {
                    known["deleted"] = json!(true);
                }
                if change.get("private_ref").is_some() {
                    name_privately(&mut private_refs, by.client_id, id, &change["private_ref"]);
                }
            }
        }
        if !reader.complaints.is_empty() {
            return Err(reader.complaints);
        }
        if COLLECTIONS.into_iter().any(given) {
            body.insert("total".into(), json!(total(&body, &currency)));
        }
        self.orders[at].body = body;
        self.orders[at].private_refs = private_refs;
        self.tell_of_order(at, "update", Some(previous), by.connection_id);
        Ok(())
    }
}

fn list_or_empty(value: &Value) -> Value {
    if value.is_array() { value.clone() } else { json!([]) }
}

/// Sets a private ref, or takes it away with null.
fn name_privately(refs: &mut HashMap<(String, String), String>, client_id: &str, id: &str, value: &Value) {
    let key = (client_id.to_owned(), id.to_owned());
    match value.as_str() {
        Some(value) => refs.insert(key, value.to_owned()),
        None => refs.remove(&key),
    };
}

/// Custom fields are merged by key, one level of objects deep, as `{"epos": {…}}` of two clients must coexist.
fn merge(target: &mut Value, fields: &Map<String, Value>) {
    let Some(target) = target.as_object_mut() else { return };
    for (key, value) in fields {
        match (target.get_mut(key).and_then(Value::as_object_mut), value.as_object()) {
            (Some(known), Some(fresh)) => known.extend(fresh.clone()),
            _ => {
                target.insert(key.clone(), value.clone());
            }
        }
    }
}

/// HubRise renumbers deal keys to "0", "1", …; an item whose key names no deal is a mistake.
fn renumbered_deals(body: &mut Map<String, Value>, deals: &Value, complaints: &mut Vec<Complaint>) -> Value {
    let (mut numbers, mut renumbered) = (HashMap::new(), Map::new());
    for (number, (key, deal)) in deals.as_object().into_iter().flatten().enumerate() {
        numbers.insert(key.clone(), number.to_string());
        renumbered.insert(number.to_string(), json!({ "name": deal["name"], "ref": deal["ref"] }));
    }
    let items = body.get_mut("items").and_then(Value::as_array_mut);
    for (at, item) in items.into_iter().flatten().enumerate() {
        let Some(key) = item["deal_line"]["deal_key"].as_str() else { continue };
        match numbers.get(key) {
            Some(number) => item["deal_line"]["deal_key"] = json!(number),
            None => complaints.push(Complaint {
                field: format!("items[{at}].deal_line.deal_key"),
                message: format!("'{key}' is not a key of `deals`"),
            }),
        }
    }
    Value::Object(renumbered)
}
