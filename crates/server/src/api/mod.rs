//! The API under `/api/v1`: one file a resource. Handlers read the request, ask, and show; they hold no rules.
//!
//! Who may call a route stands in its signature: no extractor (anyone), `CurrentSession` (a live session),
//! `Changing` (a live session, from our own pages, with its CSRF token). What a session may see of a connection is
//! decided by its grants, in the store.

mod attempts;
mod choices;
pub(crate) mod connections;
pub(crate) mod failure;
mod session;
mod vendors;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::AppState;

/// Every route, relative to `/api/v1`, with its documentation.
#[must_use]
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(session::current))
        .routes(routes!(vendors::list))
        .routes(routes!(vendors::one))
        .routes(routes!(connections::till_status))
        .routes(routes!(attempts::begin))
        .routes(routes!(attempts::finish))
        .routes(routes!(attempts::latest))
        .routes(routes!(attempts::confirm))
        .routes(routes!(connections::one, connections::disconnect))
        .routes(routes!(choices::locations))
        .routes(routes!(choices::catalogs))
        .routes(routes!(choices::customer_lists))
        .routes(routes!(choices::choose))
}
