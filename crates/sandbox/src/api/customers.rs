//! Customer lists and customers, to read ("Customers").

use axum::{Json, extract::State, response::IntoResponse};
use serde_json::{Value, json};

use super::{
    caller::Caller,
    paging,
    problem::{Answer, Problem},
};
use crate::{
    clock,
    oauth::scope::{Resource, Right},
    state::{
        App,
        directory::{CustomerList, Directory, Owner},
    },
};

const READING: [Resource; 2] = [Resource::CustomerList, Resource::AllCustomerLists];

/// `GET /location/customer_lists`, `GET /locations/:id/customer_lists`
pub(crate) async fn lists_of_location(State(app): State<App>, caller: Caller) -> Answer {
    caller.needs_any(&READING, Right::Read)?;
    let state = app.state();
    let directory = &state.directory;
    let location = caller.location(directory)?;
    let mut lists: Vec<_> = directory.customer_lists.iter().collect();
    lists.retain(|list| directory.serves(&list.owner, location) && caller.reads_list(list));
    paging::page(&caller.query, &lists, |list| &list.id, |list| list_json(directory, list))
}

/// `GET /account/customer_lists`, `GET /accounts/:id/customer_lists`
pub(crate) async fn lists_of_account(State(app): State<App>, caller: Caller) -> Answer {
    caller.needs_any(&READING, Right::Read)?;
    let state = app.state();
    let directory = &state.directory;
    let owner = Owner::Account(caller.account(directory)?.id.clone());
    let mut lists: Vec<_> = directory.customer_lists.iter().collect();
    lists.retain(|list| list.owner == owner && caller.reads_list(list));
    paging::page(&caller.query, &lists, |list| &list.id, |list| list_json(directory, list))
}

/// `GET /customer_lists/:id`
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    let list = caller.customer_list(&state.directory)?;
    Ok(Json(list_json(&state.directory, list)).into_response())
}

/// `GET /customer_lists/:id/customers[?email=…&phone=…]`; `*` stands for anything.
pub(crate) async fn customers(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    let list = caller.customer_list(&state.directory)?;
    let mut customers: Vec<_> = state.directory.customers.iter().filter(|one| one.list_id == list.id).collect();
    for name in ["email", "phone"] {
        if let Some(pattern) = caller.query.filled(name) {
            let fits = |value: &Value| value.as_str().is_some_and(|value| matches(pattern, value));
            customers.retain(|customer| customer.fields.get(name).is_some_and(fits));
        }
    }
    if let Some(private_ref) = caller.query.get("private_ref") {
        // No call of this sandbox sets one, so no customer has one.
        customers.retain(|customer| customer.fields.get("private_ref").is_some_and(|value| *value == private_ref));
    }
    paging::page(&caller.query, &customers, |customer| &customer.id, |customer| Value::Object(customer.fields.clone()))
}

/// `GET /customer_lists/:id/customers/:customer_id`
pub(crate) async fn customer(State(app): State<App>, caller: Caller) -> Answer {
    let state = app.state();
    let list = caller.customer_list(&state.directory)?;
    let id = caller.id("customer").unwrap_or_default();
    let known = state.directory.customers.iter().find(|one| one.list_id == list.id && one.id == id);
    Ok(Json(Value::Object(known.ok_or(Problem::NotFound)?.fields.clone())).into_response())
}

fn list_json(directory: &Directory, list: &CustomerList) -> Value {
    let created_at = clock::iso_in(list.created_at, directory.zone_of(&list.owner));
    let mut body = json!({ "id": list.id, "name": list.name, "created_at": created_at });
    match &list.owner {
        Owner::Account(id) => body["account_id"] = json!(id),
        Owner::Location(id) => body["location_id"] = json!(id),
    }
    body
}

/// Whether a text fits a pattern in which `*` stands for any run of characters. Case does not count.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<_> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text) in [
            ("+33*", "+33612345678"),
            ("*@exemple.fr", "Zoe@exemple.fr"),
            ("a*c*e", "abcde"),
            ("*", ""),
            ("same", "SAME"),
            ("a*a", "aba"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("+44*", "+33612345678"), ("a*a", "a"), ("same", "same!"), ("", "x"), ("*x*x", "x")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
