//! Orders: create, list, retrieve, patch ("Orders"). Their shape and sums are in `state::orders`.

use axum::{Json, extract::State, response::IntoResponse};

use super::{
    caller::{Caller, JsonBody},
    paging,
    problem::{Answer, Problem},
};
use crate::{
    clock,
    oauth::scope::{Resource, Right},
    state::{
        App, State as Everything,
        orders::{Actor, Order},
    },
};

fn actor(caller: &Caller) -> Actor<'_> {
    Actor { connection_id: &caller.connection_id, client_id: &caller.grant.client_id, client_name: &caller.client_name }
}

/// `POST /location/orders`, `POST /locations/:id/orders`
pub(crate) async fn create(State(app): State<App>, caller: Caller, JsonBody(body): JsonBody) -> Answer {
    caller.needs_any(&[Resource::Orders], Right::Write)?;
    let mut state = app.state();
    let location_id = caller.location(&state.directory)?.id.clone();
    let at = state.create_order(&location_id, &body, actor(&caller)).map_err(Problem::Unprocessable)?;
    Ok(Json(state.orders[at].seen_by(&caller.grant.client_id)).into_response())
}

/// `GET /location/orders`, `GET /locations/:id/orders`
pub(crate) async fn list(State(app): State<App>, caller: Caller) -> Answer {
    caller.needs_any(&[Resource::Orders], Right::Read)?;
    let state = app.state();
    let location_id = caller.location(&state.directory)?.id.clone();
    filtered(&state, &caller, |order| order.location_id == location_id)
}

/// `GET /account/orders`, `GET /accounts/:id/orders`
pub(crate) async fn list_of_account(State(app): State<App>, caller: Caller) -> Answer {
    caller.needs_any(&[Resource::Orders], Right::Read)?;
    let state = app.state();
    let account_id = caller.account(&state.directory)?.id.clone();
    let of_account = |order: &Order| {
        state.directory.location(&order.location_id).is_some_and(|location| location.account_id == account_id)
    };
    filtered(&state, &caller, of_account)
}

/// Oldest first (inferred: HubRise documents no order), narrowed by the documented filters.
fn filtered(state: &Everything, caller: &Caller, within: impl Fn(&Order) -> bool) -> Answer {
    let query = &caller.query;
    let client_id = caller.grant.client_id.as_str();
    let time = |name: &str| match query.filled(name) {
        None => Ok(None),
        Some(text) => clock::parse_iso(text)
            .map(Some)
            .ok_or_else(|| Problem::field(name, format!("'{text}' is not an ISO 8601 time"))),
    };
    let (after, before) = (time("after")?, time("before")?);
    let same = |name: &str, value: Option<&str>| query.filled(name).is_none_or(|wanted| value == Some(wanted));
    let mut orders: Vec<_> = state.orders.iter().filter(|order| within(order)).collect();
    orders.retain(|order| {
        same("private_ref", order.private_ref(client_id))
            && same("status", order.field("status"))
            && same("created_by", order.field("created_by"))
            && same("customer_id", order.customer_id())
            && after.is_none_or(|after| order.created_at >= after)
            && before.is_none_or(|before| order.created_at < before)
    });
    paging::page(query, &orders, |order| &order.id, |order| order.seen_by(client_id))
}

/// `GET /location/orders/:id`, `GET /locations/:id/orders/:id`
pub(crate) async fn retrieve(State(app): State<App>, caller: Caller) -> Answer {
    caller.needs_any(&[Resource::Orders], Right::Read)?;
    let state = app.state();
    let at = position(&state, &caller)?;
    Ok(Json(state.orders[at].seen_by(&caller.grant.client_id)).into_response())
}

/// `PATCH /location/orders/:id`, `PATCH /locations/:id/orders/:id`
pub(crate) async fn patch(State(app): State<App>, caller: Caller, JsonBody(body): JsonBody) -> Answer {
    caller.needs_any(&[Resource::Orders], Right::Write)?;
    let mut state = app.state();
    let at = position(&state, &caller)?;
    state.patch_order(at, &body, actor(&caller)).map_err(Problem::Unprocessable)?;
    Ok(Json(state.orders[at].seen_by(&caller.grant.client_id)).into_response())
}

fn position(state: &Everything, caller: &Caller) -> Result<usize, Problem> {
    let location = caller.location(&state.directory)?;
    let id = caller.id("order").unwrap_or_default();
    // The latest are asked for most.
    let at = state.orders.iter().rposition(|order| order.id == id && order.location_id == location.id);
    at.ok_or(Problem::NotFound)
}
