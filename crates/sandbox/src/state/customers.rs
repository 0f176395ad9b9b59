//! Customers who change: by a hand that is no connection's, or anonymised ("Customers"). How they are shown is `api`'s.

use serde_json::{Map, Value, json};

use super::{State, callbacks::Happening, directory::Owner};
use crate::clock;

/// What is left of a customer whose data were erased: nothing that says who it was.
const PERSONAL: [&str; 21] = [
    "private_ref",
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
    "loyalty_cards",
];

impl State {
    /// Where a customer stands in the directory.
    pub(crate) fn customer_at(&self, id: &str) -> Option<usize> {
        self.directory.customers.iter().position(|customer| customer.id == id)
    }

    /// Changes fields of a customer, and tells of it whoever may see the list.
    pub(crate) fn change_customer(&mut self, at: usize, fields: Map<String, Value>) {
        let previous = Value::Object(self.directory.customers[at].fields.clone());
        self.directory.customers[at].fields.extend(fields);
        self.tell_of_customer(at, previous);
    }

    /// Erases a customer's data: in the list, and in the orders of the customer (inferred: no event tells of those).
    pub(crate) fn anonymise(&mut self, at: usize) {
        let id = self.directory.customers[at].id.clone();
        for order in &mut self.orders {
            let customer = order.body.get_mut("customer").and_then(Value::as_object_mut);
            if let Some(customer) = customer.filter(|customer| customer.get("id").is_some_and(|known| *known == id)) {
                customer.extend(nothing());
            }
        }
        self.change_customer(at, nothing());
    }

    fn tell_of_customer(&mut self, at: usize, previous: Value) {
        let customer = &self.directory.customers[at];
        let Some(list) = self.directory.customer_list(&customer.list_id) else { return };
        let account_id = self.directory.account_of_owner(&list.owner).unwrap_or_default().to_owned();
        let location_id = match &list.owner {
            Owner::Location(id) => Some(id.clone()),
            Owner::Account(_) => None,
        };
        let created_at = clock::iso_in(self.clock.now(), self.directory.zone_of(&list.owner));
        let mut states = Map::new();
        states.insert("previous_state".into(), previous);
        states.insert("new_state".into(), Value::Object(customer.fields.clone()));
        let happening = Happening {
            resource: "customer",
            event: "update",
            account_id,
            location_id,
            customer_id: Some(customer.id.clone()),
            customer_list_id: Some(customer.list_id.clone()),
            created_at,
            states,
            ..Happening::default()
        };
        self.tell("", &happening);
    }
}

fn nothing() -> Map<String, Value> {
    let mut fields: Map<_, _> = PERSONAL.into_iter().map(|name| (name.to_owned(), Value::Null)).collect();
    fields.insert("sms_marketing".into(), json!(false));
    fields.insert("email_marketing".into(), json!(false));
    fields.insert("loyalty_cards".into(), json!([]));
    fields.insert("anonymised".into(), json!(true));
    fields
}
