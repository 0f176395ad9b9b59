//! The sandbox's own controls under `/_sandbox`: a page for people and JSON calls for tests, over the same handlers.
//! They are nobody's fault target and are not recorded.

mod apps;
mod callbacks;
mod callbacks_page;
mod calls;
mod customers;
mod grant;
mod orders;
mod orders_page;
mod page;
mod stock;
mod users;

use axum::{
    Router,
    routing::{delete, get, post},
};

pub(crate) use calls::{Asked, Refused, is_cross_site};

use crate::state::App;

/// The routes under `/_sandbox`.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/_sandbox", get(page::show))
        .route("/_sandbox/health", get(calls::health))
        .route("/_sandbox/reset", post(calls::reset))
        .route("/_sandbox/requests", get(calls::requests))
        .route("/_sandbox/connections", get(calls::connections))
        .route("/_sandbox/connections/{id}/disconnect", post(apps::disconnect))
        .route("/_sandbox/connections/{id}/{action}", post(calls::change_connection))
        .route("/_sandbox/accounts/{id}/users", get(users::list).post(users::add))
        .route("/_sandbox/accounts/{id}/users/{email}", delete(users::remove))
        .route("/_sandbox/accounts/{id}/locations", post(calls::add_locations))
        .route("/_sandbox/accounts/{id}/{action}", post(calls::change_account))
        .route("/_sandbox/apps", get(apps::list))
        .route("/_sandbox/connect", post(apps::connect))
        .route("/_sandbox/callbacks", get(callbacks::show).post(callbacks::change))
        .route("/_sandbox/catalogs/{id}", post(stock::change_catalog))
        .route("/_sandbox/customers", get(customers::list))
        .route("/_sandbox/inventories/{location}", get(stock::list).post(stock::change))
        .route("/_sandbox/customers/{id}", post(customers::change))
        .route("/_sandbox/customers/{id}/anonymise", post(customers::anonymise))
        .route("/_sandbox/orders", get(orders::list).post(orders::make))
        .route(orders::PAGE, get(orders_page::show))
        .route("/_sandbox/orders/shapes", get(orders::shapes))
        .route("/_sandbox/orders/rush", post(orders::rush))
        .route("/_sandbox/orders/trickle", post(orders::trickle))
        .route("/_sandbox/orders/streams", get(orders::streams))
        .route("/_sandbox/orders/stop", post(orders::stop))
        .route("/_sandbox/orders/{id}", get(orders::retrieve).post(orders::change))
        .route("/_sandbox/faults", get(calls::faults).post(calls::set_fault))
        .route("/_sandbox/clock", get(calls::clock).post(calls::set_clock))
        .route("/_sandbox/grant", post(grant::grant))
}
