//! HubRise's API (`/v1`): one file a resource. Every call is authenticated and counted by `caller`; what it may reach
//! is decided in `reach`; what it may not find is answered by `problem`.

mod accounts;
mod callback;
mod caller;
mod catalogs;
mod customers;
pub(crate) mod inventory;
mod orders;
mod paging;
pub(crate) mod problem;
mod reach;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::state::App;

/// Bytes of an inventory, at most: thousands of entries with long refs.
const MAX_INVENTORY: usize = 8 * 1024 * 1024;

/// The routes under `/v1`.
pub(crate) fn routes() -> Router<App> {
    let inventory = || {
        get(inventory::retrieve)
            .put(inventory::replace)
            .patch(inventory::patch)
            .layer(DefaultBodyLimit::max(MAX_INVENTORY))
    };
    let order_list = || get(orders::list).post(orders::create);
    let order = || get(orders::retrieve).patch(orders::patch);
    Router::new()
        .route("/v1/user", get(accounts::user))
        .route("/v1/account", get(accounts::account))
        .route("/v1/accounts/{account}", get(accounts::account))
        .route("/v1/locations", get(accounts::locations))
        .route("/v1/location", get(accounts::location))
        .route("/v1/locations/{location}", get(accounts::location))
        .route("/v1/location/catalogs", get(catalogs::of_location))
        .route("/v1/locations/{location}/catalogs", get(catalogs::of_location))
        .route("/v1/account/catalogs", get(catalogs::of_account))
        .route("/v1/accounts/{account}/catalogs", get(catalogs::of_account))
        .route("/v1/catalogs/{catalog}", get(catalogs::retrieve))
        .route("/v1/catalogs/{catalog}/location/inventory", inventory())
        .route("/v1/catalogs/{catalog}/locations/{location}/inventory", inventory())
        .route("/v1/location/customer_lists", get(customers::lists_of_location))
        .route("/v1/locations/{location}/customer_lists", get(customers::lists_of_location))
        .route("/v1/account/customer_lists", get(customers::lists_of_account))
        .route("/v1/accounts/{account}/customer_lists", get(customers::lists_of_account))
        .route("/v1/customer_lists/{list}", get(customers::list))
        .route("/v1/customer_lists/{list}/customers", get(customers::customers))
        .route("/v1/customer_lists/{list}/customers/{customer}", get(customers::customer))
        .route("/v1/location/orders", order_list())
        .route("/v1/locations/{location}/orders", order_list())
        .route("/v1/account/orders", get(orders::list_of_account))
        .route("/v1/accounts/{account}/orders", get(orders::list_of_account))
        .route("/v1/location/orders/{order}", order())
        .route("/v1/locations/{location}/orders/{order}", order())
        .route("/v1/callback", post(callback::set).get(callback::retrieve).delete(callback::remove))
        .route("/v1/callback/events", get(callback::events))
        .route("/v1/callback/events/{event}", get(callback::event).delete(callback::acknowledge))
}
