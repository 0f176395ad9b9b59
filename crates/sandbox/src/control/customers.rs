//! `/_sandbox/customers`: the customers of the lists, changed or anonymised by a hand that is no connection's; and the part
//! of the control page over them.

use axum::{
    Json,
    extract::{Path, Query, State},
    response::Response,
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    calls::{Asked, Refused},
    page::{button, table},
};
use crate::{
    html::Esc,
    lang::Lang,
    state::{App, State as Everything, directory::Customer},
};

/// Customers shown on the page.
const SHOWN: usize = 12;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Filter {
    /// Id of a customer list.
    list: Option<String>,
}

/// `GET …[?list=…]`: customers as the API shows them.
pub(crate) async fn list(State(app): State<App>, Query(filter): Query<Filter>) -> Json<Value> {
    let state = app.state();
    let meant = |customer: &&Customer| filter.list.as_ref().is_none_or(|list| customer.list_id == *list);
    Json(state.directory.customers.iter().filter(meant).map(|one| Value::Object(one.fields.clone())).collect())
}

/// `POST …/{id}` with fields: changes a customer. Answers it.
pub(crate) async fn change(State(app): State<App>, Path(id): Path<String>, asked: Asked) -> Result<Response, Refused> {
    let fields: Map<String, Value> = asked.read()?;
    let mut state = app.state();
    let at = position(&state, &id)?;
    state.change_customer(at, fields);
    Ok(asked.answer(Value::Object(state.directory.customers[at].fields.clone())))
}

/// `POST …/{id}/anonymise`: erases a customer's data, as HubRise does when somebody asks to be forgotten. Answers what is
/// left.
pub(crate) async fn anonymise(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Refused> {
    let mut state = app.state();
    let at = position(&state, &id)?;
    state.anonymise(at);
    Ok(asked.answer(Value::Object(state.directory.customers[at].fields.clone())))
}

fn position(state: &Everything, id: &str) -> Result<usize, Refused> {
    state.customer_at(id).ok_or_else(|| Refused(StatusCode::NOT_FOUND, format!("no customer has the id `{id}`")))
}

/// The part of the control page: those with orders first.
pub(super) fn card(state: &Everything, lang: Lang) -> String {
    let title = lang.pick("Clients", "Customers");
    let orders = |id: &str| state.orders.iter().filter(|order| order.customer_id() == Some(id)).count();
    let mut customers: Vec<_> = state.directory.customers.iter().map(|one| (orders(&one.id), one)).collect();
    customers.sort_by_key(|(orders, _)| std::cmp::Reverse(*orders));
    let row = |(orders, customer): (usize, &Customer)| {
        let field = |name: &str| customer.fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let name = format!("{} {}", field("first_name"), field("last_name"));
        let anonymised = customer.fields.get("anonymised").is_some_and(|value| *value == true);
        let act = if anonymised {
            lang.pick("anonymisé", "anonymised").to_owned()
        } else {
            button(&format!("customers/{}/anonymise", customer.id), lang.pick("Anonymiser", "Anonymise"), &customer.id)
        };
        format!(
            r#"<tr><td><code>{}</code></td><td>{}</td><td><code>{}</code></td><td>{orders}</td><td class="acts">{act}</td></tr>"#,
            Esc(&customer.id),
            Esc(name.trim()),
            Esc(&customer.list_id),
        )
    };
    let rows: String = customers.into_iter().take(SHOWN).map(row).collect();
    let heads = [
        "Id",
        lang.pick("Nom", "Name"),
        lang.pick("Liste", "List"),
        lang.pick("Commandes", "Orders"),
        lang.pick("Actions", "Actions"),
    ];
    format!(r#"<section class="card"><h2>{title}</h2>{}</section>"#, table(title, &heads, &rows))
}
